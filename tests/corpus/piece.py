"""A workpiece: the file of one case on its way from a good return to what comes back."""

from __future__ import annotations

import gc
import io
import pickle
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.desk import Desk

_STYLES = "xl/styles.xml"
Places = dict[str, tuple[str, str]]  # by "P001/f14.stage": sheet and cell


@dataclass
class Piece:
    """What will be dropped into the inbox: by default one file, ``content``, called ``name``.

    ``others`` are further files of the case; ``gone`` where there are only those. ``told_as``: the name of what is
    inside a container, by which it is told. ``form`` is the form as issued,
    ``other_unit`` another unit's good return; the desk is the office's.
    """

    name: str
    good: bytes
    places: Places
    form: bytes
    other_unit: bytes
    desk: Desk
    others: dict[str, bytes] = field(default_factory=dict)
    gone: bool = False
    told_as: str = ""
    _bytes: bytes = b""
    _is_changed: bool = False
    _book: Workbook | None = None

    def __post_init__(self) -> None:
        self._bytes = _remarked(self.good, self.name)

    @property
    def book(self) -> Workbook:
        """The workbook as a person has it open."""
        if self._book is None:
            self._book = load_workbook(io.BytesIO(self._bytes)) if self._is_changed else opened(self.good)
        return self._book

    @property
    def is_open(self) -> bool:
        return self._book is not None

    @property
    def content(self) -> bytes:
        """The file's bytes, as saved last."""
        if self._book is not None:
            file = io.BytesIO()
            self._book.save(file)
            self.content = file.getvalue()
        return self._bytes

    @content.setter
    def content(self, content: bytes) -> None:
        self._bytes, self._book, self._is_changed = content, None, True

    def dropped(self) -> dict[str, bytes]:
        """Everything that goes into the inbox, by its path there."""
        return self.others if self.gone else {self.name: self.content, **self.others}

    def sheet(self, name: str = "P001") -> Worksheet:
        return self.book[name]

    def cell(self, name: str) -> Cell:
        """The cell that a field was issued in; a bare key is one of P001."""
        sheet, address = self.places[full(name)]
        cell = self.book[sheet][address]
        assert isinstance(cell, Cell)
        return cell

    def edit_part(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Changes one part of the package, and sees that it did."""
        self.edit_parts(lambda part, xml: change(xml) if part == name else xml)

    def edit_parts(
        self, change: Callable[[str, bytes], bytes], rename: Callable[[str], str] = str, *, must: bool = True
    ) -> None:
        """Writes the package anew with its parts changed and named anew; one of the two must do something."""
        made, did = io.BytesIO(), False
        with (
            zipfile.ZipFile(io.BytesIO(self.content)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                before = old.read(name)
                after = change(name, before)
                did = did or after != before or rename(name) != name
                new.writestr(rename(name), after)
            new.comment = self.name.encode()
        assert did or not must, f"{self.name}: the package is as it was"
        self.content = made.getvalue()

    def edit_cell(self, name: str, change: Callable[[str, str], str]) -> None:
        """Changes the XML of a field's cell: given what is said of its address and style, and the address."""
        part, address = self._place(name)

        def edit(xml: bytes) -> bytes:
            text = xml.decode()
            found = re.search(f'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', text, re.DOTALL)
            assert found, address
            style = re.search(r' s="[0-9]+"', found[1])
            said = f'r="{address}"{style[0] if style else ""}'
            return (text[: found.start()] + change(said, address) + text[found.end() :]).encode()

        # The same answer may be typed once more
        self.edit_parts(lambda name, xml: edit(xml) if name == part else xml, must=False)

    def format_cell(self, name: str, number_format: str) -> None:
        """Gives a field's cell a style of its own: as it was, but for the number format."""
        part, address = self._place(name)
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            cells, styles = package.read(part).decode(), package.read(_STYLES).decode()
        found = re.search(f'<c r="{address}"[^>]*? s="([0-9]+)"', cells)
        assert found, address
        styles, style = _with_style(styles, int(found[1]), number_format)
        made = {part: cells[: found.start(1)] + str(style) + cells[found.end(1) :], _STYLES: styles}
        self.edit_parts(lambda name, xml: made[name].encode() if name in made else xml)

    def _place(self, name: str) -> tuple[str, str]:
        """The package's part that a field's cell is in, and its address there."""
        sheet, address = self.places[full(name)]
        # openpyxl numbers the parts so
        return f"xl/worksheets/sheet{sheet_names(self.form).index(sheet) + 1}.xml", address


def _with_style(styles: str, like: int, number_format: str) -> tuple[str, int]:
    """The styles that openpyxl wrote, and the number of a further one: as ``like``, but for its number format."""
    number = BUILTIN_FORMATS_REVERSE.get(number_format)
    if number is None:
        number = 900 + styles.count("<numFmt ")
        styles = styles.replace(
            "</numFmts>", f'<numFmt numFmtId="{number}" formatCode="{escape(number_format)}"/></numFmts>', 1
        )
    before, cells, after = re.split("(<cellXfs .*?)(?=</cellXfs>)", styles, maxsplit=1, flags=re.DOTALL)
    every = re.findall("<xf [^>]*?/>|<xf .*?</xf>", cells, re.DOTALL)
    own = re.sub('numFmtId="[0-9]+"', f'numFmtId="{number}" applyNumberFormat="1"', every[like], count=1)
    return f"{before}{cells}{own}{after}", len(every)


def opened(content: bytes) -> Workbook:
    """The workbook in ``content``, a fresh copy each time."""
    gc.disable()  # none of its many objects is garbage: to look for some takes as long as to make them
    try:
        book = pickle.loads(_pickled(content))
    finally:
        gc.enable()
    assert isinstance(book, Workbook)
    return book


@cache
def _pickled(content: bytes) -> bytes:
    """Thirty times as quick to copy as the workbook is to load."""
    return pickle.dumps(load_workbook(io.BytesIO(content)))


@cache
def sheet_names(form: bytes) -> list[str]:
    """The names of a form's sheets, in their order."""
    return load_workbook(io.BytesIO(form), read_only=True).sheetnames


def with_merge(sheet: bytes, area: str) -> bytes:
    """A sheet of a form, in which nothing is merged, with ``area`` merged."""
    merged, after = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode(), b"<conditionalFormatting"
    assert after in sheet
    return sheet.replace(after, merged + after, 1)


def full(name: str) -> str:
    """A field's full name; what has no project is of P001."""
    return name if "/" in name else f"P001/{name}"


def read_places(form: bytes) -> Places:
    """Where every input stands in a form as issued, and every locked fact of a project."""
    book = load_workbook(io.BytesIO(form))
    rows = book["_cells"].iter_rows(min_row=2, values_only=True)
    places = {str(name): (str(sheet), str(cell)) for name, sheet, cell in rows}
    for sheet in book.worksheets:
        for key in sheet["A"]:
            if str(key.value).startswith(("P001/f1.", "P002/f1.")):
                places.setdefault(str(key.value), (sheet.title, f"C{key.row}"))
    return places


def _remarked(content: bytes, remark: str) -> bytes:
    """The package with a comment at its end, so that no two cases begin with the same bytes."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = remark.encode()
    return file.getvalue()
