"""Which form a workbook is, by what it says of itself, and what the checks have to know about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.parsing.reading import CASE
from plan_tracker.checking.submission import Submission
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import form_version
from plan_tracker.forms.definition.workbook.identity import Identity, is_signed, read_identity
from plan_tracker.forms.layout import Layout
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.intake.outcome import FileResult, Understood
from plan_tracker.intake.recognising.guessing import guess_form
from plan_tracker.intake.recognising.understanding import forms_of_others, understood_of
from plan_tracker.intake.return_plans import ReturnPlans
from plan_tracker.intake.sorting import Sorter
from plan_tracker.merging.computed_kpis import computed_kpis
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
    """A file that is a return, on its way through the checks; ``understood``: what of other units' is in it."""

    path: Path
    sha256: str
    content: bytes
    form: IssuedForm
    submission: Submission
    notices: list[Finding] = field(default_factory=list)
    understood: Sequence[Understood] = ()


class Recogniser:
    """Knows the forms that have been issued; each thing is looked up in the store once.

    ``read_copied`` reads a file as a copy of a form, whose bytes it is given.
    """

    def __init__(self, sorter: Sorter, read_copied: Callable[[Candidate, bytes], RawBook | Refusal]) -> None:
        self.sorter, self.store, self.read_copied = sorter, sorter.store, read_copied
        self.keys = self.store.log.known_keys()
        self.newest_forms: dict[Period, dict[str, str]] = {}
        self.past = PastAnswers(self.store)
        self.plans = ReturnPlans(self.store, self.past)
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
            return self._unknown(candidate, book)
        period, unit = identity.period, identity.unit
        refusal = self._refusal(book, identity)
        if refusal:
            return reject(path, *refusal, unit, period)
        form = self.store.form(identity.form_id)
        if form is None:
            return reject(path, "FORM-PERIOD", {"period": period.title}, unit, period)
        if form.withdrawn_at:
            return reject(path, "FORM-PERIOD", {"period": period.title, CASE: "withdrawn"}, unit, period)
        others = self._of_others(book, form)
        offered = frozenset(code for one in others for code in one.entries)
        submission = replace(self._submission(book, form), offered=offered)
        arrival = Arrival(path, candidate.sha256, candidate.content, form, submission, understood=others)
        if self._newest_form(unit, period) != identity.form_id:
            arrival.notices.append(Finding("FORM-OLDER", Severity.NOTICE))
        return arrival

    def _unknown(self, candidate: Candidate, book: RawBook) -> FileResult:
        """A workbook without our identity: no form of ours, or what was copied out of one, as far as it shows that."""
        guess = guess_form(self.store, book.texts) if book.texts else None
        if guess is None:
            return self.sorter.reject(candidate.path, "FORM-UNKNOWN", {})
        unit, period = guess
        form = self.store.issued_form(unit.code, period)
        understood = self._understood_copy(candidate, form) if form else None
        said = {CASE: "offered" if understood else "copied", "unit": unit.name, "period": period.title}
        result = self.sorter.reject(candidate.path, "FORM-UNKNOWN", said, unit.code, period)
        return replace(result, understood=(understood,) if understood else ())

    def _understood_copy(self, candidate: Candidate, form: IssuedForm) -> Understood | None:
        """What a workbook shows of ``form`` that it was copied from, if that lies there still."""
        issued = self.sorter.workspace.root / form.path
        book = self.read_copied(candidate, issued.read_bytes()) if issued.is_file() else None
        if not isinstance(book, RawBook) or not book.entries():
            return None
        return understood_of(self.store, form, self._submission(book, form))

    def _of_others(self, book: RawBook, form: IssuedForm) -> list[Understood]:
        """What sheets in a form say for other units, which have not answered it yet."""
        alien, period = self._owning(book, form), form.identity.period
        found = []
        for theirs in forms_of_others(self.store, book, period, alien.values()):
            own = {code for code, unit in alien.items() if unit == theirs.identity.unit}
            part = RawBook(
                book.said,
                {code: entry for code, entry in book.units.items() if code == theirs.identity.unit},
                {code: entry for code, entry in book.projects.items() if code in own},
                {code: entry for code, entry in book.kpis.items() if code in own},
                {},
            )
            understood = understood_of(self.store, theirs, self._submission(part, theirs))
            found += [understood] if understood else []
        return found

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

    def _submission(self, book: RawBook, form: IssuedForm) -> Submission:
        period = form.identity.period
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
            form.corrects,
            book.loose,
            self._layout(form.layout),
            form.texts,
            self.plans.of(form),
            self._owners(book, form),
            computed=computed_kpis(self.store, self.past, form),
        )

    def _owners(self, book: RawBook, form: IssuedForm) -> dict[str, tuple[str, str]]:
        """The unit and the name of each project or KPI on the sheets that this form did not ask for."""
        owning = self._owning(book, form)
        register = self._register(form.identity.period.fiscal_year) if owning else None
        if register is None:
            return {}
        known: dict[str, Project | Kpi] = {**register.project_by_code, **register.kpi_by_code}
        return {code: (register.unit_by_code[unit].name, known[code].name) for code, unit in owning.items()}

    def _owning(self, book: RawBook, form: IssuedForm) -> dict[str, str]:
        """The codes of other units' projects and KPIs on the sheets that this form did not ask for, with the unit's."""
        came = (*book.projects, *book.kpis)
        alien = [code for code in came if code not in form.projects and code not in form.kpis]
        register = self._register(form.identity.period.fiscal_year) if alien else None
        if register is None:
            return {}
        known: dict[str, Project | Kpi] = {**register.project_by_code, **register.kpi_by_code}
        owners = {code: known[code].unit for code in alien if code in known}
        own = form.identity.unit
        return {code: unit for code, unit in owners.items() if unit in register.unit_by_code and unit != own}

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
