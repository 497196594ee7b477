"""The words of one kind of finding."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.checking.findings import Severity

R, E, W, N = Severity.REJECTED, Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Wording:
    """A finding's severity and its texts. ``example`` None: the field's own example serves."""

    severity: Severity
    what: str
    fix: str
    example: str | None = None
