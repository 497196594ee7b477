"""The quarterly report of one plan (R12): figures put into words for ``templates/docx/report.docx``.

The template holds the chapters and their prose; this module gives it texts, so that a tag never
has to compute. Reads the template, writes one ``.docx``.
"""

from __future__ import annotations

from itertools import count as counting
from pathlib import Path

from plan_tracker.analysis.figures import PlanFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import rows
from plan_tracker.documents import wording as w
from plan_tracker.documents.charts import Chart
from plan_tracker.documents.sheets import build_sheet
from plan_tracker.documents.word import render_document
from plan_tracker.fiscal import long_date
from plan_tracker.forms import choices as c
from plan_tracker.workspace import Workspace

TEMPLATE = "report.docx"


def write_report(report: ReportFigures, workspace: Workspace, path: Path) -> None:
    """Writes the report on the plan and period of ``report`` to ``path``; errors as ``render_document``'s."""
    figures = report.now
    render_document(
        workspace.template("docx", TEMPLATE),
        build_context(figures, workspace),
        path,
        thai_digits=workspace.config.report.thai_digits,
        charts=build_charts(figures),
        title=f"รายงานผลการดำเนินงานตาม{figures.dataset.plan.name} {report.period.title}",
    )


def build_context(figures: PlanFigures, workspace: Workspace) -> dict[str, object]:
    """What the template's tags name: texts, lists of rows, and conditions whose names start with ``has_``."""
    dataset, office = figures.dataset, workspace.config.office
    missing, money = figures.missing_units, figures.summary.spending.overall
    return {
        "plan": {"name": dataset.plan.name, "owner": dataset.plan.owner},
        "plan_title": workspace.config.report.plan_title,
        "office": {"name": office.name, "ministry": office.ministry, "division": office.division},
        "period": rows.period(dataset.period),
        "next_period": rows.period(rows.following(dataset.period)),
        "data_date": long_date(dataset.data_date),
        "returns": {
            "total": w.count(len(figures.units)),
            "received": w.count(len(figures.units) - len(missing)),
            "missing": w.count(len(missing)),
            "missing_names": w.listed([unit.source.unit.name for unit in missing]),
            "waived": w.count(len(figures.waived_units)),
        },
        "total": rows.summary(figures.summary),
        "stages": rows.stages(figures.summary),
        "money": rows.money(figures.summary),
        "units": [rows.unit(unit) for unit in figures.units],
        "kpis": [rows.kpi(kpi, number) for number, kpi in enumerate(figures.kpis, 1)],
        "kpi": rows.outcomes(figures),
        "problems": list(rows.problems(figures.projects)),
        "problem_projects": w.count(sum(1 for project in figures.projects if project.problems)),
        "steps": list(rows.next_steps(figures.projects)),
        "sheets": [build_sheet(project, dataset.plan.name) for project in figures.projects],
        "exceptions": list(rows.exceptions(figures)),
        "has_missing": bool(missing),
        "has_waived": bool(figures.waived_units),
        "has_missing_projects": bool(figures.summary.missing),
        "has_reported": bool(figures.summary.reported),
        "has_compared": bool(figures.summary.compared),
        "has_money": bool(money.budget),
        "has_unstated_money": bool(figures.summary.spending.unstated),
        "has_late": bool(figures.summary.on_schedule(c.LATE)),
        "has_unit_chart": bool(rows.bars(figures)),
        "table_number": counting(1).__next__,
        "figure_number": counting(1).__next__,
    }


def build_charts(figures: PlanFigures) -> dict[str, Chart]:
    """``stages``: projects by stage, the missing ones too. ``units``: units' disbursement per cent."""
    stages = [(stage, figures.summary.in_stage(stage)) for stage in c.STAGES]
    stages.append((w.NOT_RECEIVED, figures.summary.missing))
    charts = {
        "stages": Chart(
            "จำนวนโครงการตามขั้นการดำเนินการ",
            "จำนวนโครงการ",
            [stage for stage, _ in stages],
            [number for _, number in stages],
            "แผนภูมิแท่งแสดงจำนวนโครงการตามขั้นการดำเนินการ: "
            + ", ".join(f"{stage} {number} โครงการ" for stage, number in stages),
        )
    }
    bars = rows.bars(figures)
    if bars:
        charts["units"] = Chart(
            "ร้อยละการเบิกจ่ายรายหน่วยงาน",
            "ร้อยละการเบิกจ่าย",
            [name for name, _ in bars],
            [part for _, part in bars],
            "แผนภูมิแท่งแสดงร้อยละการเบิกจ่ายรายหน่วยงาน: " + ", ".join(f"{name} ร้อยละ {part}" for name, part in bars),
            decimals=2,
            maximum=120,  # room for the label of a whole bar
        )
    return charts
