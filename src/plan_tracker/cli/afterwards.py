"""What follows a command once its own work is done: the board is renewed, sample contacts and the next step told.

Neither makes the command fail: what goes wrong here is noted in ``data/errors.log``, and what was asked for is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import complain
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.agenda.tasks import Agenda
    from plan_tracker.store import Store
    from plan_tracker.workspace.folders import Workspace


def afterwards(
    workspace: Workspace, store: Store, typed: Collection[str], *, is_told: bool, has_written: bool
) -> Callable[[], None]:
    """Renews the board where there is one; gives how to tell people the next step, if ``is_told``.

    ``typed``: the words of the command that it follows.
    """
    try:
        renews = has_written and _is_out_of_date(workspace, store)
        if not (is_told or renews):
            return _silent
        found = _agenda(workspace, store)
        if renews:
            _renew(workspace, store, found)
    except Exception:
        _note(workspace)
        return _silent
    from plan_tracker.cli.screens.now import show_next

    return (lambda: show_next(found, typed)) if is_told else _silent


def renew_board(workspace: Workspace, store: Store) -> None:
    """After a part of the work of a command that goes on: as ``afterwards``, and nothing is told."""
    afterwards(workspace, store, (), is_told=False, has_written=True)


def warn_of_samples(workspace: Workspace, store: Store) -> None:
    """Letters and mails that have been drafted name whom to ask: tells where those are still the sample's."""
    if workspace.config.demo or not (store.letters.has_drafted or store.mails.has_noted):
        return
    from plan_tracker.config import sample_contacts

    samples = sample_contacts(workspace.config)
    if samples:
        complain(
            _("What was drafted names the sample's contacts: {names}").format(names=", ".join(samples)),
            _("Put your office's own into config.toml. Until then nothing is sent or published."),
        )


def _agenda(workspace: Workspace, store: Store) -> Agenda:
    from plan_tracker.steps.look_up.now import what_now

    return what_now(workspace, store)


def _is_out_of_date(workspace: Workspace, store: Store) -> bool:
    """Whether there is a board, and it would say something else now."""
    if not (workspace.root / "outbox" / "board.html").is_file():
        return False
    from plan_tracker.board import is_current

    return not is_current(workspace, store)


def _renew(workspace: Workspace, store: Store, found: Agenda) -> None:
    from plan_tracker.board import write_board

    write_board(workspace, store, found)


def _note(workspace: Workspace) -> None:
    from contextlib import suppress

    from plan_tracker.intake.faults import note_fault

    with suppress(OSError):
        note_fault(workspace, "afterwards")


def _silent() -> None:
    return
