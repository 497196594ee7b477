"""Word documents from templates that officers edit in Word.

Reads a template (``.docx`` with plain Jinja tags), writes a ``.docx``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError
from lxml.etree import _Element
from markupsafe import Markup

from plan_tracker.documents.word.bodies import Bodies
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.charts.placing import add_charts, drawings_of
from plan_tracker.documents.word.contents import Contents
from plan_tracker.documents.word.files import write_whole
from plan_tracker.documents.word.hyphens import keep_hyphens_whole
from plan_tracker.documents.word.prepared import PreparedTemplate, prepared
from plan_tracker.documents.word.table_ends import keep_table_ends
from plan_tracker.documents.word.tall_rows import let_tall_rows_break
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _


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
    source = _open(template, thai_digits)
    drawings = {
        name: Markup(drawing)  # noqa: S704 made here, its texts escaped
        for name, drawing in drawings_of(charts or {}, thai_digits).items()
    }
    try:
        filled = source.fill({**context, "charts": drawings}, title, author, in_portions=finish is None)
        opened = source.open(filled) if charts or finish or source.listed else None
        contents = Contents(opened, source.listed, thai_digits) if opened else None
        bodies = Bodies(_settled(body, contents) for body in filled.bodies)
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be filled: {error}").format(name=template.name, error=error),
            _("Mend the tag in Word, or delete the file to use the one that plantrack brings."),
        ) from error
    if opened and contents:
        add_charts(opened.part, charts or {}, thai_digits)
        if bodies.whole is not None:
            opened.element.replace(opened.element.body, bodies.whole)
        contents.fill(opened if bodies.whole is not None else None)
        if finish:
            finish(opened)
    write_whole(path, source.pack(filled, bodies.xml(), opened))


def _settled(body: _Element, contents: Contents | None) -> _Element:
    """``body`` with what a template can't say of its lines, rows and tables; ``contents`` notes its headings."""
    keep_hyphens_whole(body)
    let_tall_rows_break(body)
    keep_table_ends(body)
    if contents:
        contents.note(body)
    return body


def _open(template: Path, thai_digits: bool) -> PreparedTemplate:
    try:
        return prepared(template.read_bytes(), thai_digits)
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be read as a Word document.").format(name=template.name),
            _("Save it as .docx, or delete it to use the one that plantrack brings."),
        ) from error
