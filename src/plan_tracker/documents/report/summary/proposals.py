"""The summary's last paragraph: what the figures call for, in words. A year that is over can't be caught up with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.proposals import Proposal, proposals_of
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.i18n import Message, Words

_IN_YEAR: Final[Mapping[Need, Message]] = {
    Need.LATE: Message("proposal", "hurry the {projects} that are late, so that they keep to the plan"),
    Need.LATE_AND_GOING_ON: Message(
        "proposal", "hurry the {projects} that are late and going on, so that they keep to the plan"
    ),
    Need.BELOW_TARGET: Message("proposal", "hurry disbursement ({kinds}) up to the target"),
    Need.KPIS_NOT_MET: Message("proposal", "hurry the work on the {kpis} not met yet"),
}
_AT_END: Final[Mapping[Need, Message]] = {
    Need.LATE: Message("proposal", "hurry the {projects} that are late, so that they are completed soon"),
    Need.LATE_AND_GOING_ON: Message(
        "proposal", "hurry the {projects} that are late and going on, so that they are completed soon"
    ),
    Need.BELOW_TARGET: Message(
        "proposal", "find out why disbursement ({kinds}) is below target, to decide what to do in fiscal year {year}"
    ),
    Need.KPIS_NOT_MET: Message(
        "proposal", "find out why {kpis} were not met, to decide what to do in fiscal year {year}"
    ),
}
_ALWAYS: Final[Mapping[Need, Message]] = {
    Need.MISSING_RETURNS: Message(
        "proposal", "have the {units} whose returns are missing send them whole and right soon"
    ),
    Need.NOT_BEGUN: Message("proposal", "hurry the {projects} that have not begun though their plan says so"),
    Need.SUSPENDED: Message("proposal", "consider how the {projects} that are slowed down or suspended go on"),
    Need.OVER_BUDGET: Message("proposal", "look into the {projects} that disbursed more than their budget"),
    Need.MONEY_UNSTATED: Message(
        "proposal", "have the units correct the {projects} whose disbursement is not stated in full, or wrongly"
    ),
    Need.IDLE_MONEY: Message(
        "proposal",
        "decide what becomes of the money that the {projects} already completed hold unspent and uncommitted",
    ),
    Need.KPIS_APART: Message(
        "proposal", "have the units explain the {kpis} whose result is not what follows from the projects' reports"
    ),
}


def proposals(report: ReportFigures, words: Words) -> str:
    """What the figures call for, each with its number; blank where they call for nothing."""
    said = [said_of(proposal, report, words) for proposal in proposals_of(report)]
    if not said:
        return ""
    if len(said) == 1:
        return words.say("proposal", "it should be considered to {proposal}", proposal=said[0])
    return p.joined(words.say("proposal", "it should be considered to"), *p.enumerated(said, words))


def said_of(proposal: Proposal, report: ReportFigures, words: Words) -> str:
    """What should be done about it, with its number."""
    turn = _AT_END if report.now.dataset.period.ends_year else _IN_YEAR
    return words.of(
        {**_ALWAYS, **turn}[proposal.need],
        projects=words.counted(p.PROJECTS, proposal.number),
        units=words.counted(p.UNITS, proposal.number),
        kpis=words.counted(p.KPIS, proposal.number),
        kinds=words.listed(words.of(terms.KINDS[kind]) for kind in proposal.kinds),
        year=report.period.fiscal_year + 1,
    )
