"""What a Word document's properties say of it, without opening the document itself."""

from __future__ import annotations

import posixpath
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from lxml import etree

_CORE: Final = "/metadata/core-properties"  # ends the kind of relationship that leads to them
_PEOPLE: Final = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def named_people(document: Path) -> set[str]:
    """Who a .docx says wrote it, and who saved it last; nobody where it says nothing. ``OSError`` as reading has it."""
    with ZipFile(BytesIO(document.read_bytes())) as package:
        parts = etree.fromstring(package.read("_rels/.rels"), _PARSER)
        targets = [part.get("Target", "") for part in parts if part.get("Type", "").endswith(_CORE)]
        places = {posixpath.normpath(target).lstrip("/") for target in targets}.intersection(package.namelist())
        told = [etree.fromstring(package.read(place), _PARSER) for place in places]
    return {properties.findtext(name) or "" for properties in told for name in _PEOPLE} - {""}
