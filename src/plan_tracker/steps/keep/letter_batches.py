"""Numbers for many letters at once: one circular number, a running series, or a list as it is pasted (R26).

All of a batch is looked at before any of it is recorded. Reads and writes as ``letters`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period, arabic_digits, parse_date
from plan_tracker.i18n import _
from plan_tracker.steps.keep.letters import (
    NumberedLetter,
    known_kind,
    namesakes,
    plan_number,
    record_number,
    to_be_numbered,
)
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace

ALL = ("all", "ทั้งหมด", "ทุกหน่วยงาน")
_COLUMNS = re.compile(r"\t+|\s*[,;|]\s*|\s{2,}")
_RUNNING = re.compile(r"^(.*?)(\d+)$", re.DOTALL)
Find = Callable[[str], str]  # what people call an addressee, to its code in the ledger


@dataclass(frozen=True, slots=True)
class NumberBatch:
    """Letters with their numbers and dates; ``left``: drafts of the kind that are still without a number."""

    letters: Sequence[NumberedLetter]
    left: Sequence[Letter]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.left) or any(one.needs_a_person for one in self.letters)


@dataclass(frozen=True, slots=True)
class _Entry:
    letter: Letter
    number: str
    day: date


def number_all(
    workspace: Workspace,
    store: Store,
    kind: str,
    number: str,
    day: date,
    period: Period | None = None,
    *,
    series: bool,
    dry_run: bool,
) -> NumberBatch:
    """Gives every draft of ``kind`` the same ``number``, or, as a ``series``, the numbers from that one on.

    In the order of their drafting. ``OrderError`` where there is none, ``UsageError`` where drafts of several periods
    may be meant.
    """
    kind = known_kind(kind)
    drafts = [letter for letter in store.letters.all(period) if letter.kind == kind and letter.is_draft]
    if not drafts:
        raise OrderError(
            _("No letter {kind} is without a number.").format(kind=kind),
            _("See what has been written with: plantrack letters list"),
        )
    periods = sorted({letter.period for letter in drafts})
    if len(periods) > 1:
        raise UsageError(
            _("There are drafts of {kind} for several periods: {periods}").format(
                kind=kind, periods=", ".join(map(str, periods))
            ),
            _("Name the one after --period."),
        )
    numbers = _series(number, len(drafts)) if series else [number] * len(drafts)
    entries = [_Entry(letter, said, day) for letter, said in zip(drafts, numbers, strict=True)]
    return _record(workspace, store, kind, entries, period, dry_run=dry_run)


def number_listed(
    workspace: Workspace,
    store: Store,
    kind: str,
    text: str,
    day: date,
    period: Period | None = None,
    *,
    find: Find,
    dry_run: bool = False,
) -> NumberBatch:
    """Gives drafts of ``kind`` the numbers of a list: a line per unit, its number behind it, and its date where it is
    another than ``day``; between them tabs, commas or blanks, as they come out of a table. ``find`` gives the unit.

    ``UsageError`` names the first line that can't be read, or that says the same unit again.
    """
    kind = known_kind(kind)
    entries: dict[int, _Entry] = {}
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        unit, number, on = _parts(line, place, day)
        entry = _Entry(to_be_numbered(store, kind, find(unit), period), number, on)
        if entry.letter.id in entries:
            raise UsageError(
                _("Line {line} says {unit} once more.").format(line=place, unit=unit),
                _("Leave one of them out; nothing has been recorded."),
            )
        entries[entry.letter.id] = entry
    if not entries:
        raise UsageError(_("The list is empty."), _("Write a line per unit: its code, and the letter's number."))
    return _record(workspace, store, kind, list(entries.values()), period, dry_run=dry_run)


def _record(
    workspace: Workspace, store: Store, kind: str, entries: Sequence[_Entry], period: Period | None, *, dry_run: bool
) -> NumberBatch:
    planned = [plan_number(workspace, store, entry.letter, entry.number, entry.day) for entry in entries]
    if not dry_run:
        with store.transaction():
            for one in planned:
                record_number(workspace, store, one)
    numbered = {entry.letter.id for entry in entries}
    about = period or entries[0].letter.period
    left = [one for one in store.letters.all(about) if one.kind == kind and one.is_draft and one.id not in numbered]
    return NumberBatch([replace(one.ended, same_number=namesakes(store, one.ended.letter)) for one in planned], left)


def _series(first: str, count: int) -> list[str]:
    """``ดศ 0205/9``, ``ดศ 0205/10`` …: what stands before the last digits stays, and so does their width."""
    running = _RUNNING.match(arabic_digits(first.strip()))
    if running is None:
        raise UsageError(
            _("{number} does not end in a number that could go on.").format(number=first or "-"),
            _("Write the first one of the series, such as 123."),
        )
    before, digits = running.groups()
    return [f"{before}{int(digits) + further:0{len(digits)}d}" for further in range(count)]


def _parts(line: str, place: int, day: date) -> tuple[str, str, date]:
    """The unit, the number and the date of one line; without columns the unit is the first word."""
    parts = [part.strip() for part in _COLUMNS.split(line.strip()) if part.strip()]
    if len(parts) == 1:
        parts = line.split(maxsplit=1)
    if len(parts) not in (2, 3):
        raise UsageError(
            _("Line {line} can't be read: {text}").format(line=place, text=line.strip()),
            _("Write a line per unit: its code, and the letter's number."),
        )
    return parts[0], parts[1], parse_date(parts[2]) if len(parts) == 3 else day
