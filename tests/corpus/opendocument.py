"""Returns as OpenDocument, zipped or flat, written here: what LibreOffice itself writes is in ``office``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.piece import Piece, full

Step = Callable[[Piece], object]
__all__ = ["as_fods", "as_ods"]
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)
_MORE_NAMES = (
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def as_ods(**cells: str) -> Step:
    """The workbook as .ods; ``cells``: the XML of a cell of P001, by its key with ``__`` for the stop.

    What the XML has after ``table:table-cell`` and the rest of the element, such as ``><text:p>ก</text:p>``.
    """

    def step(piece: Piece) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
            archive.writestr("content.xml", _document(piece, "document-content", cells))
            archive.comment = piece.name.encode()
        _replace(piece, made.getvalue(), ".ods")

    return step


def as_fods(**cells: str) -> Step:
    """The same as one XML file, .fods."""
    return lambda piece: _replace(piece, _document(piece, "document", cells).encode(), ".fods")


def _replace(piece: Piece, content: bytes, ending: str) -> None:
    piece.content = content
    piece.name = piece.name.rpartition(".")[0] + ending


def _document(piece: Piece, root: str, cells: dict[str, str]) -> str:
    odd = {piece.places[full(key.replace("__", "."))]: xml for key, xml in cells.items()}
    tables = "".join(_table(sheet, odd) for sheet in piece.book.worksheets)
    head = f'<?xml version="1.0" encoding="UTF-8"?><!-- {piece.name} -->'.replace(".xlsx", "")
    return (
        f'{head}<office:{root} {_NAMES} {_MORE_NAMES} office:mimetype="{_MIMETYPE}">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{root}>"
    )


def _table(sheet: Worksheet, odd: dict[tuple[str, str], str]) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(_cells(sheet, row, odd))}</table:table-row>" for row in sheet.iter_rows()
    )
    return f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>"


def _cells(sheet: Worksheet, row: tuple[object, ...], odd: dict[tuple[str, str], str]) -> Iterator[str]:
    for cell in row:
        xml = odd.get((sheet.title, cell.coordinate)) or _plain(cell.value)  # type: ignore[attr-defined]
        yield f"<table:table-cell{xml}</table:table-cell>"


def _plain(value: object) -> str:
    if value is None or (str(value).startswith("=") and value != "="):
        return ">"
    if isinstance(value, datetime):
        return f' office:value-type="date" office:date-value="{value:%Y-%m-%d}"><text:p>{value:%d/%m/%Y}</text:p>'
    if isinstance(value, int | float):
        return f' office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f' office:value-type="string">{paragraphs}'
