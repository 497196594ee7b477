"""The master workbook: a period's merged data as tidy tables, each row with the file and the cells it came from.

The columns come from the form's own definition: a row per project with its single answers, a table for each block of
rows, a row per KPI and per unit's return. Contact persons are not in it. Nothing is read; one .xlsx is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from plan_tracker.analysis.dataset import KpiResult, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.figures import PlanFigures, ProjectFigures
from plan_tracker.analysis.kpis import KpiFigures
from plan_tracker.analysis.money import Money, kind_of
from plan_tracker.analysis.returns import AnswerState, State
from plan_tracker.config import Config
from plan_tracker.documents.report.terms import outcome_names
from plan_tracker.documents.tables import Cell, Column, Shape, Table, write_tables
from plan_tracker.fiscal import Period, half_up, long_date
from plan_tracker.forms.definition.spec import Block, Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import Kpi, Project, Unit
from plan_tracker.values import Entry

_SHAPES = {
    FieldKind.NUMBER: Shape.NUMBER,
    FieldKind.MEASURE: Shape.NUMBER,
    FieldKind.MONEY: Shape.MONEY,
    FieldKind.PERCENT: Shape.PERCENT,
    FieldKind.DATE: Shape.DATE,
}
_SHEETS = {
    "f5.outputs": ("outputs", "ผลผลิต"),
    "f7.indicators": ("indicators", "ตัวชี้วัดของโครงการ"),
    "f8.activities": ("activities", "กิจกรรม"),
    "f9.money": ("money", "งบประมาณ"),
    "f13.problems": ("problems", "ปัญหาและข้อเสนอแนะ"),
}
STATES = {
    State.NONE: "ยังไม่ได้ออกแบบรายงาน",
    State.ISSUED: "ยังไม่ได้รับรายงาน",
    State.INCOMPLETE: "อยู่ระหว่างแก้ไข",
    State.ACCEPTED: "ครบถ้วน",
    State.WAIVED: "รับโดยผ่อนผัน",
}
_WHEN = (Column("fiscal_year", "ปีงบประมาณ", Shape.WHOLE), Column("quarter", "ไตรมาส", Shape.WHOLE))
_UNIT = (Column("unit_code", "รหัสหน่วยงาน", Shape.CODE), Column("unit_name", "หน่วยงาน"))
_PROJECT = (
    *_WHEN,
    Column("project_code", "รหัสโครงการ", Shape.CODE),
    Column("project_name", "ชื่อแผน/โครงการ", Shape.LONG),
    *_UNIT,
    Column("plans", "แผน", Shape.CODE),
    Column("state", "สถานะรายงาน"),
)
_LEFT = (
    Column("remaining", "คงเหลือ", Shape.MONEY),
    Column("disbursed_percent", "เบิกจ่ายร้อยละ", Shape.PERCENT),
)
_COUNTED = Column("in_totals", "รวมอยู่ในยอดรวมของรายงาน")
_COMPUTED = (
    Column("planned_percent", "แผนสะสมถึงไตรมาสนี้ (ร้อยละ)", Shape.PERCENT),
    Column("behind_points", "ต่ำกว่าแผน (จุดร้อยละ)", Shape.PERCENT),
    Column("budget", "งบหลังโอนเปลี่ยนแปลง (บาท)", Shape.MONEY),
    Column("committed", "ก่อหนี้ผูกพันคงค้าง (บาท)", Shape.MONEY),
    Column("disbursed", "เบิกจ่ายสะสม (บาท)", Shape.MONEY),
    *_LEFT,
    _COUNTED,
)
_FILE = (
    Column("waived_because", "เหตุที่รับโดยผ่อนผัน"),
    Column("version", "ฉบับที่", Shape.WHOLE),
    Column("file", "ไฟล์ที่ส่งคืน"),
    Column("sha256", "SHA-256 ของไฟล์"),
)
_ORIGIN = (
    *_FILE,
    Column("sheet", "แผ่นงานในไฟล์"),
    Column("cells", "ช่องในไฟล์ (คีย์ของคอลัมน์ ช่อง)", Shape.LONG),
    Column("unread", "คำตอบที่อ่านเป็นค่าไม่ได้", Shape.LONG),
)
_KPI = (
    *_WHEN,
    Column("kpi_code", "รหัสตัวชี้วัด", Shape.CODE),
    Column("kpi_name", "ตัวชี้วัด", Shape.LONG),
    *_UNIT,
    Column("plan", "แผน", Shape.CODE),
    Column("state", "สถานะรายงาน"),
    Column("measure", "หน่วยวัด"),
    Column("direction", "ทิศทาง"),
    Column("target", "เป้าหมายทั้งปี", Shape.NUMBER),
    Column("target_quarter", "เป้าหมายไตรมาสนี้", Shape.NUMBER),
)
_JUDGED = (
    Column("achievement_percent", "ร้อยละผลสำเร็จ", Shape.PERCENT),
    Column("outcome", "ผลเทียบเป้าหมาย"),
)
_RETURN = (
    *_WHEN,
    *_UNIT,
    Column("state", "สถานะรายงาน"),
    Column("days_late", "ล่าช้า (วัน)", Shape.WHOLE),
    Column("received", "วันที่ได้รับฉบับที่ใช้", Shape.DATE),
    *_FILE,
    Column("original", "ต้นฉบับที่เก็บไว้", Shape.LONG),
)
_IN_SIGHT = 4  # columns that stay when the sheet is moved sideways: when, and of what


def write_master(reports: Sequence[PlanFigures], period: Period, config: Config, path: Path) -> None:
    """Writes ``path`` with what ``reports`` hold: each plan's figures, one for each of the period's quarters."""
    plans = {found.dataset.plan.code: found.dataset.plan.name for found in reports}
    tables = build_master(reports)
    about = {
        "ข้อมูลรวม": f"ผลการดำเนินงานตาม{config.report.plan_title} {period.title}",
        "แผน": "\n".join(f"{code} = {name}" for code, name in plans.items()),
        "ข้อมูล ณ วันที่": long_date(max(found.dataset.data_date for found in reports)),
        **{table.title: f"{len(table.rows):,} แถว" for table in tables},
        "วิธีอ่าน": _HOW,
    }
    write_tables(tables, config.office.name, path, about=about)


_HOW = (
    "แถวแรกของแต่ละแผ่นเป็นชื่อคอลัมน์สำหรับโปรแกรม แถวที่สองเป็นหัวตารางสำหรับกรอง เรียงลำดับ และทำ PivotTable\n"
    "จำนวนเงินเป็นบาท ร้อยละเป็นตัวเลข 0–100 (50 คือร้อยละ 50) วันที่เป็นวันที่จริงซึ่งแสดงเป็น พ.ศ.\n"
    "ช่องว่างคือไม่มีข้อมูล ไม่ใช่ศูนย์ หน่วยงานที่ยังไม่มีรายงานที่ใช้ได้มีแถวที่ว่างอยู่พร้อมสถานะ\n"
    "โครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนไม่รวมอยู่ในยอดรวมของรายงานทั้งโครงการ คอลัมน์ in_totals จึงเป็น “ไม่รวม”\n"
    "ท้ายแต่ละแถวบอกไฟล์ที่หน่วยงานส่งคืน ค่า SHA-256 แผ่นงาน และช่องที่ข้อมูลมาจาก"
)


def build_master(reports: Sequence[PlanFigures]) -> list[Table]:
    """The tables; what belongs to both plans stands in each once."""
    projects = list(_projects(reports))
    return [
        _projects_table(projects),
        *(_block_table(CURRENT.form1.blocks[key], name, title, projects) for key, (name, title) in _SHEETS.items()),
        _kpis_table(reports),
        Table("returns", "รายงานของหน่วยงาน", _RETURN, list(_returns(reports)), _IN_SIGHT),
    ]


@dataclass(frozen=True, slots=True)
class _Project:
    """A project in a quarter, and the state of its answer."""

    found: ProjectFigures
    period: Period
    state: State

    @property
    def head(self) -> list[Cell]:
        said = self.found.source
        return [*_head(self.period, said.project, said.unit), " ".join(said.project.plans), STATES[self.state]]


def _projects(reports: Sequence[PlanFigures]) -> Iterator[_Project]:
    seen = set()
    for figures in reports:
        states = _states(figures)
        for found in figures.projects:
            if (key := (figures.period, found.code)) not in seen:
                seen.add(key)
                yield _Project(found, figures.period, _answer_state(found.source, states))


def _states(figures: PlanFigures) -> Mapping[str, State]:
    return {unit.source.unit.code: unit.source.state for unit in figures.units}


def _answer_state(found: ProjectResult | KpiResult, units: Mapping[str, State]) -> State:
    """The state of one answer; of one that is missing, whether its unit was asked at all."""
    if found.state is AnswerState.MISSING:
        return State.NONE if units[found.unit.code] is State.NONE else State.ISSUED
    return _ANSWERS[found.state]


_ANSWERS = {
    AnswerState.CLEAN: State.ACCEPTED,
    AnswerState.WAIVED: State.WAIVED,
    AnswerState.WAITING: State.INCOMPLETE,
}


def _head(period: Period, owned: Project | Kpi, unit: Unit) -> list[Cell]:
    return [period.fiscal_year, period.quarter, owned.code, owned.name, unit.code, unit.name]


def _projects_table(projects: Sequence[_Project]) -> Table:
    """A row per project and quarter, with the answers that a form holds once."""
    single = [block for block in CURRENT.form1.blocks.values() if block.key not in _SHEETS]
    fields = [field for block in single for _row, _column, field in block.fields() if _is_shown(field)]
    columns = [Column(field.key, _heading(field), _SHAPES.get(field.kind, Shape.TEXT)) for field in fields]
    keys = {field.key: field.key for field in fields}
    rows = [
        [
            *item.head,
            *_answers(item.found.source.entry, keys),
            *_computed(item.found),
            *_origin(item.found.source, keys),
        ]
        for item in projects
    ]
    return Table("projects", "โครงการ", (*_PROJECT, *columns, *_COMPUTED, *_ORIGIN), rows, _IN_SIGHT)


def _is_shown(field: Field) -> bool:
    return field.is_input and not field.private


def _heading(field: Field) -> str:
    mark = f"({CURRENT.form1.section_of[field.key].number})"
    label = field.label.removesuffix(" (ถ้ามี)")
    return label if mark in label else f"{mark} {label}"


def _block_table(block: Block, name: str, title: str, projects: Sequence[_Project]) -> Table:
    """A row for each row of the block that holds anything; ``row`` says which it is."""
    asked = [column for column in block.columns if not column.formula]
    columns = [Column(c.suffix[1:], c.field.label, _SHAPES.get(c.field.kind, Shape.TEXT)) for c in asked]
    money = block.key == "f9.money"
    rows = []
    for item in projects:
        entry = item.found.source.entry
        for row in block.rows:
            keys = {column.suffix[1:]: row.key + column.suffix for column in asked}
            if not row.total and entry and any(key in entry.answers for key in keys.values()):
                kind = kind_of(entry, row.key.partition(".")[2]) if money else None
                computed = [*_left(kind), _counted(item.found)] if money else []
                place: Cell = row.label if money else int(row.label)
                rows.append([*item.head, place, *_answers(entry, keys), *computed, *_origin(item.found.source, keys)])
    which = Column("row", "ประเภทรายจ่าย" if money else "ลำดับที่", Shape.TEXT if money else Shape.WHOLE)
    return Table(
        name, title, (*_PROJECT, which, *columns, *((*_LEFT, _COUNTED) if money else ()), *_ORIGIN), rows, _IN_SIGHT
    )


def _kpis_table(reports: Sequence[PlanFigures]) -> Table:
    fields = [field for field in CURRENT.form2.fields.values() if _is_shown(field)]
    columns = [Column(field.key, field.label, _SHAPES.get(field.kind, Shape.TEXT)) for field in fields]
    keys = {field.key: field.key for field in fields}
    rows = [
        [
            *_kpi_facts(found, figures.period, _answer_state(found.source, states)),
            *_answers(found.source.entry, keys),
            *_judged(found, figures.period),
            *_origin(found.source, keys),
        ]
        for figures in reports
        for states in [_states(figures)]
        for found in figures.kpis
    ]
    return Table("kpis", "ตัวชี้วัดของแผน", (*_KPI, *columns, *_JUDGED, *_ORIGIN), rows, _IN_SIGHT)


def _kpi_facts(found: KpiFigures, period: Period, state: State) -> list[Cell]:
    kpi, unit = found.source.kpi, found.source.unit
    return [
        *_head(period, kpi, unit),
        kpi.plan,
        STATES[state],
        kpi.measure,
        kpi.direction,
        kpi.target,
        kpi.targets.get(period.quarter),
    ]


def _judged(found: KpiFigures, period: Period) -> list[Cell]:
    return [_rounded(found.percent), outcome_names(period)[found.outcome]]


def _returns(reports: Sequence[PlanFigures]) -> Iterator[list[Cell]]:
    """A row for each return that answers of a unit came in, and one for a unit of which nothing counts."""
    units: dict[tuple[Period, str], UnitReturn] = {}
    sources: dict[tuple[Period, str], dict[int, Source]] = {}
    for figures in reports:
        for unit in figures.units:
            key = figures.period, unit.source.unit.code
            units.setdefault(key, unit.source)
            sources.setdefault(key, {}).update({source.version: source for source in unit.source.sources})
    for (period, _code), found in units.items():
        came = sources[period, found.unit.code]
        rows: list[Source | None] = [came[version] for version in sorted(came)]
        for source in rows or [None]:
            yield _return(found, period, source)


def _return(found: UnitReturn, period: Period, source: Source | None) -> list[Cell]:
    unit = found.unit
    return [
        period.fiscal_year,
        period.quarter,
        unit.code,
        unit.name,
        STATES[found.state],
        found.days_late,
        source.received if source else None,
        *_file(source),
        source.original if source else None,
    ]


def _answers(entry: Entry | None, keys: Mapping[str, str]) -> list[Cell]:
    return [entry.value(key) if entry else None for key in keys.values()]


def _origin(result: ProjectResult | KpiResult, keys: Mapping[str, str]) -> list[Cell]:
    """Where a row's answers stand: file, sheet, and a cell per column; and the text of what could not be read."""
    entry = result.entry
    if entry is None:
        return [*_file(result.source), None, None, None]
    found = {name: entry.answers[key] for name, key in keys.items() if key in entry.answers}
    cells = "; ".join(f"{name} {answer.cell}" for name, answer in found.items())
    unread = "; ".join(f"{name}: {answer.typed}" for name, answer in found.items() if answer.value is None)
    return [*_file(result.source), entry.sheet, cells, unread]


def _file(source: Source | None) -> list[Cell]:
    return [source.waived_because, source.version, source.file, source.sha256] if source else [None] * 4


def _computed(found: ProjectFigures) -> list[Cell]:
    """What the report states of a project besides its answers; blank where it is not known."""
    money = found.money
    amounts: list[Cell] = [None] * 5
    if money and money != Money():
        amounts = [money.budget, money.committed, money.disbursed, *_left(money)]
    return [found.planned, found.behind, *amounts, _counted(found)]


def _counted(found: ProjectFigures) -> Cell:
    """Whether the report's sums of money have the project in them."""
    if not found.reported:
        return None
    return "ไม่รวม" if found.money is None else "รวม"


def _left(money: Money | None) -> list[Cell]:
    return [money.remaining, _rounded(money.disbursed_percent)] if money else [None, None]


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value)
