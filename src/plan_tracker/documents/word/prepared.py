"""A Word template taken apart once, from which each document is put together: a letter takes a tenth of its time.

Reads the bytes of a ``.docx``, gives those of another. Only what holds tags is filled anew; all else of the package is
packed when the template is taken apart. The body is filled in portions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from sys import maxsize
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
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.word.contents_fields import clear_contents, toc_fields
from plan_tracker.documents.word.numbering import use_arabic_digits
from plan_tracker.documents.word.portions import PORTION
from plan_tracker.documents.word.section_breaks import keep_section_breaks
from plan_tracker.documents.word.tags import TaggedDocument, tags_in
from plan_tracker.documents.wording import clean, localise

_DAY = (CREATED.year, CREATED.month, CREATED.day, 0, 0, 0)
_BODY, _BODY_END = b"<w:body/>", "</w:body>"
_CELLS_BY_TAGS = re.compile(r"<w:tr(?: [^>]*)?>\s*{%|</w:(?:trPr|tc)>\s*{%|%}\s*<w:tc[ >]|<w:gridSpan w:val=\"{{")
_STORIES = ("header+xml", "footer+xml", "footnotes+xml")  # the ends of their parts' content types
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_FIRST_PICTURE = 1000  # the numbers of pictures go up from here
_LONGEST = 255  # characters of a property


@dataclass(frozen=True, slots=True)
class Filled:
    """A document whose tags are filled: its body in one or more ``w:body``, each filled when it is asked for.

    ``parts``: the XML of its other parts by their names.
    """

    bodies: Iterator[etree._Element]
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
        self.listed = frozenset(field.label for field in toc_fields(document.element.body))
        self._properties = document.core_properties
        package = document.part.package
        self._main: Part = document.part
        self._start, self._body = _opened(self._source.patch_xml(self._source.get_xml()))
        self._is_uneven = _CELLS_BY_TAGS.search(self._body) is not None
        self._stories = {part.partname: (part, self._patched(part)) for part in package.parts if _is_story(part)}
        document.element.body.clear()
        frame = serialize_part_xml(document.element)
        self._head, _body, self._tail = frame.partition(_BODY)
        self._frame = packed(package)
        changing = {self._main.partname, *self._stories, self._properties_part.partname}
        self._rest = packed(package, without=changing)

    @property
    def _properties_part(self) -> Part:
        return cast(Part, self._main.package._core_properties_part)

    def _patched(self, part: Part) -> str:
        xml: str = self._source.patch_xml(etree.tostring(etree.fromstring(part.blob), encoding="unicode"))
        return xml

    def fill(self, context: Mapping[str, object], title: str, author: str, *, in_portions: bool) -> Filled:
        """The document with ``context``; ``title`` and ``author`` go into its properties where they are not blank.

        ``in_portions``: a large body in several. Jinja's errors, and those of what a tag reckons, some of them when the
        body is asked for.
        """
        source, tags = self._source, tags_in(self._thai_digits)
        source.docx_ids_index = _FIRST_PICTURE
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
        return Filled(self._bodies(context, tags, PORTION if in_portions else maxsize), stories, properties)

    def _bodies(self, context: Mapping[str, object], tags: SandboxedEnvironment, size: int) -> Iterator[etree._Element]:
        for portion in self._source.render_in_portions(self._body, self._main, context, tags, size):
            body = self._tree(f"{self._start}{portion}{_BODY_END}")
            self._source.fix_docpr_ids(body)
            yield body

    def _tree(self, xml: str) -> etree._Element:
        """``xml`` as python-docx has it, tables that tags made wider or narrower with their grids."""
        if not self._is_uneven:
            with suppress(etree.XMLSyntaxError):  # an officer's template may break it; docxtpl saves what it can
                return cast(etree._Element, parse_xml(xml))
        return cast(etree._Element, parse_xml(etree.tostring(self._source.fix_tables(xml))))

    def open(self, filled: Filled) -> Document:
        """The document ``filled`` as python-docx has it, its body empty, to do more to it."""
        document: Document = docx.Document(BytesIO(self._frame))
        package = document.part.package
        for part in package.parts:
            if part.partname in filled.parts:
                _put(part, filled.parts[part.partname])
        cast(Any, package._core_properties_part)._element = filled.properties._element
        return document

    def pack(self, filled: Filled, bodies: Iterable[bytes], opened: Document | None = None) -> bytes:
        """The bytes of the document ``filled``, its body that of ``bodies``, XML of a ``w:body`` each.

        ``opened``: what else is in its package.
        """
        if opened:
            made, parts = BytesIO(packed(opened.part.package, without={self._main.partname})), {}
        else:
            properties = serialize_part_xml(filled.properties._element)
            made, parts = BytesIO(self._rest), {**filled.parts, self._properties_part.partname: properties}
        with ZipFile(made, "a", ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(_entry(name), content, ZIP_DEFLATED)
            with archive.open(_entry(self._main.partname), "w") as main:
                main.write(self._head + self._start.encode())
                for body in bodies:
                    main.write(body[body.index(b">") + 1 : body.rindex(b"<")])
                main.write(_BODY_END.encode() + self._tail)
        return made.getvalue()


@lru_cache(maxsize=32)
def prepared(content: bytes, thai_digits: bool) -> PreparedTemplate:
    """The template whose file has ``content``, taken apart the first time."""
    return PreparedTemplate(content, thai_digits)


def _opened(xml: str) -> tuple[str, str]:
    """The start tag of a body, and what is in it."""
    start, _sign, rest = xml.partition(">")
    return f"{start}>", rest.removesuffix(_BODY_END)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name.lstrip("/"), _DAY)
    entry.compress_type = ZIP_DEFLATED
    return entry


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
