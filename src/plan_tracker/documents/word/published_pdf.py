"""The PDF that is published: tagged for screen readers (PDF/UA), its pages and headings numbered as in the document.

LibreOffice makes Arabic numbers of Word's Thai ones, but has Thai ones of its own. A macro sets them, which lies in the
profile that this run of LibreOffice is given (``published_pdf.bas``). Where macros are forbidden, the PDF is tagged and
its numbers are Arabic.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import BadZipFile, ZipFile

from plan_tracker.documents.word.libreoffice import copied_aside, laid_into, run_soffice, write_pdf

_PROGRAM: Final = "published_pdf.bas"
_TAGGED: Final = {"UseTaggedPDF": True, "PDFUACompliance": True}
_NUMBERED: Final = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
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
    thai = int(counts_in_thai(document))
    with copied_aside(document) as copy:
        made = copy.with_suffix(".pdf")
        run_soffice([f'macro:///Standard.Paper.Export("{copy.as_uri()}","{made.as_uri()}",{thai})'], _lay_macro)
        return laid_into(folder, made) or write_pdf(document, folder, _TAGGED)


def counts_in_thai(document: Path) -> bool:
    """Whether pages or lists of a .docx are numbered in Thai digits."""
    try:
        with ZipFile(document) as package:
            parts = [package.read(name) for name in _NUMBERED if name in package.namelist()]
    except (OSError, BadZipFile):
        return False
    return any(b'"thaiNumbers"' in part for part in parts)


def _lay_macro(profile: Path) -> None:
    """Puts the macro into a new profile."""
    user = profile / "user"
    library = user / "basic" / "Standard"
    library.mkdir(parents=True)
    text = files("plan_tracker.documents.word").joinpath(_PROGRAM).read_text(encoding="utf-8")
    for path, content in {
        user / "registrymodifications.xcu": _SETTINGS.format(url=_OPEN_OFFICE),
        user / "basic" / "script.xlc": _LIBRARIES.format(url=_OPEN_OFFICE),
        user / "basic" / "dialog.xlc": _LIBRARIES.format(url=_OPEN_OFFICE),
        library / "script.xlb": _LIBRARY.format(url=_OPEN_OFFICE, module=_MODULE),
        library / "dialog.xlb": _LIBRARY.format(url=_OPEN_OFFICE, module=""),
        library / "Paper.xba": _SOURCE.format(url=_OPEN_OFFICE, text=escape(text)),
    }.items():
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}', encoding="utf-8")
