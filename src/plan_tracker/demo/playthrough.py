"""What a demo has played, for whoever shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.fiscal import Period
from plan_tracker.merging.standing import UnitStatus


@dataclass(frozen=True, slots=True)
class Playthrough:
    """Where the units stand at the end of ``period``; what was written, as headings with paths; what to try next."""

    period: Period
    statuses: Sequence[UnitStatus]
    written: Sequence[tuple[str, Sequence[str]]]
    next_steps: Sequence[str]
