"""Catalogues: what is said, by the standard library's gettext.

``_`` speaks the language in use, to whoever sits at the screen. ``Words`` speaks one language whatever that is:
documents are printed in Thai, the web site in Thai and English, from the same values. The catalogues are
``locale/*/LC_MESSAGES/plantrack.po``; ``make catalogue`` gathers their messages and compiles them.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

LANGUAGES = ("th", "en")
_LOCALE = Path(__file__).parent / "locale"
_current = os.environ.get("PLANTRACK_LANG", "th")


class Compiled(gettext.NullTranslations):
    """A compiled catalogue (.mo), each of whose messages is decoded when it is asked for.

    The standard library's decodes thousands at once, for the few that a command says.
    """

    def _parse(self, fp: Any) -> None:
        """Where each translation lies, by its message with the context: of a plural, by the one thing's."""
        self._content: bytes = fp.read()
        number, messages, translations = struct.unpack_from("<3I", self._content, 8)
        at = struct.unpack_from(f"<{2 * number}I", self._content, messages)
        self._translations = struct.unpack_from(f"<{2 * number}I", self._content, translations)
        starts = zip(at[1::2], at[::2], strict=True)
        self._places = {
            self._content[start : start + length].partition(b"\0")[0]: place
            for place, (start, length) in enumerate(starts)
        }
        self._decoded: dict[str, list[str]] = {}
        rule = re.search(r"plural=(.*?);", self._said("")[0])
        self._form: Callable[[int], int] = gettext.c2py(rule[1] if rule else "0")

    def _said(self, key: str) -> list[str]:
        """The translation, in each of its plural forms; none where there is none. Kept: reports say it often."""
        said = self._decoded.get(key)
        if said is None and (place := self._places.get(key.encode())) is not None:
            length, start = self._translations[2 * place : 2 * place + 2]
            said = self._decoded[key] = self._content[start : start + length].decode().split("\0")
        return said or []

    def gettext(self, message: str) -> str:
        said = self._said(message)
        return said[0] if said else message

    def pgettext(self, context: str, message: str) -> str:
        said = self._said(f"{context}\x04{message}")
        return said[0] if said else message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        said, form = self._said(f"{context}\x04{msgid1}"), self._form(n)
        return said[form] if form < len(said) else super().npgettext(context, msgid1, msgid2, n)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("plantrack", _LOCALE, [language], class_=Compiled, fallback=True)


class Message(NamedTuple):
    """Something to be said later, in whatever language: its English, and the context that tells it from its like."""

    context: str
    text: str


class Plural(NamedTuple):
    """The same of a ``{number}`` of things, of one and of many."""

    context: str
    one: str
    many: str


class Words:
    """Says things in one language. ``catalogue`` is that language's own, unless another is given."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations | None = None) -> None:
        self.language = language
        self._catalogue = catalogue or _catalogue(language)

    def say(self, context: str, text: str, /, **params: object) -> str:
        """``text`` (English, as written in the code), its braces filled with ``params``."""
        said = self._catalogue.pgettext(context, text)
        return said.format(**params) if params else said

    def of(self, message: Message, /, **params: object) -> str:
        return self.say(message.context, message.text, **params)

    def counted(self, things: Plural, number: int) -> str:
        """``1,200 projects``."""
        said = self._catalogue.npgettext(things.context, things.one, things.many, number)
        return said.format(number=f"{number:,}")

    def by_key(self, context: str, key: str, text: str) -> str:
        """What the catalogue has under ``key``, which stays when wordings change; ``text`` where it has nothing."""
        said = self._catalogue.pgettext(context, key)
        return text if said == key else said

    def in_sentence(self, label: str) -> str:
        """``label`` as it stands within a sentence: an English one loses its capital, an acronym keeps it."""
        begins_small = self.language == "en" and label[1:2] == label[1:2].lower()
        return label[:1].lower() + label[1:] if begins_small else label

    def listed(self, names: Iterable[str]) -> str:
        """``a, b and c``."""
        *before, last = list(names) or [""]
        if not before:
            return last
        first = before[0]
        for name in before[1:]:
            first = self.say("list", "{first}, {next}", first=first, next=name)
        return self.say("list", "{first} and {last}", first=first, last=last)


THAI: Final = Words("th")  # documents are printed in it, whatever the screen speaks


def use_language(language: str) -> None:
    """Speak ``language`` (``th`` or ``en``) from now on, unless ``PLANTRACK_LANG`` already chose one."""
    global _current
    _current = os.environ.get("PLANTRACK_LANG", language)


def current_language() -> str:
    return _current


def translate(message: str, language: str) -> str:
    """``message`` (English, as written in the code) in ``language``."""
    return _catalogue(language).gettext(message) if message else ""


def _(message: str) -> str:
    """``message`` in the language in use."""
    return translate(message, _current)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for it
    """Marks a string for the catalogue that is translated later, where it is shown."""
    return message
