"""Which mails a letter and its forms come to, and what has become of them. Reads the store and looks at ``outbox``.

A letter goes with its forms once it has its number; until then they may go ahead under a plain mail, and the letter
follows. A mail is the same as long as its letter's draft and its forms are: by that it has its Message-ID.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plan_tracker.documents.letters.kinds import KINDS, Brings, To
from plan_tracker.drafting.withdrawing import forms_with
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.signing import first_key
from plan_tracker.i18n import _
from plan_tracker.merging.standing import unit_statuses
from plan_tracker.register import Register, Unit
from plan_tracker.store import Letter, Store
from plan_tracker.store.correspondence.mails import Mail, MailPart
from plan_tracker.workspace.folders import Workspace, file_sha256


class HoldReason(StrEnum):
    """What keeps a mail from going out now."""

    NOTHING = ""
    NUMBER = "number"
    ADDRESS = "address"
    FILE = "file"
    EDITED = "edited"  # its draft has been, so that it goes out by hand


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail with ``attachments`` (paths in the workspace, the letter first), and what is noted of it, ``before``."""

    letter: Letter
    unit: Unit
    part: MailPart
    attachments: tuple[str, ...]
    message_id: str
    before: Mail | None = None
    waits_for: HoldReason = HoldReason.NOTHING

    @property
    def has_letter(self) -> bool:
        return self.part is not MailPart.FILES

    @property
    def recipients(self) -> tuple[str, ...]:
        return (self.unit.email,) if self.unit.email else ()

    @property
    def is_due(self) -> bool:
        """Whether it can go out now, and has not gone."""
        return not self.waits_for and not (self.before and self.before.may_be_gone)

    @property
    def state(self) -> str:
        """``draft``, ``sent`` … as noted, else ``due``, or ``waiting`` for what it waits for."""
        if self.before and (self.before.may_be_gone or not self.waits_for):
            return str(self.before.state)
        return "waiting" if self.waits_for else "due"


def outgoing(
    workspace: Workspace,
    store: Store,
    period: Period,
    units: Collection[str] = (),
    kinds: Collection[str] = (),
    *,
    unnumbered: bool,
) -> list[Outgoing]:
    """The mails of ``period`` to ``units`` (all, where empty), a letter each, in the order of their drafting.

    What has gone out is among them; what nobody needs any more is not. ``unnumbered``: letters go without a number.
    """
    letters = list(_letters(workspace, store, period, units, kinds))
    if not letters:
        return []  # before the first form is out there is no key either
    key, register = first_key(workspace.data), store.register_for(period)
    noted = {mail.message_id: mail for mail in store.mails.of(letters)}
    found = (_OutgoingLetter(workspace, store, register, letter, key) for letter in letters)
    return [made for asked in found if (made := asked.mail(noted, unnumbered=unnumbered))]


def _letters(
    workspace: Workspace, store: Store, period: Period, units: Collection[str], kinds: Collection[str]
) -> Iterator[Letter]:
    """The letters to units that stand, less those to whom all that they ask for has come."""
    statuses = [] if period.is_year_end else unit_statuses(workspace, store, period)
    counts = {one.unit.code for one in statuses if one.state.counts}
    closed = store.is_closed(period)
    for letter in store.letters.all(period):
        is_over = KINDS[letter.kind].asks_return and (closed or letter.unit in counts)
        is_meant = (not units or letter.unit in units) and (not kinds or letter.kind in kinds)
        if KINDS[letter.kind].to is To.UNIT and is_meant and not letter.withdrawn_at and not is_over:
            yield letter


@dataclass(frozen=True, slots=True)
class _OutgoingLetter:
    """One letter, on its way to becoming a mail."""

    workspace: Workspace
    store: Store
    register: Register
    letter: Letter
    key: bytes

    def mail(self, noted: dict[str, Mail], *, unnumbered: bool) -> Outgoing | None:
        """The mail that is due next, else the one that went out last; None where the unit is gone."""
        unit = self.register.unit_by_code.get(self.letter.unit)
        if unit is None:
            return None
        files = self._files()
        ids = {part: self._message_id(part, files) for part in MailPart}
        gone = {part: noted[ids[part]] for part in MailPart if ids[part] in noted and noted[ids[part]].may_be_gone}
        may_go = bool(self.letter.number) or unnumbered
        part = _next_part(gone, may_go=may_go, has_files=bool(files))
        attached = {
            MailPart.WHOLE: (self.letter.path, *files),
            MailPart.FILES: files,
            MailPart.LETTER: (self.letter.path,),
        }[part]
        waits = self._waits(unit, attached, is_numbered=may_go or part is MailPart.FILES)
        return Outgoing(self.letter, unit, part, attached, ids[part], noted.get(ids[part]), waits)

    def _files(self) -> tuple[str, ...]:
        return files_with(self.store, self.letter)

    def _message_id(self, part: MailPart, files: Sequence[str]) -> str:
        """The same for the same mail, whenever it is asked for, and nobody else's."""
        brought = () if part is MailPart.LETTER else files
        paths = (self.workspace.root / name for name in brought)
        hashes = [file_sha256(path) if path.is_file() else "" for path in paths]
        about = " ".join(("mail", str(self.letter.id), self.letter.drafted_at, part, *hashes))
        mark = hmac.new(self.key, about.encode(), hashlib.sha256).hexdigest()[:32]
        domain = sender_of(self.workspace).rpartition("@")[2] or "plantrack"
        return f"<{self.letter.period}.{self.letter.unit}.{self.letter.kind}.{mark}@{domain}>"

    def _waits(self, unit: Unit, attached: Sequence[str], *, is_numbered: bool) -> HoldReason:
        if not is_numbered:
            return HoldReason.NUMBER
        if not all((self.workspace.root / path).is_file() for path in attached):
            return HoldReason.FILE
        return HoldReason.NOTHING if unit.email else HoldReason.ADDRESS


def kinds_named(names: Collection[str]) -> set[str]:
    """The kinds of letters by their codes, from codes or names in any case; ``UsageError`` for what is neither."""
    mailed = [kind for kind in KINDS.values() if kind.to is To.UNIT]
    codes = {name.lower(): kind.code for kind in mailed for name in (kind.code, kind.called)}
    for name in names:
        if name.lower() not in codes:
            raise UsageError(
                _("No mail goes with '{kind}'.").format(kind=name),
                _("There are: {kinds}").format(kinds=", ".join(f"{kind.called} ({kind.code})" for kind in mailed)),
            )
    return {codes[name.lower()] for name in names}


def _next_part(gone: Collection[MailPart], *, may_go: bool, has_files: bool) -> MailPart:
    """What a mail brings next; what has gone out last, where nothing is left."""
    if MailPart.WHOLE in gone or MailPart.LETTER in gone:
        return MailPart.WHOLE if MailPart.WHOLE in gone else MailPart.LETTER
    if MailPart.FILES in gone:
        return MailPart.LETTER if may_go else MailPart.FILES
    return MailPart.WHOLE if may_go or not has_files else MailPart.FILES


def files_with(store: Store, letter: Letter) -> tuple[str, ...]:
    """The form and the list that go with a letter, by their paths in the workspace."""
    brings = KINDS[letter.kind].brings
    if brings is Brings.ISSUED_FORM:
        form = store.issued_form(letter.unit, letter.period)
        return (form.path,) if form else ()
    if brings is Brings.NEWEST_FORM:
        newest = store.newest_form_ids(letter.period).get(letter.unit)
        form = store.form(newest) if newest else None
        return (form.path,) if form else ()
    return tuple(forms_with(store, letter))


def sender_of(workspace: Workspace) -> str:
    """The address that mails come from."""
    return workspace.config.mail.sender or workspace.config.office.email
