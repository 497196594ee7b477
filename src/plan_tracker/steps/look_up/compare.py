"""What a unit says of its projects and KPIs that it did not say the last time. Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.errors import OrderError
from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.forms.definition.versions import private_fields
from plan_tracker.i18n import _
from plan_tracker.merging.past_answers import PastAnswer, PastAnswers
from plan_tracker.store import Store
from plan_tracker.values import plain


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A field that says something else now; ``since`` is the quarter of the answer before. Blank: nothing was said."""

    code: str
    field: str
    since: Period
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AnswerComparison:
    """A unit's answers of ``period`` beside those before: what changed, and the codes that are ``new`` or silent."""

    unit: str
    period: Period
    changes: Sequence[AnswerChange]
    new: Sequence[str]
    same: Sequence[str]


def compare(store: Store, period: Period, unit: str) -> AnswerComparison:
    """What the unit's answers that count in ``period`` say anew; ``OrderError`` where none has come."""
    codes = store.answers.standing(unit, period).counting
    past = PastAnswers(store)
    now = past.of(codes, period)
    if not now:
        raise OrderError(
            _("No answer of {unit} that counts has come for {period}.").format(unit=unit, period=period.spoken),
            _("See how it stands with: plantrack status {period} --unit {unit}").format(period=period.typed, unit=unit),
        )
    before = past.newest(now, _earlier(period))
    told = {code: list(_changes(code, before[code], now[code])) for code in now if code in before}
    return AnswerComparison(
        unit,
        period,
        [change for changes in told.values() for change in changes],
        [code for code in now if code not in before],
        [code for code, changes in told.items() if not changes],
    )


def _earlier(period: Period) -> list[Period]:
    """The quarters before, of the year before too, the first one first."""
    years = (period.fiscal_year - 1, period.fiscal_year)
    every = [Period(year, quarter) for year in years for quarter in QUARTERS]
    return [one for one in every if one < period]


def _changes(code: str, before: PastAnswer, now: PastAnswer) -> Iterator[AnswerChange]:
    old, new = _said(before), _said(now)
    for field in dict.fromkeys([*new, *old]):
        if old.get(field, "") != new.get(field, ""):
            yield AnswerChange(code, field, before.period, old.get(field, ""), new.get(field, ""))


def _said(answer: PastAnswer) -> Mapping[str, str]:
    private = private_fields()
    return {key: plain(value).strip() for key, value in answer.values.items() if key not in private}
