"""What a Word document's properties say of it, without opening the document itself."""

from __future__ import annotations

import posixpath
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from plan_tracker.documents.word.parts import part_of

_CORE: Final = "/metadata/core-properties"  # ends the kind of relationship that leads to them
_PEOPLE: Final = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)


def named_people(document: Path) -> set[str]:
    """Who a .docx says wrote it, and who saved it last; nobody where it says nothing. ``OSError`` as reading has it."""
    with ZipFile(BytesIO(document.read_bytes())) as package:
        parts = part_of(package, "_rels/.rels")
        targets = [part.get("Target", "") for part in parts if part.get("Type", "").endswith(_CORE)]
        places = {posixpath.normpath(target).lstrip("/") for target in targets}.intersection(package.namelist())
        told = [part_of(package, place) for place in places]
    return {properties.findtext(name) or "" for properties in told for name in _PEOPLE} - {""}
