"""What files of several hands come to together: said once the whole inbox has been read.

So two halves that arrive in one run need no correction, in whatever order they are taken up. What was kept by a run
that was cut off is settled by the next. Reads and writes the store.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from plan_tracker.analysis.basis.returns import ACCEPTED, AnswerState, States, file_outcome, settle
from plan_tracker.checking.findings import Severity, count_open
from plan_tracker.fiscal import Period
from plan_tracker.intake.outcome import FileResult
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace

if TYPE_CHECKING:
    from plan_tracker.intake.keeping.returns import Keeper


def settle_kept(workspace: Workspace, store: Store) -> None:
    """Settles the returns for which no correction has been written yet."""
    for kept in store.to_correct():
        unanswered = _unanswered(store.answers.states(kept.id))
        before = store.answers.findings(kept.id)
        counting = store.answers.standing(kept.unit, kept.period).counting
        after = settle(before, unanswered, counting, kept.unit, _not_asked(store, kept.unit, kept.period, unanswered))
        if after == before:
            continue
        settled = kept._replace(
            outcome=file_outcome(after),
            errors=count_open(after, Severity.ERROR),
            warnings=count_open(after, Severity.WARNING),
        )
        with store.transaction():
            store.set_settled(settled, after)
            if settled.outcome == ACCEPTED:
                said = {"file": kept.file, "unit": kept.unit, "period": str(kept.period), "sha256": kept.sha256}
                store.add_event(workspace.timestamp(), EventName.INGEST_ACCEPTED, **said, version=str(kept.version))


def settled_results(store: Store, keeper: Keeper, results: Sequence[FileResult]) -> list[FileResult]:
    """``results`` of a run, by all that it took in; ``store`` need not have kept any of it."""
    return [_settled(store, keeper, result) for result in results]


def _settled(store: Store, keeper: Keeper, result: FileResult) -> FileResult:
    period, version = result.period, result.version
    if period is None or version is None or (result.unit, period, version) not in keeper.judged:
        return result
    unanswered = _unanswered(keeper.judged[result.unit, period, version])
    if not unanswered:
        return result
    counting = _counting(store, keeper, result.unit, period)
    gone = _not_asked(store, result.unit, period, unanswered)
    findings = settle(result.findings, unanswered, counting, result.unit, gone)
    return replace(result, findings=findings, outcome=file_outcome(findings))


def _counting(store: Store, keeper: Keeper, unit: str, period: Period) -> set[str]:
    taken = [states for (of, when, _version), states in keeper.judged.items() if (of, when) == (unit, period)]
    counting = {code for states in taken for code, state in states.items() if state.counts}
    return counting | store.answers.standing(unit, period).counting.keys()


def _not_asked(store: Store, unit: str, period: Period, codes: Collection[str]) -> Collection[str]:
    """What of ``codes`` a form asked of ``unit`` that it is not asked any more: it is over, or another's since."""
    return store.over_in(period) | (set(codes) - {unit, *store.answers.asked(period, unit).get(unit, ())})


def _unanswered(states: States) -> Collection[str]:
    return {code for code, state in states.items() if state is AnswerState.MISSING}
