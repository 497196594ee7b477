"""Takes returned files in, a batch at a time: recognises, checks, keeps or rejects each.

Reading is file by file; checking is done over the whole batch as tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plan_tracker.checking.catalogue import CATALOGUE
from plan_tracker.checking.check import check_submissions
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.submission import Checked, Submission
from plan_tracker.fiscal import Period
from plan_tracker.forms.identity import Identity, is_signed, read_identity, signing_key
from plan_tracker.forms.names import FORM_VERSION, ISSUE
from plan_tracker.forms.package import Limits
from plan_tracker.forms.raw import Refusal
from plan_tracker.forms.read import RawBook
from plan_tracker.intake.containers import UnpackError, unpack
from plan_tracker.intake.files import keep_container, keep_original, reject
from plan_tracker.intake.outcome import ACCEPTED, DUPLICATE, INCOMPLETE, REJECTED, FileResult
from plan_tracker.store import IssuedForm, Kept, Store
from plan_tracker.values import Value
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file whose bytes are here and have not been kept before."""

    path: Path
    sha256: str
    content: bytes


@dataclass(slots=True)
class _Arrival:
    """A file that is a return, on its way through the checks."""

    path: Path
    sha256: str
    content: bytes
    form: IssuedForm
    submission: Submission
    notices: list[Finding] = field(default_factory=list)


ReadAll = Callable[[Sequence[bytes], Limits], Iterable[RawBook | Refusal]]


class Batch:
    """Takes files in: each is read by itself, then all of a batch are checked together."""

    def __init__(self, workspace: Workspace, store: Store, *, dry_run: bool, read_all: ReadAll) -> None:
        self.workspace, self.store, self.dry_run, self.read_all = workspace, store, dry_run, read_all
        limits = workspace.config.limits
        self.limits = Limits(limits.unpacked_mb * 10**6, limits.cells)
        self.key = signing_key(workspace.data)
        self.newest_forms: dict[Period, dict[str, str]] = {}
        self.last: dict[Period, dict[str, Kept]] = {}
        self.closed_by: dict[Period, Period | None] = {}
        self.seen: dict[str, FileResult] = {}
        self.versions: dict[tuple[str, Period], int] = {}

    def take(self, paths: Sequence[Path]) -> list[FileResult]:
        """Takes in ``paths`` as one batch; gives their results in the same order."""
        admitted = [self._admit(path) for path in paths]
        candidates = [item for item in admitted if isinstance(item, _Candidate)]
        books = iter(self.read_all([candidate.content for candidate in candidates], self.limits))
        items = [self._recognise(item, next(books)) if isinstance(item, _Candidate) else item for item in admitted]
        arrivals = [item for item in items if isinstance(item, _Arrival)]
        checked = iter(check_submissions([arrival.submission for arrival in arrivals]) if arrivals else [])
        return [self._conclude(item, next(checked)) if isinstance(item, _Arrival) else item for item in items]

    def unpack(self, path: Path, folder: Path) -> tuple[list[Path], list[FileResult]]:
        """Lays what is inside a container into ``folder``; a result only where that can't be done."""
        try:
            inside = unpack(path, folder, self.limits.unpacked)
        except UnpackError as error:
            limit = {"limit": f"{self.workspace.config.limits.unpacked_mb} MB", "reason": path.suffix}
            return [], [self._reject(path, error.code, limit)]
        if not self.dry_run:
            kept = keep_container(self.workspace.containers, path)
            self._log("unpacked", path, "", None, kept_at=self.workspace.relative(kept))
        return inside, []

    def _admit(self, path: Path) -> FileResult | _Candidate:
        """Takes a file's bytes, unless it is too large or has been kept already."""
        if path.stat().st_size > self.workspace.config.limits.file_mb * 10**6:
            limit = {"limit": f"{self.workspace.config.limits.file_mb} MB"}
            return self._reject(path, "FILE-TOO-LARGE", limit)
        try:
            content = path.read_bytes()
        except OSError as error:  # open in another program: it stays, and is tried again next time
            finding = Finding("FILE-UNREADABLE", Severity.REJECTED, params={"reason": error.strerror or str(error)})
            return FileResult(path.name, REJECTED, findings=(finding,))
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.store.kept_with_bytes(sha256)
        if kept:
            return self._repeat(path, sha256, FileResult(path.name, DUPLICATE, kept.unit, kept.period, kept.version))
        return _Candidate(path, sha256, content)

    def _recognise(self, candidate: _Candidate, book: RawBook | Refusal) -> FileResult | _Arrival:
        """Which form a workbook is, by what it says of itself."""
        path = candidate.path
        if isinstance(book, Refusal):
            return self._reject(path, book.code, dict(book.params))
        if candidate.sha256 in self.seen:
            return self._repeat(path, candidate.sha256, self.seen[candidate.sha256])
        identity = read_identity(book.said)
        if identity is None:
            return self._reject(path, "FORM-UNKNOWN", {})
        period, unit = identity.period, identity.unit
        refusal = self._refusal(book, identity)
        if refusal:
            return self._reject(path, *refusal, unit, period)
        form = self.store.form(identity.form_id)
        if form is None:
            return self._reject(path, "FORM-PERIOD", {"period": period.title}, unit, period)
        submission = Submission(
            period.quarter,
            book.projects,
            book.kpis,
            form.projects,
            form.kpis,
            form.values,
            self._register_facts(form),
            form.closed,
            self._last_quarter(unit, period),
            book.orders,
            form.orders,
        )
        self.seen[candidate.sha256] = FileResult(path.name, DUPLICATE, unit, period)
        arrival = _Arrival(path, candidate.sha256, candidate.content, form, submission)
        if self._newest_form(unit, period) != identity.form_id:
            arrival.notices.append(Finding("FORM-OLDER", Severity.NOTICE))
        return arrival

    def _refusal(self, book: RawBook, identity: Identity) -> tuple[str, dict[str, str]] | None:
        """Why a form of ours can't be taken in, whatever stands in it: a finding's code and parameters."""
        period, unit = identity.period, identity.unit
        if not is_signed(book.said, self.key):
            return "FORM-FORGED", {}
        if identity.form_version != FORM_VERSION:
            return "FORM-VERSION", {"version": identity.form_version}
        register = self.store.register(fiscal_year=period.fiscal_year)
        if register is None or unit not in register.unit_by_code:
            return "FORM-UNIT", {"unit": unit}
        if period not in self.closed_by:
            self.closed_by[period] = self.store.reviews.closed_by(period)
        report = self.closed_by[period]
        if report is not None:
            return "FORM-PERIOD", {"period": period.title, "closed_by": report.name}
        return None

    def _conclude(self, arrival: _Arrival, checked: Checked) -> FileResult:
        """Keeps a checked return, or rejects one that nobody has filled in."""
        identity = arrival.form.identity
        unit, period = identity.unit, identity.period
        if checked.is_blank and (identity.kind == ISSUE or not checked.is_clean):
            return self._reject(arrival.path, "FORM-BLANK", {}, unit, period)
        version = self.versions.get((unit, period), self.store.next_version(unit, period) - 1) + 1
        self.versions[unit, period] = version
        findings = [*arrival.notices, *checked.findings]
        outcome = ACCEPTED if checked.is_clean else INCOMPLETE
        if not self.dry_run:
            self._keep(arrival, checked, version, outcome, findings)
        return FileResult(arrival.path.name, outcome, unit, period, version, findings)

    def _keep(
        self, arrival: _Arrival, checked: Checked, version: int, outcome: str, findings: Sequence[Finding]
    ) -> None:
        identity = arrival.form.identity
        original = keep_original(self.workspace.originals, arrival.path.suffix, arrival.content, identity, version)
        kept = Kept(
            0,
            identity.unit,
            identity.period,
            version,
            identity.form_id,
            arrival.sha256,
            arrival.path.name,
            self.workspace.relative(original),
            self.workspace.timestamp(),
            outcome,
            checked.count(Severity.ERROR),
            checked.count(Severity.WARNING),
            "",
        )
        with self.store.transaction():
            self.store.add_return(kept, checked.entries, findings)
            self._log(outcome, arrival.path, identity.unit, identity.period, arrival.sha256, version=str(version))
        if arrival.path.read_bytes() == arrival.content:  # else it was saved again meanwhile, and is read next time
            arrival.path.unlink()

    def _reject(
        self, path: Path, code: str, params: dict[str, str], unit: str = "", period: Period | None = None
    ) -> FileResult:
        finding = Finding(code, CATALOGUE[code].severity, params=params)
        if not self.dry_run:
            moved = reject(path, self.workspace.rejected, finding)
            self._log(REJECTED, path, unit, period, because=code, moved_to=self.workspace.relative(moved))
        return FileResult(path.name, REJECTED, unit, period, findings=(finding,))

    def _repeat(self, path: Path, sha256: str, first: FileResult) -> FileResult:
        """The same bytes again: they are kept already, so the copy may go."""
        if not self.dry_run:
            self._log(DUPLICATE, path, first.unit, first.period, sha256)
            path.unlink()
        return FileResult(path.name, DUPLICATE, first.unit, first.period, first.version)

    def _log(
        self, outcome: str, path: Path, unit: str, period: Period | None, sha256: str = "", **details: str
    ) -> None:
        about = {"file": path.name, "unit": unit, "period": str(period or ""), "sha256": sha256} | details
        self.store.add_event(self.workspace.timestamp(), f"ingest: {outcome}", **about)

    def _newest_form(self, unit: str, period: Period) -> str:
        if period not in self.newest_forms:
            self.newest_forms[period] = self.store.newest_form_ids(period)
        return self.newest_forms[period].get(unit, "")

    def _register_facts(self, form: IssuedForm) -> dict[str, Mapping[str, Value]]:
        """What the register said of the form's projects when it was issued."""
        register = self.store.register(form.register_version)
        assert register is not None
        return {code: register.project_by_code[code].known for code in form.projects}

    def _last_quarter(self, unit: str, period: Period) -> dict[str, dict[str, Value]]:
        """The unit's clean answers of the quarter before, in the same fiscal year."""
        if period.quarter == 1:
            return {}
        before = Period(period.fiscal_year, period.quarter - 1)
        if before not in self.last:
            self.last[before] = self.store.newest_clean(before)
        kept = self.last[before].get(unit)
        return self.store.clean_answers(kept.id) if kept else {}
