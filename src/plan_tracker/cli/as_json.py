"""What scripts get: the objects that ``--json`` prints. Their keys are a contract; more may be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plan_tracker.checking.findings import Finding
    from plan_tracker.intake.outcome import FileResult
    from plan_tracker.register import Register
    from plan_tracker.registerbook import Problem
    from plan_tracker.steps.correct import Correction, Unwritten
    from plan_tracker.steps.status import UnitStatus, Version
    from plan_tracker.steps.trace import Trace
    from plan_tracker.store import Event


def problem(problem: Problem) -> dict[str, str]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "value": problem.value,
        "message": problem.message,
        "level": str(problem.level),
    }


def register(register: Register) -> dict[str, Any]:
    return {
        "version": register.version,
        "fiscal_year": register.fiscal_year,
        "plans": [{"code": p.code, "name": p.name} for p in register.plans],
        "units": [{"code": u.code, "name": u.name} for u in register.units],
        "projects": [
            {"code": p.code, "name": p.name, "plans": list(p.plans), "unit": p.unit} for p in register.projects
        ],
        "kpis": [{"code": k.code, "name": k.name, "plan": k.plan, "unit": k.unit} for k in register.kpis],
    }


def ingest(
    results: Sequence[FileResult], corrections: Sequence[Correction], unwritten: Sequence[Unwritten]
) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": r.file,
                "container": r.container or None,
                "outcome": r.outcome,
                "unit": r.unit or None,
                "quarter": r.period.name if r.period else None,
                "fiscal_year": r.period.fiscal_year if r.period else None,
                "version": r.version,
                "findings": [finding(f) for f in r.findings],
            }
            for r in results
        ],
        "corrections": [{"unit": c.unit, "list": c.list, "form": c.form, "letter": c.letter} for c in corrections],
        "not_written": [{"unit": u.unit, "reason": u.reason} for u in unwritten],
    }


def finding(found: Finding) -> dict[str, Any]:
    """A finding with its words in the language in use, and in English."""
    from plan_tracker.checking.catalogue import words

    said, english = words(found), words(found, "en")
    return {
        "code": found.code,
        "severity": str(found.severity),
        "status": str(found.status),
        "project": found.project,
        "field": found.field,
        "sheet": found.sheet,
        "cell": found.cell,
        "value": found.value,
        "message": said.message,
        "fix": said.fix,
        "example": said.example,
        "message_en": english.message,
        "fix_en": english.fix,
        "note": found.params.get("note", ""),
    }


def status(line: UnitStatus) -> dict[str, Any]:
    return {
        "unit": line.unit.code,
        "state": str(line.state),
        "form1": line.form1 or None,
        "form2": line.form2 or None,
        "errors": line.errors,
        "warnings": line.warnings,
        "version": line.version,
        "counts_version": line.counts_version,
        "waiting_version": line.waiting_version,
        "waived": line.waived,
        "confirmed": line.confirmed,
        "days_late": line.days_late,
    }


def version(told: Version) -> dict[str, Any]:
    """A version of a unit's return, with all that was found in it."""
    kept = told.kept
    return {
        "version": kept.version,
        "outcome": kept.outcome,
        "counts": told.counts,
        "file": kept.file,
        "received_at": kept.received_at,
        "waived_because": kept.waived_because or None,
        "findings": [finding(found) for found in told.findings],
    }


def trace(found: Trace) -> dict[str, Any]:
    kept = found.kept
    return {
        "project": found.code,
        "unit": kept.unit,
        "version": kept.version,
        "file": kept.file,
        "sha256": kept.sha256,
        "original": kept.original,
        "original_is_whole": found.original_is_whole,
        "values": [{"field": v.field, "value": v.value, "sheet": v.sheet, "cell": v.cell} for v in found.values],
    }


def event(happened: Event) -> dict[str, Any]:
    return {"number": happened.number, "at": happened.at, "who": happened.who, "what": happened.what} | dict(
        happened.details
    )
