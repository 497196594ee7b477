"""What more than one kind of command tells scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from plan_tracker.agenda.tasks import Task
    from plan_tracker.fiscal import Period
    from plan_tracker.merging.progress.milestones import Progress
    from plan_tracker.registerbook.changes import RegisterChange
    from plan_tracker.steps.prepare.history import History
    from plan_tracker.store import Event, Letter


def register_change(change: RegisterChange) -> dict[str, str]:
    return {
        "kind": str(change.kind),
        "code": change.code,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "cell": change.cell,
    }


def history(found: History) -> dict[str, Any]:
    return {
        "code": found.code,
        "codes": list(found.codes),
        "events": [
            {
                "version": event.load.version,
                "fiscal_year": event.load.fiscal_year,
                "at": event.load.loaded_at,
                "file": event.load.source,
                "because": event.load.because,
                "changes": [register_change(change) for change in event.changes],
            }
            for event in found.events
        ],
    }


def event(happened: Event) -> dict[str, Any]:
    """What an entry is about comes beside, and never in place of, what every entry has."""
    said = {"number": happened.number, "at": happened.at, "who": happened.who, "what": happened.what}
    return said | {key: value for key, value in happened.details.items() if key not in said}


def letter(letter: Letter) -> dict[str, Any]:
    return {
        "kind": letter.kind,
        "unit": letter.unit,
        "path": letter.path,
        "fiscal_year": letter.period.fiscal_year,
        "period": letter.period.name,
        "about": letter.about,
        "state": letter.state,
        "number": letter.number or None,
        "date": letter.day.isoformat() if letter.day else None,
        "drafted_at": letter.drafted_at or None,
        "withdrawn_at": letter.withdrawn_at or None,
    }


def progress(one: Progress, today: date, period: Period | None = None) -> dict[str, Any]:
    about = {"fiscal_year": period.fiscal_year, "period": period.name} if period else {}
    return about | {
        "step": one.step,
        "name": one.name,
        "state": str(one.standing),
        "due": one.due.isoformat() if one.due else None,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "days_late": one.days_late(today),
        "detail": one.detail,
        "command": one.command or None,
    }


def task(task: Task) -> dict[str, Any]:
    """What is to be done, why, by when, and the command."""
    return {
        "what": task.what,
        "why": task.why,
        "due": task.due.isoformat() if task.due else None,
        "days_late": task.days_late,
        "command": task.command,
    }
