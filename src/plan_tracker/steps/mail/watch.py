"""Takes in what comes as it comes: fetches if told so, ingests, and answers with the corrections if told so (R26).

Each round has the workspace to itself, and lets it go; between them others may work. Reads ``inbox/`` and, by the
steps it takes, all that they read; writes what they write.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

from plan_tracker.errors import PlantrackError
from plan_tracker.fiscal import Period
from plan_tracker.intake.files import is_no_return, waiting
from plan_tracker.mailing.smtp import MailError
from plan_tracker.steps.collect.ingest import Ingested, ingest
from plan_tracker.steps.mail.fetch import FetchedMails, fetch_mails
from plan_tracker.steps.mail.send import Sent, check_may_send, send_mails
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace
from plan_tracker.workspace.lock import BusyError

T = TypeVar("T")
Turn = Callable[[], AbstractContextManager[tuple[Workspace, Store]]]
AGAIN = 45.0  # seconds after which the mailbox is looked into again, and what could not be done is tried again
_LOOK = 2_000  # milliseconds; on network drives nothing tells of a new file, so that the folder is looked at
_CORRECTION = "L3"


@dataclass(frozen=True, slots=True)
class WatchRound:
    """What came of one look: each part is None where it was not asked for; ``troubles`` are what could not be done."""

    ingested: Ingested
    fetched: FetchedMails | None = None
    sent: Sequence[Sent] = ()
    troubles: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        mails = self.fetched.mails if self.fetched else ()
        return not (self.ingested.files or self.ingested.corrections or mails or self.sent or self.troubles)

    @property
    def needs_a_person(self) -> bool:
        asked = (self.ingested, *self.sent, *([self.fetched] if self.fetched else ()))
        return bool(self.troubles) or any(one.needs_a_person for one in asked)


@dataclass(slots=True)
class Watcher:
    """Takes rounds; ``owed`` are the units, by period, whose corrections are still to be sent."""

    fetch: bool = False
    answer: bool = False
    dry_run: bool = False
    owed: dict[Period, set[str]] = field(default_factory=dict)

    def check(self, workspace: Workspace) -> None:
        """Before anything is taken in: whether what is asked for can be done. Errors as ``check_may_send``'s."""
        if self.answer:
            check_may_send(workspace)

    def take_round(self, workspace: Workspace, store: Store) -> WatchRound:
        """Looks once, and does what is to be done. What a mail server can't do is told, and stops nothing else."""
        troubles: list[str] = []
        fetched = (
            _trapped(troubles, partial(fetch_mails, workspace, store, dry_run=self.dry_run)) if self.fetch else None
        )
        ingested = ingest(workspace, store, dry_run=self.dry_run)
        self._owe(ingested)
        sent = self._answer(workspace, store, troubles) if self.answer and not self.dry_run else []
        return WatchRound(ingested, fetched, sent, troubles)

    def _owe(self, ingested: Ingested) -> None:
        corrected = {made.unit for made in ingested.corrections}
        for result in ingested.files:
            if result.period and result.unit in corrected:
                self.owed.setdefault(result.period, set()).add(result.unit)

    def _answer(self, workspace: Workspace, store: Store, troubles: list[str]) -> list[Sent]:
        sent: list[Sent] = []
        for period, units in list(self.owed.items()):
            made = _trapped(troubles, partial(send_mails, workspace, store, period, units, [_CORRECTION]))
            if made is not None:
                sent.append(made)
            if made is not None and not made.unreachable:
                del self.owed[period]
        return sent


def _trapped(troubles: list[str], work: Callable[[], T]) -> T | None:
    """What ``work`` gives; None, and the reason among the ``troubles``, where a server could not be reached."""
    try:
        return work()
    except MailError as error:
        troubles.append(error.what)
        return None


def watch(turn: Turn, watcher: Watcher, tell: Callable[[WatchRound], None], *, stop: Event | None = None) -> None:
    """Takes a round now and whenever something has changed in the inbox, until it is interrupted or ``stop`` is set.

    ``tell`` is told of every round that anything came of. Another command at work is waited for.
    """
    from watchfiles import watch as changes

    look = _Look(turn, watcher, tell)
    look.take()
    for _changes in changes(
        look.inbox, watch_filter=None, stop_event=stop, rust_timeout=_LOOK, yield_on_timeout=True, debounce=1_000
    ):
        if look.is_due():
            look.take()


class _Look:
    """When the next round is due: once the inbox is another than it was after the last one, or after a while."""

    def __init__(self, turn: Turn, watcher: Watcher, tell: Callable[[WatchRound], None]) -> None:
        self._turn, self._watcher, self._tell = turn, watcher, tell
        with turn() as (workspace, _store):
            watcher.check(workspace)
            workspace.inbox.mkdir(exist_ok=True)
            self.inbox, self._rejected = workspace.inbox, workspace.rejected
        self._seen: object = None
        self._again = 0.0

    def is_due(self) -> bool:
        return self._state() != self._seen or time.monotonic() > self._again

    def take(self) -> None:
        try:
            with self._turn() as (workspace, store):
                made = self._watcher.take_round(workspace, store)
        except BusyError:
            return  # at the next look
        except PlantrackError as error:  # settings that are just being edited, a template that lacks a tag
            made = WatchRound(Ingested([]), troubles=[error.what])
        if not made.is_empty:
            self._tell(made)
        left = self._watcher.fetch or self._watcher.owed or any(one.is_busy for one in made.ingested.files)
        self._seen = self._state()
        self._again = time.monotonic() + AGAIN if left or made.troubles else float("inf")

    def _state(self) -> frozenset[tuple[Path, int, int]]:
        """What lies in the inbox."""
        found = set()
        for path in waiting(self.inbox, self._rejected).files:
            try:
                about = path.stat()
            except OSError:
                continue
            if not is_no_return(path):
                found.add((path, about.st_mtime_ns, about.st_size))
        return frozenset(found)
