"""The report of one plan on a quarter or the year-end (R12, R13): figures put into words for its template.

The template holds the chapters and their prose; this module gives it texts, so that a tag never
has to compute. Reads the template, writes one ``.docx``.
"""

from __future__ import annotations

from itertools import count as counting
from pathlib import Path

from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Kpis
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import report_charts as charts
from plan_tracker.documents.report import rounding, rows, summarystory
from plan_tracker.documents.report import storyrows as stories
from plan_tracker.documents.report.project_sheets import build_sheet
from plan_tracker.documents.report.summary import build_summary
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import Period, long_date
from plan_tracker.workspace import Workspace

TEMPLATE, YEAR_END = "report.docx", "report-year-end.docx"


def template_name(period: Period) -> str:
    return YEAR_END if period.is_year_end else TEMPLATE


def write_report(report: ReportFigures, workspace: Workspace, path: Path, template: Path | None = None) -> None:
    """Writes the report on the plan and period of ``report`` to ``path``; errors as ``render_document``'s.

    ``template`` is the workspace's, unless another is named.
    """
    render_document(
        template or workspace.template("docx", template_name(report.period)),
        build_context(report, workspace),
        path,
        thai_digits=workspace.config.report.thai_digits,
        charts=charts.build_charts(report),
        title=f"รายงานผลการดำเนินงานตาม{report.now.dataset.plan.name} {report.period.title}",
    )


def build_context(report: ReportFigures, workspace: Workspace) -> dict[str, object]:
    """What the template's tags name: texts, lists of rows, and conditions whose names start with ``has_``."""
    figures = report.now
    dataset, office = figures.dataset, workspace.config.office
    missing = figures.missing_units
    return {
        "plan": rows.plan(dataset.plan),
        "plan_title": workspace.config.report.plan_title,
        "office": {"name": office.name, "ministry": office.ministry, "division": office.division},
        "period": rows.period(report.period),
        "next_period": rows.period(rows.following(dataset.period)),
        "data_date": w.bound(long_date(dataset.data_date)),
        "returns": {
            "total": w.count(len(figures.units)),
            "received": w.count(len(figures.units) - len(missing)),
            "missing": w.count(len(missing)),
            "missing_names": w.listed([unit.source.unit.name for unit in missing]),
            "waived": w.count(len(figures.waived_units)),
        },
        "summary": [{"head": one.head, "text": w.bound(one.text)} for one in build_summary(report)],
        "total": rows.summary(figures.summary),
        "stages": rows.stages(figures.summary),
        "money": rows.money(figures.summary),
        "units": [rows.unit(unit) for unit in figures.units],
        "kpis": [rows.kpi(kpi, number, figures.dataset.period) for number, kpi in enumerate(figures.kpis, 1)],
        "kpi": rows.outcomes(figures),
        "unrated_directions": _unrated(workspace.config.kpis),
        "problems": list(stories.problems(report)),
        "problem_summary": w.bound(summarystory.problems(report)),
        "standing": {
            "open": w.count(sum(report.standings[standing] for standing in Standing if standing.is_open)),
            **{standing.value: w.count(number) for standing, number in report.standings.items()},
        },
        "attention": [stories.attention(found) for found in report.attention],
        "targets": list(stories.targets(report)),
        "unit_targets": list(stories.unit_targets(report)),
        "targets_source": workspace.config.targets.source,
        "changes": stories.changes(report.changes),
        "quarters": list(stories.quarters(report)),
        "trends": {
            "units": list(stories.unit_trends(report)),
            "projects": list(stories.project_trends(report)),
            "kpis": list(stories.kpi_trends(report)),
        },
        "achieved": [stories.achieved(trend) for trend in report.completed],
        "lessons": [stories.lesson(found) for found in report.lessons],
        "problem_projects": w.count(sum(1 for project in figures.projects if project.problems)),
        "steps": list(rows.next_steps(figures.projects)),
        "sheets": [build_sheet(project, dataset.plan.name) for project in figures.projects],
        "exceptions": list(rows.exceptions(report.quarters if report.period.is_year_end else [figures])),
        "has_missing": bool(missing),
        "has_returns": len(missing) < len(figures.units),
        "has_waived": bool(figures.waived_units),
        "has_missing_projects": bool(figures.summary.missing),
        "has_reported": bool(figures.summary.reported),
        "has_unstated_money": bool(figures.summary.spending.unstated),
        "has_rounded_stages": rounding.stages_apart(figures.summary),
        "has_rounded_kinds": rounding.kinds_apart(figures.summary),
        "has_rounded_units": rounding.units_apart(figures),
        "has_changes": bool(report.changes and report.changes.compared),
        **charts.build_conditions(report),
        "table_number": counting(1).__next__,
        "figure_number": counting(1).__next__,
    }


def _unrated(settings: Kpis) -> str:
    """The directions of KPIs that get no per cent of achievement; blank where all do."""
    rated = {"แบบยิ่งน้อยยิ่งดี": settings.lower_proportional, "แบบระดับ": settings.levels_proportional}
    return "และ".join(name for name, is_rated in rated.items() if not is_rated)
