"""A Word document's file: whether a program has it open, and writing it whole or not at all."""

from __future__ import annotations

from pathlib import Path

from plan_tracker.atomic import write_bytes
from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _
from plan_tracker.system import reason_of

_CUT = 2  # letters of a long name that Word leaves out of its lock's


def check_closed(path: Path) -> None:
    """``PlantrackError`` where Word or LibreOffice has ``path`` open: what was written now would be lost."""
    locks = [path.with_name(f"~${path.name[cut:]}") for cut in (0, 1, _CUT)] + [path.with_name(f".~lock.{path.name}#")]
    lock = next((lock for lock in locks if lock.exists()), None)
    if lock:
        raise PlantrackError(
            _("{name} is open in another program.").format(name=path.name),
            _("Close it there and run the command again. If it is not open, delete {lock} beside it.").format(
                lock=lock.name
            ),
        )


def write_whole(path: Path, content: bytes) -> None:
    """Writes ``content`` to ``path``, whole or not at all; ``PlantrackError`` where it can't be."""
    try:
        write_bytes(path, content)
    except PermissionError as error:
        raise PlantrackError(
            _("{name} can't be written: {error}").format(name=path.name, error=reason_of(error)),
            _("Close it if it is open in Word, then try again."),
        ) from error
