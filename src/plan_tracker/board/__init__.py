"""The board: one self-contained page of how the whole office stands, to leave open on a shared drive or a wall.

``facts`` reads the store, ``sections`` and ``page`` draw; ``basis`` is what the board is made from. Writes
``outbox/board.html``. No contact person is in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plan_tracker.board.basis import basis_mark, mark_tag

if TYPE_CHECKING:
    from plan_tracker.agenda.tasks import Agenda
    from plan_tracker.store import Store
    from plan_tracker.workspace.folders import Workspace

_HEAD = 600  # bytes, within which a page has its mark


def board_path(workspace: Workspace) -> Path:
    """Where the board lies."""
    return workspace.root / "outbox" / "board.html"


def is_current(workspace: Workspace, store: Store) -> bool:
    """Whether the board that lies there would say the same if it were written now."""
    with board_path(workspace).open("rb") as page:
        return mark_tag(basis_mark(workspace, store)).encode() in page.read(_HEAD)


def write_board(workspace: Workspace, store: Store, agenda: Agenda) -> Path:
    """Writes the board as of now, in place of an earlier one."""
    from plan_tracker import atomic
    from plan_tracker.board.facts import read_facts  # slow to load, and not needed to see that nothing has changed
    from plan_tracker.board.page import build_page
    from plan_tracker.values import inert

    path = board_path(workspace)
    path.parent.mkdir(parents=True, exist_ok=True)
    page = build_page(read_facts(workspace, store, agenda), basis_mark(workspace, store))
    atomic.write_text(path, inert(page, ""))
    return path
