"""Opens a Word document. python-docx takes a file that can't be read now for none: its bytes are read first."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject


def open_document(path: Path) -> DocumentObject:
    """The document at ``path``; ``OSError`` where it can't be read, python-docx's own errors for what is none."""
    return Document(BytesIO(path.read_bytes()))
