"""The plan at a glance: a line per project, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from plan_tracker.analysis.concerns.attention import Reason
from plan_tracker.analysis.figures.money import ZERO
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.i18n import Message, Words

_NAME, _UNIT = 34, 15  # letters, so that a project takes one line
_PAGES: Final = ((27, 30), (33, 38))  # rows of the first and of further pages, as a page is legible, and close
_MOST: Final = 108  # rows on three close pages
_ASKS: Final[Mapping[Reason, Message]] = {
    Reason.OVER_BUDGET: Message("ask", "explain what is over the budget"),
    Reason.STOPPED: Message("ask", "say how it goes on"),
    Reason.NO_RETURN: Message("ask", "report"),
    Reason.OVERDUE: Message("ask", "set a new end"),
    Reason.FAR_BEHIND: Message("ask", "plan to catch up"),
    Reason.LATE: Message("ask", "plan to catch up"),
    Reason.SPEND_FAR: Message("ask", "explain disbursement"),
    Reason.UNSTATED: Message("ask", "state disbursement"),
    Reason.WAIVED: Message("ask", "mend the return"),
}


@dataclass(frozen=True, slots=True)
class GlanceText:
    """A project's line; money in million baht. ``gap``: result less plan; ``change``: in points since last quarter."""

    number: str
    project: str
    unit: str
    stage: str
    planned: str
    actual: str
    gap: str
    budget: str
    disbursed: str
    percent: str
    days_late: str
    change: str
    at_risk: str
    ask: str


def has_close_glances(report: ReportFigures) -> bool:
    """Whether rows stand closer, since they take a page less so."""
    rows = min(len(report.glances), _MOST)
    wide, close = (1 + max(0, ceil((rows - first) / further)) for first, further in _PAGES)
    return close < wide


def rest_of_glances(report: ReportFigures, words: Words) -> str:
    """What is told of the projects beyond three pages; blank where there are none."""
    rest = report.glances[_MOST:]
    if not rest:
        return ""
    return words.say(
        "glance",
        "{projects} more with a budget of {budget} and {at_risk} at risk: see chapter 4",
        projects=words.counted(p.PROJECTS, len(rest)),
        budget=p.amount(sum((one.budget or ZERO for one in rest), ZERO), words),
        at_risk=p.amount(sum((one.at_risk for one in rest), ZERO), words),
    )


def glance_rows(report: ReportFigures, words: Words) -> Iterator[GlanceText]:
    """Of the projects that stand on three pages."""
    asks = {one.project.code: words.of(_ASKS[one.reasons[0].reason]) for one in report.attention}
    for number, found in enumerate(report.glances[:_MOST], 1):
        project, money = found.project, found.project.money
        yield GlanceText(
            number=str(number),
            project=w.fitted(project.source.project.name, _NAME),
            unit=w.fitted(terms.short(project.source.unit), _UNIT),
            stage=terms.stage_of(project, words),
            planned=w.percent(project.planned),
            actual=w.percent(project.actual),
            gap=w.signed(None if project.behind is None else -project.behind),
            budget=w.in_million(found.budget),
            disbursed=w.in_million(money.disbursed if money else None),
            percent=w.percent(money.disbursed_percent if money else None),
            days_late=w.count(found.days_late) if project.reported else w.DASH,
            change=w.signed(found.progress_points),
            at_risk=w.in_million(found.at_risk),
            ask=asks.get(project.code, w.DASH),
        )
