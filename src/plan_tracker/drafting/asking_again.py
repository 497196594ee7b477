"""What goes into a form that asks again for a part of one that was issued, filled with what was said.

Reads the store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.checking.catalogue import note_of, words
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.live import with_checks
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.workbook.identity import Identity
from plan_tracker.forms.writing.content import Content, Mark, Part, Update
from plan_tracker.forms.writing.prefill import spread_lists
from plan_tracker.intake.return_plans import ReturnPlans
from plan_tracker.merging.computed_kpis import computed_kpis
from plan_tracker.merging.past_answers import PastAnswers, last_quarter
from plan_tracker.register import Register
from plan_tracker.store import IssuedForm, Store
from plan_tracker.values import Entry, Value


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What is asked again: the ``codes``, what was said of them (``entries``, by code), and what is wrong with it."""

    codes: Collection[str]
    entries: Mapping[str, Entry]
    findings: Sequence[Finding]


class AskingAgain:
    """Fills such forms; earlier answers and plans are looked up once for all of them."""

    def __init__(self, store: Store) -> None:
        self._store, self._past = store, PastAnswers(store)
        self._plans = ReturnPlans(store, self._past)

    def content(
        self, register: Register, form: IssuedForm, identity: Identity, texts: Mapping[str, str], said: AskedAgain
    ) -> Content:
        """The part of ``form`` that asks for what was ``said``, filled with it, faults marked; the rest as issued."""
        last = last_quarter(self._past, said.codes, identity.period)
        asked = (form.units, form.projects, form.kpis, form.orders)
        units, projects, kpis, orders = (
            [_part(of, register, form, code, said, last.get(code, {})) for code in codes if code in said.codes]
            for of, codes in zip(form.version.forms, asked, strict=True)
        )
        content = Content(identity, texts, projects, kpis, orders, units[0] if units else None)
        computed = computed_kpis(self._store, self._past, form)
        return with_checks(content, form.version, register, self._plans.of(form), computed)


def _part(
    of: Form, register: Register, form: IssuedForm, code: str, said: AskedAgain, last: Mapping[str, Value]
) -> Part:
    entry = said.entries.get(code)
    return Part(
        code,
        _name(register, form, code),
        _typed(of, form, code, entry),
        _marks(of, said.findings, code),
        code in form.closed,
        updates=_updates(form, code),
        last=last,
        unread=_unread(of, said.findings, code, entry),
    )


def _name(register: Register, form: IssuedForm, code: str) -> str:
    if code in form.orders:
        return str(form.values[code]["o.text"])
    known = register.project_by_code.get(code) or register.kpi_by_code.get(code)
    return known.name if known else register.unit_by_code[code].name


def _typed(form: Form, issued: IssuedForm, code: str, entry: Entry | None) -> dict[str, Value]:
    """What the unit typed: read where it could be, else as it stands. Locked facts as they were issued."""
    before = issued.values.get(code, {})
    if entry is None:
        return dict(before)
    values: dict[str, Value] = {key: value for key, value in before.items() if key not in form.inputs}
    for key, answer in entry.answers.items():
        if key not in form.inputs:
            continue  # it came on a form of another version, which this one does not ask
        values[key] = answer.typed if answer.value is None else answer.value
    unread = {key for key, answer in entry.answers.items() if answer.value is None}
    return spread_lists(form, {key: value for key, value in values.items() if key in form.fields}, unread)


def _unread(form: Form, findings: Sequence[Finding], code: str, entry: Entry | None) -> dict[str, str]:
    """The fields in which something stands that could not be read, each with the code that says so."""
    answers = entry.answers if entry else {}
    told = {found.field: found.code for found in findings if found.project == code}
    unread = (key for key, answer in answers.items() if answer.value is None and key in form.inputs)
    return {key: told.get(key, "") for key in unread}


def _updates(form: IssuedForm, code: str) -> dict[str, Update]:
    """What the register had changed when the form went out, as it was marked there."""
    now = form.values.get(code, {})
    return {key: Update(before, now[key]) for key, before in form.updates.get(code, {}).items() if key in now}


def _marks(form: Form, findings: Sequence[Finding], code: str) -> dict[str, Mark]:
    """What is wrong with each field of one project or KPI, in the unit's language."""
    marks: dict[str, Mark] = {}
    for finding in findings:
        if finding.project == code and finding.field in form.fields:
            said = words(finding, "th")
            text = f"{said.message} {said.fix}" + (f" เช่น {said.example}" if said.example else "")
            before = marks.get(finding.field)
            note = note_of(finding.field) if finding.severity is Severity.WARNING else ""
            marks[finding.field] = (
                Mark(f"{before.message}\n{text}", before.note and note) if before else Mark(text, note)
            )
    return marks
