"""What stands on the pages of a PDF, for whoever looks for something in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypdfium2 import PdfDocument

_AT_LINE_END = "\ufffe"  # what PDFium has for a hyphen there


def texts_of_pdf(path: Path) -> Iterator[str]:
    """The properties of the document, then each page twice: line by line, and without the ends of its lines."""
    with PdfDocument(path) as document:
        yield " ".join(document.get_metadata_dict().values())
        for page in document:
            text = page.get_textpage().get_text_range().replace(_AT_LINE_END, "-")
            yield from (text, text.replace("\r\n", ""))
