"""How other programs write the package of an .xlsx, and what is done to one with ill intent."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.corpus.cells import cell, inline
from tests.corpus.piece import Piece, full, sheet_names, with_merge

Step = Callable[[Piece], object]
__all__ = [
    "absolute_targets",
    "add_part",
    "bomb",
    "date_1904",
    "doctype",
    "in_folder",
    "lie_about_size",
    "lower_case_addresses",
    "macros",
    "many_parts",
    "other_capitals",
    "prefixed",
    "replaced",
    "row_again",
    "single_quotes",
    "strict",
    "thai_format",
    "under_a_merge",
    "without_addresses",
]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _sheets(change: Callable[[str], str]) -> Step:
    """Every sheet's XML changed."""

    def edit(name: str, xml: bytes) -> bytes:
        return change(xml.decode()).encode() if name.startswith("xl/worksheets/sheet") else xml

    return lambda piece: piece.edit_parts(edit)


def replaced(pattern: str, by: str) -> Step:
    """A pattern in every sheet's XML."""
    return _sheets(lambda xml: re.sub(pattern, by, xml))


def single_quotes() -> Step:
    return _sheets(lambda xml: re.sub(r"(<c [^>]*>)", lambda tag: tag[0].replace('"', "'"), xml))


def prefixed() -> Step:
    """Every element with the prefix ``x:``, as the Open XML SDK writes them."""

    def change(xml: str) -> str:
        named = re.sub(r"<(/?)(?![?!/])([a-zA-Z])", r"<\1x:\2", xml)
        return named.replace(f'xmlns="{_MAIN}"', f'xmlns:x="{_MAIN}"')

    return _sheets(change)


def lower_case_addresses() -> Step:
    return _sheets(lambda xml: re.sub(r'(<c r=")([A-Z]+)', lambda found: found[1] + found[2].lower(), xml))


def without_addresses() -> Step:
    """Rows and cells that don't say where they stand; what is skipped stands there empty."""

    def change(xml: str) -> str:
        head, data, tail = re.split(r"(?<=<sheetData>)|(?=</sheetData>)", xml)
        if "<row>" in data:
            return xml  # one that says of no row where it stands
        rows: list[str] = []
        for number, inside in re.findall(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', data, re.DOTALL):
            rows.extend("<row/>" for _ in range(int(number) - len(rows) - 1))
            cells = {
                _column(at): whole
                for whole, at in re.findall(r'(<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>))', inside, re.DOTALL)
            }
            line = (
                re.sub(r' r="[A-Z]+\d+"', "", cells.get(c, "<c/>"), count=1)
                for c in range(1, max(cells, default=0) + 1)
            )
            rows.append(f"<row>{''.join(line)}</row>")
        return head + "".join(rows) + tail

    return _sheets(change)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def in_folder(folder: str) -> Step:
    """The sheets kept in another folder of the package; only the relations tell where."""

    def rename(name: str) -> str:
        return name.replace("xl/worksheets/", folder)

    def edit(name: str, xml: bytes) -> bytes:
        if name.endswith((".rels", "[Content_Types].xml")):
            return re.sub(rb'"(/xl/)?worksheets/', f'"/{folder}'.encode(), xml)
        return xml

    return lambda piece: piece.edit_parts(edit, rename)


def absolute_targets() -> Step:
    """Relations' targets without the leading stroke, or with it: the other way than it was."""

    def edit(name: str, xml: bytes) -> bytes:
        if name != "xl/_rels/workbook.xml.rels":
            return xml
        return xml.replace(b'"/xl/', b'"') if b'"/xl/' in xml else xml.replace(b'Target="', b'Target="/xl/')

    return lambda piece: piece.edit_parts(edit)


def other_capitals() -> Step:
    """A part's name in other capitals than its relation has; names of parts have none."""
    return lambda piece: piece.edit_parts(
        lambda _name, xml: xml, lambda name: name.replace("xl/worksheets/sheet", "xl/worksheets/Sheet")
    )


def row_again(name: str, value: float) -> Step:
    """The row of a field once more, with another number in its cell."""

    def step(piece: Piece) -> None:
        sheet, address = piece.places[full(name)]
        row = f'<row r="{address[1:]}"><c r="{address}"><v>{value}</v></c></row></sheetData>'
        part = f"xl/worksheets/sheet{sheet_names(piece.form).index(sheet) + 1}.xml"
        piece.edit_part(part, lambda xml: xml.replace(b"</sheetData>", row.encode()))

    return step


def under_a_merge(name: str, text: str) -> Step:
    """A text in a field's cell that a merge covers, as some programs leave it there: nobody sees it."""

    def step(piece: Piece) -> None:
        sheet, address = piece.places[full(name)]
        row = address[1:]
        inline(name, text)(piece)
        part = f"xl/worksheets/sheet{sheet_names(piece.form).index(sheet) + 1}.xml"

        piece.edit_part(part, lambda xml: with_merge(xml, f"B{row}:I{row}"))

    return step


def thai_format(name: str, value: float, number: int) -> Step:
    """A number in one of the formats that only Thai Excel has by itself, which no file spells out."""

    def step(piece: Piece) -> None:
        cell(name, f"<c {{at}}><v>{value}</v></c>")(piece)
        sheet, address = piece.places[full(name)]
        part = f"xl/worksheets/sheet{sheet_names(piece.form).index(sheet) + 1}.xml"
        styles = zipfile.ZipFile(BytesIO(piece.content)).read("xl/styles.xml").decode()
        count = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ")
        piece.edit_part(
            part, lambda xml: re.sub(rb'(<c r="%b")(?: s="\d+")?' % address.encode(), rb'\1 s="%d"' % count, xml)
        )
        made = styles.replace("</cellXfs>", f'<xf numFmtId="{number}"/></cellXfs>', 1)
        piece.edit_part("xl/styles.xml", lambda _xml: made.encode())

    return step


def date_1904() -> Step:
    """The other calendar of spreadsheets, which begins in 1904; the numbers of dates are the same days."""

    def step(piece: Piece) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        piece.book.epoch = CALENDAR_MAC_1904

    return step


def strict() -> Step:
    """The namespaces of the Strict kind of Open XML."""

    def edit(name: str, xml: bytes) -> bytes:
        made = xml.replace(_MAIN.encode(), _STRICT.encode())
        return made.replace(_RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    return lambda piece: piece.edit_parts(edit)


def doctype(part: str, encoding: str = "utf-8", text: str = '<!DOCTYPE x [<!ENTITY a "b">]>') -> Step:
    """A DOCTYPE in one part, which is then encoded anew."""

    def edit(xml: bytes) -> bytes:
        body = re.sub(r"^<\?xml.*?\?>\s*", "", xml.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}{body}'.encode(encoding)

    return lambda piece: piece.edit_part(part, edit)


def add_part(name: str, content: bytes) -> Step:
    def step(piece: Piece) -> None:
        file = BytesIO(piece.content)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, content)
        piece.content = file.getvalue()

    return step


def macros() -> Step:
    """A workbook with macros: a stand-in for their binary part, and the type that says so."""

    def edit(name: str, xml: bytes) -> bytes:
        main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        return xml.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")

    def step(piece: Piece) -> None:
        piece.edit_parts(edit)
        add_part("xl/vbaProject.bin", b"Attribute VB_Name (example)")(piece)
        piece.name = piece.name.replace(".xlsx", ".xlsm")

    return step


def bomb(megabytes: int) -> Step:
    """A part that swells to so many megabytes."""

    def step(piece: Piece) -> None:
        file = BytesIO(piece.content)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.png", "w") as part:
            for _megabyte in range(megabytes):
                part.write(bytes(1_000_000))
        piece.content = file.getvalue()

    return step


def many_parts(count: int) -> Step:
    def step(piece: Piece) -> None:
        file = BytesIO(piece.content)
        with zipfile.ZipFile(file, "a") as archive:
            for number in range(count):
                archive.writestr(f"xl/media/{number}.png", b"")
        piece.content = file.getvalue()

    return step


def lie_about_size(part: str, size: int) -> Step:
    """The table of contents and the part's own header say another size than there is."""

    def step(piece: Piece) -> None:
        content = bytearray(piece.content)
        for header, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            for found in re.finditer(re.escape(header), bytes(content)):
                at = found.start()
                if content[at + name_at : at + name_at + len(part)] == part.encode():
                    content[at + size_at : at + size_at + 4] = size.to_bytes(4, "little")
        piece.content = bytes(content)

    return step
