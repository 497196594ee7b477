"""Answers as data: a typed value with the cell that it came from, and their form in the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Value = str | Decimal | date

# What no XML can hold, nor UTF-8 for the surrogates: workbooks, Word files and the store can't be written with it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# What drives a terminal, or turns the direction of all that stands after it; tabs and line ends stay.
_DRIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class Answer(NamedTuple):
    """What stands in one cell of a return.

    ``value`` is None where the cell could not be read as what it should be; ``typed`` then is the
    text that stands there. ``cell`` is its address in the file that came back, such as ``D14``.
    """

    value: Value | None
    cell: str
    typed: str = ""


class Entry(NamedTuple):
    """One project's or KPI's answers in a return: the sheet that they stand on, and each by its field key."""

    sheet: str
    answers: Mapping[str, Answer]

    def value(self, field: str) -> Value | None:
        answer = self.answers.get(field)
        return answer.value if answer else None

    def text(self, field: str) -> str:
        """The answer as text; empty where there is none."""
        value = self.value(field)
        return "" if value is None else plain(value)

    def is_answered(self, field: str) -> bool:
        """Whether anything stands in the cell, be it readable or not."""
        answer = self.answers.get(field)
        return answer is not None and (answer.typed if answer.value is None else plain(answer.value)).strip() != ""

    @property
    def said(self) -> dict[str, Value]:
        """What stands in the cells that are answered, as it was read, else as it was typed; by field."""
        return {
            key: answer.typed if answer.value is None else answer.value
            for key, answer in self.answers.items()
            if self.is_answered(key)
        }

    def number(self, field: str) -> Decimal | None:
        value = self.value(field)
        return value if isinstance(value, Decimal) else None

    def day(self, field: str) -> date | None:
        value = self.value(field)
        return value if isinstance(value, date) else None


def plain(value: Value) -> str:
    """``value`` as plain text: ``1200.5``, ``2025-10-01``, or the text itself."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, str) else value.isoformat()


def writable(text: str) -> str:
    """``text`` with a ``\ufffd`` where there stands what no file of ours can hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def inert(text: str, instead: str = "\ufffd") -> str:
    """``text`` with ``instead`` where there stands what drives a terminal: nothing in it but what is read."""
    return _DRIVING.sub(instead, text)


def driving_escaped(text: str) -> str:
    """JSON ``text`` that means the same, with escapes for what ``inert`` takes out."""
    return _DRIVING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def encode(value: Value) -> list[str]:
    """``value`` as ``[tag, text]`` for JSON; the tag tells text, number and date apart."""
    tag = "t" if isinstance(value, str) else "n" if isinstance(value, Decimal) else "d"
    return [tag, plain(value)]


def decode(tag: str, text: str) -> Value:
    """The value that ``encode`` wrote."""
    if tag == "t":
        return text
    return Decimal(text) if tag == "n" else date.fromisoformat(text)


def encode_answer(answer: Answer) -> list[str]:
    """``[tag, text, cell]``; tag ``x`` for what could not be read."""
    if answer.value is None:
        return ["x", answer.typed, answer.cell]
    return [*encode(answer.value), answer.cell]


def decode_answer(coded: list[str]) -> Answer:
    """The answer that ``encode_answer`` wrote."""
    tag, text, cell = coded
    return Answer(None, cell, text) if tag == "x" else Answer(decode(tag, text), cell)
