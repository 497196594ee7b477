"""A Word template taken apart once, from which each document is put together: a letter takes a tenth of its time.

Reads the bytes of a ``.docx``, gives those of another. Only what holds tags is filled anew; all else of the package is
packed when the template is taken apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import parse_xml
from lxml import etree

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.word.contents_fields import clear_contents, toc_fields
from plan_tracker.documents.word.numbering import use_arabic_digits
from plan_tracker.documents.word.section_breaks import keep_section_breaks
from plan_tracker.documents.word.tags import TaggedDocument, tags_in
from plan_tracker.documents.wording import clean, localise

_DAY = (CREATED.year, CREATED.month, CREATED.day, 0, 0, 0)
_BODY = b"<w:body/>"
_STORIES = ("header+xml", "footer+xml", "footnotes+xml")  # the ends of their parts' content types
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_FIRST_PICTURE = 1000  # the numbers of pictures go up from here
_LONGEST = 255  # characters of a property


@dataclass(frozen=True, slots=True)
class Filled:
    """A document whose tags are filled: its ``body``, and the XML of its other parts by their names."""

    body: etree._Element
    parts: Mapping[str, bytes]
    properties: CoreProperties


class PreparedTemplate:
    """A template as it is kept between documents. Its tags are compiled, and what has none is packed."""

    def __init__(self, content: bytes, thai_digits: bool) -> None:
        """Errors as python-docx has them for what is no document."""
        self._source, self._thai_digits = TaggedDocument(BytesIO(content), thai_digits), thai_digits
        document: Document = self._source.get_docx()
        clear_contents(document)  # entries of the last update may hold the tags of headings
        keep_section_breaks(document)
        if not thai_digits:
            use_arabic_digits(document)
        self.has_contents = any(toc_fields(document.element.body))
        self._properties = document.core_properties
        package = document.part.package
        self._main: Part = document.part
        self._body = self._source.patch_xml(self._source.get_xml())
        self._stories = {part.partname: (part, self._patched(part)) for part in package.parts if _is_story(part)}
        self._whole = packed(package)
        document.element.body.clear()
        self._frame = serialize_part_xml(document.element)
        changing = {self._main.partname, *self._stories, self._properties_part.partname}
        self._rest = packed(package, without=changing)

    @property
    def _properties_part(self) -> Part:
        return cast(Part, self._main.package._core_properties_part)

    def _patched(self, part: Part) -> str:
        xml: str = self._source.patch_xml(etree.tostring(etree.fromstring(part.blob), encoding="unicode"))
        return xml

    def fill(self, context: Mapping[str, object], title: str, author: str) -> Filled:
        """The document with ``context``; ``title`` and ``author`` go into its properties where they are not blank.

        Jinja's errors, and those of what a tag reckons.
        """
        source, tags = self._source, tags_in(self._thai_digits)
        source.docx_ids_index = _FIRST_PICTURE
        body = source.fix_tables(source.render_xml_part(self._body, self._main, context, tags))
        source.fix_docpr_ids(body)
        stories = {
            name: source.render_xml_part(xml, part, context, tags).encode()
            for name, (part, xml) in self._stories.items()
        }
        properties = CoreProperties(deepcopy(self._properties._element))
        for name in _PROPERTIES:
            if "{" in (said := getattr(properties, name)):
                setattr(properties, name, unescape(tags.from_string(said).render(context)))
        if title:
            properties.title = localise(clean(title), self._thai_digits)[:_LONGEST]
        if author:
            properties.author = properties.last_modified_by = clean(author)[:_LONGEST]
        return Filled(body, stories, properties)

    def pack(self, filled: Filled) -> bytes:
        """The bytes of the document ``filled``."""
        parts = {
            self._main.partname: self._document_xml(filled),
            **filled.parts,
            self._properties_part.partname: serialize_part_xml(filled.properties._element),
        }
        made = BytesIO(self._rest)
        with ZipFile(made, "a", ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(ZipInfo(name.lstrip("/"), _DAY), content, ZIP_DEFLATED)
        return made.getvalue()

    def open(self, filled: Filled) -> Document:
        """The document ``filled`` as python-docx has it, to do more to it; ``packed`` packs its package."""
        document = docx.Document(BytesIO(self._whole))
        package = document.part.package
        for part in package.parts:
            if part.partname in filled.parts:
                _put(part, filled.parts[part.partname])
        document.part._element = parse_xml(self._document_xml(filled))
        filled.body.clear()  # a large one takes gigabytes
        cast(Any, package._core_properties_part)._element = filled.properties._element
        whole: Document = document.part.document
        return whole

    def _document_xml(self, filled: Filled) -> bytes:
        return self._frame.replace(_BODY, etree.tostring(filled.body, encoding="UTF-8"), 1)


@lru_cache(maxsize=32)
def prepared(content: bytes, thai_digits: bool) -> PreparedTemplate:
    """The template whose file has ``content``, taken apart the first time."""
    return PreparedTemplate(content, thai_digits)


def _is_story(part: Part) -> bool:
    return str(part.content_type).endswith(_STORIES)


def _put(part: Part, xml: bytes) -> None:
    if isinstance(part, XmlPart):
        part._element = parse_xml(xml)
    else:
        part._blob = xml


class _Dated:
    """Takes the parts of a package, as python-docx gives them, into an archive whose entries have one date."""

    def __init__(self, archive: ZipFile, without: Collection[str]) -> None:
        self._archive, self._without = archive, without

    def write(self, uri: PackURI, blob: bytes) -> None:
        if uri not in self._without:
            self._archive.writestr(ZipInfo(uri.membername, _DAY), blob, ZIP_DEFLATED)


def packed(package: OpcPackage, without: Collection[str] = ()) -> bytes:
    """The package with entries of one date, so that the same content gives the same bytes; not the parts named."""
    made = BytesIO()
    for part in package.parts:
        cast(Any, part).before_marshal()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        dated, packing = _Dated(archive, without), cast(Any, PackageWriter)
        packing._write_content_types_stream(dated, package.parts)
        packing._write_pkg_rels(dated, package.rels)
        packing._write_parts(dated, package.parts)
    return made.getvalue()
