"""R6: what stands in a returned workbook is found wherever it has gone to; what can't be read is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string

from plan_tracker.checking.parsing.normalise import read_value
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.identity import read_identity
from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, COVER_SHEET, FORM2_SHEET, IDENTITY_SHEET
from plan_tracker.forms.reading.raw import FaultyCell, PercentCell, RawCell, Refusal
from plan_tracker.forms.reading.read import RawBook, read_book
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.values import Value
from tests.desk import Desk

LIMITS = SheetLimits()
FIELDS = CURRENT.fields
Typed = Mapping[str, Value | int | float | None]


@pytest.fixture
def book(returned: bytes) -> Workbook:
    """The returned form as a person has it open."""
    return load_workbook(io.BytesIO(returned))


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes | Workbook) -> RawBook:
    found = read_book(content if isinstance(content, bytes) else saved(content), LIMITS)
    assert isinstance(found, RawBook), found
    return found


def cells(found: RawBook) -> dict[str, RawCell]:
    """Every keyed cell by ``P001/f14.stage``."""
    entries = {**found.units, **found.projects, **found.kpis}
    return {f"{code}/{key}": cell for code, entry in entries.items() for key, cell in entry.cells.items()}


def assert_answers(found: RawBook, answers: Typed) -> None:
    """Every answer is there, and nothing else."""
    came = cells(found)
    for name, value in answers.items():
        key = name.partition("/")[2]
        assert read_value(FIELDS[key], came[name].value).value == value, name
    filled = {name for name, cell in came.items() if FIELDS[name.partition("/")[2]].is_input and cell.value != ""}
    assert filled == set(answers)


def place(book: Workbook, field: str) -> Any:
    """The cell that a field was issued in."""
    rows = book[CELLS_SHEET].iter_rows(min_row=2, values_only=True)
    sheet, address = next((str(s), str(c)) for name, s, c in rows if name == field)
    return book[sheet][address]


def unmerge(book: Workbook) -> None:
    """openpyxl does not move merged areas; spreadsheet programs do."""
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))


# --- wherever it has gone to -----------------------------------------------------------------------------------------


def test_an_issued_form_reads_back(returned: bytes, answers: Typed, issued_root: Path) -> None:
    found = read(returned)
    assert_answers(found, answers)
    assert (set(found.projects), set(found.kpis)) == ({"P001", "P002"}, {"K01"})
    form = Desk(issued_root).newest_form("YS")
    assert read_identity(found.said) == form.identity
    for code in (*form.projects, *form.kpis):
        for key, value in form.values[code].items():
            if not FIELDS[key].is_input:
                assert read_value(FIELDS[key], cells(found)[f"{code}/{key}"].value).value == value, key


def test_every_field_is_found_at_the_place_where_it_was_issued(returned: bytes, book: Workbook) -> None:
    found = cells(read(returned))
    rows = list(book[CELLS_SHEET].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 2 * len(CURRENT.form1.inputs) + len(CURRENT.form2.inputs) + len(CURRENT.unit.inputs)
    issued = {str(name): str(cell) for name, _sheet, cell in rows}
    assert {name: found[name].address for name in issued} == issued


def _insert_rows(book: Workbook) -> None:
    for name in ("P001", FORM2_SHEET):
        book[name].insert_rows(1, 3)
        book[name].insert_rows(7)
        book[name].insert_rows(book[name].max_row - 1, 2)


def _insert_columns(book: Workbook) -> None:
    for name in ("P001", FORM2_SHEET):
        book[name].insert_cols(1, 2)
        book[name].insert_cols(6)


def _insert_both(book: Workbook) -> None:
    _insert_rows(book)
    _insert_columns(book)


def _insert_far_down(book: Workbook) -> None:
    book["P001"].insert_rows(1, 700)
    book["P001"].insert_cols(1, 100)


def _rename(book: Workbook) -> None:
    book["P001"].title = "โครงการที่ 1"
    book[FORM2_SHEET].title = "KPI's & more"
    book[COVER_SHEET].title = "P001"


def _reorder(book: Workbook) -> None:
    for sheet in reversed(book.worksheets):
        book.move_sheet(sheet, offset=len(book.worksheets))
    book.active = 0


def _delete_others(book: Workbook) -> None:
    del book[CELLS_SHEET]


def _add_others(book: Workbook) -> None:
    book.create_sheet("ข้อมูลประกอบ", 0).append(["#", "P001/f14.stage", "เสร็จแล้ว"])
    book.create_sheet("ว่าง")


def _show_hidden(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"
        sheet.protection.sheet = False
        for dimension in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values()):
            dimension.hidden = False


def _move_a_row(book: Workbook) -> None:
    """A person has cut one answer with its row and put it where another was."""
    sheet = book["P001"]
    first, second = (place(book, f"P001/f14.{name}").row for name in ("stage", "schedule"))
    for one, other in zip(sheet[first], sheet[second], strict=True):
        one.value, other.value = other.value, one.value


def _lose_first_keys(book: Workbook) -> None:
    for name in ("P001", "P002", FORM2_SHEET):
        book[name].delete_cols(1)


def _lose_last_keys(book: Workbook) -> None:
    for name, form in (("P001", CURRENT.form1), ("P002", CURRENT.form1), (FORM2_SHEET, CURRENT.form2)):
        book[name].delete_cols(column_index_from_string(form.columns.mirror))


CHANGES = [
    _insert_rows,
    _insert_columns,
    _insert_both,
    _insert_far_down,
    _rename,
    _reorder,
    _delete_others,
    _add_others,
    _show_hidden,
    _move_a_row,
    _lose_first_keys,
    _lose_last_keys,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_answers_are_found_after(change: Callable[[Workbook], None], book: Workbook, answers: Typed) -> None:
    unmerge(book)
    change(book)
    assert_answers(read(book), answers)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60), st.integers(1, 4)), min_size=1, max_size=4))
def test_answers_are_found_after_any_insertions(
    returned: bytes, answers: Typed, insertions: list[tuple[bool, int, int]]
) -> None:
    book = load_workbook(io.BytesIO(returned))
    unmerge(book)
    for is_row, at, count in insertions:
        if is_row:
            book["P001"].insert_rows(at, count)
        else:
            book["P001"].insert_cols(1 + at % 12, count)
    assert_answers(read(book), answers)


def test_addresses_are_those_in_the_file_that_came_back(book: Workbook) -> None:
    unmerge(book)
    cell = place(book, "P001/f14.stage")
    row, letter = cell.row, cell.column_letter
    book["P001"].insert_rows(1, 3)
    book["P001"].insert_cols(1)
    book["P001"].title = "ย้ายแล้ว"
    entry = read(book).projects["P001"]
    assert (entry.sheet, entry.cells["f14.stage"].address) == ("ย้ายแล้ว", f"{chr(ord(letter) + 1)}{row + 3}")


def test_a_deleted_sheet_is_missing_and_no_other(book: Workbook) -> None:
    del book["P001"]
    found = read(book)
    assert (set(found.projects), set(found.kpis)) == ({"P002"}, {"K01"})


def test_a_deleted_row_is_missing_and_no_other(book: Workbook) -> None:
    unmerge(book)
    book["P001"].delete_rows(place(book, "P001/f4.objectives").row)
    found = read(book)
    assert set(CURRENT.form1.fields) - set(found.projects["P001"].cells) == {"f4.objectives"}
    assert set(found.projects["P002"].cells) == set(CURRENT.form1.fields)


def test_a_sheet_that_was_copied_is_found_twice(book: Workbook) -> None:
    book.copy_worksheet(book["P001"]).title = "P001 (2)"
    entry = read(book).projects["P001"]
    assert {key for key, _sheet, _address in entry.twice} == set(entry.cells) == set(CURRENT.form1.fields)
    assert entry.sheet == "P001"
    assert {sheet for _key, sheet, _address in entry.twice} == {"P001 (2)"}


def test_rows_whose_keys_contradict_each_other_have_no_meaning(book: Workbook) -> None:
    """Sorting one key column moves it against its answers: nothing is taken for something else."""
    sheet = book["P001"]
    stage, schedule = (place(book, f"P001/f14.{name}").row for name in ("stage", "schedule"))
    one, other = sheet.cell(stage, 1), sheet.cell(schedule, 1)
    one.value, other.value = other.value, one.value
    assert set(CURRENT.form1.fields) - set(read(book).projects["P001"].cells) == {"f14.stage", "f14.schedule"}


def test_one_far_cell_is_no_reason_to_refuse(book: Workbook, answers: Typed) -> None:
    book["P001"]["XFD1048576"] = "หลงมา"
    book["P002"]["B1048576"] = "หลงมา"
    book[FORM2_SHEET]["XFD1"] = "หลงมา"
    assert_answers(read(book), answers)


def test_a_workbook_without_an_identity_has_no_entries() -> None:
    book = Workbook()
    book.worksheets[0].append(["#f14.stage", ".stage"])
    found = read(book)
    assert (dict(found.said), dict(found.projects), dict(found.kpis)) == ({}, {}, {})


def test_the_identity_is_text_whatever_a_program_has_made_of_it(book: Workbook, returned: bytes) -> None:
    for row in book[IDENTITY_SHEET].iter_rows():
        if str(row[1].value) in ("1", "2569"):
            row[1].value = int(str(row[1].value))
    assert dict(read(book).said) == dict(read(returned).said)


# --- what a cell holds -----------------------------------------------------------------------------------------------

STAGE, PROGRESS, MONEY = "P001/f14.stage", "P001/f14.progress_percent", "P001/f9.recurrent.disbursed"
START, RESULT, BENEFITS = "P001/f8.start_date", "K01/k.result", "P002/f12.benefits"


AS_IT_STANDS: list[tuple[Any, object]] = [
    ("ยกเลิก", "ยกเลิก"),
    (None, ""),
    ("  ", "  "),
    ("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
    ("<b>&amp;</b> \"'", "<b>&amp;</b> \"'"),
    ("น้ํา\u200b", "น้ํา\u200b"),
    (1234567.89, 1234567.89),
    (Decimal("1234567.89"), 1234567.89),
    (0, 0),
    (-500, -500),
    ("๕๐๐ บาท", "๕๐๐ บาท"),
    (True, True),
    (date(2025, 10, 1), date(2025, 10, 1)),
    (date(2568, 10, 1), date(2568, 10, 1)),
    (datetime(2025, 10, 1, 16, 30), datetime(2025, 10, 1, 16, 30)),
    ("29/2/2568", "29/2/2568"),
]


def test_a_cell_is_read_as_it_stands(book: Workbook) -> None:
    """Whatever its field is: what cells mean is decided later."""
    for key, (written, _value) in zip(CURRENT.form1.inputs, AS_IT_STANDS, strict=False):
        place(book, f"P001/{key}").value = written
    found = read(book).projects["P001"].cells
    for key, (written, value) in zip(CURRENT.form1.inputs, AS_IT_STANDS, strict=False):
        came = found[key].value
        assert (came, isinstance(came, bool)) == (value, isinstance(value, bool)), written


@pytest.mark.parametrize("written", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "=1+1", "=SUM(D1)", '=IF(D1<5,"<",D1&"ก")'])
def test_errors_and_formulas_without_a_result_are_faulty(book: Workbook, written: str) -> None:
    """FORMULA: none of them is taken for a blank."""
    fields = {STAGE, PROGRESS, MONEY, RESULT, BENEFITS, START}
    for field in fields:
        place(book, field).value = written
    faulty = {name: cell.value for name, cell in cells(read(book)).items() if isinstance(cell.value, FaultyCell)}
    assert set(faulty) == fields
    if written.startswith("#"):
        assert set(faulty.values()) == {written}


def with_parts(content: bytes, edits: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts edited."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        assert set(edits) <= set(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, edits[name](part) if name in edits else part)
    return made.getvalue()


def with_cell(book: Workbook, field: str, inside: bytes) -> bytes:
    """The workbook with just ``inside`` in the field's cell."""
    cell = place(book, field)
    cell.value = "=98+1"
    part = f"xl/worksheets/sheet{book.sheetnames.index(cell.parent.title) + 1}.xml"

    def edit(xml: bytes) -> bytes:
        changed, count = re.subn(rb"<f>98\+1</f>\s*(?:<v\s*/>|<v></v>)?", inside, xml)
        assert count == 1
        return changed

    return with_parts(saved(book), {part: edit})


@pytest.mark.parametrize(
    ("field", "inside", "value"),
    [
        (MONEY, b"<f>1+1</f><v>2</v>", 2.0),
        (MONEY, b"<f>1-1</f><v>0</v>", 0.0),
        (PROGRESS, b'<f t="shared" ref="D1:D2" si="0">1+1</f><v>50</v>', 50.0),
        (RESULT, b'<f aca="false">1+1</f><v>50</v>', 50.0),
    ],
)
def test_a_formula_with_a_result_is_its_result(book: Workbook, field: str, inside: bytes, value: object) -> None:
    assert cells(read(with_cell(book, field, inside)))[field].value == value


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (b"<f>1+1</f>", "=1+1"),
        (b"<f>1+1</f><v/>", "=1+1"),
        (b"<f>1+1</f><v />", "=1+1"),
        (b"<f>1+1</f><v></v>", "=1+1"),
        (b'<f t="shared" si="0"/>', "="),
        (b'<f t="array" ref="D1">SUM(D1)</f>', "=SUM(D1)"),
        (b'<f>"a"&amp;"b"</f>', '="a"&"b"'),
    ],
)
def test_a_formula_without_a_result_is_faulty_however_it_is_saved(book: Workbook, inside: bytes, shown: str) -> None:
    found = cells(read(with_cell(book, MONEY, inside)))[MONEY].value
    assert isinstance(found, FaultyCell)
    assert found == shown


FORMATTED: list[tuple[float, str, bool]] = [
    (0.5, "0%", True),
    (0.5, "0.00%", True),
    (1, "0%", True),
    (0.005, "0.0%", True),
    (1.5, "0%", True),
    (0.5, "General", False),
    (0.5, "0.00", False),
    (50, "0%", True),  # it shows 5000 %, and that is what is asked about
    (0, "0%", False),
    (0.5, '0"%"', False),  # only looks like a per cent
    (0.5, r"0\%", False),
    (0.5, "0;-0%", False),
    (0.5, "[Red]0.0%;0", True),
    (0.5, '"ผล" 0 %', True),
]


def test_cells_formatted_as_per_cent(book: Workbook) -> None:
    """50 % and 0.5 are the same to the fast reader."""
    keys = ["f14.progress_percent", *(f"f8.planned_q{q}" for q in (1, 2, 3, 4))]
    fields = [f"{code}/{key}" for code in ("P001", "P002") for key in keys]
    for start in range(0, len(FORMATTED), len(fields)):
        formatted = dict(zip(fields, FORMATTED[start:], strict=False))
        for field, (written, number_format, _is_percent) in formatted.items():
            cell = place(book, field)
            cell.value, cell.number_format = written, number_format
        found = cells(read(book))
        for field, (written, number_format, is_percent) in formatted.items():
            came = found[field].value
            assert (came, isinstance(came, PercentCell)) == (written, is_percent), (written, number_format)


def test_50_per_cent_is_told_from_a_half_after_rows_have_moved(book: Workbook) -> None:
    unmerge(book)
    for field in (PROGRESS, "P002/f14.progress_percent"):
        place(book, field).value = 0.5
    place(book, PROGRESS).number_format = "0%"
    book["P001"].insert_rows(3, 5)
    book["P001"].title = "ย้ายแล้ว"
    found = cells(read(book))
    assert isinstance(found[PROGRESS].value, PercentCell)
    assert not isinstance(found["P002/f14.progress_percent"].value, PercentCell)


def test_an_amount_that_shows_a_per_cent_is_told_apart(book: Workbook) -> None:
    """A program has made 0.5 of what may have been 50 baht: whoever checks it asks."""
    cell = place(book, MONEY)
    cell.value, cell.number_format = 0.5, "0%"
    assert isinstance(cells(read(book))[MONEY].value, PercentCell)


@pytest.mark.parametrize(
    ("written", "number_format", "shown"),
    [
        (812345678, "0000000000", "0812345678"),
        (0.8, "0%", "80%"),
        (datetime(2569, 1, 1), "mmm-yy", "ม.ค.-69"),
        (5, "General", ""),
        ("๕ คน", "0", ""),
    ],
)
def test_what_a_cell_of_words_shows_of_a_number_or_a_day_is_kept(
    book: Workbook, written: object, number_format: str, shown: str
) -> None:
    for field in (BENEFITS, MONEY):
        cell = place(book, field)
        cell.value, cell.number_format = written, number_format
    found = cells(read(book))
    assert (found[BENEFITS].shown, found[MONEY].shown) == (shown, "")


# --- what is no return -----------------------------------------------------------------------------------------------

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def a_docx() -> bytes:
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def a_zip(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/") + ".xml"), text)  # the same at any moment
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE-UNREADABLE"),
        (b"\0" * 1000, "FILE-TYPE"),
        (b"P", "FILE-TYPE"),
        (b"%PDF-1.7\n", "FILE-TYPE"),
        ("รายงานผล".encode(), "FILE-TYPE"),
        (b"code,name\nP001,x\n", "FILE-TYPE"),
        (b"<html><table></table></html>", "FILE-TYPE"),
        (b"PK\x03\x04", "FILE-UNREADABLE"),
        (b"PK\x03\x04" + b"\xff" * 500, "FILE-UNREADABLE"),
        (a_docx(), "FILE-TYPE"),
        (a_zip(readme="x"), "FILE-TYPE"),
        (a_zip(content=""), "FILE-UNREADABLE"),
        (OLE, "FILE-UNREADABLE"),
        (OLE + b"\0" * 2000, "FILE-UNREADABLE"),
        (OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100, "FILE-ENCRYPTED"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:4]),  # what follows may tell the time
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    refusal = read_book(content, LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.25, 0.5, 0.9, 0.999])
def test_a_half_copied_file_is_unreadable(returned: bytes, share: float) -> None:
    refusal = read_book(returned[: int(len(returned) * share) + 4], LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-UNREADABLE"
    assert refusal.params["reason"]


def test_a_zip_with_a_password_is_encrypted(returned: bytes) -> None:
    """The flag of every entry says so."""
    locked = bytearray(returned)
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(header), returned):
            locked[match.start() + at] |= 1
    assert read_book(bytes(locked), LIMITS) == Refusal("FILE-ENCRYPTED")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
)
def test_a_doctype_is_refused(returned: bytes, part: str) -> None:
    """FILE-UNREADABLE: nothing outside the file is ever asked for, and no entity swells."""

    def declare(xml: bytes) -> bytes:
        root = re.search(rb"<(?![?!])", xml)
        assert root
        return xml[: root.start()] + b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml[root.start() :]

    refusal = read_book(with_parts(returned, {part: declare}), LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-UNREADABLE"


@pytest.mark.parametrize("limits", [SheetLimits(unpacked=10_000), SheetLimits(cells=100)], ids=["unpacked", "cells"])
def test_too_large_a_workbook_is_refused(returned: bytes, limits: SheetLimits) -> None:
    refusal = read_book(returned, limits)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-TOO-LARGE"
    assert refusal.params["limit"]


def test_reading_is_a_pure_function_of_the_bytes(returned: bytes) -> None:
    first, second = read(returned), read(returned)
    assert cells(first) == cells(second)
    assert dict(first.said) == dict(second.said)


# --- damage ----------------------------------------------------------------------------------------------------------

FUZZ = settings(max_examples=50, deadline=None, phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False)
flips = st.lists(st.tuples(st.floats(0, 0.999999), st.integers(1, 255)), min_size=1, max_size=12)


class Workpiece(bytes):
    """A file's bytes, which a failing test need not print."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


@pytest.fixture(scope="module")
def doubtful(returned: bytes) -> bytes:
    """A return that needs a second look: a formula without a result, and a per cent that is formatted so."""
    book = load_workbook(io.BytesIO(returned))
    place(book, MONEY).value = "=1+1"
    cell = place(book, PROGRESS)
    cell.value, cell.number_format = 0.5, "0%"
    return Workpiece(saved(book))


@FUZZ
@given(st.floats(0, 1))
@example(0.0)
@example(1.0)
def test_truncating_never_raises(doubtful: bytes, share: float) -> None:
    assert isinstance(read_book(doubtful[: int(len(doubtful) * share)], LIMITS), RawBook | Refusal)


def test_a_damaged_stream_is_unreadable(returned: bytes) -> None:
    name = b"xl/worksheets/sheet2.xml"
    broken = bytearray(returned)
    broken[returned.index(name) + len(name)] = 0xFF  # no block of a compressed stream begins so
    refusal = read_book(bytes(broken), LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-UNREADABLE"


@FUZZ
@given(flips)
def test_flipping_bytes_never_raises(doubtful: bytes, flips: list[tuple[float, int]]) -> None:
    broken = bytearray(doubtful)
    for share, mask in flips:
        broken[int(len(broken) * share)] ^= mask
    assert isinstance(read_book(bytes(broken), LIMITS), RawBook | Refusal)


@FUZZ
@given(st.integers(1, 600), flips)
def test_flipping_bytes_of_the_table_of_contents_never_raises(
    doubtful: bytes, length: int, flips: list[tuple[float, int]]
) -> None:
    broken = bytearray(doubtful)
    for share, mask in flips:
        broken[-1 - int(length * share)] ^= mask
    assert isinstance(read_book(bytes(broken), LIMITS), RawBook | Refusal)


PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet2.xml")
scraps = st.binary(max_size=4) | st.sampled_from(
    [b"", b"<", b">", b'"', b"&", b"&#0;", b"</c>", b"<c>", b't="e"', b'"-1"', b'"99999999999"', b"\xff\xfe"]
)


@FUZZ
@given(
    st.sampled_from(["[Content_Types].xml", *PARTS]),
    st.floats(0, 0.999999),
    st.integers(0, 12),
    scraps,
)
def test_damaging_a_part_never_raises(doubtful: bytes, part: str, share: float, length: int, scrap: bytes) -> None:
    """The package is whole, but what is in it is not."""

    def damage(xml: bytes) -> bytes:
        at = int(len(xml) * share)
        return xml[:at] + scrap + xml[at + length :]

    assert isinstance(read_book(with_parts(doubtful, {part: damage}), LIMITS), RawBook | Refusal)


@pytest.mark.parametrize("part", [*PARTS, "xl/theme/theme1.xml", "[Content_Types].xml", "docProps/core.xml"])
@pytest.mark.parametrize("content", [b"", b"<", b"\0", b"\xff\xfe<x/>"], ids=repr)
def test_replacing_a_part_never_raises(doubtful: bytes, part: str, content: bytes) -> None:
    assert isinstance(read_book(with_parts(doubtful, {part: lambda _xml: content}), LIMITS), RawBook | Refusal)
