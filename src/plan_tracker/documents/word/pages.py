"""On which pages bookmarks fall, as those pages number themselves. LibreOffice lays the document out.

Writes a copy of the document and its PDF to a temporary folder. What follows the last bookmark can't move any of
them and is left out of the copy: the appendix of a long report takes minutes to lay out. What is too large even so
(several hundred projects, a minute or more) is not laid out at all.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from lxml.etree import _Element

from plan_tracker.documents.word.libreoffice import find_soffice, write_pdf
from plan_tracker.documents.word.numbering import numbered

_LARGEST = 12_000  # paragraphs up to the last bookmark; about 500 projects, half a minute


def measure_pages(document: DocumentObject, places: Mapping[str, _Element], thai_digits: bool) -> dict[str, str]:
    """The page of each bookmark, as printed there (``ข``, ``๑๒``), by its name.

    ``places`` has the bookmarks' paragraphs, children of the body, in their order. Empty where LibreOffice is
    missing or fails, a bookmark is not found, or the document is too large to wait for.
    """
    if not places or find_soffice() is None or _size_up_to(document, list(places.values())[-1]) > _LARGEST:
        return {}
    found = _physical_pages(document, list(places))
    if set(found) != set(places):
        return {}
    return dict(_as_printed(document, places, found, thai_digits))


def _size_up_to(document: DocumentObject, last: _Element) -> int:
    """Paragraphs before ``last``, those in tables too."""
    return next(number for number, one in enumerate(document.element.body.iter(qn("w:p"))) if one is last)


def _physical_pages(document: DocumentObject, names: list[str]) -> dict[str, int]:
    """Pages counted from 0."""
    from pypdf import PdfReader  # slow to load, and of no use without LibreOffice
    from pypdf.errors import PyPdfError

    with TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "contents.docx"
        _without_rest(document, names[-1]).save(str(copy))
        pdf = write_pdf(copy, copy.parent)
        if pdf is None:
            return {}
        try:
            reader = PdfReader(io.BytesIO(pdf.read_bytes()))
            # LibreOffice writes "_" as the code of that sign
            destinations = {name.replace("/5F", "_"): place for name, place in reader.named_destinations.items()}
            pages = {name: reader.get_destination_page_number(destinations[name]) for name in names}
        except (PyPdfError, KeyError, ValueError):
            return {}
    return {name: page for name, page in pages.items() if page is not None}


def _without_rest(document: DocumentObject, last: str) -> DocumentObject:
    """A copy that ends with the paragraph of the bookmark ``last``."""
    whole = io.BytesIO()
    document.save(whole)
    copy = Document(whole)
    seen = False
    for child in list(copy.element.body):
        if seen and child.tag != qn("w:sectPr"):
            copy.element.body.remove(child)
        seen = seen or any(mark.get(qn("w:name")) == last for mark in child.iter(qn("w:bookmarkStart")))
    return copy


def _as_printed(
    document: DocumentObject, places: Mapping[str, _Element], found: Mapping[str, int], thai_digits: bool
) -> Iterator[tuple[str, str]]:
    """A section that starts its count anew does so on the page of its first bookmark."""
    first, start, number_format = 0, 1, "decimal"
    for names, section in _by_section(document, places):
        numbers = section.find(qn("w:pgNumType"))
        if numbers is not None and names:
            number_format = numbers.get(qn("w:fmt"), "decimal")
            if numbers.get(qn("w:start")):
                first, start = found[names[0]], int(numbers.get(qn("w:start"), "1"))
        shown = "decimal" if number_format == "thaiNumbers" and not thai_digits else number_format
        for name in names:
            yield name, numbered(found[name] - first + start, shown)


def _by_section(document: DocumentObject, places: Mapping[str, _Element]) -> Iterator[tuple[list[str], _Element]]:
    """The bookmarks of each section, and the section's properties, which stand at its end."""
    by_paragraph = {paragraph: name for name, paragraph in places.items()}
    names: list[str] = []
    for child in document.element.body:
        if child in by_paragraph:
            names.append(by_paragraph[child])
        section = child if child.tag == qn("w:sectPr") else child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None:
            yield names, section
            names = []
