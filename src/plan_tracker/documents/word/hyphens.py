"""Hyphens at which no line ends, as Word has them: a sign of their own, which every font can show."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap
from lxml.etree import XPath, _Element

from plan_tracker.documents.wording import HYPHEN

_WITH_HYPHENS = XPath(f".//w:t[contains(., '{HYPHEN}')]", namespaces=nsmap)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def keep_hyphens_whole(body: _Element) -> None:
    """Puts Word's own sign in place of each ``HYPHEN`` in ``body``."""
    for text in cast("list[_Element]", _WITH_HYPHENS(body)):
        first, *others = (text.text or "").split(HYPHEN)
        text.text, after = first, text
        text.set(_SPACE, "preserve")
        for other in others:
            hyphen, rest = OxmlElement("w:noBreakHyphen"), deepcopy(text)
            rest.text = other
            after.addnext(hyphen)
            hyphen.addnext(rest)
            after = rest
