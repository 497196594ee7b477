"""A table that goes to a file which the officer names: nothing that is there is written over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.i18n import _

_FORMATS: Final = (".xlsx", ".csv")


def check_new_file(to: Path | None) -> None:
    """``UsageError`` for a kind of file that no table goes to, ``OrderError`` where there is one already."""
    if to is None:
        return
    if to.suffix.lower() not in _FORMATS:
        raise UsageError(
            _("{path} is neither a workbook nor a CSV file.").format(path=to),
            _("End its name with .xlsx or .csv."),
        )
    if to.exists():
        raise OrderError(
            _("{path} is there already, and is not written over.").format(path=to), _("Give another name after --to.")
        )
