"""What stands on the pages of a PDF, for whoever looks for something in it.

pypdf works out where each letter is, which takes a tenth of a second a page. LibreOffice writes text in one plain
shape: numbers of letters in a font that says which they are, and, where a font draws a letter as several signs (``ำ``)
or as one of those (``า``), what these stand for, which pypdf passes over. A page in that shape is taken apart by
patterns, ten times as fast; any other is left to pypdf.
"""

from __future__ import annotations

import re
from codecs import charmap_decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader

_Letters = Mapping[int, str]  # of a font, by their numbers
_SHOWN = re.compile(
    rb"\b(BT|EMC)\b|/ActualText<FEFF([0-9A-Fa-f]+)>>>\s*BDC\b|/(\w+) [\d.]+ Tf\b"
    rb"|\[([^]]*)\]\s*TJ\b|<([0-9A-Fa-f]*)>\s*Tj\b"
)
_TOLD = re.compile(rb"\bT[fjJ]\b|/ActualText\b")  # of which the pattern above has to find each
_OTHERWISE = re.compile(rb"[('\"]|\bDo\b")  # texts in brackets, other ways of showing them, drawings with their own
_NUMBERS = re.compile(rb"<([0-9A-Fa-f]*)>")
_LETTER = re.compile(r"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,})>")
_BYTES = re.compile(r"<00>\s*<FF>\s*endcodespacerange", re.IGNORECASE)  # each number is a byte


def texts_of_pdf(path: Path) -> Iterator[str]:
    """The texts of each page, and the properties of the document.

    Of a page in LibreOffice's shape there are two: without, and with, spaces between what was set by itself.
    """
    reader, fonts = PdfReader(path), dict[int, _Letters]()
    yield " ".join(str(value) for value in (reader.metadata or {}).values())
    for page in reader.pages:
        try:
            pieces = list(_pieces(page, fonts))
        except (AttributeError, LookupError, TypeError, ValueError):
            yield page.extract_text()
        else:
            yield from ("".join(pieces), " ".join(pieces))


def _pieces(page: PageObject, fonts: dict[int, _Letters]) -> Iterator[str]:
    """What is shown on ``page``, piece by piece; an error where it has another shape.

    ``fonts``: those of all pages, as they come to be known.
    """
    found = page.get_contents()
    content = b"" if found is None else found.get_data()
    if _OTHERWISE.search(content):
        raise ValueError
    told, own, stands_for = 0, dict[bytes, _Letters](), False
    letters: _Letters = {}
    for mark, meant, font, several, one in _SHOWN.findall(content):
        if mark:
            letters, stands_for = {} if mark == b"BT" else letters, False
            continue
        told += 1
        if meant:
            stands_for = True
            yield bytes.fromhex(meant.decode("ascii")).decode("utf-16-be")
        elif font:
            letters = own.get(font) or own.setdefault(font, _letters_of(page, font.decode("ascii"), fonts))
        elif not stands_for:
            numbers = bytes.fromhex((b"".join(_NUMBERS.findall(several)) or one).decode("ascii"))
            yield charmap_decode(numbers, "strict", letters)[0]
    if told != len(_TOLD.findall(content)):
        raise ValueError


def _letters_of(page: PageObject, name: str, fonts: dict[int, _Letters]) -> _Letters:
    resources: Any = page["/Resources"]
    told = resources["/Font"][f"/{name}"].raw_get("/ToUnicode")
    if told.idnum not in fonts:
        text = told.get_object().get_data().decode("ascii")
        if not _BYTES.search(text) or "beginbfrange" in text:
            raise ValueError
        fonts[told.idnum] = {
            int(number, 16): bytes.fromhex(letter).decode("utf-16-be") for number, letter in _LETTER.findall(text)
        }
    return fonts[told.idnum]
