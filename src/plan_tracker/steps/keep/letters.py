"""The letter ledger: the number and date that a letter went out under.

Reads and writes the store and the letter's own file, where number and date are put in place of its dotted blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.documents.letters.kinds import KINDS, Occasion, full_number, setting_of
from plan_tracker.documents.letters.numbering import UnreadableLetterError
from plan_tracker.documents.letters.numbering import number_letter as number_document
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.word.files import check_closed
from plan_tracker.drafting.citing import newest_day_cited
from plan_tracker.drafting.dates import check_day
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period, spoken_date
from plan_tracker.i18n import N_, _
from plan_tracker.review import Reader
from plan_tracker.store import Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace, file_sha256


@dataclass(frozen=True, slots=True)
class NumberedLetter:
    """A letter with its number and date, and other letters of the year that have the same number.

    Both are ``printed`` in its file; else ``why_not``, and what to do.
    """

    letter: Letter
    same_number: Sequence[Letter] = ()
    why_not: str = ""
    advice: str = ""

    @property
    def printed(self) -> bool:
        return not self.why_not

    @property
    def needs_a_person(self) -> bool:
        return bool(self.same_number) or not self.printed


@dataclass(frozen=True, slots=True)
class PlannedNumbering:
    """A letter as it was ``found``, what it comes to, and what its file is then; None where that stays as it is."""

    found: Letter
    ended: NumberedLetter
    content: bytes | None


def list_letters(
    store: Store, period: Period | None = None, year: int | None = None, *, unnumbered: bool = False
) -> list[Letter]:
    """Every letter, or those of ``period``, or of the fiscal ``year``; ``unnumbered``: those still without a number."""
    found = [letter for letter in store.letters.all(period) if year in (None, letter.period.fiscal_year)]
    return [letter for letter in found if letter.is_draft] if unnumbered else found


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
) -> NumberedLetter:
    """Records the number and date of the newest draft of ``kind`` to ``unit``; without a draft, mends the newest.

    ``number`` may leave out the prefix of the settings. ``file``: the draft's name, where there are several on
    different matters. Where a file can't take number and date it is left as it is.
    """
    found = to_be_numbered(store, kind, unit, period, file)
    planned = plan_number(workspace, store, found, number, day)
    if not dry_run:
        record_number(workspace, store, planned)
    return replace(planned.ended, same_number=namesakes(store, planned.ended.letter))


def plan_number(workspace: Workspace, store: Store, found: Letter, number: str, day: date) -> PlannedNumbering:
    """What giving ``found`` its number and date comes to; nothing is written. ``UsageError`` for what can't be."""
    if not number.strip():
        raise UsageError(_("A letter's number is needed."), _("Write it after the unit, as it stands on the letter."))
    since, event = _follows(store, found)
    check_day(workspace, day, since=since, event=event)
    letter = found._replace(number=full_number(workspace.config.letters, found.kind, number), day=day)
    return PlannedNumbering(found, *_numbered(workspace, found, letter))


def _numbered(workspace: Workspace, found: Letter, letter: Letter) -> tuple[NumberedLetter, bytes | None]:
    """What the file of ``letter`` says once it has number and date; None where it is to stay as it is."""
    path, config = workspace.root / found.path, workspace.config
    check_closed(path)
    try:
        content = path.read_bytes()
        made = number_document(
            content,
            Reference(letter.number, letter.day),
            thai_digits=config.report.thai_digits,
            prefix=setting_of(config.letters, letter.kind).number_prefix,
            before=Reference(found.number, found.day),
        )
    except FileNotFoundError:
        why = _("{name} is not there any more.").format(name=found.path)
        return NumberedLetter(letter, (), why, _("If you have moved it, write number and date into it yourself.")), None
    except UnreadableLetterError:
        why = _("{name} can't be read as a Word document.").format(name=found.path)
        return NumberedLetter(letter, (), why, _("Write number and date on the letter yourself.")), None
    if made.content is None:
        advice = _("Write number and date into it in Word yourself.")
        return NumberedLetter(letter, (), _why_not(found, made.stands), advice), None
    return NumberedLetter(letter), made.content if made.content != content else None


def _why_not(letter: Letter, stands: str) -> str:
    if stands:
        return _("In {name}, “{text}” stands where its number or date belongs, and has been left.").format(
            name=letter.path, text=stands
        )
    return _("{name} has no blanks for number and date any more, and has been left as it is.").format(name=letter.path)


def record_number(workspace: Workspace, store: Store, planned: PlannedNumbering) -> None:
    """Notes number and date, and has the letter's file say them with that."""
    letter, content, day = planned.ended.letter, planned.content, planned.ended.letter.day
    assert day is not None
    if content is not None:
        atomic.write_bytes(store.placing.aside(letter.path), content)
    with store.transaction():
        store.letters.number(letter, letter.number, day)
        if content is not None:
            is_ours = store.is_as_written(letter.path, file_sha256(workspace.root / letter.path))
            store.placing.place(letter.path, ours=is_ours)
        store.add_event(
            workspace.timestamp(),
            EventName.LETTERS_NUMBER,
            kind=letter.kind,
            unit=letter.unit,
            letter_number=letter.number,
            date=day.isoformat(),
            file=letter.path,
        )


def namesakes(store: Store, letter: Letter) -> list[Letter]:
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
    occasion = KINDS[letter.kind].occasion
    if occasion:
        event, days_of = _OCCASIONS[occasion]
        for day in days_of(store, letter):
            yield day, _(event)


def _day_received(store: Store, letter: Letter) -> list[date]:
    returns = store.returns(letter.period, letter.unit)
    return [datetime.fromisoformat(kept.received_at).date() for kept in returns if letter.about == f"v{kept.version}"]


def _days_approved(store: Store, letter: Letter) -> list[date]:
    asked = list(Reader).index(Reader(letter.unit))
    return [approved.day for approved in store.reviews.approvals(letter.period)[:asked] if approved.day]


def _day_ordered(store: Store, letter: Letter) -> list[date]:
    return [order.day for order in store.orders.all() if order.code == letter.about]


def _day_rejected(_store: Store, letter: Letter) -> list[date]:
    """The letter was drafted when its file was rejected."""
    return [datetime.fromisoformat(letter.drafted_at).date()]


_OCCASIONS: Mapping[Occasion, tuple[str, Callable[[Store, Letter], list[date]]]] = {
    Occasion.RETURN_RECEIVED: (N_("on that day the return was received"), _day_received),
    Occasion.APPROVED_BEFORE: (N_("on that day the director before approved"), _days_approved),
    Occasion.ORDER_GIVEN: (N_("on that day the order was given"), _day_ordered),
    Occasion.FILE_REJECTED: (N_("on that day the file was rejected"), _day_rejected),
}  # what a letter is written on, and the days of it


def known_kind(kind: str) -> str:
    """A kind of letter in any case; ``UsageError`` for what is none."""
    if kind.upper() not in KINDS:
        raise UsageError(
            _("There is no letter '{kind}'.").format(kind=kind.upper()),
            _("There are: {kinds}").format(kinds=", ".join(KINDS)),
        )
    return kind.upper()


def to_be_numbered(store: Store, kind: str, unit: str, period: Period | None, file: str = "") -> Letter:
    """The newest draft of ``kind`` to ``unit``, else the newest letter; ``UsageError`` where several may be meant."""
    kind, unit = known_kind(kind), _addressee(unit)
    letters = [letter for letter in store.letters.to(kind, unit, period) if not file or Path(file).name == letter.file]
    if not letters:
        _refuse_withdrawn(store, kind, unit, period, file)
        raise OrderError(
            _("No letter {kind} to {unit} has been written.").format(kind=kind, unit=unit),
            _("See what has been written with: plantrack letters list"),
        )
    meant = [letter for letter in letters if letter.is_draft] or letters
    if KINDS[kind].on_matters and len({(letter.period, letter.about) for letter in meant}) > 1:
        raise UsageError(
            _("More than one letter {kind} to {unit} may be meant: {files}").format(
                kind=kind, unit=unit, files=" ".join(letter.file for letter in meant)
            ),
            _("Name the one after --file."),
        )
    return meant[-1]


def _refuse_withdrawn(store: Store, kind: str, unit: str, period: Period | None, file: str) -> None:
    """``OrderError`` where the letter that is probably meant has been withdrawn."""
    for letter in reversed(store.letters.all(period)):
        is_meant = (letter.kind, letter.unit.upper()) == (kind, unit.upper()) and (
            not file or Path(file).name == letter.file
        )
        if is_meant and letter.withdrawn_at:
            day = spoken_date(datetime.fromisoformat(letter.withdrawn_at).date())
            raise OrderError(
                _("{file} was withdrawn on {date}, and need not be sent any more.").format(file=letter.file, date=day),
                _("See the letters that stand with: plantrack letters list"),
            )


def _addressee(unit: str) -> str:
    """A unit's code, or a reader's by the name that people use."""
    readers = {reader.label: str(reader) for reader in Reader}
    return readers.get(unit, unit)
