"""The board: one page of how the whole office stands (R6, R21). Reads the store, writes ``outbox/board.html``."""

from __future__ import annotations

from plan_tracker.agenda import agenda
from plan_tracker.board import board_path, write_board
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


def make_board(workspace: Workspace, store: Store, *, dry_run: bool = False) -> str:
    """Writes the board; gives its path in the workspace. From then on every command that writes renews it."""
    path = board_path(workspace)
    if not dry_run:
        write_board(workspace, store, agenda(workspace, store))
    return workspace.relative(path)
