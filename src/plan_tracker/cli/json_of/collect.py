"""What scripts get of returns: what came, what was found in it, where units stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared

if TYPE_CHECKING:
    from plan_tracker.analysis.basis.returns import AnswerStanding
    from plan_tracker.checking.findings import Finding
    from plan_tracker.merging.progress.rejections import Rejection
    from plan_tracker.merging.standing import Undecided, UnitStatus, Version
    from plan_tracker.steps.collect.accept import Waiver
    from plan_tracker.steps.collect.decline import Declined
    from plan_tracker.steps.collect.ingest import Ingested
    from plan_tracker.steps.collect.remind import WrittenReminder
    from plan_tracker.steps.collect.status import QuarterStatus


def ingest(ingested: Ingested) -> dict[str, Any]:
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
            for r in ingested.files
        ],
        "corrections": [
            {"unit": c.unit, "list": c.list, "form": c.form, "letter": c.letter} for c in ingested.corrections
        ],
        "offers": [{"unit": one.unit, "form": one.form, "files": list(one.files)} for one in ingested.offers],
        "letters": [shared.letter(drafted) for drafted in ingested.letters],
        "withdrawn": [shared.letter(stale) for stale in ingested.withdrawn],
        "not_written": [
            {"unit": u.unit, "reason": u.reason, "advice": u.advice} for u in (*ingested.unwritten, *ingested.unsaid)
        ],
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


def status(found: QuarterStatus) -> dict[str, Any]:
    told = {} if found.versions is None else {"versions": [version(one) for one in found.versions]}
    return {
        "period": found.period.name,
        "fiscal_year": found.period.fiscal_year,
        "units": [unit_status(line) for line in found.units],
        "steps": [shared.progress(step, found.today) for step in found.steps],
        "rejected": [rejection(one) for one in found.rejected],
        "undecided": [undecided(one) for one in found.undecided],
    } | told


def undecided(one: Undecided) -> dict[str, Any]:
    """A return on the form of a quarter that is past, and what of it waits for a decision."""
    kept = one.kept
    about = {"quarter": kept.period.name, "fiscal_year": kept.period.fiscal_year, "version": kept.version}
    return {"file": kept.file, "unit": kept.unit, **about, "projects": list(one.codes)}


def declined(made: Declined) -> dict[str, Any]:
    return {"declined": [undecided(one) for one in made.returns]}


def rejection(one: Rejection) -> dict[str, Any]:
    """A rejected file, why, and the letter to its unit; ``path`` is null for what its container still holds."""
    said = finding(one.finding)
    return {
        "file": one.file,
        "container": one.container or None,
        "unit": one.unit or None,
        "quarter": one.period.name if one.period else None,
        "fiscal_year": one.period.fiscal_year if one.period else None,
        "at": one.at,
        "path": one.path or None,
        "letter": one.letter.path if one.letter else None,
    } | {key: said[key] for key in ("code", "message", "fix", "message_en", "fix_en")}


def unit_status(line: UnitStatus) -> dict[str, Any]:
    return {
        "unit": line.unit.code,
        "state": str(line.state),
        "form1": line.form1 or None,
        "form2": line.form2 or None,
        "errors": line.errors,
        "warnings": line.warnings,
        "version": line.version,
        "waived": line.waived,
        "confirmed": line.confirmed,
        "days_late": line.days_late,
        "sender": line.sender or None,
        "answers": [answer(found) for found in line.answers],
    }


def answer(found: AnswerStanding) -> dict[str, Any]:
    """How one project, KPI or order stands; ``waiting_version`` is a newer faulty one beside the one that counts.

    ``parts``: the codes of what was merged into it since, whose answers count together with it.
    """
    counting = found.counting
    return {
        "project": found.code,
        "state": str(found.state),
        "version": found.version,
        "waiting_version": found.waiting.version if found.waiting and counting else None,
        "parts": [part.code for part in counting.parts] if counting else [],
    }


def waiver(made: Waiver) -> dict[str, Any]:
    """What was taken as it is, and what of it has never come."""
    return {
        "unit": made.unit,
        "version": max(made.versions.values(), default=None),
        "accepted": [{"project": code, "version": version} for code, version in made.versions.items()],
        "waived": [finding(found) for found in made.waived],
        "missing": list(made.missing),
    }


def version(told: Version) -> dict[str, Any]:
    """A version of a unit's return, with all that was found in it."""
    kept = told.kept
    return {
        "version": kept.version,
        "outcome": kept.outcome,
        "counts": bool(told.counting),
        "counting": list(told.counting),
        "file": kept.file,
        "received_at": kept.received_at,
        "sender": told.sender or None,
        "waived_because": told.waived_because or None,
        "findings": [finding(found) for found in told.findings],
    }


def reminder(reminder: WrittenReminder) -> dict[str, Any]:
    return {
        "kind": "L2",
        "unit": reminder.unit,
        "path": reminder.path,
        "days_late": reminder.days_late,
        "time": reminder.time,
    }
