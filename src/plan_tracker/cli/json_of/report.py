"""What scripts get of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared

if TYPE_CHECKING:
    from plan_tracker.documents.central.layouts import Layout
    from plan_tracker.steps.look_up.export import Export
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
            {"plan": one.plan, "path": one.path, "sheets": one.sheets or None, "missing": list(one.missing)}
            for one in made.reports
        ],
        "template": made.template,
        "workbook": made.workbook or None,
        "letters": [shared.letter(drafted) for drafted in made.letters],
    }


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
