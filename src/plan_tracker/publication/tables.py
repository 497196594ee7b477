"""The open data as tables of typed values: texts, exact numbers rounded as in the report, and days.

Personal answers are not among the columns. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from plan_tracker.analysis.figures import ProjectFigures, Summary
from plan_tracker.analysis.money import Money
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.documents.tables import Cell, Column, Shape, Table
from plan_tracker.fiscal import half_up
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI

_AMOUNTS = (
    Column("budget_baht", "งบประมาณหลังโอนเปลี่ยนแปลง (บาท)", Shape.MONEY),
    Column("committed_baht", "ก่อหนี้ผูกพันคงค้าง (บาท)", Shape.MONEY),
    Column("disbursed_baht", "เบิกจ่ายสะสม (บาท)", Shape.MONEY),
    Column("disbursed_percent", "ร้อยละการเบิกจ่าย", Shape.PERCENT),
)
_WHEN = (Column("fiscal_year", "ปีงบประมาณ (พ.ศ.)", Shape.WHOLE), Column("period", "งวด", Shape.CODE))
_PLAN = Column("plan", "แผน", Shape.CODE)
_UNIT = (Column("unit_code", "รหัสหน่วยงาน", Shape.CODE), Column("unit_name", "หน่วยงาน"))
_PROJECT_COLUMNS = (
    *_WHEN,
    Column("project_code", "รหัสโครงการ", Shape.CODE),
    Column("project_name", "ชื่อแผนงาน/โครงการ", Shape.LONG),
    Column("plans", "แผน", Shape.CODE),
    *_UNIT,
    Column("sources", "แหล่งงบประมาณ"),
    Column("stage", "สถานะการดำเนินการ"),
    Column("schedule", "เทียบกับแผน"),
    Column("planned_percent", "แผนสะสม (ร้อยละ)", Shape.PERCENT),
    Column("progress_percent", "ผลสะสม (ร้อยละ)", Shape.PERCENT),
    *_AMOUNTS,
    Column("result_quarter", "ผลการดำเนินงานในไตรมาส", Shape.LONG),
    Column("result_cumulative", "ผลการดำเนินงานสะสม", Shape.LONG),
    Column("benefits", "ประโยชน์ที่ได้รับ/ผลลัพธ์", Shape.LONG),
    Column("next_steps", "การดำเนินงานต่อไป", Shape.LONG),
    Column("waived_because", "เหตุที่รับรายงานโดยผ่อนผัน", Shape.LONG),
)
_KPI_COLUMNS = (
    *_WHEN,
    _PLAN,
    Column("kpi_code", "รหัสตัวชี้วัด", Shape.CODE),
    Column("kpi_name", "ตัวชี้วัด", Shape.LONG),
    *_UNIT,
    Column("measure", "หน่วยวัด"),
    Column("direction", "ทิศทาง"),
    Column("target", "ค่าเป้าหมายทั้งปี", Shape.NUMBER),
    Column("quarter_target", "ค่าเป้าหมายไตรมาส", Shape.NUMBER),
    Column("result", "ผลลัพธ์", Shape.NUMBER),
    Column("achievement_percent", "ร้อยละผลสำเร็จ", Shape.PERCENT),
    Column("outcome", "ผลเทียบเป้าหมาย"),
    Column("details", "รายละเอียดผลการดำเนินการ", Shape.LONG),
)
_GROUP_COLUMNS = (
    Column("projects", "จำนวนโครงการ", Shape.WHOLE),
    Column("reported", "โครงการที่ได้รับรายงาน", Shape.WHOLE),
    Column("completed", "แล้วเสร็จ", Shape.WHOLE),
    Column("late", "ล่าช้ากว่าแผน", Shape.WHOLE),
    Column("planned_percent", "แผนสะสมเฉลี่ย (ร้อยละ)", Shape.PERCENT),
    Column("progress_percent", "ผลสะสมเฉลี่ย (ร้อยละ)", Shape.PERCENT),
    *_AMOUNTS,
)
_UNIT_COLUMNS = (*_WHEN, _PLAN, *_UNIT, *_GROUP_COLUMNS)
_PLAN_COLUMNS = (*_WHEN, _PLAN, Column("plan_name", "ชื่อแผน", Shape.LONG), *_GROUP_COLUMNS)
_PROBLEM_COLUMNS = (
    *_WHEN,
    _PLAN,
    Column("project_code", "รหัสโครงการ", Shape.CODE),
    Column("project_name", "ชื่อแผนงาน/โครงการ", Shape.LONG),
    Column("unit_name", "หน่วยงาน"),
    Column("problem", "ปัญหา/อุปสรรค", Shape.LONG),
    Column("cause", "สาเหตุ", Shape.LONG),
    Column("recommendation", "ข้อเสนอแนะ/แนวทางแก้ไข", Shape.LONG),
    Column("standing", "สถานะ"),
    Column("since", "พบครั้งแรก", Shape.CODE),
)


def build_tables(reports: Sequence[ReportFigures]) -> list[Table]:
    """Plans, units, projects, KPIs and problems of ``reports``, one per plan, all of one period."""
    return [
        Table("plans", "ภาพรวมของแผน", _PLAN_COLUMNS, [_plan(report) for report in reports]),
        Table("units", "หน่วยงาน", _UNIT_COLUMNS, [row for report in reports for row in _units(report)]),
        Table("projects", "โครงการ", _PROJECT_COLUMNS, list(_projects(reports))),
        Table("kpis", "ตัวชี้วัด", _KPI_COLUMNS, [row for report in reports for row in _kpis(report)]),
        Table("problems", "ปัญหาและข้อเสนอแนะ", _PROBLEM_COLUMNS, [row for r in reports for row in _problems(r)]),
    ]


def _when(report: ReportFigures) -> list[Cell]:
    return [report.period.fiscal_year, report.period.name]


def _plan(report: ReportFigures) -> list[Cell]:
    plan = report.now.dataset.plan
    return [*_when(report), plan.code, plan.name, *_group(report.now.summary)]


def _units(report: ReportFigures) -> Iterator[list[Cell]]:
    for unit in report.now.units:
        said = unit.source.unit
        yield [*_when(report), report.now.dataset.plan.code, said.code, said.name, *_group(unit.summary)]


def _group(found: Summary) -> list[Cell]:
    counted = found.reported > 0
    return [
        found.total,
        found.reported,
        found.in_stage(c.COMPLETED) if counted else None,
        found.on_schedule(c.LATE) if counted else None,
        _rounded(found.planned),
        _rounded(found.actual),
        *_money(found.spending.overall if counted else None),
    ]


def _projects(reports: Sequence[ReportFigures]) -> Iterator[list[Cell]]:
    """A project of both plans stands here once."""
    found: dict[str, tuple[ProjectFigures, list[str], ReportFigures]] = {}
    for report in reports:
        for project in report.now.projects:
            found.setdefault(project.code, (project, [], report))[1].append(report.now.dataset.plan.code)
    for project, plans, report in found.values():
        yield _project(project, plans, report)


def _project(found: ProjectFigures, plans: list[str], report: ReportFigures) -> list[Cell]:
    source = found.source
    said = source.entry.text if source.entry else lambda _key: ""
    sources = [said(f"f3.source[{i}]") for i in (1, 2, 3)]
    return [
        *_when(report),
        found.code,
        source.project.name,
        " ".join(plans),
        source.unit.code,
        source.unit.name,
        "; ".join(filter(None, sources)),
        found.stage or THAI.of(w.NOT_STATED if found.reported else w.NOT_RECEIVED),
        found.schedule,
        _rounded(found.planned),
        _rounded(found.actual),
        *_money(found.money),
        said("f11.result_quarter").strip(),
        said("f11.result_cumulative").strip(),
        found.benefits,
        found.next_steps,
        found.waived_because,
    ]


def _kpis(report: ReportFigures) -> Iterator[list[Cell]]:
    for found in report.now.kpis:
        kpi, entry = found.source.kpi, found.source.entry
        yield [
            *_when(report),
            report.now.dataset.plan.code,
            kpi.code,
            kpi.name,
            found.source.unit.code,
            found.source.unit.name,
            kpi.measure,
            kpi.direction,
            kpi.target,
            found.target if found.quarterly else None,
            found.result,
            _rounded(found.percent),
            terms.outcome_names(report.period)[found.outcome],
            entry.text("k.details").strip() if entry else "",
        ]


def _problems(report: ReportFigures) -> Iterator[list[Cell]]:
    for told in report.shown_problems:
        project, problem = told.project, told.history.problem
        yield [
            *_when(report),
            report.now.dataset.plan.code,
            project.code,
            project.source.project.name,
            project.source.unit.name,
            problem.problem,
            problem.cause,
            problem.recommendation,
            terms.standing_of(told, THAI),
            told.history.first.name,
        ]


def _money(found: Money | None) -> list[Cell]:
    if found is None or found == Money():
        return [None] * 4
    return [*map(half_up, (found.budget, found.committed, found.disbursed)), _rounded(found.disbursed_percent)]


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value)
