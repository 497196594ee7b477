"""Tags that officers write into templates in Word, by docxtpl: the one place that knows it.

A template is data: it runs in Jinja's sandbox, and a tag that names nothing is an error, never an empty space. What a
value says can act neither as a tag nor as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import IO, Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from plan_tracker.documents.wording import clean, localise

_SPECIAL = re.compile("[&<>\"'{}]")
_ESCAPES = {char: f"&#{ord(char)};" for char in "&<>\"'{}"}
_TEXT = re.compile(r"(<w:t(?: [^>]*[^/>])?>)(.*?)(?=</w:t>)", re.DOTALL)  # tags in it may hold < and >
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


def _localise_outside_tags(text: re.Match[str]) -> str:
    parts = _TAG.split(text[2])
    parts[::2] = [localise(part, True) for part in parts[::2]]
    return text[1] + "".join(parts)


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox, which compiles each text once: a thousand letters are filled from one template."""

    def __init__(self, finalize: Callable[[object], Markup]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=finalize)
        self._compiled = lru_cache(maxsize=64)(super().from_string)

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
