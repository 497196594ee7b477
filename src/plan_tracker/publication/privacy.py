"""Looks every published byte through for the contact persons' names, telephone numbers and e-mail addresses.

Numbers are found however they are grouped, also in Thai digits; texts also where Word has cut them into runs, and
inside packages (DOCX, XLSX and their properties). What the office itself publishes (its own number and address,
the maintainer's) is not personal, nor are words that the settings say name nobody.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath

import phonenumbers

from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config
from plan_tracker.fiscal import Period, arabic_digits
from plan_tracker.forms.definition.versions import field_of, private_fields
from plan_tracker.register import Unit
from plan_tracker.values import Entry

_TAG = re.compile("(<[^>]*>)")
_MARKUP = (".html", ".xml", ".rels")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\d(?:[().-]*\d){6,}")  # one number, or several side by side, or one with its extension
_WITHIN = re.compile("[().-]+")
_LONGEST = 15  # digits of a number, with its country's
_SHORTEST = 5  # characters of a name that can be told from any other word
_BEGINNING = 16  # letters of what is looked for, by which nearly all texts are told to be without it
_NEVER = "(?!)"  # a pattern that matches nothing
_PACKAGES = (".docx", ".xlsx")
_EMAILS, _PHONES = ("f2.contact_email", "u.contact_email"), ("f2.contact_phone", "u.contact_phone")
_TOLD_ANYWHERE = ("u.certifier_position", "u.certified_date")  # "ผู้อำนวยการ" and a day say nothing of whose they are


@dataclass(frozen=True)
class Private:
    """What must not be published: names without spaces, digits of numbers, addresses in lower case."""

    names: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]

    @cached_property
    def any_name(self) -> re.Pattern[str]:
        """Finds how any of the names begins."""
        return _any_of(self.names)

    @cached_property
    def any_phone(self) -> re.Pattern[str]:
        """Finds any of the numbers, as they are dialled from here and from abroad."""
        return _any_of({*self.phones, *map(_from_abroad, self.phones)})


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Finds how any of ``texts`` begins. It branches letter by letter: thousands of them take as long as a few."""
    return re.compile(_branches(sorted({text[:_BEGINNING] for text in texts}), 0) or _NEVER)


def _branches(texts: Sequence[str], at: int) -> str:
    """What of ``texts``, in their order, follows the ``at`` letters that they share; nothing where one has no more."""
    if not texts or len(texts[0]) == at:
        return ""
    said = [re.escape(letter) + _branches(list(same), at + 1) for letter, same in groupby(texts, itemgetter(at))]
    return said[0] if len(said) == 1 else f"(?:{'|'.join(said)})"


@dataclass(frozen=True, slots=True)
class Leak:
    """Something private in a published file."""

    file: str
    value: str


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """An answer in which a unit told something private: a project's or KPI's code, its unit, the field and when."""

    code: str
    unit: str
    field: str
    period: Period


def private_answers(reports: Sequence[ReportFigures], config: Config) -> Private:
    """Every private answer of every return that ``reports`` stand on, but for what the office itself publishes."""
    keys = [key for key in private_fields() if key not in _TOLD_ANYWHERE]
    said: dict[str, set[str]] = {key: set() for key in keys}
    public = set()
    for _period, _code, entry, unit in _entries(reports):
        public |= {_squeezed(unit.name), _squeezed(unit.short)}
        for key in keys:
            said[key].add(entry.text(key))
    office, own = config.office, config.publication
    public_phones = numbers_in(office.phone)
    public_emails = {office.email.lower(), own.maintainer_email.lower()}
    phones = {number for key in _PHONES for text in said.pop(key, ()) for number in numbers_in(text)}
    emails = {text.strip().lower() for key in _EMAILS for text in said.pop(key, ())}
    names = {_squeezed(text) for texts in said.values() for text in texts} - public
    names -= {_squeezed(words) for words in own.not_personal}
    return Private(
        frozenset(name for name in names if len(name) >= _SHORTEST),
        frozenset(phones - public_phones),
        frozenset(emails - public_emails - {""}),
    )


def told_in_answers(reports: Sequence[ReportFigures], private: Private) -> list[ContactDetails]:
    """Where units told something of ``private`` in answers that are not private themselves."""
    kept_private = private_fields()
    found = [
        ContactDetails(code, unit.name, _label(key), period)
        for period, code, entry, unit in _entries(reports)
        for key in entry.answers
        if key not in kept_private and any(private_in(entry.text(key), private))
    ]
    return list(dict.fromkeys(found))  # a project of both plans is told of once


def _label(key: str) -> str:
    field = field_of(key)
    return f"{field.label} [{key}]" if field else key


def find_leaks(folder: Path, paths: Iterable[Path], private: Private) -> list[Leak]:
    """What of ``private`` stands in ``paths``, which are files below ``folder``."""
    found, clean = [], set[str]()  # most tags stand in every file
    for path in paths:
        texts = texts_of(path) - clean
        values = {value for text in texts for value in private_in(text, private)}
        found += [Leak(path.relative_to(folder).as_posix(), value) for value in sorted(values)]
        if not values:
            clean.update(text for text in texts if text.startswith("<"))
    return found


def texts_of(path: Path) -> set[str]:
    """All texts of a file: its bytes as they are and, of packages and PDF, what is inside and their properties."""
    if path.suffix == ".pdf":
        from plan_tracker.publication.pdf_text import texts_of_pdf  # many a package has no PDF

        return set(texts_of_pdf(path))
    content = path.read_bytes()
    return set(_texts_of_package(content)) if path.suffix in _PACKAGES else _texts_in(content, path.suffix)


def _texts_of_package(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            if part.startswith(b"PK\x03\x04"):
                yield from _texts_of_package(part)  # a chart's workbook
            else:
                yield from _texts_in(part, PurePosixPath(name).suffix)


def _texts_in(content: bytes, suffix: str) -> set[str]:
    """What stands between its markup as one text, since Word cuts a name into runs, and each of its tags.

    As it stands, too, what is no markup, and where there may be an address: without tags it would run into its
    neighbours.
    """
    text = content.decode("utf-8", errors="replace")
    parts = _TAG.split(text) if "<" in text else [text]
    found = {unescape("".join(parts[::2])), *(unescape(tag) if "&" in tag else tag for tag in set(parts[1::2]))}
    return found if suffix in _MARKUP and "@" not in text else found | {text}


def numbers_in(text: str) -> frozenset[str]:
    """The telephone numbers that ``text`` tells, as their digits: without extensions, from within the country."""
    found: set[str] = set()
    for run in _PHONE.findall(_squeezed(text)):
        digits = _WITHIN.sub("", run)
        found.update(list(_thai_numbers(digits)) or [digits])
    return frozenset(found)


def _thai_numbers(digits: str) -> Iterator[str]:
    """The numbers that stand one after another in ``digits``, as they are dialled in Thailand."""
    rest = digits.removeprefix("00") if digits.startswith("0066") else digits
    while rest:
        start = "+" if rest.startswith("66") else ""
        try:
            number = phonenumbers.parse(start + rest[:_LONGEST], "TH")
        except phonenumbers.NumberParseException:
            return
        if not phonenumbers.truncate_too_long_number(number):  # an extension, or the next number, follows at once
            return
        national = phonenumbers.national_significant_number(number)
        yield f"0{national}"
        rest = rest.partition(national)[2]


def private_in(text: str, private: Private) -> Iterator[str]:
    """What of ``private`` stands in ``text``."""
    if "@" in text:  # most parts of a document have none, and to look for what stands before one takes longest
        addresses = _EMAIL.findall(arabic_digits(text).lower())
        yield from (email for email in addresses if email.strip(".") in private.emails)
    squeezed = _squeezed(text)
    digits = _WITHIN.sub("", "|".join(_PHONE.findall(squeezed)))
    if private.any_phone.search(digits):
        yield from (phone for phone in private.phones if phone in digits or _from_abroad(phone) in digits)
    if private.any_name.search(squeezed):
        yield from (name for name in private.names if name in squeezed)


def _entries(reports: Sequence[ReportFigures]) -> Iterator[tuple[Period, str, Entry, Unit]]:
    """All that units answered in every quarter: of themselves, of each project and KPI; with its code and its unit."""
    for report in reports:
        for quarter in report.quarters:
            for code, unit, entry in _answered(quarter):
                yield quarter.period, code, entry, unit


def _answered(quarter: PlanFigures) -> Iterator[tuple[str, Unit, Entry]]:
    for unit in quarter.units:
        if unit.source.entry:
            yield unit.source.unit.code, unit.source.unit, unit.source.entry
    for project in quarter.projects:
        if project.source.entry:
            yield project.code, project.source.unit, project.source.entry
    for kpi in quarter.kpis:
        if kpi.source.entry:
            yield kpi.source.kpi.code, kpi.source.unit, kpi.source.entry


def _from_abroad(phone: str) -> str:
    return f"66{phone[1:]}"


def _squeezed(text: str) -> str:
    return "".join(arabic_digits(text).split()).lower()
