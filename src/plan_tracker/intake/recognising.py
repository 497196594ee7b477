"""Which form a workbook is, by what it says of itself, and what the checks have to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.parsing.reading import CASE
from plan_tracker.checking.submission import Submission
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.identity import Identity, is_signed, read_identity
from plan_tracker.forms.definition.names import CORRECTION
from plan_tracker.forms.definition.versions import form_version
from plan_tracker.forms.layout import Layout
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.intake.guessing import guess_form
from plan_tracker.intake.outcome import FileResult
from plan_tracker.intake.plan_ground import PlanGround
from plan_tracker.intake.sorting import Sorter
from plan_tracker.merging.past_answers import PastAnswers, last_quarter
from plan_tracker.register import Kpi, Project, Register
from plan_tracker.store import IssuedForm
from plan_tracker.values import Value


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file whose bytes are here and have not been kept before."""

    path: Path
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is a return, on its way through the checks."""

    path: Path
    sha256: str
    content: bytes
    form: IssuedForm
    submission: Submission
    notices: list[Finding] = field(default_factory=list)


class Recogniser:
    """Knows the forms that have been issued; each thing is looked up in the store once."""

    def __init__(self, sorter: Sorter) -> None:
        self.sorter, self.store = sorter, sorter.store
        self.keys = self.store.log.known_keys()
        self.newest_forms: dict[Period, dict[str, str]] = {}
        self.past = PastAnswers(self.store)
        self.plans = PlanGround(self.store, self.past)
        self.registers: dict[int, Register | None] = {}
        self.closed_by: dict[Period, Period | None] = {}
        self.layouts: dict[str, Layout | None] = {}

    def recognise(self, candidate: Candidate, book: RawBook | Refusal) -> FileResult | Arrival:
        """A return for the checks, or what became of a file that is none."""
        path, reject = candidate.path, self.sorter.reject
        if isinstance(book, Refusal):
            if book.code == "FILE-BUSY":
                return self.sorter.leave(path, book.params["reason"])
            return reject(path, book.code, dict(book.params))
        identity = read_identity(book.said)
        if identity is None:
            return self._unknown(path, book)
        period, unit = identity.period, identity.unit
        refusal = self._refusal(book, identity)
        if refusal:
            return reject(path, *refusal, unit, period)
        form = self.store.form(identity.form_id)
        if form is None:
            return reject(path, "FORM-PERIOD", {"period": period.title}, unit, period)
        if form.withdrawn_at:
            return reject(path, "FORM-PERIOD", {"period": period.title, CASE: "withdrawn"}, unit, period)
        submission = self._submission(book, form, period)
        arrival = Arrival(path, candidate.sha256, candidate.content, form, submission)
        if self._newest_form(unit, period) != identity.form_id:
            arrival.notices.append(Finding("FORM-OLDER", Severity.NOTICE))
        return arrival

    def _unknown(self, path: Path, book: RawBook) -> FileResult:
        """A workbook without our identity: no form of ours, or what was copied out of one, as far as it shows that."""
        guess = guess_form(self.store, book.texts) if book.texts else None
        if guess is None:
            return self.sorter.reject(path, "FORM-UNKNOWN", {})
        unit, period = guess
        said = {CASE: "copied", "unit": unit.name, "period": period.title}
        return self.sorter.reject(path, "FORM-UNKNOWN", said, unit.code, period)

    def _refusal(self, book: RawBook, identity: Identity) -> tuple[str, dict[str, str]] | None:
        """Why a form of ours can't be taken in, whatever stands in it: a finding's code and parameters."""
        period, unit = identity.period, identity.unit
        if not is_signed(book.said, self.keys):
            return "FORM-FORGED", {}
        if form_version(identity.form_version) is None:
            return "FORM-VERSION", {"version": identity.form_version}
        register = self._register(period.fiscal_year)
        if register is None or self.past.lineage.now(unit) not in register.unit_by_code:
            return "FORM-UNIT", {"unit": unit}
        if period not in self.closed_by:
            self.closed_by[period] = self.store.reviews.closed_by(period)
        report = self.closed_by[period]
        return None if report is None else ("FORM-PERIOD", {"period": period.title, "closed_by": report.typed})

    def _submission(self, book: RawBook, form: IssuedForm, period: Period) -> Submission:
        return Submission(
            period.quarter,
            book.projects,
            book.kpis,
            form.projects,
            form.kpis,
            form.values,
            self._register_facts(form),
            form.closed,
            last_quarter(self.past, form.projects, period),
            book.orders,
            form.orders,
            form.version,
            book.units,
            form.units,
            form.identity.kind == CORRECTION,
            book.loose,
            self._layout(form.layout),
            form.texts,
            self.plans.of(form),
            self._owners(book, form),
        )

    def _owners(self, book: RawBook, form: IssuedForm) -> dict[str, tuple[str, str]]:
        """The unit and the name of each project or KPI on the sheets that this form did not ask for."""
        came = (*book.projects, *book.kpis)
        alien = [code for code in came if code not in form.projects and code not in form.kpis]
        register = self._register(form.identity.period.fiscal_year) if alien else None
        if register is None:
            return {}
        known: dict[str, Project | Kpi] = {**register.project_by_code, **register.kpi_by_code}
        units = register.unit_by_code
        return {
            code: (units[known[code].unit].name, known[code].name)
            for code in alien
            if code in known and known[code].unit in units and known[code].unit != form.identity.unit
        }

    def _register(self, fiscal_year: int) -> Register | None:
        if fiscal_year not in self.registers:
            self.registers[fiscal_year] = self.store.register(fiscal_year=fiscal_year)
        return self.registers[fiscal_year]

    def _layout(self, number: str) -> Layout | None:
        if number not in self.layouts:
            self.layouts[number] = self.store.layouts.find(number)
        return self.layouts[number]

    def _newest_form(self, unit: str, period: Period) -> str:
        if period not in self.newest_forms:
            self.newest_forms[period] = self.store.newest_form_ids(period)
        return self.newest_forms[period].get(unit, "")

    def _register_facts(self, form: IssuedForm) -> dict[str, Mapping[str, Value]]:
        """What the register said of the form's projects when it was issued."""
        register = self.store.register(form.register_version)
        assert register is not None
        return {code: register.project_by_code[code].known for code in form.projects}
