"""The correction list: a workbook that tells a unit what to mend, cell by cell (R10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.checking.catalogue import heading, words
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.workbooks.sheets import LONGEST, is_like_formula
from plan_tracker.documents.workbooks.widths import A4, INDENT, NARROW
from plan_tracker.fiscal import Period, long_date
from plan_tracker.forms import house_style
from plan_tracker.register import Unit
from plan_tracker.values import writable

WIDTHS = (6, 13, 26, 12, 24, 44, 44, 26, 12, 10)
HEADS = ("ที่", "ต้องทำ", "ข้อ", "แผ่นงาน/ช่อง", "สิ่งที่กรอกไว้", "สิ่งที่พบ", "วิธีแก้ไข", "ตัวอย่าง", "ไปที่ช่อง", "แก้แล้ว")
DUTY = {Severity.ERROR: "แก้ไข", Severity.WARNING: "แก้ไขหรือยืนยัน"}
_LAST = len(HEADS) - 1  # columns and rows are counted from 0
_LEFT, _HEADS = 4, 5  # the rows that count down, and that head the table
_LINK = HEADS.index("ไปที่ช่อง")
_TICK = "✓"
_HOW = (
    "ขอให้แก้ไขในไฟล์ {form} ซึ่งมีเฉพาะโครงการและตัวชี้วัดที่ต้องแก้ไข พร้อมข้อมูลที่กรอกไว้แล้ว และทำเครื่องหมายช่องที่ต้องแก้ไขไว้ให้ "
    "รายการที่ข้อมูลถูกต้องอยู่แล้ว ให้ชี้แจงในช่องหมายเหตุของข้อนั้น"
)


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """What goes into one list. ``files`` has the file that the findings on each project or KPI (code) are of.

    ``places`` gives each field's sheet and cell in the correction form ``form``.
    """

    unit: Unit
    period: Period
    version: int
    files: Mapping[str, str]
    due: date
    findings: Sequence[Finding]
    names: Mapping[str, str]
    form: str
    places: Mapping[str, tuple[str, str]]


def write_correction_list(content: CorrectionList, path: Path) -> None:
    """Writes the list as an .xlsx, grouped by project, worst first."""
    with replacing_file(path) as unfinished, Workbook(str(unfinished), {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        page = _Page(book.add_worksheet("บัญชีแก้ไข"), _Looks(book), content)
        page.add_head()
        rows, numbers = count(_HEADS + 1), count(1)
        for code, group in groupby(content.findings, key=lambda finding: finding.project):
            page.add_band(next(rows), _group_name(content, code))
            for finding in group:
                page.add_finding(next(rows), next(numbers), finding)
        page.finish(next(rows) - 1)


def _group_name(content: CorrectionList, code: str) -> str:
    """A project or KPI, or the form itself; where findings are of several files, with the file."""
    name = f"{code}  {content.names.get(code, '')}" if code else "แบบรายงานทั้งฉบับ"
    several = len(set(content.files.values())) > 1
    return f"{name}   ไฟล์: {content.files[code]}" if several and code in content.files else name


class _Looks:
    """The cell formats of a list."""

    def __init__(self, book: Workbook) -> None:
        def look(**more: object) -> Format:
            font = {"font_name": house_style.FONT, "font_size": house_style.SIZE}
            return book.add_format({**font, "text_wrap": True, "valign": "vcenter", **more})

        navy, box = f"#{house_style.NAVY}", {"border": 1, "border_color": f"#{house_style.RULE}"}
        entry = {**box, "valign": "top", "align": "left", "indent": 1}
        self.lines = [look(font_color=navy, font_size=size, bold=bold) for size, bold in _LINES]
        self.left = look(font_color=f"#{house_style.RED}", font_size=15, bold=True)
        self.heading = look(**box, bold=True, font_color="#FFFFFF", bg_color=navy, align="center")
        self.band = look(bold=True, bg_color=f"#{house_style.BAND}")
        self.number, self.tick = look(**{**entry, "align": "center", "indent": 0}), look(**{**box, "align": "center"})
        self.text, self.quoted = look(**entry), look(**entry, quote_prefix=True)
        self.link = look(**entry, font_color="#0B4F9E")
        self.duty = {
            Severity.ERROR: look(**entry, font_color=f"#{house_style.RED}", bold=True),
            Severity.WARNING: look(**entry, font_color="#8A5A00"),
        }


_LINES = ((18, True), (15, False), (16, True), (14, False))  # of the head: points, and whether it is bold


@dataclass(frozen=True, slots=True)
class _Page:
    """The list's sheet in the making."""

    sheet: Worksheet
    looks: _Looks
    content: CorrectionList

    def add_head(self) -> None:
        """What the list is, until when it is to be done, how, and the headings of its table."""
        for row, (text, (size, _bold), look) in enumerate(zip(self._told(), _LINES, self.looks.lines, strict=True)):
            self.sheet.merge_range(row, 0, row, _LAST, "", look)
            self._write(row, 0, text, look)
            self.sheet.set_row(row, house_style.text_lines(text, sum(WIDTHS)) * size * 1.7)
        for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(_HEADS, column, head, self.looks.heading)
        self.sheet.set_row(_HEADS, 2 * house_style.LINE_HEIGHT + 4)

    def _told(self) -> Iterator[str]:
        content = self.content
        errors, warnings = (sum(1 for f in content.findings if f.severity is s) for s in DUTY)
        yield f"บัญชีแก้ไขแบบรายงานผลการดำเนินงาน {content.period.title}"
        files = ", ".join(dict.fromkeys(content.files.values()))
        yield f"{content.unit.name}   ฉบับที่ {content.version}   ไฟล์ที่ส่งมา: {files}"
        tally = f"ต้องแก้ไข {errors} รายการ   ต้องแก้ไขหรือยืนยัน {warnings} รายการ"
        yield f"{tally}   ส่งคืนภายในวันที่ {long_date(content.due)}"
        yield _HOW.format(form=content.form)

    def add_band(self, row: int, text: str) -> None:
        """A row that names what the findings below are about."""
        self.sheet.merge_range(row, 0, row, _LAST, "", self.looks.band)
        self._write(row, 0, text, self.looks.band)
        self.sheet.set_row(row, house_style.text_lines(text, sum(WIDTHS)) * house_style.LINE_HEIGHT + 4)

    def add_finding(self, row: int, number: int, finding: Finding) -> None:
        """Where, what stands there, what is wrong, how to mend it, an example, a link, and room for a tick."""
        said = words(finding, "th")
        place = f"{finding.sheet}\n{finding.cell}" if finding.cell else finding.sheet or "–"
        where = "\n".join(dict.fromkeys(part for part in (heading(finding), said.label) if part)) or "–"
        texts = (where, place, finding.value or "(ว่าง)", said.message, said.fix, said.example)
        self.sheet.write_number(row, 0, number, self.looks.number)
        self._write(row, 1, DUTY[finding.severity], self.looks.duty[finding.severity])
        for column, text in enumerate(texts, 2):
            self._write(row, column, text, self.looks.text)
        self._link(row, finding)
        self.sheet.write_blank(row, _LAST, None, self.looks.tick)
        shown = zip((DUTY[finding.severity], *texts), WIDTHS[1:], strict=False)
        lines = max(house_style.text_lines(text, NARROW * (width - INDENT)) for text, width in shown)
        self.sheet.set_row(row, min(lines * house_style.LINE_HEIGHT * 0.95 + 5, house_style.HIGHEST_ROW))

    def _link(self, row: int, finding: Finding) -> None:
        """A link to the cell in the correction form, which lies in the same folder."""
        place = self.content.places.get(f"{finding.project}/{finding.field}") or self._first_place(finding.project)
        if place is None:
            self.sheet.write_blank(row, _LINK, None, self.looks.link)
            return
        sheet, address = place
        url = f"external:{self.content.form}#'{sheet}'!{address}"
        self.sheet.write_url(row, _LINK, url, self.looks.link, "เปิดช่อง ›")

    def _first_place(self, code: str) -> tuple[str, str] | None:
        """Where the answers to ``code`` begin, for what is said of all of them."""
        return next((place for field, place in self.content.places.items() if field.startswith(f"{code}/")), None)

    def _write(self, row: int, column: int, text: str, look: Format) -> None:
        """A text that stays one, also after somebody has edited the cell."""
        if look is self.looks.text and is_like_formula(text):
            look = self.looks.quoted
        self.sheet.write_string(row, column, writable(text)[:LONGEST], look)

    def finish(self, last: int) -> None:
        """Ticks for what has been mended, a count of what is left that goes to zero, and how the sheet prints."""
        number = len(self.content.findings)
        left = f'{number}-COUNTIF(J{_HEADS + 2}:J{last + 1},"{_TICK}")'
        how = f" รายการ  (เลือก {_TICK} ในช่อง “แก้แล้ว” เมื่อแก้เสร็จ)"
        self.sheet.merge_range(_LEFT, 0, _LEFT, _LAST, "", self.looks.left)
        formula = f'=IF({left}=0,"✓ ทำครบทุกรายการแล้ว","เหลืออีก "&({left})&"{how}")'
        self.sheet.write_formula(_LEFT, 0, formula, self.looks.left, f"เหลืออีก {number}{how}")
        self.sheet.set_row(_LEFT, 26)
        self.sheet.data_validation(_HEADS + 1, _LAST, last, _LAST, {"validate": "list", "source": [_TICK]})
        self.sheet.freeze_panes(_HEADS + 1, 0)
        self.sheet.repeat_rows(_HEADS)
        self.sheet.print_area(0, 0, last, _LAST)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(*house_style.MARGINS)
        self.sheet.set_footer("&L&A&Rหน้า &P จาก &N")
