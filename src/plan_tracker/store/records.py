"""What the store keeps, and how it stands in the rows of the database."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plan_tracker.analysis.basis.returns import AnswerState, Received, States
from plan_tracker.checking.findings import Finding, FindingStatus, Severity
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.identity import Identity
from plan_tracker.forms.definition.workbook.names import CORRECTION
from plan_tracker.values import Entry, Value, decode, decode_answer, encode, encode_answer

if TYPE_CHECKING:
    from plan_tracker.forms.definition.versions import FormVersion

RECEIVED = "unit, code, return_id, version, received_at, state, waived_because"
FormRow = tuple[object, ...]
_STATES = {state.value: state for state in AnswerState}
Known = dict[str, dict[str, Value]]  # by project or KPI code: field key to value


class IssuedForm(NamedTuple):
    """A form as it was issued: ``values`` holds every prefilled field, locked ones included.

    ``withdrawn_at`` is blank for one that stands.
    ``layout`` is the id of what its sheets say by themselves, ``texts`` what they say of this form alone; empty for
    forms of a release that did not record it. ``updates`` has by code what stood, or None, in the fields that the
    register had changed. ``units`` is the unit's own code where the cover asks of the unit itself, else nothing.
    """

    identity: Identity
    register_version: int
    path: str
    values: Known
    projects: tuple[str, ...]
    kpis: tuple[str, ...]
    closed: frozenset[str] = frozenset()
    orders: tuple[str, ...] = ()
    withdrawn_at: str = ""
    layout: str = ""
    texts: tuple[str, ...] = ()
    updates: Mapping[str, Mapping[str, Value | None]] = {}
    units: tuple[str, ...] = ()

    @property
    def corrects(self) -> bool:
        """Whether it asks again for what a return that was kept had said."""
        return self.identity.kind == CORRECTION and self.identity.based_on_version != "0"

    @property
    def asked(self) -> tuple[str, ...]:
        """The codes of all that it asked for: of the unit itself, its projects, KPIs and orders."""
        return (*self.units, *self.projects, *self.kpis, *self.orders)

    @property
    def version(self) -> FormVersion:
        """The version of the form, which says what it asked."""
        from plan_tracker.forms.definition.versions import form_version

        version = form_version(self.identity.form_version)
        assert version is not None, "forms are kept as this plantrack or an earlier one issued them"
        return version


class StoredReturn(NamedTuple):
    """A return that has been kept. ``outcome`` is accepted or incomplete; ``errors`` and ``warnings`` were open when it
    was taken in. Which of its answers count, ``analysis.returns`` says.
    """

    id: int
    unit: str
    period: Period
    version: int
    form_id: str
    sha256: str
    file: str
    original: str
    received_at: str
    outcome: str
    errors: int
    warnings: int

    @property
    def received_on(self) -> date:
        return datetime.fromisoformat(self.received_at).date()


class RegisterLoad(NamedTuple):
    """A load of the register: when, from which file, and why codes were let go where they were."""

    version: int
    fiscal_year: int
    loaded_at: str
    source: str
    because: str


class Event(NamedTuple):
    """An entry of the log: who did what, when, and with what."""

    number: int
    at: str
    who: str
    what: str
    details: Mapping[str, str]


def event_row(event: Event, seal_before: str) -> tuple[object, ...]:
    """The row of an entry; its seal covers the entry and the seal of the one before."""
    details = json.dumps(dict(event.details), ensure_ascii=False, sort_keys=True)
    said = (event.number, event.at, event.who, event.what, details)
    seal = hashlib.sha256(json.dumps([seal_before, *said], ensure_ascii=False).encode()).hexdigest()
    return *said, seal


def event_from_row(row: sqlite3.Row) -> Event:
    return Event(row["number"], row["at"], row["who"], row["what"], json.loads(row["details"]))


def kept_from_row(row: sqlite3.Row) -> StoredReturn:
    """The return in a row of ``kept``."""
    return StoredReturn(
        id=row["id"],
        unit=row["unit"],
        period=Period(row["fiscal_year"], row["quarter"]),
        version=row["version"],
        form_id=row["form_id"],
        sha256=row["sha256"],
        file=row["file"],
        original=row["original"],
        received_at=row["received_at"],
        outcome=row["outcome"],
        errors=row["errors"],
        warnings=row["warnings"],
    )


def kept_row(kept: StoredReturn) -> tuple[object, ...]:
    """The row of ``returns`` but for its id."""
    numbers = kept.period.fiscal_year, kept.period.quarter, kept.version
    bytes_of_it = kept.sha256, kept.file, kept.original, kept.received_at
    return kept.unit, *numbers, kept.form_id, *bytes_of_it, kept.outcome, kept.errors, kept.warnings


def answer_rows(number: int, entries: Mapping[str, Entry]) -> Iterator[tuple[object, ...]]:
    for code, entry in entries.items():
        coded = {key: encode_answer(answer) for key, answer in entry.answers.items()}
        yield number, code, entry.sheet, json.dumps(coded, ensure_ascii=False, separators=(",", ":"))


def state_rows(number: int, states: States) -> Iterator[tuple[object, ...]]:
    for code, state in states.items():
        yield number, code, state


def received_from_row(row: sqlite3.Row) -> tuple[str, str, Received]:
    """The unit, the code, and what one return of it says; the row's columns in the order of ``RECEIVED``."""
    unit, code, number, version, at, state, because = row
    return unit, code, Received(number, version, _day(at), _STATES[state], because)


@lru_cache(maxsize=1000)  # many returns come in one run
def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()


def finding_rows(number: int, findings: Iterable[Finding]) -> Iterator[tuple[object, ...]]:
    for index, f in enumerate(findings):
        params = json.dumps(dict(f.params), ensure_ascii=False)
        yield number, index, f.code, f.severity, f.project, f.field, f.sheet, f.cell, f.value, f.status, params


def form_row(form: IssuedForm) -> FormRow:
    """The row of ``forms``."""
    i = form.identity
    content = {
        "values": _known_to_json(form.values),
        "projects": form.projects,
        "kpis": form.kpis,
        "closed": sorted(form.closed),
        "orders": form.orders,
        "layout": form.layout,
        "texts": form.texts,
        "updates": {
            code: {key: encode(value) if value is not None else None for key, value in before.items()}
            for code, before in form.updates.items()
        },
        "units": form.units,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    numbers = int(i.fiscal_year), int(i.quarter)
    head = i.form_id, i.kind, int(i.based_on_version), i.form_version, i.unit, *numbers, i.issued_at
    return *head, form.register_version, form.path, text


def form_from_row(row: sqlite3.Row) -> IssuedForm:
    content = json.loads(row["content"])
    return IssuedForm(
        Identity(*(str(row[name]) for name in Identity._fields)),
        row["register_version"],
        row["path"],
        _known_from_json(content["values"]),
        tuple(content["projects"]),
        tuple(content["kpis"]),
        frozenset(content["closed"]),
        tuple(content.get("orders", ())),
        row["withdrawn_at"],
        content.get("layout", ""),
        tuple(content.get("texts", ())),
        {
            code: {key: decode(*pair) if pair else None for key, pair in before.items()}
            for code, before in content.get("updates", {}).items()
        },
        tuple(content.get("units", ())),
    )


def _known_to_json(known: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, list[str]]]:
    return {code: {key: encode(value) for key, value in values.items()} for code, values in known.items()}


def _known_from_json(coded: dict[str, dict[str, list[str]]]) -> Known:
    return {code: {key: decode(*pair) for key, pair in values.items()} for code, values in coded.items()}


def entries_from_rows(rows: Iterable[sqlite3.Row]) -> dict[str, Entry]:
    """Entries by code, from rows of ``answers``."""
    return {
        row["code"]: Entry(
            row["sheet"], {key: decode_answer(coded) for key, coded in json.loads(row["answers"]).items()}
        )
        for row in rows
    }


def finding_from_row(row: sqlite3.Row) -> Finding:
    return Finding(
        code=row["code"],
        severity=Severity(row["severity"]),
        project=row["project"],
        field=row["field"],
        sheet=row["sheet"],
        cell=row["cell"],
        value=row["value"],
        status=FindingStatus(row["status"]),
        params=json.loads(row["params"]),
    )
