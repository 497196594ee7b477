"""Keeps returns: the very bytes in ``data/originals``, answers and findings in the store, the inbox after that.

So a run may be cut off anywhere: before the store knows of a return its copy is still in the inbox, and is read again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from plan_tracker.analysis.basis.returns import AnswerState, States, all_count, file_outcome, judge_return
from plan_tracker.atomic import UNFINISHED
from plan_tracker.checking.findings import Finding, Severity, count_open
from plan_tracker.checking.submission import Checked
from plan_tracker.fiscal import Period
from plan_tracker.intake.files import container_of, has_bytes, keep_original, restore_original, shown_name
from plan_tracker.intake.keeping.earlier import check_earlier
from plan_tracker.intake.keeping.superseded import check_superseded
from plan_tracker.intake.outcome import FileResult
from plan_tracker.intake.recognising.identity import Arrival
from plan_tracker.intake.sorting import Sorter, of_file
from plan_tracker.intake.unpacking.containers import suffix_of
from plan_tracker.store import StoredReturn
from plan_tracker.system import reason_of


class Keeper:
    """Keeps what has been checked, as its unit's next version."""

    def __init__(self, sorter: Sorter) -> None:
        self.sorter, self.workspace, self.store = sorter, sorter.workspace, sorter.store
        self.versions: dict[tuple[str, Period], int] = {}
        self.judged: dict[tuple[str, Period, int], States] = {}  # by unit, quarter and version
        self.unknown: dict[Period, list[Path]] = {}

    def conclude(self, arrival: Arrival, checked: Checked) -> FileResult:
        """Keeps a checked return, or rejects one that nobody has filled in."""
        identity, asked = arrival.form.identity, arrival.submission.asked
        unit, period = identity.unit, identity.period
        earlier = check_earlier(self.store, arrival.form, checked.entries, shown_name(arrival.path))
        still_open = self._still_open(unit, period, checked.left)
        again = [] if earlier else check_superseded(self.store, arrival.form, checked.entries)
        findings = [*arrival.notices, *earlier, *again, *checked.findings, *still_open]
        states = self._judge(unit, period, judge_return(unit, asked, checked.entries.keys(), findings))
        if not checked.touched and not all_count(states.values()):
            return self.sorter.reject(arrival.path, "FORM-BLANK", {}, unit, period)
        version = self.versions.get((unit, period), self.store.next_version(unit, period) - 1) + 1
        outcome = file_outcome(findings)
        if not self.sorter.dry_run:
            self._keep(arrival, checked, version, states, findings)
        self.versions[unit, period] = version
        self.judged[unit, period, version] = states
        if not self.sorter.dry_run:
            findings += _take_away(arrival)
        return self.sorter.result(arrival.path, outcome, unit, period, version, findings)

    def _judge(self, unit: str, period: Period, states: States) -> States:
        """How each answer stands; a file of which nothing is said as a whole settles what was said of one before."""
        before = self.store.answers.standing(unit, period).answers.get(unit)
        if unit in states or before is None or before.waiting is None:
            return states
        return {**states, unit: AnswerState.CLEAN}

    def _still_open(self, unit: str, period: Period, left: Collection[str]) -> list[Finding]:
        """What was found before in what a correction form still holds as it was."""
        if not left:
            return []
        return [
            found
            for found in self.store.answers.open_findings(self.store.answers.standing(unit, period))
            if found.project in left
        ]

    def repeat(self, path: Path, content: bytes, kept: StoredReturn) -> FileResult:
        """The same bytes again: once the original is seen to be whole, the copy may go."""
        original = self.workspace.root / kept.original
        found = []
        if not has_bytes(original, kept.sha256):
            found.append(of_file("ORIGINAL-RESTORED", {"path": kept.original}))
            if not self.sorter.dry_run:
                restore_original(original, content)
                self.sorter.log("restored", path, kept.unit, kept.period, kept.sha256, original=kept.original)
        return self.sorter.drop(path, kept.sha256, kept.unit, kept.period, kept.version, *found)

    def _keep(self, arrival: Arrival, checked: Checked, version: int, states: States, found: Sequence[Finding]) -> None:
        unit, period = arrival.form.identity.unit, arrival.form.identity.period
        folder = self.workspace.originals / str(period)
        copies = self._copies_of_cut_off_runs(arrival, unit, period, folder)
        original = keep_original(
            folder / f"{unit}-v{version}{suffix_of(arrival.path, arrival.content)}", arrival.content
        )
        try:
            self._record(arrival, checked, version, states, found, original)
        except BaseException:  # what the store does not know may not stay; the copy in the inbox does
            original.unlink(missing_ok=True)
            raise
        for copy in copies:
            if copy != original:
                copy.unlink(missing_ok=True)

    def _record(
        self,
        arrival: Arrival,
        checked: Checked,
        version: int,
        states: States,
        findings: Sequence[Finding],
        original: Path,
    ) -> None:
        identity = arrival.form.identity
        kept = StoredReturn(
            0,
            identity.unit,
            identity.period,
            version,
            identity.form_id,
            arrival.sha256,
            shown_name(arrival.path),
            self.workspace.relative(original),
            self.workspace.timestamp(),
            file_outcome(findings),
            count_open(findings, Severity.ERROR),
            count_open(findings, Severity.WARNING),
        )
        counts = " ".join(code for code, state in states.items() if state.counts)
        with self.store.transaction():
            number = self.store.add_return(kept, checked.entries, states, findings)
            container = container_of(arrival.path)
            if container:
                self.store.mails.came_in(number, container)
            said = {"version": str(version), "counts": counts}
            self.sorter.log(kept.outcome, arrival.path, kept.unit, kept.period, arrival.sha256, **said)

    def _copies_of_cut_off_runs(self, arrival: Arrival, unit: str, period: Period, folder: Path) -> list[Path]:
        """Originals with the arrival's bytes that the store knows nothing of."""
        if period not in self.unknown:
            self.unknown[period] = self._unknown(folder)
        mine = [path for path in self.unknown[period] if path.name.startswith(f"{unit}-v")]
        return [path for path in mine if has_bytes(path, arrival.sha256)]

    def _unknown(self, folder: Path) -> list[Path]:
        """The originals in ``folder`` that are not in the store; what was not even written to its end is cleared."""
        if not folder.is_dir():
            return []
        known, within = self.store.originals(), self.workspace.relative(folder)
        unknown = [path for path in sorted(folder.iterdir()) if f"{within}/{path.name}" not in known]
        for path in unknown:
            if path.suffix == UNFINISHED:
                path.unlink()
        return [path for path in unknown if path.suffix != UNFINISHED]


def _take_away(arrival: Arrival) -> list[Finding]:
    """Takes what is kept now out of the inbox; a notice where that can't be done. The next run does it then."""
    try:
        if has_bytes(arrival.path, arrival.sha256):  # else it was saved again meanwhile, and is read next time
            arrival.path.unlink()
    except OSError as error:
        return [of_file("FILE-LEFT", {"reason": reason_of(error)})]
    return []
