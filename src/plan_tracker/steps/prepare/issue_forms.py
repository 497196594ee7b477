"""Steps 2–3 of the manual: a form and a request letter for every unit (R2–R5).

Reads the register and earlier answers that count from the store; writes ``outbox/…/forms`` and ``letters``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.atomic import write_bytes
from plan_tracker.checking.live import with_checks
from plan_tracker.documents.letters import write_request
from plan_tracker.drafting.as_issued import as_issued
from plan_tracker.drafting.drafts import LetterDrafts, keep_edited
from plan_tracker.drafting.unit_page import lay_unit_page, unit_page, unit_page_ready
from plan_tracker.due import return_due
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period, spoken_date
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.identity import Identity, new_identity
from plan_tracker.forms.definition.workbook.names import ISSUE
from plan_tracker.forms.writing.build import FormTask, made_form, writer_of
from plan_tracker.forms.writing.content import Content, Part, cover_texts, shown_texts
from plan_tracker.forms.writing.office_template import OfficeTemplate, read_template
from plan_tracker.forms.writing.prefill import (
    Carry,
    Told,
    prefill_kpi,
    prefill_order,
    prefill_project,
    prefill_unit,
)
from plan_tracker.i18n import _
from plan_tracker.intake.return_plans import ReturnPlans
from plan_tracker.merging.computed_kpis import computed_kpis
from plan_tracker.merging.past_answers import PastAnswer, PastAnswers, last_quarter
from plan_tracker.progress import counted
from plan_tracker.register import Project, Register, Unit
from plan_tracker.steps.prepare.register import is_newer_than_loaded
from plan_tracker.store import IssuedForm, Store
from plan_tracker.store.database.packed_rows import PackedRows
from plan_tracker.store.event_names import EventName
from plan_tracker.store.records import form_row
from plan_tracker.values import Value
from plan_tracker.workers import workers
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Issued:
    """One unit's form and letter, by their paths in the workspace."""

    unit: str
    path: str
    letter: str
    projects: int
    kpis: int


@dataclass(frozen=True, slots=True)
class IssuedForms:
    """What has been issued; ``register_changed``: the workbook is another than the one that was loaded.

    ``kept``: forms that an officer had edited, and that lie beside the new ones now.
    ``taking_over``: the units that were not named and got a form since they have taken over what others were asked for.
    ``asked_before``: the units whose request has gone out under a number; the new letter to them is one more.
    ``how_to``: the page for units on how to fill a form in, as DOCX and, where LibreOffice is, as PDF.
    """

    forms: Sequence[Issued]
    register_changed: bool
    kept: Sequence[str] = ()
    taking_over: Sequence[str] = ()
    how_to: Sequence[str] = ()
    asked_before: Sequence[str] = ()


def issue_forms(
    workspace: Workspace,
    store: Store,
    period: Period,
    units: Sequence[str] = (),
    *,
    early: bool = False,
    dry_run: bool = False,
) -> IssuedForms:
    """Issues the quarter's forms to ``units`` (all that have something to report, where empty).

    ``OrderError`` for a quarter that is closed, and for one that has not begun unless ``early``.
    """
    register = store.register_for(period)
    _check_time(workspace, store, period, early=early)
    named = _chosen(register, units)
    taking_over = _taking_over(store, register, period, named) if units else []
    chosen = [unit for unit in register.reporting_units() if unit in named or unit in taking_over]
    folders = ("forms", "letters")
    forms, drafts = workspace.root / "outbox" / str(period) / "forms", LetterDrafts(workspace, store, period)
    issued = []
    for unit in chosen:
        form = workspace.relative(forms / f"{period}-{unit.code}.xlsx")
        letter = drafts.path("L1", unit.code)
        counts = len(register.projects_by_unit.get(unit.code, ())), len(register.kpis_by_unit.get(unit.code, ()))
        issued.append(Issued(unit.code, form, letter, *counts))
    asked = {letter.unit for letter in store.letters.all(period) if letter.kind == "L1" and letter.is_sent}
    kept: list[str] = []
    how_to = [unit_page(workspace, period)]
    if not dry_run:
        for folder in folders:
            workspace.outbox(period, folder)
        with unit_page_ready(workspace, store, period) as page:
            kept = [path for item in issued if (path := keep_edited(workspace, store, workspace.root / item.path))]
            _write(workspace, store, register, period, issued)
            how_to = lay_unit_page(workspace, store, period, page)
    also = [unit.code for unit in taking_over]
    again = [item.unit for item in issued if item.unit in asked]
    return IssuedForms(issued, is_newer_than_loaded(workspace, store), kept, also, how_to, again)


def _check_time(workspace: Workspace, store: Store, period: Period, *, early: bool) -> None:
    """A form that nobody may return any more, or that is about days to come, would only mislead."""
    closed_by = store.reviews.closed_by(period)
    if closed_by is not None:
        raise OrderError(
            _("{period} is closed: its report may be published.").format(period=period.spoken),
            _("To open it again: plantrack review reopen {name} --because TEXT").format(name=closed_by.typed),
        )
    if not early and workspace.today < period.first_day:
        raise OrderError(
            _("{period} begins on {day}; its forms would ask about days to come.").format(
                period=period.spoken, day=spoken_date(period.first_day, in_full=True)
            ),
            _("To issue them all the same: plantrack issue-forms {name} --early").format(name=period.typed),
        )


def _chosen(register: Register, codes: Sequence[str]) -> list[Unit]:
    reporting = register.reporting_units()
    known = {unit.code.upper() for unit in reporting}
    for code in codes:
        if code.upper() not in known:
            raise UsageError(
                _("Unit {code} has no project and no KPI in the register.").format(code=code),
                _("Units that report: {codes}").format(codes=" ".join(sorted(known))),
            )
    wanted = {code.upper() for code in codes}
    return [unit for unit in reporting if not wanted or unit.code.upper() in wanted]


def _taking_over(store: Store, register: Register, period: Period, named: Sequence[Unit]) -> list[Unit]:
    """The units that have what those ``named`` were asked for in the quarter, and that no form has asked for it yet.

    Without a form to them nobody would be asked for it any more.
    """
    asked, lineage = store.answers.asked(period, orders=False), store.lineage(register.version)
    left = {lineage.now(code) for unit in named for own in lineage.back(unit.code) for code in asked.get(own, ())}
    found = []
    for unit in register.reporting_units():
        owned = [*register.projects_by_unit.get(unit.code, ()), *register.kpis_by_unit.get(unit.code, ())]
        if unit not in named and any(one.code in left and one.code not in asked.get(unit.code, ()) for one in owned):
            found.append(unit)
    return found


def _write(workspace: Workspace, store: Store, register: Register, period: Period, issued: Sequence[Issued]) -> None:
    drafts = LetterDrafts(workspace, store, period)
    making = _Making(workspace, store, register, period, read_template(workspace.template("xlsx", "form.xlsx")))
    rows = PackedRows()
    written: dict[str, str] = {}
    due = return_due(workspace.config, period)
    for item, record, form in counted(_("Forms written"), making.each(issued), len(issued)):
        aside = store.placing.aside(item.path)
        write_bytes(aside, form)
        unit = register.unit_by_code[item.unit]
        write_request(workspace, register, unit, period, due, aside.name, drafts.aside(item.letter))
        rows.append(form_row(record))
        written[item.path] = hashlib.sha256(form).hexdigest()
    with store.transaction():
        store.layouts.add(making.layout)
        store.add_forms(rows)
        for path, sha256 in written.items():
            store.set_written(path, sha256)
        for item in issued:
            store.placing.place(item.path)
            drafts.note("L1", item.unit, item.letter)
        units = " ".join(item.unit for item in issued)
        store.add_event(workspace.timestamp(), EventName.ISSUE_FORMS, period=str(period), units=units)


class _Making:
    """What the forms of a quarter are made from. Writes nothing."""

    def __init__(
        self, workspace: Workspace, store: Store, register: Register, period: Period, template: OfficeTemplate
    ) -> None:
        self._workspace, self._store, self._register, self._period = workspace, store, register, period
        self._template, self.layout = template, writer_of(template).layout
        self._key, self._past = store.log.require_key(), PastAnswers(store)
        self._plans = ReturnPlans(store, self._past)
        self._records: dict[str, IssuedForm] = {}

    def each(self, issued: Sequence[Issued]) -> Iterator[tuple[Issued, IssuedForm, bytes]]:
        """Each form in turn, with what is to be known of it when it comes back."""
        with workers(len(issued), self._workspace.config.work.cluster) as crew:
            forms = crew.each(made_form, map(self._task, issued))
            for item, (task, form) in zip(issued, forms, strict=True):
                texts = shown_texts(task.content, CURRENT)
                yield item, self._records.pop(item.unit)._replace(layout=self.layout.id, texts=texts), form

    def _task(self, item: Issued) -> FormTask:
        store, past, register = self._store, self._past, self._register
        identity = new_identity(ISSUE, CURRENT.number, item.unit, self._period, self._workspace.timestamp())
        content = _content(self._workspace, store, register, past, register.unit_by_code[item.unit], identity)
        self._records[item.unit] = record = as_issued(content, register.version, item.path)
        content = with_checks(content, CURRENT, register, self._plans.of(record), computed_kpis(store, past, record))
        return FormTask(self._template, content, identity.rows(self._key))


def _content(
    workspace: Workspace, store: Store, register: Register, past: PastAnswers, unit: Unit, identity: Identity
) -> Content:
    """What is known of a unit's projects, KPIs, orders and contact before it opens the form."""
    period = identity.period
    own, kpis = register.projects_by_unit.get(unit.code, ()), register.kpis_by_unit.get(unit.code, ())
    codes = [*(project.code for project in own), unit.code]
    carry = _carry(past, unit.code, codes, period)
    last = last_quarter(past, [*codes, *(kpi.code for kpi in kpis)], period)
    orders = store.orders.open_of(past.lineage.back(unit.code))
    return Content(
        identity,
        cover_texts(workspace.config, unit, period, return_due(workspace.config, period)),
        [_project_part(register, project, carry, last) for project in own],
        [Part(k.code, k.name, prefill_kpi(k, period.quarter), last=last.get(k.code, {})) for k in kpis],
        [Part(o.code, o.text, prefill_order(o.code, o.text, o.day, o.due)) for o in orders],
        Part(unit.code, unit.name, prefill_unit(unit.code, codes[:-1], carry)),
    )


def _project_part(register: Register, project: Project, carry: Carry, last: Mapping[str, Mapping[str, Value]]) -> Part:
    values, updates = prefill_project(register, project, carry)
    return Part(
        project.code,
        project.name,
        values,
        closed=carry.is_closed(project.code),
        updates=updates,
        last=last.get(project.code, {}),
    )


def _carry(past: PastAnswers, unit: str, codes: Sequence[str], period: Period) -> Carry:
    """What is known of the projects ``codes`` of a unit, whatever unit and code they went under then."""
    earlier = [Period(period.fiscal_year, quarter) for quarter in range(1, period.quarter)]
    units = past.lineage.back(unit)

    def told(answers: Mapping[str, PastAnswer]) -> dict[str, Told]:
        return {
            code: Told(one.values, past.register_then(one), one.units.issubset(units)) for code, one in answers.items()
        }

    return Carry(told(past.newest(codes, earlier)), told(past.of(codes, Period(period.fiscal_year - 1, 4))))
