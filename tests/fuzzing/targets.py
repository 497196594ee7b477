"""What is fuzzed: each takes any bytes, and raises for what must not be."""

from __future__ import annotations

import io
import random
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal

from plan_tracker.checking.parsing.normalise import read_value
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import read_book
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.intake.unpacking.archives import zipped
from plan_tracker.intake.unpacking.mails import attached, is_mail
from plan_tracker.intake.unpacking.members import Budget, UnpackError
from plan_tracker.values import writable

LIMITS = SheetLimits(20 * 10**6, 200_000)
_UNPACKED = 10**7
_FIELDS = [field for form in CURRENT.forms for field in form.fields.values()]
# One of each kind of field, and of each way of asking: the others are read by the same.
FIELDS = list({(field.kind, bool(field.choices), field.none_is_answer): field for field in _FIELDS}.values())


def read_package(content: bytes) -> None:
    """A workbook is read or refused: what is raised is for an .xls alone, whose library names no end of errors."""
    if content.startswith(b"PK") or not content.startswith(b"\xd0\xcf"):
        open_workbook(content, LIMITS)
    book = read_book(content, LIMITS)
    if not isinstance(book, Refusal):
        texts = [*book.said.values(), *(str(value) for entry in book.entries() for value in entry.cells.values())]
        assert all(writable(text) == text for text in texts), "what can't be written was read"


def read_mail(content: bytes) -> None:
    """Members have names that any system takes, within what may be taken out; all else is an ``UnpackError``."""
    is_mail("a.eml", content)
    opener = zipped if content.startswith(b"PK") else attached
    try:
        found = list(opener(content, Budget(_UNPACKED)))
    except UnpackError:
        return
    assert sum(len(member.content) for member in found) <= _UNPACKED
    for member in found:
        assert not set(member.name) & set('/\\:*?"<>|'), member.name
        assert not any(unicodedata.category(sign) == "Cc" for sign in member.name), member.name


def read_cell(content: bytes) -> None:
    """What was read of a cell is read the same once more, and by every kind of field."""
    text = content.decode("utf-8", "replace")
    for field in FIELDS:
        reading = read_value(field, text)
        if reading.value is None or reading.problem:
            continue
        value = reading.value
        assert not isinstance(value, Decimal) or value.is_finite()
        again = read_value(field, value)
        assert (again.value, again.problem) == (value, ""), (field.key, value, again)


TARGETS: Mapping[str, Callable[[bytes], None]] = {"package": read_package, "mail": read_mail, "cell": read_cell}


def rewritten(text: str, others: str, dice: random.Random) -> str:
    """A text with a few signs left out, doubled, or replaced by what stands in ``others``."""
    signs = list(text)
    for _time in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(signs) + 1)
        begin = dice.randrange(len(others))
        signs[at : at + dice.choice((0, 0, 1, 3))] = others[begin : begin + dice.choice((0, 1, 1, 2, 8))]
    return "".join(signs)


def repacked(content: bytes, change: Callable[[bytes], bytes], chosen: int) -> bytes:
    """A package one of whose parts has been changed; bytes that are none are changed as they are."""
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            warnings.simplefilter("ignore")
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # no package any more
        return change(content)
    if not parts:
        return change(content)
    at, packed = chosen % len(parts), io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archive:
        warnings.simplefilter("ignore")
        for number, (name, part) in enumerate(parts):
            archive.writestr(name, change(part) if number == at else part)
    return packed.getvalue()
