"""The parts of a Word document's package as XML, without opening the document itself."""

from __future__ import annotations

from typing import Final
from zipfile import ZipFile

from lxml import etree

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def part_of(package: ZipFile, name: str) -> etree._Element:
    """The part ``name``, without entities or network. ``KeyError``: it is missing; ``XMLSyntaxError``: it is no XML."""
    return etree.fromstring(package.read(name), _PARSER)
