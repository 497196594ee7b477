"""What is asked of the reader, by whom and when it is to be done; what became of last quarter's, and of orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.proposals import proposals_of
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.summary.proposals import said_of
from plan_tracker.i18n import Message, Words
from plan_tracker.register import Unit

_OWNERS = 8  # units by name in a cell
_BEFORE: Final[Mapping[Need, Message]] = {
    Need.NOT_BEGUN: Message("follow-up", "Projects that had not begun though their plan said so"),
    Need.LATE: Message("follow-up", "Projects that were late"),
    Need.SUSPENDED: Message("follow-up", "Projects that were slowed down or suspended"),
    Need.KPIS_NOT_MET: Message("follow-up", "KPIs that were not met"),
    Need.MISSING_RETURNS: Message("follow-up", "Units whose returns were missing"),
    Need.BELOW_TARGET: Message("follow-up", "Kinds of expenditure disbursed below their target"),
    Need.OVER_BUDGET: Message("follow-up", "Projects that had disbursed more than their budget"),
    Need.MONEY_UNSTATED: Message("follow-up", "Projects whose disbursement was not stated in full, or wrongly"),
    Need.KPIS_APART: Message("follow-up", "KPIs whose result was not what follows from the projects' reports"),
}


@dataclass(frozen=True, slots=True)
class DecisionText:
    """Something to be decided, whose it is, and by when."""

    text: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class FollowUpText:
    """What last quarter's figures called for, and what became of it."""

    text: str
    number: str
    settled: str
    open: str
    unknown: str


@dataclass(frozen=True, slots=True)
class OrderText:
    """An executive order and where it stands."""

    text: str
    day: str
    units: str
    due: str
    state: str


def decision_rows(report: ReportFigures, words: Words) -> Iterator[DecisionText]:
    for proposal in proposals_of(report):
        due = report.due.returns if proposal.need is Need.MISSING_RETURNS else report.due.others
        yield DecisionText(said_of(proposal, report, words), _owners(proposal.units, words), w.day(due, words))


def follow_up_rows(report: ReportFigures, words: Words) -> Iterator[FollowUpText]:
    for found in report.follow_ups:
        counts = (found.number, found.settled, found.open, found.unknown)
        yield FollowUpText(words.of(_BEFORE[found.need]), *map(w.count, counts))


def order_rows(report: ReportFigures, words: Words) -> Iterator[OrderText]:
    today = report.now.dataset.data_date
    for order in report.orders:
        if order.is_done:
            state = words.say("order", "Done: {because}", because=order.because or w.DASH)
        elif order.due < today:
            state = words.say("order", "{days} days past its day", days=(today - order.due).days)
        else:
            state = words.say("order", "Under way")
        yield OrderText(
            order.text, w.day(order.day, words), _owners(order.units, words), w.day(order.due, words), state
        )


def _owners(units: Iterable[Unit], words: Words) -> str:
    names = [terms.short(unit) for unit in units]
    if not names:
        return words.say("decision", "all units concerned")
    more = len(names) - _OWNERS
    if more > 1:  # one more takes as much room by name
        names = [*names[:_OWNERS], words.say("decision", "{units} more", units=words.counted(p.UNITS, more))]
    return words.listed(names)
