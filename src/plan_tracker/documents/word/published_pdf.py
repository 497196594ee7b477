"""The PDF that is published: tagged for screen readers (PDF/UA), its pages and headings numbered as in the document.

LibreOffice makes Arabic numbers of Word's Thai ones, but has Thai ones of its own, and drops what is said in place of a
chart. A macro sets both, which lies in the profile that this run of LibreOffice is given (``published_pdf.bas``). Where
macros are forbidden, the PDF is tagged, its numbers are Arabic, and its charts say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import BadZipFile, ZipFile

from lxml import etree

from plan_tracker.documents.word.libreoffice import copied_aside, find_soffice, laid_into, run_soffice, write_pdf
from plan_tracker.documents.word.parts import part_of

_PROGRAM: Final = "published_pdf.bas"
_TAGGED: Final = {"UseTaggedPDF": True, "PDFUACompliance": True}
_NUMBERED: Final = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OPEN_OFFICE: Final = "http://openoffice.org"
_LIBRARIES: Final = (
    '<library:libraries xmlns:library="{url}/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)
_LIBRARY: Final = (
    '<library:library xmlns:library="{url}/2000/library" library:name="Standard" library:readonly="false" '
    'library:passwordprotected="false">{module}</library:library>'
)
_MODULE: Final = '<library:element library:name="Paper"/>'
_SOURCE: Final = (
    '<script:module xmlns:script="{url}/2000/script" script:name="Paper" script:language="StarBasic">{text}'
    "</script:module>"
)
# A profile that is not said to be complete gets LibreOffice's own macros in place of ours. Numbers are of its region
_SETTINGS: Final = (
    '<oor:items xmlns:oor="{url}/2001/registry"><item oor:path="/org.openoffice.Setup/Office"><prop '
    'oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item><item '
    'oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>th-TH</value>'
    "</prop></item></oor:items>"
)


def write_published_pdf(document: Path, folder: Path) -> Path | None:
    """Writes ``document`` as PDF into ``folder``; None where ``write_pdf`` gives none."""
    soffice = find_soffice()
    if soffice is None:
        return None
    thai = int(counts_in_thai(document))
    with copied_aside(document) as copy:
        made = copy.with_suffix(".pdf")
        run_soffice(
            soffice,
            [f'macro:///Standard.Paper.Export("{copy.as_uri()}","{made.as_uri()}",{thai})'],
            partial(_lay_macro, descriptions=chart_descriptions(document)),
        )
        return laid_into(folder, made) or write_pdf(document, folder, _TAGGED)


def counts_in_thai(document: Path) -> bool:
    """Whether pages or lists of a .docx are numbered in Thai digits."""
    try:
        with ZipFile(document) as package:
            parts = [package.read(name) for name in _NUMBERED if name in package.namelist()]
    except (OSError, BadZipFile):
        return False
    return any(b'"thaiNumbers"' in part for part in parts)


def chart_descriptions(document: Path) -> list[str]:
    """What a .docx says in place of each of its charts, in their order."""
    try:
        with ZipFile(document) as package:
            body = part_of(package, "word/document.xml")
    except (OSError, BadZipFile, KeyError, etree.XMLSyntaxError):
        return []
    shown = [
        one for one in body.iter(f"{{{_DRAWING}}}inline") if next(one.iter(f"{{{_CHART}}}chart"), None) is not None
    ]
    return [properties.get("descr", "") for one in shown for properties in one.iter(f"{{{_DRAWING}}}docPr")]


def _lay_macro(profile: Path, descriptions: Sequence[str]) -> None:
    """Puts the macro into a new profile."""
    user = profile / "user"
    library = user / "basic" / "Standard"
    library.mkdir(parents=True)
    text = files("plan_tracker.documents.word").joinpath(_PROGRAM).read_text(encoding="utf-8") + _array_of(descriptions)
    for path, content in {
        user / "registrymodifications.xcu": _SETTINGS.format(url=_OPEN_OFFICE),
        user / "basic" / "script.xlc": _LIBRARIES.format(url=_OPEN_OFFICE),
        user / "basic" / "dialog.xlc": _LIBRARIES.format(url=_OPEN_OFFICE),
        library / "script.xlb": _LIBRARY.format(url=_OPEN_OFFICE, module=_MODULE),
        library / "dialog.xlb": _LIBRARY.format(url=_OPEN_OFFICE, module=""),
        library / "Paper.xba": _SOURCE.format(url=_OPEN_OFFICE, text=escape(text)),
    }.items():
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}', encoding="utf-8")


def _array_of(texts: Sequence[str]) -> str:
    """A function of the macro's language that gives ``texts``; a quote in them is written twice, and none has lines."""
    said = [" ".join(text.split()).replace('"', '""') for text in texts]
    lines = "".join(f'  texts({number}) = "{text}"\n' for number, text in enumerate(said))
    begin = f"\nFunction Descriptions()\n  Dim texts({len(said)}) As String\n"
    return f"{begin}{lines}  Descriptions = texts()\nEnd Function\n"
