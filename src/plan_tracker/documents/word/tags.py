"""Tags that officers write into templates in Word, by docxtpl: the one place that knows it.

A template is data: it runs in Jinja's sandbox, and a tag that names nothing is an error, never an empty space. What a
value says can act neither as a tag nor as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import IO, Any

from docx.opc.part import Part
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import _Element
from markupsafe import Markup

from plan_tracker.documents.word.portions import portions
from plan_tracker.documents.wording import clean, localise

_SPECIAL = re.compile("[&<>\"'{}]")
_ESCAPES = {char: f"&#{ord(char)};" for char in "&<>\"'{}"}
_TEXT = re.compile(r"(<w:t(?: [^>]*[^/>])?>)(.*?)(?=</w:t>)", re.DOTALL)  # tags in it may hold < and >
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAKS = re.compile("[\n\t\a\f]")
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_TAG = re.compile(r"({{.*?}}|{%.*?%}|{#.*?#})", re.DOTALL)


class TaggedDocument(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """docxtpl's template, its own text in the wanted digits before it is filled."""

    def __init__(self, template: IO[bytes], thai_digits: bool) -> None:
        super().__init__(template)
        self._thai_digits = thai_digits

    def patch_xml(self, src_xml: str) -> str:
        xml: str = super().patch_xml(src_xml)
        if self._thai_digits:
            return _TEXT.sub(_localise_outside_tags, xml)
        return xml.replace('w:fmt="thaiNumbers"', 'w:fmt="decimal"').replace(r"\* THAIARABIC", r"\* ARABIC")

    def render_in_portions(
        self, xml: str, part: Part, context: Mapping[str, object], tags: SandboxedEnvironment, size: int
    ) -> Iterator[str]:
        """What ``render_xml_part`` gives for a body's children, about ``size`` characters at a time. Jinja's errors."""
        self.current_rendering_part = part
        for portion in portions(tags.from_string(xml).generate(context), size):
            yield self.resolve_listing(_unescaped(portion))

    def resolve_listing(self, xml: str) -> str:
        """docxtpl's, which looks at each run, for the paragraphs alone that hold a break."""
        return _PARAGRAPH.sub(self._resolved, xml) if _BREAKS.search(xml) else xml

    def _resolved(self, paragraph: re.Match[str]) -> str:
        whole = paragraph[0]
        return str(super().resolve_listing(whole)) if _BREAKS.search(whole) else whole

    def fix_docpr_ids(self, tree: _Element) -> None:
        """As docxtpl's, whose way of looking python-docx's elements don't know."""
        for drawing in tree.iter(qn("wp:docPr")):
            self.docx_ids_index += 1
            drawing.set("id", str(self.docx_ids_index))


def _unescaped(xml: str) -> str:
    """What docxtpl has for braces that are no tag, as braces."""
    for sign, braces in _BRACES.items():
        xml = xml.replace(sign, braces)
    return xml


def _localise_outside_tags(text: re.Match[str]) -> str:
    parts = _TAG.split(text[2])
    parts[::2] = [localise(part, True) for part in parts[::2]]
    return text[1] + "".join(parts)


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox, which compiles each text once: a thousand letters are filled from one template."""

    def __init__(self, finalize: Callable[[object], Markup]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=finalize)
        self._compiled = lru_cache(maxsize=64)(super().from_string)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the sandbox has it, which asks much: fields of our own rows, read by the million, are safe."""
        if not attribute.startswith("_") and attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def from_string(self, source: Any) -> Template:  # type: ignore[override]  # how docxtpl calls it
        return self._compiled(source)


@cache
def tags_in(thai_digits: bool) -> SandboxedEnvironment:
    """What fills tags, with values in Thai digits or not."""

    def finalize(value: object) -> Markup:
        """A value as inert XML text; braces too, which docxtpl would otherwise look at again."""
        if isinstance(value, Markup):
            return value
        text = "" if value is None else localise(clean(str(value)), thai_digits)
        return Markup(_SPECIAL.sub(lambda found: _ESCAPES[found[0]], text))  # noqa: S704 escaped just here

    return _Environment(finalize)
