"""The letter ledger: the number and date that a letter went out under. Reads and writes the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from plan_tracker.drafting.citing import newest_day_cited
from plan_tracker.drafting.dates import check_day
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import N_, _
from plan_tracker.review import Reader
from plan_tracker.store import Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace import Workspace

_ON_MATTERS = ("L7", "L9")  # of which a unit may have several at a time, each on a matter of its own
KINDS = tuple(f"L{number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A letter with its number and date, and other letters of the year that have the same number."""

    letter: Letter
    same_number: Sequence[Letter]


def list_letters(store: Store, period: Period | None = None) -> list[Letter]:
    """Every letter, or those of ``period``."""
    return store.letters.all(period)


def number_letter(
    workspace: Workspace,
    store: Store,
    kind: str,
    unit: str,
    number: str,
    day: date,
    period: Period | None = None,
    *,
    file: str = "",
    dry_run: bool = False,
) -> Numbered:
    """Records the number and date of the newest draft of ``kind`` to ``unit``; without a draft, mends the newest.

    ``file``: the draft's name, where there are several on different matters.
    """
    if not number.strip():
        raise UsageError(_("A letter's number is needed."), _("Write it after the unit, as it stands on the letter."))
    found = _to_be_numbered(store, kind.upper(), _addressee(unit), period, file)
    since, event = _follows(store, found)
    check_day(workspace, day, since=since, event=event)
    if not dry_run:
        at = workspace.timestamp()
        with store.transaction():
            store.letters.number(found, number.strip(), day)
            store.add_event(
                at,
                EventName.LETTERS_NUMBER,
                kind=found.kind,
                unit=found.unit,
                letter_number=number.strip(),
                date=day.isoformat(),
                file=found.path,
            )
    letter = Letter(
        found.id, found.kind, found.unit, found.period, found.about, found.path, found.drafted_at, number.strip(), day
    )
    return Numbered(letter, _namesakes(store, letter))


def _namesakes(store: Store, letter: Letter) -> list[Letter]:
    """Other letters of the year that went out under the number of ``letter``. Copies of one circular share a number."""
    return [
        other
        for other in store.letters.all()
        if other.number == letter.number
        and (other.kind, other.day) != (letter.kind, letter.day)
        and other.day
        and letter.day
        and other.day.year == letter.day.year
    ]


def _follows(store: Store, letter: Letter) -> tuple[date | None, str]:
    """The latest day of what ``letter`` speaks of, and what was on that day; None where that is not known."""
    days = list(_days_before(store, letter))
    return max(days, key=lambda known: known[0], default=(None, ""))


def _days_before(store: Store, letter: Letter) -> Iterator[tuple[date, str]]:
    cites = newest_day_cited(store, letter)
    if cites:
        yield cites, _("the letter cites one of that day")
    drafted = datetime.fromisoformat(letter.drafted_at).date()
    yield min(letter.period.first_day, drafted), _("on that day the quarter begins")
    if letter.kind in _OCCASIONS:
        event, days_of = _OCCASIONS[letter.kind]
        for day in days_of(store, letter):
            yield day, _(event)


def _day_received(store: Store, letter: Letter) -> list[date]:
    returns = [kept for kept in store.returns(letter.period) if kept.unit == letter.unit]
    return [datetime.fromisoformat(kept.received_at).date() for kept in returns if letter.about == f"v{kept.version}"]


def _days_approved(store: Store, letter: Letter) -> list[date]:
    asked = list(Reader).index(Reader(letter.unit))
    return [approved.day for approved in store.reviews.approvals(letter.period)[:asked] if approved.day]


def _day_ordered(store: Store, letter: Letter) -> list[date]:
    return [order.day for order in store.orders.all() if order.code == letter.about]


_OCCASIONS: Mapping[str, tuple[str, Callable[[Store, Letter], list[date]]]] = {
    "L3": (N_("on that day the return was received"), _day_received),
    "L5": (N_("on that day the director before approved"), _days_approved),
    "L6": (N_("on that day the director before approved"), _days_approved),
    "L7": (N_("on that day the order was given"), _day_ordered),
}  # what a letter is written on, and the days of it


def _to_be_numbered(store: Store, kind: str, unit: str, period: Period | None, file: str) -> Letter:
    if kind not in KINDS:
        raise UsageError(
            _("There is no letter '{kind}'.").format(kind=kind), _("Letters are L1 to L9: plantrack letters list")
        )
    letters = [letter for letter in store.letters.to(kind, unit, period) if not file or Path(file).name == letter.file]
    if not letters:
        raise OrderError(
            _("No letter {kind} to {unit} has been written.").format(kind=kind, unit=unit),
            _("See what has been written with: plantrack letters list"),
        )
    meant = [letter for letter in letters if not letter.is_sent] or letters
    if kind in _ON_MATTERS and len({(letter.period, letter.about) for letter in meant}) > 1:
        raise UsageError(
            _("More than one letter {kind} to {unit} may be meant: {files}").format(
                kind=kind, unit=unit, files=" ".join(letter.file for letter in meant)
            ),
            _("Name the one after --file."),
        )
    return meant[-1]


def _addressee(unit: str) -> str:
    """A unit's code, or a reader's by the name that people use."""
    readers = {reader.label: str(reader) for reader in Reader}
    return readers.get(unit, unit)
