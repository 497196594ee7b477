"""Under which schedule a project is counted. Pure, and quickly loaded."""

from __future__ import annotations

from plan_tracker.forms.definition import choices as c


def schedule_held(stage: str, schedule: str) -> str:
    """What a project of ``stage`` that says ``schedule`` is counted under: what is over is late no more."""
    return "" if schedule == c.LATE and stage in c.CLOSED_STAGES else schedule
