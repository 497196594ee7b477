"""Workbooks whose XML is not as spreadsheet programs write it: read all the same, or refused, never misread (R7)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plan_tracker.forms.definition.workbook.names import HIDDEN_SHEETS
from plan_tracker.forms.reading.columns import index_of, letters_of
from plan_tracker.forms.reading.raw import BrokenCell, DisguisedCell, DoubledCell, FaultyCell, PercentCell, Refusal
from plan_tracker.forms.reading.read import RawBook, read_book
from plan_tracker.forms.reading.spreadsheets import sheet_xml
from plan_tracker.forms.reading.spreadsheets.disguise import read_disguise
from plan_tracker.forms.reading.spreadsheets.grid import CellDisplay, SheetBuilder, SheetLimits, TooManyCellsError
from plan_tracker.forms.reading.spreadsheets.number_formats import as_day, is_percent
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.forms.reading.spreadsheets.sheet_xml import MAIN, STRICT, read_sheet_xml, read_strings_xml
from plan_tracker.intake.readers import readers
from tests.corpus.piece import read_places, sheet_names, with_merge

LIMITS = SheetLimits()
FOUND = [("B2", "1", "1"), ("C2", "", "ก & <ข>"), ("B9", "", "7")]
Parts = dict[str, bytes]


def sheet(data: str, start: str = f'<worksheet xmlns="{MAIN}">', end: str = "</worksheet>") -> bytes:
    return f"{start}<sheetData>{data}</sheetData>{end}".encode()


PLAIN = sheet(
    '<row r="2"><c r="B2" s="1"><v>1</v></c><c r="C2" t="inlineStr"><is><t>ก &amp; &lt;ข&gt;</t></is></c></row>'
    '<row r="9"><c r="B9"><v>7</v></c></row>'
)


def seen(xml: bytes) -> list[tuple[str, str, str]]:
    """The filled cells of a sheet: address, style, what stands in them."""
    _merged, cells = read_sheet_xml(xml)
    return [
        (f"{letters_of(column)}{row + 1}", style, inline or value or "")
        for (row, column), style, _kind, value, _formula, inline, _is_odd in cells
    ]


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
    "two shapes of reference": PLAIN.replace(b"<v>7</v>", b"<v>&#55;</v>").replace("ก".encode(), b"&#xe01;"),
    "a comment in a number": PLAIN.replace(b"<v>7</v>", b"<v><!-- 5 -->7<!-- 0 --></v>"),
    "an instruction in a number": PLAIN.replace(b"<v>7</v>", b"<v>7<?pi 0?></v>"),
    "an extension with cells of its own": PLAIN.replace(
        b"</sheetData>",
        f'</sheetData><extLst><ext xmlns:y="{MAIN}"><y:sheetData><y:row r="2"><y:c r="B2"><y:v>9</y:v></y:c></y:row>'
        "</y:sheetData></ext></extLst>".encode(),
    ),
    "an extension in a cell": PLAIN.replace(b"<v>7</v>", b"<v>7</v><extLst><ext><v>8</v></ext></extLst>"),
    "another vocabulary's cells": PLAIN.replace(b'<row r="9">', b'<row r="9"><c xmlns="urn:x" r="B9"><v>3</v></c>'),
    "a second set of data elsewhere": PLAIN.replace(
        b"<sheetData>", b'<sheetViews><x xmlns="urn:x"><sheetData></sheetData></x></sheetViews><sheetData>'
    ),
    "attributes of other programs": PLAIN.replace(b'<c r="B9">', b'<c r="B9" cm="1" vm="2" ph="1">'),
}
NO_TEXTS = [b"&#0;", b"&#xd800;", b"&#x110000;", b"&other;", b"\x01", b"\xff"]
PLAIN_ODDITIES = {"two shapes of reference", "an extension with cells of its own"}  # which patterns take apart as well


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which way each sheet is read: by patterns, or parsed."""
    taken: list[str] = []

    def note(name: str, real: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def read(data: Any) -> Any:
            cells = real(data)
            taken.extend([name] if cells is not None else [])
            return cells

        return read

    for name in ("_plain_cells", "_parsed_cells"):
        monkeypatch.setattr(sheet_xml, name, note(name, getattr(sheet_xml, name)))
    return taken


def test_the_plain_shape_is_taken_apart_by_patterns(ways: list[str]) -> None:
    assert (seen(PLAIN), ways) == (FOUND, ["_plain_cells"])


@pytest.mark.parametrize("name", ODD)
def test_any_other_shape_is_parsed_and_says_the_same(name: str, ways: list[str]) -> None:
    assert seen(ODD[name]) == FOUND
    assert ways == ["_plain_cells" if name in PLAIN_ODDITIES else "_parsed_cells"]


@pytest.mark.parametrize(
    ("inside", "formula"),
    [("<f/>", ""), ("<f></f>", ""), ("<f/><v/>", ""), ("<f>A1</f>", "A1"), ("<f/><v>1</v>", ""), ("<v>1</v>", None)],
)
def test_a_formula_is_one_whichever_way_it_is_read(inside: str, formula: str | None, ways: list[str]) -> None:
    for start in (f'<worksheet xmlns="{MAIN}">', f'<worksheet xmlns="{STRICT}">'):
        _merged, [cell] = read_sheet_xml(sheet(f'<row r="1"><c r="A1">{inside}</c></row>', start))
        assert cell[4] == formula
    assert ways == ["_plain_cells", "_parsed_cells"]


def test_what_an_extension_says_is_none_of_the_sheets_even_where_that_says_nothing() -> None:
    kept = PLAIN.replace(f'<worksheet xmlns="{MAIN}">'.encode(), b"").removesuffix(b"</worksheet>").decode()
    assert seen(sheet("").replace(b"<sheetData></sheetData>", f"<sheetData/><extLst>{kept}</extLst>".encode())) == []
    assert read_strings_xml(strings("<si/><extLst><si><t>x</t></si></extLst>")) == [""]


@pytest.mark.parametrize("said", NO_TEXTS)
def test_what_is_no_text_in_xml_is_refused(said: bytes) -> None:
    with pytest.raises((etree.XMLSyntaxError, ValueError)):
        seen(PLAIN.replace(b"<v>7</v>", b"<v>" + said + b"</v>"))


def strings(items: str, start: str = f'<sst xmlns="{MAIN}" count="2">', end: str = "</sst>") -> bytes:
    return f"{start}{items}{end}".encode()


TEXTS = ["ก & <ข>", "", "  ก\nข "]
PLAIN_STRINGS = strings(
    '<si><t>ก &amp; &lt;ข&gt;</t></si><si><t/></si><si><t xml:space="preserve">  ก\nข </t></si>',
)
ODD_STRINGS: dict[str, bytes] = {
    "a comment": PLAIN_STRINGS.replace(b"<si><t/>", b"<!-- <si><t>x</t></si> --><si><t/>"),
    "a comment before the first": PLAIN_STRINGS.replace(b"<si>", b"<!-- <si> --><si>", 1),
    "CDATA": PLAIN_STRINGS.replace("<t>ก &amp; &lt;ข&gt;</t>".encode(), "<t><![CDATA[ก & <ข>]]></t>".encode()),
    "a prefix": re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", PLAIN_STRINGS).replace(b"xmlns=", b"xmlns:x="),
    "Strict Open XML": PLAIN_STRINGS.replace(MAIN.encode(), STRICT.encode()),
    "TIS-620": b'<?xml version="1.0" encoding="TIS-620"?>' + PLAIN_STRINGS.decode().encode("tis-620"),
    "runs and readings": PLAIN_STRINGS.replace(
        "<t>ก &amp; &lt;ข&gt;</t>".encode(),
        "<r><rPr><b/></rPr><t>ก &amp; </t></r><r><t>&lt;ข&gt;</t></r><rPh sb='0' eb='1'><t>อ่าน</t></rPh>".encode(),
    ),
    "a reading of a plain text": PLAIN_STRINGS.replace(
        b"</t></si><si><t/>", "</t><phoneticPr/><rPh><t>อ่าน</t></rPh></si><si><t/>".encode()
    ),
    "nothing in one": PLAIN_STRINGS.replace(b"<si><t/></si>", b"<si/>"),
    "another vocabulary's text": PLAIN_STRINGS.replace(b"<si><t/>", b'<si><t xmlns="urn:x">x</t>'),
    "an extension behind": PLAIN_STRINGS.replace(b"</sst>", b"<extLst><ext><si><t>x</t></si></ext></extLst></sst>"),
    "references of two shapes": PLAIN_STRINGS.replace("ข&gt;".encode(), b"&#xe02;&#62;"),
}


def test_plain_strings_are_taken_apart_without_a_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []
    real = sheet_xml.parse_part

    def note(xml: bytes) -> etree._Element:
        parsed.append(xml)
        return real(xml)

    monkeypatch.setattr(sheet_xml, "parse_part", note)
    assert read_strings_xml(PLAIN_STRINGS) == TEXTS
    assert "ก".encode() not in b"".join(parsed)


@pytest.mark.parametrize("name", ODD_STRINGS)
def test_strings_of_any_other_shape_say_the_same(name: str) -> None:
    assert read_strings_xml(ODD_STRINGS[name]) == TEXTS


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")), max_size=5))
def test_strings_are_read_as_they_were_written(texts: list[str]) -> None:
    made = strings("".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts))
    assert read_strings_xml(made) == [item.findtext(f"{{{MAIN}}}t") for item in etree.fromstring(made)] == texts


@pytest.mark.parametrize("said", NO_TEXTS)
def test_strings_that_are_no_text_in_xml_are_refused(said: bytes) -> None:
    with pytest.raises((etree.XMLSyntaxError, ValueError)):
        read_strings_xml(PLAIN_STRINGS.replace(b"&amp;", said))


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("GZ9999", True),
        ("HA1", False),
        ("A10000", False),
        ("XFD1048576", False),
        ("xfd1048576", False),
        ("AAA1", False),
    ],
)
def test_cells_far_out_are_left_out_and_named(address: str, is_near: bool) -> None:
    _merged, [((row, column), *_written)] = read_sheet_xml(sheet(f'<row><c r="{address}"><v>1</v></c></row>'))
    filling = SheetBuilder(LIMITS, 10)
    filling.put(row, column, 1.0)
    made = filling.sheet()
    assert (bool(made.rows), list(made.far)) == ((True, []) if is_near else (False, [address.upper()]))


def test_no_more_cells_are_put_than_there_is_room_for() -> None:
    filling = SheetBuilder(LIMITS, 2)
    filling.put(1, 1, "ก")
    filling.put(1, 2, "ข")
    with pytest.raises(TooManyCellsError):
        filling.put(1, 3, "ค")


@given(st.integers(0, 20_000))
def test_columns_have_letters_and_back(column: int) -> None:
    assert index_of(letters_of(column)) == column


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(st.dictionaries(st.tuples(st.integers(0, 181), st.integers(1, 9999)), _TEXTS.filter(bool), max_size=8))
def test_both_ways_of_reading_say_the_same(cells: dict[tuple[int, int], str]) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="{letters_of(column)}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t>'
        f'</is></c><c r="A1" s="1"/></row>'
        for (column, row), text in cells.items()
    )
    wanted = [(f"{letters_of(column)}{row}", "", text) for (column, row), text in cells.items()]
    assert seen(sheet(rows)) == wanted
    assert seen(sheet(rows, f'<worksheet xmlns="{STRICT}">')) == wanted


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
    return zipped(parts)


def zipped(parts: Parts) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
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


def _other_capitals(parts: Parts) -> None:
    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        parts[name.replace("xl/worksheets/s", "xl/Worksheets/S")] = parts.pop(name)


CHANGES = [
    _other_capitals,
    _absolute_targets,
    _other_folder,
    _no_root_relations,
    _utf_16_book,
    _strict,
    _prefixed_sheets,
]


def read_all(*contents: bytes, limits: SheetLimits = LIMITS) -> list[RawBook | Refusal]:
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

    refusal = open_workbook(changed(returned, declare), LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-UNREADABLE"


def test_empty_formatted_cells_are_not_counted(returned: bytes) -> None:
    def format_many(parts: Parts) -> None:
        rows = "".join(f'<row r="{r}">' + '<c r="A1" s="1"/>' * 20 + "</row>" for r in range(1, 1_000))
        name = "xl/worksheets/sheet3.xml"
        parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    many = changed(returned, format_many)
    assert not isinstance(open_workbook(many, SheetLimits(cells=12_000), HIDDEN_SHEETS), Refusal)


# --- single cells -----------------------------------------------------------------------------------------------------


def part_of(returned: bytes, field: str) -> tuple[str, str]:
    """The part of the package that a field stands in, and its address."""
    sheet, address = read_places(returned)[field]
    return f"xl/worksheets/sheet{sheet_names(returned).index(sheet) + 1}.xml", address


def cell_of(returned: bytes, content: str, style: str = "") -> object:
    """What is read of the cell of P001's progress when its XML is ``content``, with ``style`` a number format."""

    def change(parts: Parts) -> None:
        name, address = part_of(returned, "P001/f14.progress_percent")
        text = parts[name].decode()
        found = re.search(rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', text, re.DOTALL)
        assert found
        made = content.replace("{r}", f'r="{address}"')
        if style:
            styles = parts["xl/styles.xml"].decode()
            count = len(re.findall("<xf ", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]))
            shape = f"<numFmts><numFmt numFmtId='399' formatCode={quoteattr(style)}/></numFmts>"
            styles = re.sub(r"<numFmts.*?</numFmts>", "", styles, flags=re.DOTALL)
            styles = re.sub(r"(<styleSheet[^>]*>)", lambda start: start[0] + shape, styles, count=1)
            parts["xl/styles.xml"] = styles.replace("</cellXfs>", '<xf numFmtId="399"/></cellXfs>', 1).encode()
            made = made.replace("{s}", f's="{count}"')
        parts[name] = (text[: found.start()] + made + text[found.end() :]).encode()

    book = read_book(changed(returned, change), LIMITS)
    assert isinstance(book, RawBook), book
    return book.projects["P001"].cells["f14.progress_percent"].value


@pytest.mark.parametrize(
    ("xml", "kind", "shown"),
    [
        ('<c {r} t="e"><v>#SPILL!</v></c>', FaultyCell, "#SPILL!"),
        ('<c {r} t="e"><f>X()</f><v>#CALC!</v></c>', FaultyCell, "#CALC!"),
        ('<c {r} t="e"><v>#GETTING_DATA</v></c>', FaultyCell, "#GETTING_DATA"),
        ('<c {r} t="e"><f>ERR(1)</f><v>#ERROR!</v></c>', FaultyCell, "#ERROR!"),
        ('<c {r} t="e"><v>#EINE.ANDERE!</v></c>', FaultyCell, "#EINE.ANDERE!"),
        ('<c {r} t="e"><v>0</v></c>', FaultyCell, "0"),
        ('<c {r} t="str"><f>A1/0</f><v>#DIV/0!</v></c>', FaultyCell, "#DIV/0!"),
        ('<c {r} t="inlineStr"><is><t>#N/A</t></is></c>', FaultyCell, "#N/A"),
        ('<c {r} t="inlineStr"><is><t>#######</t></is></c>', FaultyCell, "#######"),
        ("<c {r}><v>3</v></c><c {r}><v>3</v></c>", float, "3.0"),
        ("<c {r}><v>3</v></c><c {r}><v>4</v></c>", DoubledCell, "3.0 · 4.0"),
        ("<c {r}><v>3</v><v>4</v></c>", BrokenCell, "4"),
        ("<c {r}><v>3<x/>00</v></c>", BrokenCell, "300"),
        ("<c {r}><v>3_000</v></c>", BrokenCell, "3_000"),
        ("<c {r}><v>1e999</v></c>", BrokenCell, "1e999"),
        ('<c {r} t="s"><v>77777</v></c>', BrokenCell, "77777"),
        ('<c {r} t="inlineStr"><is><t>_x0E54__x0E52_</t></is></c>', str, "๔๒"),
        ('<c {r} t="inlineStr"><is><t>_x005F_x0E54_</t></is></c>', str, "_x0E54_"),
        ('<c {r} t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', str, "😀"),
    ],
)
def test_one_cell_is_no_reason_to_refuse_a_file(xml: str, kind: type, shown: str, returned: bytes) -> None:
    found = cell_of(returned, xml)
    assert type(found) is kind
    assert str(found) == shown


@pytest.mark.parametrize(
    ("style", "number", "kind", "shown"),
    [
        ("[<0.5]0%;0", 0.42, PercentCell, "0.42"),
        ("[<0.5]0%;0", 42, float, "42.0"),
        ("0.0,", 42000, DisguisedCell, "“42.0” ≠ 42000"),
        (";;;", 42, DisguisedCell, "“” ≠ 42"),
        ('"ไม่มี"', 42, DisguisedCell, "“ไม่มี” ≠ 42"),
        ('0"0"', 4, DisguisedCell, "“40” ≠ 4"),
        ("[>100]0", 42, DisguisedCell, "“” ≠ 42"),
        ('0.0" ล้าน"', 4.2, str, "4.2 ล้าน"),
        ('General" พัน"', 42, str, "42 พัน"),
        ('"ร้อยละ "0', 42, float, "42.0"),
        ("#,##0.00_);(#,##0.00)", 42.5, float, "42.5"),
        ("0", 42.4, float, "42.4"),
        ("# ?/?", 0.5, float, "0.5"),
        ("0;-0;;@", 0, float, "0.0"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(
    style: str, number: float, kind: type, shown: str, returned: bytes
) -> None:
    found = cell_of(returned, f"<c {{r}} {{s}}><v>{number}</v></c>", style)
    assert type(found) is kind
    assert str(found) == shown


@given(
    st.floats(-1e12, 1e12, allow_nan=False),
    st.sampled_from(["0.00", "#,##0.00", "0.0#", "฿#,##0.00;(0.00)", "0.00E+00"]),
)
def test_no_usual_format_disguises_a_number(number: float, code: str) -> None:
    assert read_disguise(CellDisplay(code), number) is None


@given(st.integers(61, 2_900_000), st.booleans())
def test_days_are_those_of_their_calendar(serial: int, since_1904: bool) -> None:
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    if serial + (first - date(1899, 12, 30)).days <= 2_958_465:
        assert as_day("d/m/bbbb", serial, since_1904=since_1904) == first + timedelta(days=serial)


def test_what_a_merge_covers_is_not_seen(returned: bytes) -> None:
    def merge(parts: Parts) -> None:
        name, address = part_of(returned, "P001/f14.stage")
        parts[name] = with_merge(parts[name], f"B{address[1:]}:F{address[1:]}")

    plain, covered = (read_book(content, LIMITS) for content in (returned, changed(returned, merge)))
    assert isinstance(plain, RawBook)
    assert isinstance(covered, RawBook)
    key = "f14.stage"
    assert (plain.projects["P001"].cells[key].value, covered.projects["P001"].cells[key].value) == (
        "อยู่ระหว่างดำเนินการ",
        "",
    )


# --- readers in processes of their own -------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)


def test_a_file_that_ends_its_reader_ends_no_other(returned: bytes) -> None:
    """Too much memory ends the process without an exception; the file is refused, and the rest is read."""

    def swell(parts: Parts) -> None:
        parts["xl/worksheets/sheet3.xml"] = sheet("<row>" + "<x/>" * 9_000_000 + "</row>")

    before, bomb, after = read_all(returned, changed(returned, swell), returned, limits=SheetLimits(memory=700_000_000))
    assert before == after
    assert isinstance(before, RawBook)
    assert isinstance(bomb, Refusal)
    assert bomb.code == "FILE-TOO-LARGE"


@pytest.mark.parametrize("tables", [1, 40])
def test_cells_that_are_repeated_over_whole_sheets_are_too_many(tables: int) -> None:
    table = (
        '<table:table table:name="{}"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>ก</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    body = "".join(table.format(number) for number in range(tables))
    spreadsheet = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    content = f"<office:document-content {_NAMES}>{spreadsheet}</office:document-content>".encode()
    refusal = open_workbook(zipped({"content.xml": content}), LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "FILE-TOO-LARGE"


def test_a_file_that_takes_too_much_processor_time_is_given_up(returned: bytes) -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 100}</row>" for _row in range(9_000))

    def grow(parts: Parts) -> None:
        parts["xl/worksheets/sheet3.xml"] = sheet(rows)

    limits = SheetLimits(cells=10_000_000, unpacked=10**9, seconds=1)
    slow, quick = read_all(changed(returned, grow), returned, limits=limits)
    assert isinstance(slow, Refusal)
    assert slow.code == "FILE-TOO-LARGE"
    assert isinstance(quick, RawBook)
