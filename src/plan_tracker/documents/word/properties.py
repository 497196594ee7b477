"""What a Word document's properties say of it, without opening the document itself."""

from __future__ import annotations

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
    """Who a .docx says wrote it, and who saved it last; ``OSError`` where it can't be read."""
    with ZipFile(BytesIO(document.read_bytes())) as package:
        parts = etree.fromstring(package.read("_rels/.rels"), _PARSER)
        places = [part.get("Target", "") for part in parts if part.get("Type", "").endswith(_CORE)]
        told = [etree.fromstring(package.read(place.lstrip("/")), _PARSER) for place in places]
    return {properties.findtext(name) or "" for properties in told for name in _PEOPLE} - {""}
