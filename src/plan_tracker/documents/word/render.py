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
from markupsafe import Markup

from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.charts.placing import add_charts, drawings_of
from plan_tracker.documents.word.contents import fill_contents
from plan_tracker.documents.word.files import write_whole
from plan_tracker.documents.word.hyphens import keep_hyphens_whole
from plan_tracker.documents.word.prepared import PreparedTemplate, packed, prepared
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
        filled = source.fill({**context, "charts": drawings}, title, author)
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be filled: {error}").format(name=template.name, error=error),
            _("Mend the tag in Word, or delete the file to use the one that plantrack brings."),
        ) from error
    keep_hyphens_whole(filled.body)
    let_tall_rows_break(filled.body)
    keep_table_ends(filled.body)
    if charts or finish or source.has_contents:
        content = _finished(source.open(filled), thai_digits, charts or {}, finish)
    else:
        content = source.pack(filled)
    write_whole(path, content)


def _open(template: Path, thai_digits: bool) -> PreparedTemplate:
    try:
        return prepared(template.read_bytes(), thai_digits)
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ConfigError(
            _("The template {name} can't be read as a Word document.").format(name=template.name),
            _("Save it as .docx, or delete it to use the one that plantrack brings."),
        ) from error


def _finished(
    document: Document, thai_digits: bool, charts: Mapping[str, Chart], finish: Callable[[Document], None] | None
) -> bytes:
    """``document`` with the parts of its charts and its contents, and with what is left to do done."""
    add_charts(document.part, charts, thai_digits)
    fill_contents(document, thai_digits)
    if finish:
        finish(document)
    return packed(document.part.package)
