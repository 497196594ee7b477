"""What came of each KPI against its target (domain: the end of the forms' contract).

Higher is better: result ÷ target × 100, not capped, against this quarter's target where there is
one, else the annual one. Lower is better and levels: met or not met, and a per cent only where the configuration
asks for one. What is not due, or has not come back, is never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from plan_tracker.analysis.basis.dataset import KpiResult
from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.analysis.figures.computed import Computed
from plan_tracker.config import Kpis
from plan_tracker.fiscal import QUARTERS
from plan_tracker.forms.definition import choices as c
from plan_tracker.rounding import is_rounding_of, per_cent, rounded_percent


class Outcome(StrEnum):
    """What can be said of a KPI this quarter."""

    MET = "met"
    NOT_MET = "not met"
    ON_WAY = "on its way"  # to a target of the year, which is not over and has none of its quarters
    NOT_DUE = "not due"
    NOT_RATED = "not rated"  # a target of 0 to be divided by, no target, or words instead of numbers
    UNSTATED = "unstated"  # the return came, without a usable result
    WAITING = "waiting"  # an answer came that does not count: the unit is mending it
    MISSING = "missing"  # no return came
    CANCELLED = "cancelled"  # the register says so, and no answer is asked any more


_WORST_FIRST: Final = (
    Outcome.NOT_MET,
    Outcome.MISSING,
    Outcome.WAITING,
    Outcome.UNSTATED,
    Outcome.ON_WAY,
    Outcome.NOT_RATED,
    Outcome.NOT_DUE,
    Outcome.MET,
    Outcome.CANCELLED,
)
RARE: Final = (Outcome.CANCELLED, Outcome.WAITING, Outcome.ON_WAY)  # not named where there is none


@dataclass(frozen=True, slots=True)
class KpiFigures:
    """A KPI with its outcome. ``percent`` is unrounded, and None where it means nothing.

    ``target`` is what ``result`` was measured against: this quarter's target if ``quarterly``. ``computed``: what
    follows from projects' answers, where the register says that it does.
    """

    source: KpiResult
    target: Decimal | str
    quarterly: bool
    result: Decimal | str | None
    percent: Decimal | None
    outcome: Outcome
    computed: Computed | None = None

    @property
    def difference(self) -> Decimal | None:
        """The result less what follows from projects' answers, unrounded; None where either is not known."""
        if self.computed is None or self.computed.value is None or not isinstance(self.result, Decimal):
            return None
        return self.result - self.computed.value

    @property
    def differs(self) -> bool:
        """Whether the result is another figure than what follows, however many decimals it is told with."""
        if self.difference is None or not isinstance(self.result, Decimal):
            return False
        return not is_rounding_of(self.result, self.result - self.difference)

    @property
    def explained(self) -> str:
        """The unit's note; blank where it has none."""
        return self.source.entry.text("k.note").strip() if self.source.entry else ""

    @property
    def of_target(self) -> Decimal | None:
        """The result in per cent of its target, unrounded, whichever way it is better; None unless both are numbers."""
        if not isinstance(self.target, Decimal) or not isinstance(self.result, Decimal):
            return None
        return None if self.outcome is Outcome.NOT_RATED else per_cent(self.result, self.target)

    @property
    def waived_because(self) -> str:
        """Why its answer was taken as it is; blank where it was not."""
        return self.source.source.waived_because if self.source.source else ""


def kpi_figures(
    source: KpiResult,
    quarter: int,
    measures: Kpis = Kpis(),  # noqa: B008 immutable
    *,
    on_way: bool = True,
) -> KpiFigures:
    """The outcome of one KPI in ``quarter`` (1–4), by the ``measures`` that are configured.

    ``on_way`` False: what has not come to a target of the year yet is told as not met, as releases of before did.
    """
    target = source.kpi.targets.get(quarter, "")
    quarterly = target != ""
    if not quarterly:
        target = source.kpi.target
    result = _result(source)
    outcome, percent = _judge(source, target, result, measures)
    if on_way and outcome is Outcome.NOT_MET and not quarterly and quarter < len(QUARTERS):
        outcome = Outcome.ON_WAY
    return KpiFigures(source, target, quarterly, result, percent, outcome)


def count_outcomes(kpis: Iterable[KpiFigures]) -> Mapping[Outcome, int]:
    """How many KPIs have each outcome; 0 where none has."""
    return Counter(kpi.outcome for kpi in kpis)


def merged_kpis(parts: Sequence[KpiFigures]) -> KpiFigures:
    """Results of several KPIs don't add up: of those that have been merged since, the one that did worst."""
    return min(parts, key=lambda part: _WORST_FIRST.index(part.outcome))


def missed_barely(outcome: Outcome, percent: Decimal | None) -> bool:
    """Whether a target was missed by less than the per cent shows that is printed: ``100.00``, and not met."""
    return outcome is Outcome.NOT_MET and percent is not None and rounded_percent(percent) >= 100


def _result(source: KpiResult) -> Decimal | str | None:
    value = source.entry.value("k.result") if source.entry else None
    return value if isinstance(value, Decimal) or (isinstance(value, str) and value) else None


def _judge(
    source: KpiResult, target: Decimal | str, result: Decimal | str | None, measures: Kpis
) -> tuple[Outcome, Decimal | None]:
    if source.entry is None:
        return _unanswered(source), None
    if result is None:
        return (Outcome.NOT_DUE if source.entry.text("k.not_due") else Outcome.UNSTATED), None
    if source.kpi.direction == c.QUALITATIVE or not isinstance(target, Decimal):
        return Outcome.NOT_RATED, None
    if not isinstance(result, Decimal):
        return Outcome.UNSTATED, None
    return _measure(source.kpi.direction, target, result, measures)


def _unanswered(source: KpiResult) -> Outcome:
    if source.cancelled:
        return Outcome.CANCELLED
    return Outcome.WAITING if source.state is AnswerState.WAITING else Outcome.MISSING


def _measure(direction: str, target: Decimal, result: Decimal, measures: Kpis) -> tuple[Outcome, Decimal | None]:
    if direction == c.LOWER:
        met = Outcome.MET if result <= target else Outcome.NOT_MET
        return met, per_cent(target, result) if measures.lower_proportional else None
    met = Outcome.MET if result >= target else Outcome.NOT_MET
    if direction == c.LEVELS:
        return met, per_cent(result, target) if measures.levels_proportional else None
    return (met, per_cent(result, target)) if target else (Outcome.NOT_RATED, None)
