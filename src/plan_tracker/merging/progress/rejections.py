"""What was rejected and waits still, by the log: until it is taken up again, or a clean return of its unit comes (R6).

Reads the store and looks whether the files are there; writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plan_tracker.checking.findings import Finding
from plan_tracker.fiscal import Period, parse_period
from plan_tracker.store import Event, Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not be taken in, and why. ``number`` is its entry's in the log.

    ``file`` is its name as it was dropped, ``path`` where it lies now, in the workspace; empty for what could not be
    taken out of ``container``. Unit and period are told where the file tells them, and the letter to the unit.
    """

    number: int
    file: str
    unit: str
    period: Period | None
    at: str
    finding: Finding
    path: str
    sha256: str
    container: str = ""
    letter: Letter | None = None

    @property
    def day(self) -> date:
        return datetime.fromisoformat(self.at).date()


def params_text(params: Mapping[str, str]) -> str:
    """What a finding's words need, as the log keeps it; empty for nothing."""
    return json.dumps(dict(params), ensure_ascii=False) if params else ""


def rejections(workspace: Workspace, store: Store) -> list[Rejection]:
    """All that was rejected and waits still, the oldest first.

    What nobody knows the unit of is done with, too, once somebody has taken its file away.
    """
    standing: dict[int, Rejection] = {}
    if not store.events_of(EventName.INGEST_REJECTED):
        return []
    for event in store.events_of(EventName.INGEST_REJECTED, EventName.INBOX_RETRY, *_TAKEN_IN):
        standing = {number: one for number, one in standing.items() if not _settles(event, one)}
        if event.what == EventName.INGEST_REJECTED:
            standing[event.number] = _rejection(store, event)
    return [one for one in standing.values() if _is_there(workspace, one)]


def _is_there(workspace: Workspace, one: Rejection) -> bool:
    return bool(one.unit or one.container) or (workspace.root / one.path).exists()


_TAKEN_IN = (EventName.INGEST_ACCEPTED, EventName.INGEST_INCOMPLETE, EventName.INGEST_DUPLICATE)


def _settles(event: Event, one: Rejection) -> bool:
    """Whether what the log tells in ``event`` is the end of a rejection before it."""
    said = event.details
    if event.what == EventName.INBOX_RETRY:
        return one.number in _numbers(said)
    if one.sha256 and said.get("sha256") == one.sha256:  # put back by hand, and taken up again
        return True
    is_clean = event.what == EventName.INGEST_ACCEPTED
    return is_clean and bool(one.unit) and (said["unit"], said["period"]) == (one.unit, str(one.period))


def _numbers(said: Mapping[str, str]) -> Iterator[int]:
    return (int(number) for number in said.get("rejections", "").split())


def _rejection(store: Store, event: Event) -> Rejection:
    from plan_tracker.checking.catalogue import CATALOGUE  # it loads what forms ask

    said = event.details
    code, unit, period = said["because"], said.get("unit", ""), _period(said.get("period", ""))
    finding = Finding(code, CATALOGUE[code].severity, params=json.loads(said.get("said") or "{}"))
    letter = store.letters.last("L10", unit, period, code) if unit and period else None
    path, sha256 = said.get("moved_to", ""), said.get("sha256", "")
    container = said.get("container", "")
    return Rejection(event.number, said["file"], unit, period, event.at, finding, path, sha256, container, letter)


def _period(said: str) -> Period | None:
    year, _dash, name = said.partition("-")
    return parse_period(name, int(year)) if name else None
