"""Puts the office's emblem where a letter's template leaves room for it.

Reads the template and the image that the configuration names; writes a template with the image in
it once per run, to a temporary folder, so that a thousand letters cost no more than without it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph

from plan_tracker.documents.word.opening import open_document
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.workspace.folders import Workspace

STYLE = "Emblem"  # the paragraph that is kept free; its exact line height is the emblem's height


def with_emblem(template: Path, workspace: Workspace) -> Path:
    """``template`` itself, or where ``letters.emblem`` is set, a copy that shows it in the room kept free.

    ``ConfigError`` for an image that is missing or of no known kind.
    """
    name = workspace.config.letters.emblem
    if not name:
        return template
    image = workspace.root / name
    try:
        return _dressed(template, template.stat().st_mtime_ns, image, image.stat().st_mtime_ns)
    except (PackageNotFoundError, BadZipFile, KeyError):
        return template  # rendering says what is wrong with it
    except (OSError, UnrecognizedImageError) as error:
        raise ConfigError(
            _("The emblem {name} can't be used: {error}").format(name=name, error=error),
            _("Name a PNG or JPEG image in the workspace as letters.emblem, or leave it blank."),
        ) from error


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True)  # removed when the program ends


@cache
def _dressed(template: Path, _template_made: int, image: Path, _image_made: int) -> Path:
    """The copy; the moments of the last change make a changed file be read anew."""
    document = open_document(template)
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document._body)
        if paragraph.style and paragraph.style.name == STYLE:
            height = paragraph.style.paragraph_format.line_spacing
            paragraph.paragraph_format.line_spacing = 1.0  # an exact line would cut the image off
            paragraph.add_run().add_picture(str(image), height=height if isinstance(height, Length) else None)
    copy = Path(_folder().name) / f"{_template_made}-{_image_made}-{template.name}"
    document.save(str(copy))
    return copy
