"""The board: one self-contained page of how the whole office stands, to leave open on a shared drive or a wall.

``facts`` reads the store, ``sections`` and ``page`` draw. Writes ``outbox/board.html``. No contact person is in it.
"""

from __future__ import annotations

from pathlib import Path

from plan_tracker import atomic
from plan_tracker.agenda.tasks import Agenda
from plan_tracker.board.facts import read_facts
from plan_tracker.board.page import build_page
from plan_tracker.store import Store
from plan_tracker.values import inert
from plan_tracker.workspace.folders import Workspace


def board_path(workspace: Workspace) -> Path:
    """Where the board lies."""
    return workspace.root / "outbox" / "board.html"


def write_board(workspace: Workspace, store: Store, agenda: Agenda) -> Path:
    """Writes the board as of now, in place of an earlier one."""
    path = board_path(workspace)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_text(path, inert(build_page(read_facts(workspace, store, agenda)), ""))
    return path
