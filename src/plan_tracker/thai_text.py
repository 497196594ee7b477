"""Thai text as it is typed, pasted and copied out of other programs, mended into what it shows.

``mend`` gives the text to be kept and printed: without what nobody sees, letters and marks in their one right
order. ``fold`` gives what two texts must share to be the same to a reader. Pure functions of their text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

# Letters of their own code for marks that stand lower or further left: fonts of Windows and of the Macintosh kept
# them in the private use area, and text copied from their PDFs still has them.
_WINDOWS = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d\u0e47"
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
)  # from U+F700
_MACINTOSH = (
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47" + "".join(mark * 3 for mark in "\u0e48\u0e49\u0e4a\u0e4b\u0e4c") + "\u0e4d"
)
PRESENTATION_FORMS: Mapping[str, str] = {
    chr(first + place): letter
    for first, letters in ((0xF700, _WINDOWS), (0xF884, _MACINTOSH))
    for place, letter in enumerate(letters)
}

_UNUSUAL = re.compile("[^\n -~\u0e01-\u0e5b]")
_OTHER_SCRIPTS = re.compile("[^\u0e01-\u0e5b]+")
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_ALIKE = {  # what looks the same in print; other dashes and quotation marks are proper ones and stay
    **dict.fromkeys("\u2010\u2212\u02d7", "-"),
    "\u2012": "–",
    "\u2015": "—",
    "\u201f": "“",
    "\u201b": "‘",
    "\u02bc": "’",
    **dict.fromkeys("\t\x1c\x1d\x1e\x1f", " "),  # separators that patterns take for blanks
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    "\u2024": ".",
    **{
        chr(code): text
        for code, text in zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
    },
}
_SAME_CHARACTER = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<font>")  # unlike ² and ½, which say something else

_CONSONANT, _MARKS = "\u0e01-\u0e2e", "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
_SPACE_BEFORE_MARK = re.compile(f"(?<=[{_CONSONANT}{_MARKS}]) +(?=[{_MARKS}])")
_MARKS_TOGETHER = re.compile(f"[{_MARKS}][{_MARKS}\u0e32]+")
_TWO_E = re.compile("\u0e40\u0e40")
_DOUBLED = re.compile("([\u0e30\u0e32\u0e41-\u0e45])\\1+")  # vowels that never stand twice
_ORDER = {
    "\u0e3a": 0,
    "\u0e47": 2,
    **dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 3),
    **dict.fromkeys("\u0e4c\u0e4d\u0e4e", 4),
}
_VOWEL = 1
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_QUOTES = re.compile(
    "[\"'`´\u02b9-\u02bd\u2018-\u201f\u2032-\u2037\u2057\u00ab\u00bb\u2039\u203a\u275b-\u275e\u301d-\u301f\ua78c]"
)
DASHES = (  # a class of a pattern: Unicode's dashes, and lines that are drawn in their place
    "\\-\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2500\u2501"
    "\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\u30fc"
)
_DASH = re.compile(f"[{DASHES}]")
_NOT_LETTERS = re.compile(r"[^\w\u0e30-\u0e4e]+|_+")
_KNOWN = 1024  # texts that are kept as they were made: a cell is asked for several times in a row
_LONGEST_GUESS = 200  # characters; a longer text is no slip of the hand


@lru_cache(maxsize=_KNOWN)
def mend(text: str) -> str:
    """``text`` as it shows: no format characters, odd spaces or private letters, its marks in order, no loose ends."""
    if _UNUSUAL.search(text):
        text = text.replace("\r\n", "\n")
        text = _OTHER_SCRIPTS.sub(_composed, _UNUSUAL.sub(_usual, text))
    return _mend_marks(text).strip()


def is_same(one: object, other: object) -> bool:
    """Whether two values say the same: texts by what they show."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or mend(one) == mend(other)
    return one == other


def _usual(found: re.Match[str]) -> str:
    return _as_usual(found[0])


def _composed(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[0])


@lru_cache(maxsize=_KNOWN)
def _as_usual(character: str) -> str:
    """The everyday character, or none, for one that only looks the same."""
    if character in _ALIKE:
        return _ALIKE[character]
    if unicodedata.category(character) == "Cf" or _IGNORABLE.match(character):
        return ""
    if unicodedata.category(character) == "Zs":
        return " "
    if character in PRESENTATION_FORMS:
        return PRESENTATION_FORMS[character]
    tag, _space, same = unicodedata.decomposition(character).partition(" ")
    if tag in _SAME_CHARACTER:
        return "".join(map(_as_usual, (chr(int(code, 16)) for code in same.split())))
    return character


def _mend_marks(text: str) -> str:
    """Vowels and tone marks each once and in the order of the keyboard; ``เ`` twice is ``แ``, ``ํา`` is ``ำ``."""
    text = _SPACE_BEFORE_MARK.sub("", text)
    text = _MARKS_TOGETHER.sub(_in_order, text)
    return _DOUBLED.sub("\\1", _TWO_E.sub("\u0e41", text))


def _in_order(found: re.Match[str]) -> str:
    return _ordered(found[0])


@lru_cache(maxsize=_KNOWN)
def _ordered(together: str) -> str:
    """Marks, and an ``า`` behind them, each once and in their order."""
    marks = together.replace(_AA, "")
    after = _AA if _AA in together else ""
    if _AM in marks or (after and _NIKHAHIT in marks):
        marks, after = marks.replace(_AM, "").replace(_NIKHAHIT, ""), _AM
    ordered = sorted(marks, key=lambda mark: _ORDER.get(mark, _VOWEL))
    return "".join(mark for mark, before in zip(ordered, ["", *ordered], strict=False) if mark != before) + after


@lru_cache(maxsize=_KNOWN)
def fold(text: str) -> str:
    """What ``text`` says, whatever its spaces, capitals, digits, dashes and quotation marks."""
    same = unicodedata.normalize("NFKC", _QUOTES.sub("'", mend(text))).replace(_NIKHAHIT + _AA, _AM)
    return "".join(plain_dashes(same.translate(_ARABIC)).casefold().split())


def plain_dashes(text: str) -> str:
    """``text`` with every dash as a keyboard has it."""
    return _DASH.sub("-", text)


def letters(text: str) -> str:
    """Only the letters, marks and digits of ``fold``: what is left of a choice when its signs were left out."""
    return _NOT_LETTERS.sub("", fold(text))


def likeliest(text: str, among: Iterable[str]) -> str:
    """Which of ``among`` was probably meant by ``text``; empty where none is near."""
    if len(text) > _LONGEST_GUESS:
        return ""
    known = {letters(name): name for name in among}
    found = get_close_matches(letters(text), known, 1, 0.65)
    return known[found[0]] if found else ""
