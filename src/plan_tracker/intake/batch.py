"""Takes returned files in, a batch at a time: recognises, checks, keeps or rejects each.

Reading is file by file; checking is done over the whole batch as tables.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from plan_tracker.checking.catalogue import CATALOGUE
from plan_tracker.checking.check import check_submissions
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.submission import Checked, Submission
from plan_tracker.fiscal import Period
from plan_tracker.forms.identity import Identity, is_signed, read_identity, signing_key
from plan_tracker.forms.names import FORM_VERSION, ISSUE
from plan_tracker.forms.raw import Refusal
from plan_tracker.forms.read import RawBook
from plan_tracker.i18n import _
from plan_tracker.intake.containers import UnpackError, is_container, is_outlook, suffix_of
from plan_tracker.intake.faults import note_fault
from plan_tracker.intake.files import (
    fitting,
    has_bytes,
    keep_container,
    keep_original,
    reject,
    restore_original,
    say_why,
    shown_name,
)
from plan_tracker.intake.laying import container_of, lay_down
from plan_tracker.intake.outcome import ACCEPTED, DUPLICATE, INCOMPLETE, REJECTED, WAITING, FileResult
from plan_tracker.intake.readers import ReadAll, reading_limits
from plan_tracker.register import Register
from plan_tracker.store import IssuedForm, Kept, Store
from plan_tracker.values import Value, writable
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file whose bytes are here and have not been kept before."""

    path: Path
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Twin:
    """The same bytes as those of an earlier file of the batch."""

    path: Path
    sha256: str


@dataclass(slots=True)
class _Arrival:
    """A file that is a return, on its way through the checks."""

    path: Path
    sha256: str
    content: bytes
    form: IssuedForm
    submission: Submission
    notices: list[Finding] = field(default_factory=list)


T = TypeVar("T")


class Batch:
    """Takes files in: each is read by itself, then all of a batch are checked together."""

    def __init__(self, workspace: Workspace, store: Store, *, dry_run: bool, read_all: ReadAll) -> None:
        self.workspace, self.store, self.dry_run, self.read_all = workspace, store, dry_run, read_all
        self.limits = reading_limits(workspace.config)
        self.key = signing_key(workspace.data)
        self.newest_forms: dict[Period, dict[str, str]] = {}
        self.last: dict[Period, dict[str, Kept]] = {}
        self.done: dict[str, FileResult] = {}
        self.registers: dict[int, Register | None] = {}
        self.closed_by: dict[Period, Period | None] = {}
        self.versions: dict[tuple[str, Period], int] = {}

    def take(self, paths: Sequence[Path]) -> list[FileResult]:
        """Takes in ``paths`` as one batch; gives their results in the same order."""
        admitted = self._without_twins([self._trapped(path, partial(self._admit, path)) for path in paths])
        candidates = [item for item in admitted if isinstance(item, _Candidate)]
        books = iter(self._read([candidate.content for candidate in candidates]))
        items = [self._next(item, books) if isinstance(item, _Candidate) else item for item in admitted]
        arrivals = [item for item in items if isinstance(item, _Arrival)]
        checked = iter(self._check(arrivals))
        ended = [self._end(item, next(checked)) if isinstance(item, _Arrival) else item for item in items]
        return [
            self._trapped(item.path, partial(self._pair, item)) if isinstance(item, _Twin) else item for item in ended
        ]

    def unpack(self, path: Path, folder: Path) -> tuple[list[Path], list[FileResult]]:
        """Lays what is inside a container into ``folder``; a file that is none is given back as it is.

        Results are of what can't be taken out.
        """
        laid: list[Path] = []

        def lay() -> list[FileResult]:
            if not is_container(path):
                laid.append(path)
                return []
            try:
                inside, refused = lay_down(path, folder, self.limits.unpacked)
            except UnpackError as error:
                return [self._reject(path, error.code, self._of_container(path))]
            results = [self._refuse(path, member.name, member.code) for member in refused]
            if not self.dry_run:
                kept = keep_container(self.workspace.containers, path)
                self._log("unpacked", path, "", None, kept_at=self.workspace.relative(kept))
            laid.extend(inside)
            return results

        results = self._trapped(path, lay)
        return laid, [results] if isinstance(results, FileResult) else results

    def _of_container(self, path: Path) -> dict[str, str]:
        return {"limit": f"{self.workspace.config.limits.unpacked_mb} MB", "reason": path.suffix}

    def _refuse(self, container: Path, name: str, code: str) -> FileResult:
        """A member that can't be taken out: the container is kept, and its reason goes to the rejected."""
        finding = Finding(code, CATALOGUE[code].severity, params=self._of_container(container))
        if not self.dry_run:
            self.workspace.rejected.mkdir(parents=True, exist_ok=True)
            say_why(self.workspace.rejected / fitting(name), finding)
            self._log(REJECTED, Path(name), "", None, because=code, container=shown_name(container))
        return FileResult(name, REJECTED, findings=(finding,), container=shown_name(container))

    def _trapped(self, path: Path, work: Callable[[], T]) -> T | FileResult:
        """What ``work`` gives; a fault of one file's own is said of that file, and never stops the others."""
        try:
            return work()
        except OSError as error:  # open in another program, gone, not to be moved: tried again next time
            return self._waits(path, error.strerror or str(error))
        except sqlite3.OperationalError:  # the store can't be written: no file's fault
            raise
        except Exception as error:
            reason = f"{type(error).__name__}, {note_fault(self.workspace, path)}"
            try:
                return self._reject(path, "FILE-UNREADABLE", {"reason": reason})
            except OSError as left:
                return self._waits(path, left.strerror or str(left))

    def _waits(self, path: Path, reason: str) -> FileResult:
        finding = Finding("FILE-BUSY", CATALOGUE["FILE-BUSY"].severity, params={"reason": reason})
        return self._result(path, WAITING, findings=(finding,))

    def _admit(self, path: Path) -> FileResult | _Candidate:
        """Takes a file's bytes, unless it is too large, is still being written or has been kept already."""
        before = path.stat()
        if before.st_size > self.workspace.config.limits.file_mb * 10**6:
            limit = {"limit": f"{self.workspace.config.limits.file_mb} MB"}
            return self._reject(path, "FILE-TOO-LARGE", limit)
        content = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
            return self._waits(path, _("it is being written at this moment"))
        if is_outlook(path.name, content):
            return self._reject(path, "FILE-OUTLOOK", {})
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.store.kept_with_bytes(sha256)
        return self._repeat(path, content, kept) if kept else _Candidate(path, sha256, content)

    def _without_twins(self, items: Sequence[FileResult | _Candidate]) -> list[FileResult | _Candidate | _Twin]:
        seen: set[str] = set()
        sorted_out: list[FileResult | _Candidate | _Twin] = []
        for item in items:
            is_twin = isinstance(item, _Candidate) and (item.sha256 in seen or item.sha256 in self.done)
            sorted_out.append(_Twin(item.path, item.sha256) if is_twin and isinstance(item, _Candidate) else item)
            if isinstance(item, _Candidate):
                seen.add(item.sha256)
        return sorted_out

    def _pair(self, twin: _Twin) -> FileResult:
        """A twin, once its first is through: kept already, or as useless as that was."""
        first = self.done.get(twin.sha256)
        if first is None or first.outcome == WAITING:
            return self._waits(twin.path, _("the same file waits under another name"))
        if first.outcome == REJECTED:
            return self._reject(
                twin.path, first.findings[0].code, dict(first.findings[0].params), first.unit, first.period
            )
        if not self.dry_run:
            self._log(DUPLICATE, twin.path, first.unit, first.period, twin.sha256)
            twin.path.unlink()
        return self._result(twin.path, DUPLICATE, first.unit, first.period, first.version)

    def _read(self, contents: Sequence[bytes]) -> list[RawBook | Refusal]:
        """Reads all together; where that breaks, one by one, so that one alone is refused."""
        try:
            return list(self.read_all(contents, self.limits))
        except Exception:
            return [self._read_alone(content) for content in contents]

    def _read_alone(self, content: bytes) -> RawBook | Refusal:
        try:
            return next(iter(self.read_all([content], self.limits)))
        except Exception as error:
            return Refusal("FILE-UNREADABLE", {"reason": str(error)})

    def _next(self, candidate: _Candidate, books: Iterator[RawBook | Refusal]) -> FileResult | _Arrival:
        book = next(books)
        item = self._trapped(candidate.path, lambda: self._recognise(candidate, book))
        if isinstance(item, FileResult):
            self.done[candidate.sha256] = item
        return item

    def _check(self, arrivals: Sequence[_Arrival]) -> list[Checked | Exception]:
        """Checks all as tables; where that breaks, one by one, so that the culprit alone is refused."""
        if not arrivals:
            return []
        try:
            return list(check_submissions([arrival.submission for arrival in arrivals]))
        except Exception as error:
            return [error] if len(arrivals) == 1 else [self._check([arrival])[0] for arrival in arrivals]

    def _end(self, arrival: _Arrival, checked: Checked | Exception) -> FileResult:
        def conclude() -> FileResult:
            if isinstance(checked, Exception):
                raise checked
            return self._conclude(arrival, checked)

        self.done[arrival.sha256] = result = self._trapped(arrival.path, conclude)
        return result

    def _recognise(self, candidate: _Candidate, book: RawBook | Refusal) -> FileResult | _Arrival:
        """Which form a workbook is, by what it says of itself."""
        path = candidate.path
        if isinstance(book, Refusal):
            return self._reject(path, book.code, dict(book.params))
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
        register = self._register(period.fiscal_year)
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
        findings = [*arrival.notices, *checked.findings]
        outcome = ACCEPTED if checked.is_clean else INCOMPLETE
        if not self.dry_run:
            self._keep(arrival, checked, version, outcome, findings)
        self.versions[unit, period] = version
        if not self.dry_run:
            findings += self._take_away(arrival)
        return self._result(arrival.path, outcome, unit, period, version, findings)

    def _keep(
        self, arrival: _Arrival, checked: Checked, version: int, outcome: str, findings: Sequence[Finding]
    ) -> None:
        identity = arrival.form.identity
        name = f"{identity.unit}-v{version}{suffix_of(arrival.path, arrival.content)}"
        original = keep_original(self.workspace.originals / str(identity.period) / name, arrival.content)
        kept = Kept(
            0,
            identity.unit,
            identity.period,
            version,
            identity.form_id,
            arrival.sha256,
            shown_name(arrival.path),
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

    def _take_away(self, arrival: _Arrival) -> list[Finding]:
        """Takes what is kept now out of the inbox; a notice where that can't be done. The next run does it then."""
        try:
            if has_bytes(arrival.path, arrival.sha256):  # else it was saved again meanwhile, and is read next time
                arrival.path.unlink()
        except OSError as error:
            return [Finding("FILE-LEFT", Severity.NOTICE, params={"reason": error.strerror or str(error)})]
        return []

    def _reject(
        self, path: Path, code: str, params: dict[str, str], unit: str = "", period: Period | None = None
    ) -> FileResult:
        finding = Finding(code, CATALOGUE[code].severity, params=params)
        if not self.dry_run:
            moved = reject(path, self.workspace.rejected, finding)
            self._log(REJECTED, path, unit, period, because=code, moved_to=self.workspace.relative(moved))
        return self._result(path, REJECTED, unit, period, findings=(finding,))

    def _repeat(self, path: Path, content: bytes, kept: Kept) -> FileResult:
        """The same bytes again: once the original is seen to be whole, the copy may go."""
        original = self.workspace.root / kept.original
        findings = []
        if not has_bytes(original, kept.sha256):
            findings.append(Finding("ORIGINAL-RESTORED", Severity.NOTICE, params={"path": kept.original}))
            if not self.dry_run:
                restore_original(original, content)
                self._log("restored", path, kept.unit, kept.period, kept.sha256, original=kept.original)
        if not self.dry_run:
            self._log(DUPLICATE, path, kept.unit, kept.period, kept.sha256)
            path.unlink()
        return self._result(path, DUPLICATE, kept.unit, kept.period, kept.version, findings)

    def _result(
        self,
        path: Path,
        outcome: str,
        unit: str = "",
        period: Period | None = None,
        version: int | None = None,
        findings: Sequence[Finding] = (),
    ) -> FileResult:
        return FileResult(shown_name(path), outcome, unit, period, version, findings, container_of(path))

    def _log(
        self, outcome: str, path: Path, unit: str, period: Period | None, sha256: str = "", **details: str
    ) -> None:
        about = {"file": shown_name(path), "unit": unit, "period": str(period or ""), "sha256": sha256} | details
        said = {name: writable(text) for name, text in about.items()}
        self.store.add_event(self.workspace.timestamp(), f"ingest: {outcome}", **said)

    def _register(self, fiscal_year: int) -> Register | None:
        if fiscal_year not in self.registers:
            self.registers[fiscal_year] = self.store.register(fiscal_year=fiscal_year)
        return self.registers[fiscal_year]

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
