"""Every KPI that has a number to be drawn: its result as a part of its target, whichever way it is measured.

The farthest from their target come first. Of KPIs that are the better the lower they are a bar beyond the frame has
missed the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.charts.labels import FEW, bars_told, chosen
from plan_tracker.documents.word.charts.chart import Chart, Look
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import Words
from plan_tracker.rounding import rounded_percent

_WHOLE: Final = Decimal(100)
CUT: Final = 200  # where bars end that would leave no room for the others
_LONG, _SHORT = 62, 44  # letters of a name on a line of its own, and with its figures beside it
_LOOKS: Final[Mapping[Outcome, Look]] = {
    Outcome.NOT_MET: Look.ACCENT,
    Outcome.ON_WAY: Look.STRIPES,
    Outcome.MET: Look.LIGHT,
}


def kpi_chart(figures: PlanFigures, words: Words) -> Chart | None:
    """None where no KPI has a number that is held against one."""
    drawn = sorted((one for one in figures.kpis if one.of_target is not None), key=_achieved)
    if not drawn:
        return None
    shown, left_out = chosen(drawn)
    names = terms.outcome_names(figures.period, words)
    series: dict[str, Sequence[Decimal | None]] = {
        names[outcome]: [_part(one) if one.outcome is outcome else None for one in shown]
        for outcome in _LOOKS
        if any(one.outcome is outcome for one in shown)
    }
    target = words.say("chart", "Target")
    title = _title(figures, words)
    return Chart(
        words.say("chart", "KPIs against their targets"),
        title,
        [_label(one, words, few=len(shown) <= FEW) for one in shown],
        {**series, target: [_WHOLE] * len(shown)},
        bars_told(title, [f"{one.source.kpi.name} {_figures(one, words)}" for one in shown], words),
        looks={**{names[outcome]: look for outcome, look in _LOOKS.items()}, target: Look.OUTLINE},
        decimals=2,
        limit=CUT,
        left_out=left_out,
    )


def _part(found: KpiFigures) -> Decimal | None:
    return None if found.of_target is None else rounded_percent(found.of_target)


def _achieved(found: KpiFigures) -> Decimal:
    """The less of its target, the lower; of less-is-better the reciprocal."""
    part = found.of_target or Decimal(0)
    if found.source.kpi.direction != c.LOWER:
        return part
    return _WHOLE * _WHOLE / part if part > 0 else Decimal("Infinity")


def _label(found: KpiFigures, words: Words, *, few: bool) -> str:
    if few:
        return f"{w.fitted(found.source.kpi.name, _LONG)}\n{_figures(found, words)}"
    most = "≤" if found.source.kpi.direction == c.LOWER else ""
    return f"{w.fitted(found.source.kpi.name, _SHORT)}  {w.measure(found.result)} / {most}{w.measure(found.target)}"


def _figures(found: KpiFigures, words: Words) -> str:
    kpi = found.source.kpi
    parts = {"result": w.measure(found.result), "target": w.measure(found.target), "measure": kpi.measure}
    if kpi.direction == c.LOWER:
        return words.say("chart", "{result}, target {target} {measure} or less", **parts)
    return words.say("chart", "{result}, target {target} {measure}", **parts)


def _title(figures: PlanFigures, words: Words) -> str:
    """How many KPIs have which outcome, of all that the plan has."""
    counts, names = figures.outcomes, terms.outcome_names(figures.period, words)
    shown = {names[outcome]: counts.get(outcome, 0) for outcome in _LOOKS}
    rest = len(figures.kpis) - sum(shown.values())
    if rest:
        shown[words.say("chart", "Without an outcome")] = rest
    if p.only(shown) and len(figures.kpis) > 1:
        counted = words.counted(p.KPIS, len(figures.kpis))
        return words.say("chart", "{outcome}: all {counted}", outcome=p.only(shown), counted=counted)
    return p.spread(shown, p.KPIS, words)
