"""Names out of a list, however they are written: a field's choices, and Thailand's provinces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plan_tracker.checking.parsing.reading import LIKELY, Reading
from plan_tracker.forms.definition.provinces import OTHER_NAMES, PROVINCES
from plan_tracker.thai_text import DASHES, fold, letters, likeliest

_IN_BRACKETS = re.compile(r"\s*\(.*\)$")
_BULLET = re.compile(rf"^\s*(?:[{DASHES}•●▪✓✔☑/*]|\(?\d{{1,2}}[.)])\s*")
_NUMBERED = re.compile(r"(?:^|(?<=[\s,;]))\(?[0-9๐-๙]{1,2}[.)]\s*", re.MULTILINE)
_BETWEEN_NAMES = re.compile(rf"[,;/|&+\n،、•●▪*·()]|\s[{DASHES}]\s|^\s*[{DASHES}]")
_NOT = "ไม่"  # no offer turns what was said into its contrary
_LONGEST_LISTED = 5  # unknown names that are told


def read_choice(choices: Sequence[str], text: str) -> Reading:
    """One of ``choices``, whatever its spaces, dashes and strokes; a near one is offered."""
    if text in choices:
        return Reading(text)
    found = _ways_of_writing(tuple(choices)).get(letters(_BULLET.sub("", text)))
    if found:
        return Reading(found, note=found)
    near = likeliest(text, [choice for choice in choices if (_NOT in choice) == (_NOT in text)])
    return Reading(None, "NOT-CHOICE", params={"choices": " · ".join(choices), **({LIKELY: near} if near else {})})


@cache
def _ways_of_writing(choices: tuple[str, ...]) -> dict[str, str]:
    """The choices by their letters alone, and by those of a part that names only one of them."""
    ways: dict[str, set[str]] = {}
    for choice in choices:
        for part in (choice, _IN_BRACKETS.sub("", choice), *choice.split("/")):
            ways.setdefault(letters(part), set()).add(choice)
    return {way: found.pop() for way, found in ways.items() if len(found) == 1}


def read_provinces(text: str) -> Reading:
    """Names of provinces as ``เชียงใหม่, ขอนแก่น``, each known; what stands between them may be anything usual."""
    found: list[str] = []
    unknown: list[str] = []
    for part in _BETWEEN_NAMES.split(_NUMBERED.sub("\n", text)):
        names = _provinces_in(part)
        if names is None:
            unknown += _unknown_in(part)
        else:
            found += names
    if unknown or not found:
        return _unknown(unknown or [text])
    listed = ", ".join(dict.fromkeys(found))
    return Reading(listed, note="" if listed == text else listed)


def _unknown(names: Sequence[str]) -> Reading:
    near = dict.fromkeys(filter(None, (likeliest(name, PROVINCES) for name in names[:_LONGEST_LISTED])))
    params = {"unknown": ", ".join(names), **({LIKELY: ", ".join(near)} if near else {})}
    return Reading(None, "UNKNOWN-PROVINCE", params=params)


def _province_key(text: str) -> str:
    return letters(text).replace("ฯ", "")


_KNOWN = {_province_key(name): name for name in PROVINCES} | {_province_key(n): name for n, name in OTHER_NAMES.items()}
_NAME = "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))
_AROUND = "ในพื้นที่|พื้นที่|ในเขต|เขต|ได้แก่|รวมทั้ง|รวมถึง|ตลอดจน|และ|กับ|ใน|จังหวัด|จ"
_ONE = re.compile(f"(?:{_AROUND})*({_NAME})")


def _provinces_in(text: str) -> list[str] | None:
    """The provinces that ``text`` names one after the other; None where anything else stands there."""
    key, at = _province_key(text), 0
    found: list[str] = []
    while at < len(key):
        match = _ONE.match(key, at)
        if not match:
            return None if key[at:] not in ("และ", "จังหวัด") else found
        found.append(_KNOWN[match[1]])
        at = match.end()
    return found


def _unknown_in(text: str) -> Iterator[str]:
    """What of ``text`` is no province: the words of it that aren't, or all of it where each of them is."""
    words = re.split(r"\s+|(?<=\S)และ(?=\S)", text.strip())
    unknown = [word for word in words if word and _provinces_in(word) is None]
    yield from (re.sub(r"^(?:และ)?(?:จังหวัด|จ\.)?", "", word) for word in (unknown or [fold(text)]))
