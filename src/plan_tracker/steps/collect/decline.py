"""Step 4: what came on the form of a quarter that is past waits for an officer; this puts it aside, on the record.

Its original stays among those that were kept. Reads and writes the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.i18n import _
from plan_tracker.merging.standing import Undecided, undecided
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Declined:
    """What was put aside: of which files which answers."""

    returns: Sequence[Undecided]


def decline(workspace: Workspace, store: Store, file: str, because: str, *, dry_run: bool = False) -> Declined:
    """Puts aside the undecided answers of ``file``, named as it was dropped or as its original is called.

    ``OrderError`` where no such file waits for a decision.
    """
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    waiting = undecided(store)
    name = PurePath(file).name.casefold()
    found = [one for one in waiting if name in _names(one)]
    if not found:
        raise _not_waiting(file, waiting)
    if not dry_run:
        with store.transaction():
            for one in found:
                _put_aside(workspace, store, one, because.strip())
    return Declined(found)


def _names(one: Undecided) -> tuple[str, str]:
    return one.kept.file.casefold(), PurePath(one.kept.original).name.casefold()


def _put_aside(workspace: Workspace, store: Store, one: Undecided, because: str) -> None:
    kept = one.kept
    store.answers.decline(kept.id, one.codes, because)
    store.add_event(
        workspace.timestamp(),
        EventName.INBOX_DECLINE,
        file=kept.file,
        unit=kept.unit,
        period=str(kept.period),
        version=str(kept.version),
        projects=" ".join(one.codes),
        because=because,
    )


def _not_waiting(file: str, waiting: Sequence[Undecided]) -> OrderError:
    names = ", ".join(one.kept.file for one in waiting)
    if not waiting:
        return OrderError(
            _("No file called {file} waits for a decision.").format(file=file),
            _("Nothing does. See who has returned with: plantrack status"),
        )
    return OrderError(
        _("No file called {file} waits for a decision.").format(file=file),
        _("Waiting for one: {files}").format(files=names),
    )
