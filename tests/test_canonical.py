"""Workbooks whose XML is not as spreadsheet programs write it: read all the same, or refused, never misread (R7)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plan_tracker.forms.reading.canonical import MAIN, is_canonical, make_canonical
from plan_tracker.forms.reading.columns import index_of, letters_of
from plan_tracker.forms.reading.number_formats import is_percent
from plan_tracker.forms.reading.opendocument import write_content
from plan_tracker.forms.reading.package import Limits, WorkbookPackage, open_package
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.intake.readers import readers

LIMITS = Limits()
FOUND = [("B2", "1"), ("C2", "ก & <ข>"), ("B9", "7")]
Parts = dict[str, bytes]


def sheet(data: str, start: str = f'<worksheet xmlns="{MAIN}">', end: str = "</worksheet>") -> bytes:
    return f"{start}<sheetData>{data}</sheetData>{end}".encode()


PLAIN = sheet(
    '<row r="2"><c r="B2" s="1"><v>1</v></c><c r="C2" t="inlineStr"><is><t>ก &amp; &lt;ข&gt;</t></is></c></row>'
    '<row r="9"><c r="B9"><v>7</v></c></row>'
)


def seen(xml: bytes) -> list[tuple[str, str]]:
    """The filled cells of a sheet in the plain shape."""
    cells = etree.fromstring(xml).iter("{*}c")
    return [(cell.get("r", ""), "".join(str(text) for text in cell.itertext())) for cell in cells if len(cell)]


ODD: dict[str, bytes] = {
    "blanks before the equal sign": PLAIN.replace(b'<c r="B9"', b'<c r ="B9"'),
    "single quotes": PLAIN.replace(b'r="B9"', b"r='B9'"),
    "line breaks in a tag": PLAIN.replace(b'<c r="B9"', b'<c\n  r="B9"\n'),
    "another order": PLAIN.replace(b'<c r="B2" s="1">', b'<c s="1" r="B2">'),
    "lower case": PLAIN.replace(b'r="B9"', b'r="b9"'),
    "leading zeros": PLAIN.replace(b'r="B9"', b'r="B0009"'),
    "no addresses of cells": PLAIN.replace(b'<c r="C2"', b"<c"),
    "a comment": PLAIN.replace(b"<sheetData>", b"<sheetData><!-- <c r='A1'> -->"),
    "CDATA": PLAIN.replace("<t>ก &amp; &lt;ข&gt;</t>".encode(), "<t><![CDATA[ก & <ข>]]></t>".encode()),
    "a prefix": re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", PLAIN).replace(b"xmlns=", b"xmlns:x="),
    "a prefix for cells alone": re.sub(rb"<(/?)c(?=[ >])", rb"<\1x:c", PLAIN).replace(
        b"<worksheet", f'<worksheet xmlns:x="{MAIN}"'.encode()
    ),
    "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + PLAIN.decode()).encode("utf-16"),
    "UTF-16 without a mark": ('<?xml version="1.0" encoding="UTF-16"?>' + PLAIN.decode()).encode("utf-16-le"),
    "TIS-620": b'<?xml version="1.0" encoding="TIS-620"?>' + PLAIN.decode().encode("tis-620"),
    "Strict Open XML": PLAIN.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    "rich text": PLAIN.replace(
        "<t>ก &amp; &lt;ข&gt;</t>".encode(),
        "<r><rPr><color rgb='FF0000'/></rPr><t>ก &amp; </t></r><r><t>&lt;ข&gt;</t></r><rPh><t>อ่าน</t></rPh>".encode(),
    ),
}


def test_the_plain_shape_is_known() -> None:
    assert is_canonical(PLAIN, 4)
    assert seen(PLAIN) == FOUND


@pytest.mark.parametrize("name", ODD)
def test_any_other_shape_is_written_anew_and_says_the_same(name: str) -> None:
    assert not is_canonical(ODD[name], 4)
    made = make_canonical(ODD[name], 4)
    assert is_canonical(made.xml, 4)
    assert seen(made.xml) == FOUND
    assert not made.far


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("GZ9999", True),
        ("HA1", False),
        ("A10000", False),
        ("XFD1048576", False),
        ("xfd1048576", False),
        ("A09999", True),
        ("AAA1", False),
    ],
)
def test_cells_far_out_are_left_out_and_named(address: str, is_near: bool) -> None:
    made = make_canonical(sheet(f'<row><c r="{address}"><v>1</v></c></row>'), 4)
    cut = re.sub("(?<=[A-Z])0+", "", address.upper())
    assert (seen(made.xml), list(made.far)) == (([(cut, "1")], []) if is_near else ([], [cut]))


def test_a_formatted_cell_far_out_is_nothing() -> None:
    assert not make_canonical(sheet('<row r="1048576"><c r="A1048576" s="3"/></row>'), 4).far


@given(st.integers(0, 20_000))
def test_columns_have_letters_and_back(column: int) -> None:
    assert index_of(letters_of(column)) == column


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 181), st.integers(1, 9999)),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")),
        max_size=8,
    )
)
def test_what_is_written_anew_is_written_once(cells: dict[tuple[int, int], str]) -> None:
    rows = (
        f'<row><c t="inlineStr" r="{letters_of(column)}{row}"><is><t>{escape(text)}</t></is></c></row>'
        for (column, row), text in cells.items()
    )
    once = make_canonical(sheet("".join(rows)), 4).xml
    assert is_canonical(once, 4)
    assert make_canonical(once, 4).xml == once
    assert seen(once) == [(f"{letters_of(column)}{row}", text) for (column, row), text in cells.items()]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0%", True),
        ("0.00 %", True),
        ("[Red]0%", True),
        ('"ร้อยละ "0%', True),
        ('0"%"', False),
        (r"0\%", False),
        ("0_%", False),
        ("0*%", False),
        ("0;-0%", False),
        ("General", False),
        ("", False),
        ('0"%', False),
    ],
)
def test_a_format_shows_per_cent_or_only_looks_so(code: str, shown: bool) -> None:
    assert is_percent(code, 0.5) is shown


# --- packages --------------------------------------------------------------------------------------------------------


def changed(book: bytes, change: Callable[[Parts], None]) -> bytes:
    """``book`` with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _absolute_targets(parts: Parts) -> None:
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = re.sub(rb'Target="/?(?:xl/)?', b'Target="/xl/', parts[name])


def _other_folder(parts: Parts) -> None:
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = re.sub(rb"(?:/xl/)?worksheets/", b"../blaetter/", parts[name])
    for old in [old for old in parts if old.startswith("xl/worksheets/")]:
        parts[old.replace("xl/worksheets", "blaetter")] = parts.pop(old)


def _no_root_relations(parts: Parts) -> None:
    del parts["_rels/.rels"]


def _utf_16_book(parts: Parts) -> None:
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].decode().encode("utf-16")


def _strict(parts: Parts) -> None:
    for name, content in parts.items():
        parts[name] = content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def _prefixed_sheets(parts: Parts) -> None:
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            plain = re.sub(rb"^<\?xml[^>]*>\s*", b"", parts[name])
            parts[name] = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", plain).replace(b"xmlns=", b"xmlns:x=", 1)


CHANGES = [_absolute_targets, _other_folder, _no_root_relations, _utf_16_book, _strict, _prefixed_sheets]


def read_all(*contents: bytes, limits: Limits = LIMITS) -> list[RawBook | Refusal]:
    with readers(len(contents), limits) as read:
        return list(read(contents, limits))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_package_of_any_shape_is_read_the_same(change: Callable[[Parts], None], returned: bytes) -> None:
    plain, odd = read_all(returned, changed(returned, change))
    assert isinstance(plain, RawBook)
    assert plain.entries()
    assert odd == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
def test_a_doctype_is_refused_in_any_encoding(encoding: str, part: str, returned: bytes) -> None:
    def declare(parts: Parts) -> None:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[part].decode())
        head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e "ee">]>'
        parts[part] = (head + body).encode(encoding)

    refusal = open_package(changed(returned, declare), LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-UNREADABLE"


def test_empty_formatted_cells_are_not_counted(returned: bytes) -> None:
    def format_many(parts: Parts) -> None:
        rows = "".join(f'<row r="{r}">' + '<c r="A1" s="1"/>' * 20 + "</row>" for r in range(1, 200))
        name = "xl/worksheets/sheet3.xml"
        parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    assert isinstance(open_package(changed(returned, format_many), Limits(cells=3_000)), WorkbookPackage)


# --- readers in processes of their own -------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)


def ods(tables: int, text: str) -> bytes:
    """A small file whose cells repeat ``text`` over whole sheets."""
    table = (
        '<table:table table:name="{}"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    body = "".join(table.format(number, text) for number in range(tables))
    spreadsheet = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    return write_content(f"<office:document-content {_NAMES}>{spreadsheet}</office:document-content>".encode())


def test_a_file_that_ends_its_reader_ends_no_other(returned: bytes) -> None:
    """Too much memory ends the process without an exception; the file is refused, and the rest is read."""
    before, bomb, after = read_all(returned, ods(40, "ก" * 200), returned)
    assert before == after
    assert isinstance(before, RawBook)
    assert isinstance(bomb, Refusal)
    assert bomb.code == "FILE-TOO-LARGE"


def test_a_file_that_takes_too_much_processor_time_is_given_up(returned: bytes) -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 100}</row>" for _row in range(9_000))

    def grow(parts: Parts) -> None:
        parts["xl/worksheets/sheet3.xml"] = sheet(rows)

    limits = Limits(cells=10_000_000, unpacked=10**9, seconds=1)
    slow, quick = read_all(changed(returned, grow), returned, limits=limits)
    assert isinstance(slow, Refusal)
    assert slow.code == "FILE-TOO-LARGE"
    assert isinstance(quick, RawBook)
