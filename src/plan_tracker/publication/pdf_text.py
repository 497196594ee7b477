"""What stands on the pages of a PDF, for whoever looks for something in it.

pypdf works out where each letter is, which takes a tenth of a second a page. LibreOffice writes text in one plain
shape: numbers of letters in a font that says which they are. A page in that shape is taken apart by patterns, ten
times as fast; any other is left to pypdf.
"""

from __future__ import annotations

import re
from codecs import charmap_decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader

_Letters = Mapping[int, str]  # of a font, by their numbers
_SHOWN = re.compile(rb"\b(BT)\b|/(\w+) [\d.]+ Tf|\[([^]]*)\]\s*TJ|<([0-9A-Fa-f]*)>\s*Tj")
_SHOWING = re.compile(rb"\bT[jJ]\b")
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
    shown, own = 0, dict[bytes, _Letters]()
    letters: _Letters = {}
    for begins, font, several, one in _SHOWN.findall(content):
        if begins:
            letters = {}
        elif font:
            letters = own.get(font) or own.setdefault(font, _letters_of(page, font.decode("ascii"), fonts))
        else:
            shown += 1
            numbers = bytes.fromhex((b"".join(_NUMBERS.findall(several)) or one).decode("ascii"))
            yield charmap_decode(numbers, "strict", letters)[0]
    if shown != len(_SHOWING.findall(content)):
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
