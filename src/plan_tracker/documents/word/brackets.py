"""Brackets that stay with what they hold where LibreOffice lays out Thai: it ends lines after ``(`` and before ``)``.

Word keeps them together by itself, and may show the sign that joins them here; only copies for LibreOffice have it.
Reads and writes a .docx.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

_JOINER: Final = "\u2060"  # no line ends at it, and nothing of it is seen
_BODY: Final = "word/document.xml"
_TEXT: Final = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[()][^<]*)(?=</w:t>)")


def hold_brackets(document: Path) -> None:
    """Joins every bracket in the body of ``document`` to its inside; what is no .docx stays as it is."""
    made = BytesIO()
    try:
        with ZipFile(document) as package, ZipFile(made, "w", ZIP_DEFLATED) as joined:
            for entry in package.infolist():
                content = package.read(entry)
                joined.writestr(entry, _joined(content) if entry.filename == _BODY else content)
    except (BadZipFile, UnicodeDecodeError):
        return
    document.write_bytes(made.getvalue())


def _joined(body: bytes) -> bytes:
    return _TEXT.sub(lambda found: found[1] + _around(found[2]), body.decode()).encode()


def _around(text: str) -> str:
    """A joiner stands outside of each bracket: LibreOffice takes brackets for words of their own, and these not."""
    return text.replace("(", f"{_JOINER}(").replace(")", f"){_JOINER}")
