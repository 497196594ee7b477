"""What scripts get: the objects that ``--json`` prints. Their keys are a contract; more may be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plan_tracker.analysis.totals import Total
    from plan_tracker.checking.findings import Finding
    from plan_tracker.documents.templatecheck import Flaw
    from plan_tracker.intake.outcome import FileResult
    from plan_tracker.register import Register
    from plan_tracker.registerbook import Problem
    from plan_tracker.steps.correct import Correction
    from plan_tracker.steps.status import UnitStatus
    from plan_tracker.steps.trace import Trace
    from plan_tracker.steps.trace_totals import TracedTotals
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


def ingest(results: Sequence[FileResult], corrections: Sequence[Correction]) -> dict[str, Any]:
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
        "days_late": line.days_late,
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


def totals(found: Sequence[TracedTotals]) -> dict[str, Any]:
    """Amounts and per cents as text, exact; ``total`` is null where no return came."""
    return {"totals": [_totals(one) for one in found]}


def _totals(found: TracedTotals) -> dict[str, Any]:
    return {
        "plan": found.plan,
        "unit": found.unit or None,
        "period": str(found.period),
        "missing": list(found.missing),
        "originals_changed": list(found.changed),
        "figures": [_total(total) for total in found.totals],
    }


def _total(total: Total) -> dict[str, Any]:
    from plan_tracker.values import plain

    return {
        "figure": total.figure,
        "how": str(total.how),
        "total": None if total.value is None else plain(total.value),
        "parts": [
            {
                "code": part.code,
                "unit": part.unit,
                "version": part.source.version,
                "field": part.field,
                "value": plain(part.value),
                "sheet": part.sheet,
                "cell": part.cell,
                "file": part.source.file,
                "sha256": part.source.sha256,
                "original": part.source.original,
            }
            for part in total.parts
        ],
    }


def flaw(found: Flaw) -> dict[str, Any]:
    return {
        "file": found.file,
        "severity": "error" if found.is_error else "warning",
        "part": found.part,
        "paragraph": found.paragraph or None,
        "place": found.place,
        "text": found.text,
        "message": found.message,
        "fix": found.advice,
    }


def event(happened: Event) -> dict[str, Any]:
    return {"number": happened.number, "at": happened.at, "who": happened.who, "what": happened.what} | dict(
        happened.details
    )
