"""Word documents from templates that officers edit in Word: the one place that knows docxtpl.

Reads a template (``.docx`` with plain Jinja tags), writes a ``.docx``. A template is data: it runs
in Jinja's sandbox, and a tag that names nothing is an error, never an empty space. What a value
says can act neither as a tag nor as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import Any, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.charts.placing import add_chart
from plan_tracker.documents.word.contents import fill_contents
from plan_tracker.documents.word.contents_fields import clear_contents
from plan_tracker.documents.word.files import write_whole
from plan_tracker.documents.word.hyphens import keep_hyphens_whole
from plan_tracker.documents.word.numbering import use_arabic_digits
from plan_tracker.documents.word.section_breaks import keep_section_breaks
from plan_tracker.documents.word.table_ends import keep_table_ends
from plan_tracker.documents.word.tall_rows import let_tall_rows_break
from plan_tracker.documents.wording import clean, localise
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _

_DAY = (CREATED.year, CREATED.month, CREATED.day, 0, 0, 0)
_SPECIAL = re.compile("[&<>\"'{}]")
_ESCAPES = {char: f"&#{ord(char)};" for char in "&<>\"'{}"}
_TEXT = re.compile(r"(<w:t(?: [^>]*[^/>])?>)(.*?)(?=</w:t>)", re.DOTALL)  # tags in it may hold < and >
_TAG = re.compile(r"({{.*?}}|{%.*?%}|{#.*?#})", re.DOTALL)


def render_document(
    template: Path,
    context: Mapping[str, object],
    path: Path,
    *,
    thai_digits: bool,
    charts: Mapping[str, Chart] | None = None,
    title: str = "",
    author: str = "",
    finish: Callable[[Document], None] | None = None,
) -> None:
    """Writes ``template`` filled with ``context`` to ``path``, whole or not at all.

    ``charts`` are named by tags such as ``{{ charts.stages }}``, alone in their paragraph.
    Line breaks in values are kept. ``thai_digits`` turns digits of values and of the template's
    own text into Thai ones, but for words with an ASCII letter in them (codes, addresses).
    ``title`` and ``author`` go into the document's properties. ``finish`` does what is left to do to the filled
    document.

    Raises ``ConfigError`` for a template that can't be read or names what does not exist,
    ``PlantrackError`` where ``path`` can't be written.
    """
    document = _open(template, thai_digits)
    main = document.docx.part
    drawings = {
        name: Markup(add_chart(main, chart, thai_digits))  # noqa: S704 made here, its texts escaped
        for name, chart in (charts or {}).items()
    }
    try:
        document.render({**context, "charts": drawings}, _environment(thai_digits))
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be filled: {error}").format(name=template.name, error=error),
            _("Mend the tag in Word, or delete the file to use the one that plantrack brings."),
        ) from error
    if not thai_digits:
        use_arabic_digits(document.docx)
    keep_hyphens_whole(document.docx)
    let_tall_rows_break(document.docx)
    keep_table_ends(document.docx)
    fill_contents(document.docx, thai_digits)
    if title:
        document.docx.core_properties.title = localise(clean(title), thai_digits)[:255]
    if author:
        document.docx.core_properties.author = document.docx.core_properties.last_modified_by = clean(author)[:255]
    if finish:
        finish(document.docx)
    write_whole(path, _bytes_of(document))


def _open(template: Path, thai_digits: bool) -> _Template:
    document = _Template(template, thai_digits)
    try:
        clear_contents(document.get_docx())  # entries of the last update may hold the tags of headings
        keep_section_breaks(document.docx)
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be read as a Word document.").format(name=template.name),
            _("Save it as .docx, or delete it to use the one that plantrack brings."),
        ) from error
    return document


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox, which compiles each text once: a plan's report is filled from what the first one's was."""

    def __init__(self, finalize: Callable[[object], Markup]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=finalize)
        self._compiled = lru_cache(maxsize=64)(super().compile)

    def compile(self, source: str) -> CodeType:  # type: ignore[override]  # how docxtpl calls it
        return self._compiled(source)


@cache
def _environment(thai_digits: bool) -> SandboxedEnvironment:
    def finalize(value: object) -> Markup:
        """A value as inert XML text; braces too, which docxtpl would otherwise look at again."""
        if isinstance(value, Markup):
            return value
        text = "" if value is None else localise(clean(str(value)), thai_digits)
        return Markup(_SPECIAL.sub(lambda found: _ESCAPES[found[0]], text))  # noqa: S704 escaped just here

    return _Environment(finalize)


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """docxtpl's template, its own text in the wanted digits before it is filled."""

    def __init__(self, template: Path, thai_digits: bool) -> None:
        super().__init__(template)
        self._thai_digits = thai_digits

    def patch_xml(self, src_xml: str) -> str:
        xml: str = super().patch_xml(src_xml)
        if self._thai_digits:
            return _TEXT.sub(_localise_outside_tags, xml)
        return xml.replace('w:fmt="thaiNumbers"', 'w:fmt="decimal"').replace(r"\* THAIARABIC", r"\* ARABIC")

    def map_tree(self, tree: etree._Element) -> None:
        """Puts the filled body into the document by reading the whole anew.

        docxtpl moves the tree's nodes over, for which lxml takes time with the square of their number.
        """
        root = self.docx.element
        root.body.clear()
        body = etree.tostring(tree, encoding="UTF-8")
        tree.clear()  # a large one takes gigabytes, and docxtpl holds on to it
        whole = parse_xml(etree.tostring(root, encoding="UTF-8").replace(b"<w:body/>", body, 1))
        self.docx._part._element = self.docx._element = whole


def _localise_outside_tags(text: re.Match[str]) -> str:
    parts = _TAG.split(text[2])
    parts[::2] = [localise(part, True) for part in parts[::2]]
    return text[1] + "".join(parts)


class _Dated:
    """Takes the parts of a package, as python-docx gives them, into an archive whose entries have one date."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def write(self, uri: PackURI, blob: bytes) -> None:
        self._archive.writestr(ZipInfo(uri.membername, _DAY), blob, ZIP_DEFLATED)


def _bytes_of(document: DocxTemplate) -> bytes:
    """The package with entries of one date, so that the same content gives the same bytes."""
    made, package = BytesIO(), document.docx.part.package
    for part in package.parts:
        part.before_marshal()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        dated, packing = _Dated(archive), cast(Any, PackageWriter)
        packing._write_content_types_stream(dated, package.parts)
        packing._write_pkg_rels(dated, package.rels)
        packing._write_parts(dated, package.parts)
    return made.getvalue()
