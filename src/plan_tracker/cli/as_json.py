"""What scripts get: the objects that ``--json`` prints. Their keys are a contract; more may be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plan_tracker.values import plain

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from plan_tracker.analysis.approved_plan import ApprovedPlan, Revision
    from plan_tracker.analysis.plan_changes import PlanChange
    from plan_tracker.analysis.returns import AnswerStanding
    from plan_tracker.analysis.totals import Total
    from plan_tracker.checking.findings import Finding
    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.documents.report.template_check import Flaw
    from plan_tracker.fiscal import Period
    from plan_tracker.merging.progress import Progress
    from plan_tracker.merging.rejections import Rejection
    from plan_tracker.merging.standing import Undecided, UnitStatus, Version
    from plan_tracker.register import Register
    from plan_tracker.registerbook import RegisterProblem
    from plan_tracker.registerbook.changes import RegisterChange
    from plan_tracker.steps.collect.accept import Waiver
    from plan_tracker.steps.collect.decline import Declined
    from plan_tracker.steps.collect.ingest import Ingested
    from plan_tracker.steps.collect.remind import Reminder
    from plan_tracker.steps.collect.status import Status
    from plan_tracker.steps.decide.orders import OrderLine
    from plan_tracker.steps.decide.plan import ApprovedRevision
    from plan_tracker.steps.decide.publish import Published
    from plan_tracker.steps.decide.review import Outcome
    from plan_tracker.steps.keep.calendar import Calendar
    from plan_tracker.steps.keep.letters import Numbered
    from plan_tracker.steps.keep.log import Log
    from plan_tracker.steps.keep.problems import ProblemLine, ProblemRegister
    from plan_tracker.steps.keep.trace import Trace
    from plan_tracker.steps.keep.trace_totals import Totals, TracedTotals
    from plan_tracker.steps.prepare.history import History
    from plan_tracker.steps.prepare.issue_forms import IssuedForms
    from plan_tracker.steps.prepare.new_year import NewYear
    from plan_tracker.steps.prepare.register import RegisterCheck
    from plan_tracker.steps.prepare.templates import TemplatesCheck
    from plan_tracker.steps.prepare.upgrade import Restored, Update
    from plan_tracker.steps.prepare.withdraw import Withdrawn
    from plan_tracker.steps.report.report import ReportRun
    from plan_tracker.store import Comment, Event, Letter, ReportRecord, Submitted
    from plan_tracker.values import Value


def problem(problem: RegisterProblem) -> dict[str, str]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "value": problem.value,
        "message": problem.message,
        "level": str(problem.level),
    }


def register_load(loaded: RegisterCheck) -> dict[str, Any]:
    return {"version": loaded.version} | register_check(loaded)


def demo(folder: Path, played: Playthrough | None) -> dict[str, Any]:
    written = [path for _title, paths in played.written for path in paths] if played else []
    return {"workspace": str(folder), "written": written}


def register_change(change: RegisterChange) -> dict[str, str]:
    return {
        "kind": str(change.kind),
        "code": change.code,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "cell": change.cell,
    }


def register_check(checked: RegisterCheck) -> dict[str, Any]:
    return {
        "problems": [problem(found) for found in checked.problems],
        "changes": [register_change(change) for change in checked.changes],
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


def issued(issued: IssuedForms) -> dict[str, Any]:
    forms = [{"unit": form.unit, "path": form.path, "letter": form.letter} for form in issued.forms]
    return {"forms": forms, "register_changed": issued.register_changed}


def new_year(begun: NewYear) -> dict[str, Any]:
    """The year that has begun, and what the one before still wants."""
    return {
        "year": begun.year,
        "open": [
            {
                "period": one.period.name,
                "fiscal_year": one.period.fiscal_year,
                "step": one.step.step,
                "name": one.step.name,
                "state": str(one.step.standing),
                "detail": one.step.detail or None,
                "command": one.step.command or None,
            }
            for one in begun.open
        ],
        "register": begun.register,
        "kept": begun.kept or None,
        "projects": list(begun.projects),
        "kpis": list(begun.kpis),
        "left": list(begun.left),
    }


def withdrawn(taken: Withdrawn) -> dict[str, Any]:
    """What was taken back, by the paths that it had; ``forms`` is what this run has issued."""
    units = [
        {
            "unit": one.unit,
            "forms": [form.path for form in one.forms],
            "letters": [letter(found) for found in one.letters],
        }
        for one in taken.units
    ]
    return {"forms": [], "withdrawn": units, "returned": list(taken.returned)}


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
        "letters": [letter(drafted) for drafted in ingested.letters],
        "withdrawn": [letter(stale) for stale in ingested.withdrawn],
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


def status(found: Status) -> dict[str, Any]:
    told = {} if found.versions is None else {"versions": [version(one) for one in found.versions]}
    return {
        "period": found.period.name,
        "fiscal_year": found.period.fiscal_year,
        "units": [unit_status(line) for line in found.units],
        "steps": [progress(step, found.today) for step in found.steps],
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
        "answers": [answer(found) for found in line.answers],
    }


def answer(found: AnswerStanding) -> dict[str, Any]:
    """How one project, KPI or order stands; ``waiting_version`` is a newer faulty one beside the one that counts."""
    waiting = found.waiting.version if found.waiting and found.counting else None
    return {"project": found.code, "state": str(found.state), "version": found.version, "waiting_version": waiting}


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
        "waived_because": told.waived_because or None,
        "findings": [finding(found) for found in told.findings],
    }


def trace(found: Trace | Totals) -> dict[str, Any]:
    """Amounts and per cents of totals as text, exact; ``total`` is null where no return came."""
    from plan_tracker.steps.keep.trace import Trace

    if isinstance(found, Trace):
        return _answers(found)
    return {"totals": [_totals(one) for one in found.scopes]}


def _answers(found: Trace) -> dict[str, Any]:
    return {
        "project": found.code,
        "unit": found.unit,
        "version": found.source.version,
        "file": found.source.file,
        "sha256": found.source.sha256,
        "original": found.source.original,
        "original_is_whole": found.originals_are_whole,
        "values": [{"field": v.field, "value": v.value, "sheet": v.sheet, "cell": v.cell} for v in found.values],
    }


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
        "left_out": list(total.left_out),
        "from_register": list(total.from_register),
    }


def templates(checked: TemplatesCheck) -> dict[str, Any]:
    return {"templates": checked.names, "flaws": [flaw(found) for found in checked.flaws]}


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


def log(found: Log) -> dict[str, Any]:
    return {"events": [event(happened) for happened in found.events], "tampered_from": found.broken_at}


def template_update(made: Update) -> dict[str, Any]:
    edited = [{"name": one.name, "release": one.release, "missing": one.lacks} for one in made.edited]
    return {"replaced": list(made.replaced), "added": list(made.added), "edited": edited}


def templates_restored(restored: Sequence[Restored]) -> dict[str, Any]:
    return {"restored": [{"name": one.name, "kept": one.kept} for one in restored]}


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


def numbered(numbered: Numbered) -> dict[str, Any]:
    return {
        "letter": letter(numbered.letter),
        "printed": numbered.printed,
        "why_not": numbered.why_not or None,
        "same_number": [letter(other) for other in numbered.same_number],
    }


def reminder(reminder: Reminder) -> dict[str, Any]:
    return {
        "kind": "L2",
        "unit": reminder.unit,
        "path": reminder.path,
        "days_late": reminder.days_late,
        "time": reminder.time,
    }


def plan_change(change: PlanChange) -> dict[str, Any]:
    """``approver`` is ``register`` or ``officer``, null for what nobody has approved; ``reason`` is the unit's own."""
    source, approval = change.project, change.approval
    return {
        "period": change.period.name,
        "project": source.project.code,
        "unit": source.unit.code,
        "field": change.field,
        "before": _value(change.before),
        "after": _value(change.after),
        "reason": change.reason,
        "approved": approval is not None,
        **_approval(approval),
    }


def approved_plan(found: ApprovedPlan) -> dict[str, Any]:
    return {
        "plan": {key: _value(value) for key, value in found.values.items() if value is not None},
        "revisions": [
            {"field": one.field, "before": _value(one.before), "after": _value(one.after), **_approval(one)}
            for one in found.revisions
        ],
    }


def approved_revision(made: ApprovedRevision) -> dict[str, Any]:
    return {
        "project": made.project.code,
        "unit": made.unit,
        "changes": [
            {"field": one.field, "before": _value(one.approved), "after": _value(made.own[one.field])}
            for one in made.breaches
        ],
    }


def _approval(found: Revision | None) -> dict[str, Any]:
    return {
        "approver": str(found.approver) if found else None,
        "date": found.day.isoformat() if found else None,
        "because": found.because if found else None,
    }


def _value(value: Value | None) -> str | None:
    return None if value is None else plain(value)


def order(line: OrderLine) -> dict[str, Any]:
    found = line.order
    return {
        "order": found.code,
        "fiscal_year": found.period.fiscal_year,
        "period": found.period.name,
        "text": found.text,
        "date": found.day.isoformat(),
        "due": found.due.isoformat(),
        "units": list(found.units),
        "state": line.state,
        "answers": dict(line.answers),
        "because": found.because or None,
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


def review(outcome: Outcome) -> dict[str, Any]:
    from plan_tracker.review import readers_of

    found = outcome.review
    return {
        "fiscal_year": found.period.fiscal_year,
        "period": found.period.name,
        "stage": str(found.stage),
        "reader": str(found.stage.reader) if found.stage.reader else None,
        "round": found.round,
        "next": outcome.next_command,
        "published": outcome.published.isoformat() if outcome.published else None,
        "submitted": submitted(outcome.submitted) if outcome.submitted else None,
        "comments": [comment(made) for made in outcome.comments],
        "letters": [letter(drafted) for drafted in outcome.letters],
        "changes": [{"change": str(c.kind), "plan": c.plan, "path": c.path} for c in outcome.changes],
        "acts": [
            {
                "act": str(done.act),
                "reader": str(reader) if reader else None,
                "at": done.at,
                "who": done.who,
                "date": done.day.isoformat() if done.day else None,
                "reference": done.reference or None,
                "because": done.because or None,
                "reports": [{"plan": r.plan, "frozen": r.frozen, "sha256": r.sha256} for r in done.reports],
            }
            for done, reader in zip(outcome.acts, readers_of(found.period, [a.act for a in outcome.acts]), strict=True)
        ],
    }


def submitted(found: Submitted) -> dict[str, Any]:
    return {
        "round": found.round,
        "number": found.number,
        "at": found.at,
        "reports": [
            {"plan": r.plan, "path": r.path, "frozen": r.frozen, "sha256": r.sha256, "record": r.record}
            for r in found.reports
        ],
    }


def comment(made: Comment) -> dict[str, Any]:
    return {
        "number": made.number,
        "round": made.round,
        "reader": str(made.reader),
        "text": made.text,
        "unit": made.unit or None,
        "project": made.project or None,
        "field": made.field or None,
        "at": made.at,
        "state": "open" if made.is_open else "resolved",
        "answered_by": made.answered_by or None,
        "because": made.because or None,
    }


def problems(found: ProblemRegister) -> dict[str, Any]:
    about = {"period": found.period.name, "fiscal_year": found.period.fiscal_year}
    return about | {"problems": [told_problem(line) for line in found.lines]}


def told_problem(line: ProblemLine) -> dict[str, Any]:
    history, said = line.history, line.history.problem
    return {
        "unit": line.project.unit,
        "project": line.project.code,
        "problem": said.problem,
        "cause": said.cause or None,
        "recommendation": said.recommendation or None,
        "owner": said.owner or None,
        "quarters": [quarter.name for quarter in history.quarters],
        "state": str(history.standing) if history.standing else "earlier",
    }


def report_record(record: ReportRecord) -> dict[str, Any]:
    return {
        "number": record.number,
        "made_at": record.made_at,
        "reports": [
            {"plan": plan, "path": made.path, "sha256": made.sha256} for plan, made in record.documents.items()
        ],
        "returns": [number for basis in record.bases for number in basis.return_ids],
        "register_version": record.bases[-1].register_version,
        "template": record.template,
    }


def calendar(found: Calendar) -> dict[str, Any]:
    return {"steps": [progress(step, found.today, period) for period, steps in found.periods for step in steps]}


def report_run(made: ReportRun) -> dict[str, Any]:
    return {
        "reports": [{"plan": one.plan, "path": one.path, "missing": list(one.missing)} for one in made.reports],
        "template": made.template,
        "workbook": made.workbook or None,
        "letters": [letter(drafted) for drafted in made.letters],
    }


def published(found: Published) -> dict[str, Any]:
    return {
        "written": list(found.written),
        "relisted": list(found.relisted),
        "not_relisted": list(found.not_relisted),
    }
