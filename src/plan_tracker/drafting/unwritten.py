"""What could not be written for a unit, and how the others still get theirs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from plan_tracker.errors import PlantrackError
from plan_tracker.intake.faults import note_fault
from plan_tracker.system import reason_of
from plan_tracker.workspace.folders import Workspace

T = TypeVar("T")


class Unwritten(NamedTuple):
    """A unit for which something could not be written, why, and what a person can do about it."""

    unit: str
    reason: str
    advice: str = ""


def trapped(workspace: Workspace, unit: str, about: str, write: Callable[[], T], advice: str = "") -> T | Unwritten:
    """What ``write`` gives, or why it could not: what goes wrong over one unit never stops the others.

    ``about`` stands beside a fault in the error log; ``advice``, where given, in place of the error's own. Where the
    store can't be read or written, that is no unit's fault, and raised.
    """
    try:
        return write()
    except PlantrackError as error:  # a template that has lost a tag
        return Unwritten(unit, error.what, advice or error.advice)
    except OSError as error:  # open in another program, the disk full
        return Unwritten(unit, f"{error.filename or ''} {reason_of(error)}".strip(), advice)
    except sqlite3.Error:
        raise
    except Exception as error:
        return Unwritten(unit, f"{type(error).__name__}, {note_fault(workspace, about)}", advice)
