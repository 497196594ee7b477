"""What scripts get of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared
from plan_tracker.rounding import half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from plan_tracker.analysis.over_time.forecast import Forecast
    from plan_tracker.documents.central.layouts import Layout
    from plan_tracker.steps.report.export import Export
    from plan_tracker.steps.report.report import ReportRun
    from plan_tracker.store import Document, ReportRecord


def report_record(record: ReportRecord) -> dict[str, Any]:
    return {
        "number": record.number,
        "made_at": record.made_at,
        "reports": [
            {"plan": plan, "path": made.path, "sha256": made.sha256, "sheets": _path(record.sheets.get(plan))}
            for plan, made in record.documents.items()
        ],
        "returns": [number for basis in record.bases for number in basis.return_ids],
        "register_version": record.bases[-1].register_version,
        "template": record.template,
    }


def _path(made: Document | None) -> str | None:
    return made.path if made else None


def report_run(made: ReportRun) -> dict[str, Any]:
    return {
        "reports": [
            {
                "plan": one.plan,
                "path": one.path,
                "sheets": one.sheets or None,
                "missing": list(one.missing),
                "forecast": _forecast(one.forecast) if one.forecast else None,
            }
            for one in made.reports
        ],
        "template": made.template,
        "workbook": made.workbook or None,
        "letters": [shared.letter(drafted) for drafted in made.letters],
    }


def _forecast(found: Forecast) -> dict[str, Any]:
    """At the pace so far: baht, days, points and what targets count; ``disbursed`` by the end of the year."""
    return {
        "budget": _number(found.money.budget),
        "disbursed": _number(found.spent),
        "late": [
            {"project": one.project.source.project.code, "ends": one.ends.isoformat(), "days_late": one.days_late}
            for one in found.late
            if one.ends
        ],
        "unknown": [one.project.source.project.code for one in found.unknown],
        "targets": [
            {"kind": one.kind, "target": _number(one.target), "expected": _number(one.expected)}
            for one in found.targets
        ],
        "kpis": [
            {"kpi": one.kpi.source.kpi.code, "target": _number(one.target), "expected": _number(one.expected)}
            for one in found.kpis
        ],
        "last_off_by": _number(found.error),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(half_up(value))


def layout(found: Layout) -> dict[str, Any]:
    return {
        "form": found.name,
        "title": found.title,
        "rows": found.rows,
        "columns": [
            {"heading": one.heading, "map": one.said, "about": one.source.about if one.source else None}
            for one in found.columns
        ],
    }


def export(made: Export) -> dict[str, Any]:
    return {
        "form": made.layout.name,
        "path": made.path,
        "rows": made.rows,
        "missing": list(made.lacking),
        "blank": list(made.unfilled),
    }
