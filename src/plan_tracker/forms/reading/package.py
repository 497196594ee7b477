"""The zip package of an .xlsx, .xlsm or .ods, looked through before the fast reader gets it.

That reader trusts what it is given. Here a package that lies about its size, is over the limits or declares a DOCTYPE
is refused, and one that is not in the shape that is surely read is written anew: its sheets, shared strings and styles,
and nothing else.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from plan_tracker.forms.reading import opendocument
from plan_tracker.forms.reading.canonical import MAIN, is_canonical, is_plain, make_canonical, parse_part, text_of
from plan_tracker.forms.reading.raw import Refusal

_BOOK, _STRINGS, _STYLES, _SHEETS = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/"
_ROOT = "_rels/.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes once unpacked, populated cells, digits of the farthest row's number.

    ``memory`` (bytes) and ``seconds`` (of processor time) are for reading one file in a process of its own (see
    ``intake.readers``).
    """

    unpacked: int = 300_000_000
    cells: int = 500_000
    row_digits: int = 4
    memory: int = 1_000_000_000
    seconds: int = 10


@dataclass(frozen=True, slots=True)
class WorkbookPackage:
    """``content`` is safe to read, without the cells that were ``far`` out, by sheet and address.

    ``sheets`` maps the names of an .xlsx's sheets to their XML, ``styles`` is its styles' XML; empty for other formats.
    """

    content: bytes
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    styles: bytes = b""
    far: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class _Book:
    """The parts of a workbook that matter, by their names in the package; ``usual``: where programs put them."""

    xml: bytes
    sheets: Mapping[str, str]
    strings: str
    styles: str
    usual: bool


def open_package(content: bytes, limits: Limits) -> WorkbookPackage | Refusal:
    """Looks through the zip package ``content``; a ``Refusal`` says why it is not to be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > limits.unpacked:
                return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.unpacked // 10**6} MB"})
            if opendocument.CONTENT in archive.namelist() and _ROOT not in archive.namelist():
                return _open_ods(archive, limits)
            book = _find_book(archive)
            return Refusal("FILE-TYPE") if book is None else _open_xlsx(content, archive, book, limits)
    except _BROKEN as error:
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})
    except (RuntimeError, NotImplementedError):  # the standard library's words for a zip with a password
        return Refusal("FILE-ENCRYPTED")


def _open_xlsx(content: bytes, archive: zipfile.ZipFile, book: _Book, limits: Limits) -> WorkbookPackage | Refusal:
    sheets = {name: archive.read(part) for name, part in book.sheets.items()}
    if sum(_count_cells(xml) for xml in sheets.values()) > limits.cells:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    strings, styles = (archive.read(part) if part else b"" for part in (book.strings, book.styles))
    odd = [name for name, xml in sheets.items() if not is_canonical(xml, limits.row_digits)]
    if not odd and book.usual and all(is_plain(xml) for xml in (strings, styles) if xml):
        return WorkbookPackage(content, sheets, styles)
    anew = {name: make_canonical(sheets[name], limits.row_digits) for name in odd}
    if sum(_count_cells(sheet.xml) for sheet in anew.values()) > limits.cells:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    sheets |= {name: sheet.xml for name, sheet in anew.items()}
    styles = etree.tostring(parse_part(styles)) if styles else b""
    written = _write_book(book.xml, sheets, _strings(strings) if strings else b"", styles)
    return WorkbookPackage(
        written, sheets, styles, [(name, cell) for name, sheet in anew.items() for cell in sheet.far]
    )


def _open_ods(archive: zipfile.ZipFile, limits: Limits) -> WorkbookPackage | Refusal:
    if opendocument.is_encrypted(archive):
        return Refusal("FILE-ENCRYPTED")
    tree = parse_part(archive.read(opendocument.CONTENT))
    if opendocument.count_cells(tree) > limits.cells:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    far = opendocument.cut_far_cells(tree, 10**limits.row_digits - 1)
    return WorkbookPackage(opendocument.write_content(etree.tostring(tree)), far=far)


def _find_book(archive: zipfile.ZipFile) -> _Book | None:
    """The workbook in a package, by the package's own relations."""
    names = archive.namelist()
    roots = _relations(archive, "") if _ROOT in names else {}
    part = next((target for kind, target in roots.values() if kind == "officeDocument"), _BOOK)
    if part not in names or not part.endswith(".xml"):
        return None
    xml = archive.read(part)
    book = parse_part(xml)
    if etree.QName(book).localname != "workbook":
        return None
    relations, sheets = _relations(archive, part), {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        number = next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), "")
        kind, target = relations.get(number, ("", ""))
        if kind == "worksheet" and target in names:
            sheets[sheet.get("name", "")] = target
    by_kind = {kind: target for kind, target in relations.values() if target in names}
    found = _Book(xml, sheets, by_kind.get("sharedStrings", ""), by_kind.get("styles", ""), usual=True)
    parts = [part, *sheets.values(), found.strings, found.styles]
    usual = (
        bool(roots)
        and part == _BOOK
        and is_plain(xml)
        and MAIN.encode() in xml
        and (found.strings, found.styles) in ((_STRINGS, _STYLES), ("", _STYLES), ("", ""))
        and all(target.startswith(_SHEETS) for target in sheets.values())
        and all(count == 1 for name, count in Counter(names).items() if name in parts)
        and len(sheets) == len(book.findall("{*}sheets/{*}sheet"))
    )
    return found if usual else _Book(xml, sheets, found.strings, found.styles, usual=False)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part (of the whole package where blank), by id: the last word of their type, the target."""
    folder = dirname(part)
    tree = parse_part(archive.read(join(folder, "_rels", part.rpartition("/")[2] + ".rels")))
    return {
        found.get("Id", ""): (
            found.get("Type", "").rpartition("/")[2],
            normpath(join("/" + folder, found.get("Target", ""))).lstrip("/"),
        )
        for found in tree.iterchildren("{*}Relationship")
    }


def _count_cells(xml: bytes) -> int:
    """How many cells of a sheet hold something, or as good as."""
    return max(xml.count(b"<v>"), xml.count(b"<f>")) + xml.count(b"<is>")


def _strings(xml: bytes) -> bytes:
    """The shared strings written anew, as plain text."""
    items = (
        f'<si><t xml:space="preserve">{escape(text_of(item))}</t></si>'
        for item in parse_part(xml).iterchildren("{*}si")
    )
    return f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'.encode()


def _write_book(book: bytes, sheets: Mapping[str, bytes], strings: bytes, styles: bytes) -> bytes:
    """A package with ``sheets`` and nothing else; dates count from the same year as in ``book``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, xml in _book_parts(parse_part(book), sheets, strings, styles):
            archive.writestr(name, xml)
    return packed.getvalue()


def _book_parts(
    book: etree._Element, sheets: Mapping[str, bytes], strings: bytes, styles: bytes
) -> Iterator[tuple[str, bytes]]:
    since_1904 = any(p.get("date1904") in ("1", "true") for p in book.iterchildren("{*}workbookPr"))
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, start=1)
    )
    targets = [("worksheet", f"worksheets/sheet{i}.xml", xml) for i, xml in enumerate(sheets.values(), start=1)]
    targets += [("sharedStrings", "sharedStrings.xml", strings), ("styles", "styles.xml", styles)]
    related = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target, xml) in enumerate(targets, start=1)
        if xml
    )
    dates = f'<workbookPr date1904="{int(since_1904)}"/>'
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{_BOOK}"/>'
    yield _ROOT, _related(root)
    yield _BOOK, f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{dates}<sheets>{listed}</sheets></workbook>'.encode()
    yield "xl/_rels/workbook.xml.rels", _related(related)
    for _kind, target, xml in targets:
        if xml:
            yield f"xl/{target}", xml


def _related(relations: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'.encode()
