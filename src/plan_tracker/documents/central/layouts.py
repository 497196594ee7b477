"""The layouts of central forms: those that come with plantrack, and what an office's settings make of them.

The formats are not public in full. What is known of them is laid out here; the rest is a column that the office fills
from its register (``x.…``), renames or adds, once, in ``config.toml``. Nothing is read or written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plan_tracker.config import ExportLayout
from plan_tracker.documents.central.rows import MONEY, CentralRow
from plan_tracker.documents.central.sources import OWN, Source, parse_source
from plan_tracker.documents.tables import Column, Table
from plan_tracker.errors import ConfigError, UsageError
from plan_tracker.fiscal import arabic_digits
from plan_tracker.i18n import Message, _

LEFT_OUT: Final = "-"  # instead of where a column comes from: this layout does without it
_PROJECTS: Final = "projects"
_QUARTERS: Final = (1, 2, 3, 4)
_BUDGET_CODES: Final = {
    "รหัสงบประมาณ": "x.budget_code",
    "แผนงาน": "x.budget_plan",
    "ผลผลิต/โครงการตามเอกสารงบประมาณ": "x.budget_output",
    "กิจกรรมหลัก": "x.budget_activity",
}
BUNDLED: Final[Mapping[str, ExportLayout]] = {
    "emenscr": ExportLayout(
        "eMENSCR รายงานความก้าวหน้ารายไตรมาส",
        _PROJECTS,
        {
            "รหัสโครงการในระบบ eMENSCR": "x.emenscr",
            "ชื่อโครงการ/การดำเนินงาน": "name",
            "หน่วยงานผู้รับผิดชอบ": "unit_name",
            "ปีงบประมาณ": "fiscal_year",
            "ไตรมาสที่": "quarter",
            "วันที่เริ่มต้นโครงการ": "f8.start_date",
            "วันที่สิ้นสุดโครงการ": "f8.end_date",
            "สถานะของโครงการ": "f14.stage",
            "เทียบกับแผน": "f14.schedule",
            "แผนความก้าวหน้าสะสม (ร้อยละ)": "planned",
            "ผลความก้าวหน้าสะสม (ร้อยละ)": "f14.progress_percent",
            "ผลการดำเนินงานของไตรมาส": "f11.result_quarter",
            "ผลการดำเนินงานสะสม": "f11.result_cumulative",
            "แหล่งเงิน": "f3.source",
            "วงเงินงบประมาณ (บาท)": "budget",
            "ผลการเบิกจ่ายในไตรมาส (บาท)": "disbursed_in_quarter",
            "ผลการเบิกจ่ายสะสม (บาท)": "disbursed",
            "ปัญหา/อุปสรรค": "f13.problems.problem",
            "สาเหตุ": "f13.problems.cause",
            "ข้อเสนอแนะ/แนวทางแก้ไข": "f13.problems.recommendation",
            "แผนการดำเนินงานระยะต่อไป": "f14.next_steps",
        },
    ),
    "emenscr-indicators": ExportLayout(
        "eMENSCR ผลตามตัวชี้วัดของโครงการ",
        "indicators",
        {
            "รหัสโครงการในระบบ eMENSCR": "x.emenscr",
            "ชื่อโครงการ/การดำเนินงาน": "name",
            "ปีงบประมาณ": "fiscal_year",
            "ไตรมาสที่": "quarter",
            "ตัวชี้วัด": "row.indicator",
            "หน่วยนับ": "row.unit",
            "ค่าเป้าหมาย": "row.target",
            "ผลสะสม": "row.result",
        },
    ),
    "bb301": ExportLayout(
        "สงป.301 แผนการปฏิบัติงานและแผนการใช้จ่ายงบประมาณ",
        MONEY,
        {
            **_BUDGET_CODES,
            "ชื่อโครงการ": "name",
            "หน่วยงาน": "unit_name",
            "ประเภทรายจ่าย": "row",
            "งบประมาณตาม พ.ร.บ. (บาท)": "act_budget",
            "งบประมาณหลังโอนเปลี่ยนแปลง (บาท)": "budget",
            **{f"แผนการปฏิบัติงานสะสม ไตรมาสที่ {quarter} (ร้อยละ)": f"planned@q{quarter}" for quarter in _QUARTERS},
            **{f"แผนการใช้จ่าย ไตรมาสที่ {quarter} (บาท)": f"x.spending_q{quarter}" for quarter in _QUARTERS},
        },
    ),
    "bb302": ExportLayout(
        "สงป.302 รายงานผลการปฏิบัติงานและผลการใช้จ่ายงบประมาณ",
        MONEY,
        {
            **_BUDGET_CODES,
            "ชื่อโครงการ": "name",
            "หน่วยงาน": "unit_name",
            "ประเภทรายจ่าย": "row",
            "งบประมาณตาม พ.ร.บ. (บาท)": "act_budget",
            "งบประมาณหลังโอนเปลี่ยนแปลง (บาท)": "budget",
            **{
                heading: source
                for quarter in _QUARTERS
                for heading, source in (
                    (f"แผนการปฏิบัติงานสะสม ไตรมาสที่ {quarter} (ร้อยละ)", f"planned@q{quarter}"),
                    (f"ผลการปฏิบัติงานสะสม ไตรมาสที่ {quarter} (ร้อยละ)", f"f14.progress_percent@q{quarter}"),
                    (f"ผลการใช้จ่าย ไตรมาสที่ {quarter} (บาท)", f"disbursed_in_quarter@q{quarter}"),
                )
            },
            "ผลการใช้จ่ายสะสม (บาท)": "disbursed",
            "ร้อยละของผลการใช้จ่าย": "disbursed_percent",
            "ก่อหนี้ผูกพันคงค้าง (บาท)": "committed",
            "คงเหลือ (บาท)": "remaining",
            "ปัญหา/อุปสรรค": "f13.problems.problem",
            "ข้อเสนอแนะ": "f13.problems.recommendation",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A heading with what its map ``said``; ``source`` is None where the column stays blank for the officer."""

    heading: str
    said: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A central form: a row for each of ``rows`` (as ``config.EXPORT_ROWS`` has them), and its columns in order."""

    name: str
    title: str
    rows: str
    columns: Sequence[MappedColumn]

    @property
    def to_be_filled(self) -> list[MappedColumn]:
        """The columns that units' answers can't fill: the office's own, and those left blank."""
        return [one for one in self.columns if one.source is None or one.said.strip().lower().startswith(OWN)]

    @property
    def own_columns(self) -> list[str]:
        """The columns of the register that the office has to have filled in, by key."""
        said = (column.said.strip().lower() for column in self.columns)
        return list(dict.fromkeys(key for key in said if key.startswith(OWN)))

    def table(self, rows: Sequence[CentralRow]) -> Table[CentralRow]:
        """``rows`` under the form's own headings."""
        return Table("data", Message("central form", "Data"), [_column(one) for one in self.columns], rows)


def layout_names(own: Mapping[str, ExportLayout]) -> list[str]:
    """What there is: plantrack's own, then the office's."""
    return list(dict.fromkeys((*BUNDLED, *own)))


def find_layout(said: str, own: Mapping[str, ExportLayout]) -> Layout:
    """The layout that people call ``said``: its name, or what its title says, such as ``สงป.302``.

    ``own``: the settings'. ``UsageError`` where there is none, ``ConfigError`` where its map can't be followed.
    """
    wanted, names = _bare(said), layout_names(own)
    found = [name for name in names if _bare(name) == wanted] or [
        name for name in names if wanted and wanted in _bare(_merged(name, own).title)
    ]
    if not found:
        raise UsageError(
            _("There is no central form {name}.").format(name=said),
            _("Central forms: {kinds}").format(kinds=", ".join(names)),
        )
    return build_layout(found[0], own)


def build_layout(name: str, own: Mapping[str, ExportLayout]) -> Layout:
    """The layout ``name`` with all that the settings say of it; ``ConfigError`` names the heading that is wrong."""
    merged = _merged(name, own)
    columns = [_mapped(name, heading, said) for heading, said in merged.columns.items() if said.strip() != LEFT_OUT]
    if not columns:
        raise ConfigError(
            _("The central form {name} has no columns.").format(name=name),
            _('Under [export.{name}.columns] in config.toml, write "heading" = "where it comes from".').format(
                name=name
            ),
        )
    return Layout(name, merged.title or name, merged.rows or _PROJECTS, columns)


def _merged(name: str, own: Mapping[str, ExportLayout]) -> ExportLayout:
    """Heading by heading: what the settings name anew follows what the layout has already."""
    bundled, said = BUNDLED.get(name, ExportLayout()), own.get(name, ExportLayout())
    columns = {**bundled.columns, **said.columns}
    return ExportLayout(said.title or bundled.title, said.rows or bundled.rows, columns)


def _mapped(name: str, heading: str, said: str) -> MappedColumn:
    try:
        return MappedColumn(heading, said, parse_source(said))
    except ConfigError as error:
        what = _("config.toml: export.{name}.columns: “{heading}”: {what}")
        raise ConfigError(what.format(name=name, heading=heading, what=error.what), error.advice) from error


def _column(mapped: MappedColumn) -> Column[CentralRow]:
    source, title = mapped.source, Message("column", "Mapped")
    if source is None:
        return Column(mapped.heading, title, lambda _row: None)
    return Column(mapped.heading, title, source.value, source.type)


def _bare(text: str) -> str:
    """Without what people leave out: blanks, dots, case; Thai digits as figures."""
    return re.sub(r"[\s._/-]", "", arabic_digits(text)).lower()
