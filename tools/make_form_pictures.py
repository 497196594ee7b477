"""Takes the pictures of the form that the unit's page shows, and lays them into ``tools/pictures``.

Issues a form of the sample register, answers it with two mistakes, has LibreOffice recalculate it and print a few rows:
``python -m tools.make_form_pictures`` (``make pictures``), where LibreOffice and poppler are installed. To be run when
the form's look has changed; ``tools.make_unit_page`` puts the pictures into the page's template.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops

from plan_tracker.demo.answers import answers_of
from plan_tracker.demo.units import Typed, fill_form
from plan_tracker.documents.word.libreoffice import find_soffice
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.workbook.keys import SLOT
from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, COVER_SHEET
from plan_tracker.forms.writing.template.cover import LIST_SLOT, TOTAL_SLOT
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.steps.prepare.issue_forms import issue_forms
from plan_tracker.steps.prepare.register import load_register
from plan_tracker.store import Store
from plan_tracker.workspace.folders import open_workspace

PICTURES = Path(__file__).with_name("pictures")
COVER, SHEET = PICTURES / "cover.png", PICTURES / "sheet.png"
_QUARTER, _DAY, _UNIT, _PROJECT = Period(2569, 1), date(2026, 1, 5), "KM", "P004"
_MISTAKES: Typed = {
    f"{_PROJECT}/f14.schedule": c.ON_TIME,
    f"{_PROJECT}/f14.progress_percent": 1,
    f"{_PROJECT}/f14.next_steps": None,
}
_DOTS = 200  # an inch
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class _Cut:
    """What a picture shows: rows and columns of a sheet; ``widths`` of columns, 0 for what is left out."""

    sheet: str
    columns: tuple[str, str]
    widths: Mapping[str, float]
    rows: tuple[int, int]


def main() -> None:
    with TemporaryDirectory() as folder:
        answered = _answered_form(Path(folder) / "workspace")
        for picture, cut in ((COVER, _cover(answered)), (SHEET, _sheet(answered))):
            _take(answered, cut, Path(folder), picture)


def _answered_form(root: Path) -> Path:
    """A form as a unit might have it before it is done."""
    init_workspace(root)
    place = replace(open_workspace(root), today=_DAY)
    store = Store(place.database)
    load_register(place, store)
    (issued,) = issue_forms(place, store, _QUARTER, [_UNIT]).forms
    form = store.form(store.newest_form_ids(_QUARTER)[_UNIT])
    assert form is not None
    answered = root.with_name("answered.xlsx")
    typed = answers_of(form)
    typed.update(_MISTAKES)
    fill_form(root / issued.path, typed, answered)
    store.close()
    return answered


def _cover(answered: Path) -> _Cut:
    """How the whole stands, and the list of its sheets."""
    sheet = load_workbook(answered)[COVER_SHEET]
    at = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    first, listed = at[SLOT + TOTAL_SLOT], at[SLOT + LIST_SLOT]
    last = next(row for row in range(listed, sheet.max_row + 1) if not sheet.cell(row, 2).value) - 1
    return _Cut(COVER_SHEET, ("B", "G"), {"D": 50, "F": 16, "G": 16}, (first, last))


def _sheet(answered: Path) -> _Cut:
    """A project's last section, with what is told beside it; the columns of tables are left out."""
    cells = {field: cell for field, _sheet, cell in load_workbook(answered)[CELLS_SHEET].values}
    first, last = (int(str(cells[f"{_PROJECT}/{key}"])[1:]) for key in ("f14.note", "f14.next_steps"))
    return _Cut(_PROJECT, ("B", "J"), {**dict.fromkeys("DEFGH", 0), "C": 41, "I": 18, "J": 52}, (first, last))


def _take(answered: Path, cut: _Cut, folder: Path, picture: Path) -> None:
    book = load_workbook(answered)
    _lay_bare(book[cut.sheet], cut)
    book.move_sheet(cut.sheet, -book.sheetnames.index(cut.sheet))  # its page is the first
    shown = folder / f"{picture.stem}.xlsx"
    book.save(shown)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    soffice = find_soffice()
    assert soffice, "LibreOffice is not installed"
    run = (str(soffice), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf")
    subprocess.run([*run, "--outdir", str(folder), str(shown)], check=True, capture_output=True)  # noqa: S603 no shell
    page = folder / picture.stem
    pdf = shown.with_suffix(".pdf")
    drawn = ("pdftoppm", "-r", str(_DOTS), "-singlefile", "-png", str(pdf), str(page))
    subprocess.run(drawn, check=True)  # noqa: S603 no shell
    picture.parent.mkdir(exist_ok=True)
    _trimmed(Image.open(page.with_suffix(".png"))).save(picture, optimize=True)


def _lay_bare(sheet: Worksheet, cut: _Cut) -> None:
    """Prints nothing but the cut."""
    (left, right), (first, last) = cut.columns, cut.rows
    for letter, width in cut.widths.items():
        column = sheet.column_dimensions[letter]
        column.width, column.hidden = width, not width
    sheet.print_area, sheet.print_title_rows = f"{left}{first}:{right}{last}", None
    sheet.row_breaks.brk = []
    sheet.oddFooter = HeaderFooterItem()
    sheet.page_setup.orientation = "landscape"


def _trimmed(page: Image.Image) -> Image.Image:
    """What is not white, in few colours."""
    white = Image.new("RGB", page.size, "white")
    box = ImageChops.difference(page.convert("RGB"), white).getbbox()
    return page.convert("RGB").crop(box).quantize(32)


if __name__ == "__main__":
    os.environ.pop("PLANTRACK_SOFFICE", None)
    main()
