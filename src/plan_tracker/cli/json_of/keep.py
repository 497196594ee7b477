"""What scripts get of what is kept: letters, calendar, problems, traces, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared
from plan_tracker.values import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plan_tracker.agenda.tasks import Agenda
    from plan_tracker.analysis.figures.totals import Total
    from plan_tracker.steps.keep.backup import Backup
    from plan_tracker.steps.keep.health import HealthFault
    from plan_tracker.steps.keep.letter_batches import NumberBatch
    from plan_tracker.steps.keep.letters import NumberedLetter
    from plan_tracker.steps.keep.packages import CheckedPackage
    from plan_tracker.steps.keep.rebuild import Rebuilt
    from plan_tracker.steps.look_up.calendar import Calendar
    from plan_tracker.steps.look_up.compare import AnswerComparison
    from plan_tracker.steps.look_up.log import LogExtract
    from plan_tracker.steps.look_up.problems import ProblemLine, ProblemRegister
    from plan_tracker.steps.look_up.query import QueryResult
    from plan_tracker.steps.look_up.trace import Trace
    from plan_tracker.steps.look_up.trace_totals import Totals, TracedTotals


def trace(found: Trace | Totals) -> dict[str, Any]:
    """Amounts and per cents of totals as text, exact; ``total`` is null where no return came."""
    from plan_tracker.steps.look_up.trace import Trace

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
        "other_parts": list(found.other_parts),
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

    return {
        "figure": total.figure,
        "how": str(total.how),
        "total": None if total.value is None else plain(total.value),
        "parts": [
            {
                "code": part.code,
                "unit": part.unit,
                "quarter": part.source.period.name if part.source.period else None,
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
        "told_before": list(total.told_before),
    }


def log(found: LogExtract) -> dict[str, Any]:
    return {"events": [shared.event(happened) for happened in found.events], "tampered_from": found.broken_at}


def numbered(numbered: NumberedLetter) -> dict[str, Any]:
    return {
        "letter": shared.letter(numbered.letter),
        "printed": numbered.printed,
        "why_not": numbered.why_not or None,
        "same_number": [shared.letter(other) for other in numbered.same_number],
    }


def batch(made: NumberBatch) -> dict[str, Any]:
    """Each letter with what was printed into it; ``left``: those still without a number."""
    letters = [
        shared.letter(one.letter)
        | {
            "printed": one.printed,
            "why_not": one.why_not or None,
            "same_number": list(map(shared.letter, one.same_number)),
        }
        for one in made.letters
    ]
    return {"letters": letters, "left": [shared.letter(letter) for letter in made.left]}


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


def calendar(found: Calendar) -> dict[str, Any]:
    return {"steps": [shared.progress(step, found.today, period) for period, steps in found.periods for step in steps]}


def agenda(found: Agenda) -> dict[str, Any]:
    """What is to be done now, the most urgent first; where there is nothing, what comes next."""
    return {"next": list(map(shared.task, found.tasks)), "coming": shared.task(found.coming) if found.coming else None}


def comparison(found: AnswerComparison) -> dict[str, Any]:
    """What changed field by field; ``since`` is the quarter of the answer before."""
    return {
        "unit": found.unit,
        "period": found.period.name,
        "changes": [
            {
                "project": change.code,
                "field": change.field,
                "since": str(change.since),
                "before": change.before,
                "after": change.after,
            }
            for change in found.changes
        ],
        "new": list(found.new),
        "same": list(found.same),
    }


def query(found: QueryResult) -> dict[str, Any]:
    """Values as plain text: ``1200.5``, ``2025-10-01``."""
    return {
        "fields": list(found.fields),
        "rows": [
            {
                "fiscal_year": row.period.fiscal_year,
                "period": row.period.name,
                "unit": row.unit,
                "project": row.code,
                "name": row.name,
                "values": {field: plain(value) for field, value in row.values.items()},
            }
            for row in found.rows
        ],
        "path": found.path or None,
    }


def backup(made: Backup) -> dict[str, Any]:
    return {"path": str(made.path), "files": made.files, "bytes": made.size, "faults": list(made.faults)}


def faults(found: Sequence[HealthFault]) -> dict[str, Any]:
    return {"faults": [{"what": fault.what, "advice": fault.advice} for fault in found]}


def package(found: CheckedPackage) -> dict[str, Any]:
    said = found.statement
    about = {"period": said.period, "program": said.program, "data": said.data, "root": said.root}
    return about | {
        "values": said.leaves,
        "fingerprint": found.fingerprint,
        "own": found.own,
        "faults": [{"what": fault, "advice": ""} for fault in found.faults],
    }


def rebuilt(made: Rebuilt) -> dict[str, Any]:
    about = {"entries": made.entries, "returns": made.returns, "before": made.before or None}
    return about | {"originals_changed": list(made.faults)}
