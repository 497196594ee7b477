"""Section breaks that a tag would take away: a ``{%p %}`` goes with its whole paragraph, and with the break in it.

Word puts a break into the paragraph that it is inserted in, LibreOffice into the one before.
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element

_LINE = f'<w:spacing {nsdecls("w")} w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'  # hardly any height


def keep_section_breaks(document: Document) -> None:
    """Gives each break that stands beside a ``{%p %}`` in ``document`` a paragraph of its own, right after."""
    for section in list(document.element.body.iter(qn("w:sectPr"))):
        paragraph = next(section.iterancestors(qn("w:p")), None)
        if paragraph is not None and "{%p" in "".join(text.text or "" for text in paragraph.iter(qn("w:t"))):
            paragraph.addnext(_paragraph_with(section))


def _paragraph_with(section: _Element) -> _Element:
    """A paragraph that holds ``section`` and no more."""
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.extend([parse_xml(_LINE), section])
    paragraph.append(properties)
    return paragraph
