"""The summary's paragraphs on the quarter: stages and progress, money, targets, KPIs."""

from __future__ import annotations

from collections.abc import Iterator

from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import Summary
from plan_tracker.analysis.figures.targets import OVERALL, TargetComparison
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words

_KPIS_NAMED = 3


def progress(summary: Summary, words: Words) -> str:
    """How many projects are in which stage, how they keep to their plan, and how far they are."""
    if not summary.reported:
        return ""
    told = {stage: summary.in_stage(stage) for stage in (*c.STAGES, "")}
    told[c.CANCELLED] -= summary.cancelled
    stages = {_stage(stage, words): number for stage, number in told.items()}
    sole, number = p.only(stages), words.counted(p.PROJECTS, summary.reported)
    if sole:
        every = p.every(p.REPORTED_PROJECTS, summary.reported, p.PROJECTS, words)
        staged = words.say("summary", "{projects}: {stage}", projects=every, stage=sole)
    else:
        spread = p.spread(stages, p.PROJECTS, words)
        staged = words.say("summary", "of the reported {projects}: {stages}", projects=number, stages=spread)
    return p.joined(staged, _schedule(summary, words), _against_plan(summary, words), _cancelled(summary, words))


def _cancelled(summary: Summary, words: Words) -> str:
    """Those of which no report is asked any more."""
    if not summary.cancelled:
        return ""
    projects = words.counted(p.PROJECTS, summary.cancelled)
    if summary.have_spent:
        return words.say("summary", "besides, {projects} of the plan have been cancelled", projects=projects)
    return words.say(
        "summary", "besides, {projects} of the plan have been cancelled, whose money is in no sum", projects=projects
    )


def _stage(stage: str, words: Words) -> str:
    """As it stands within a sentence."""
    if stage == c.SUSPENDED:
        return words.say("summary", "slowed down or suspended")
    return choice_label(stage, words) if stage else words.say("summary", "of a stage that is not stated")


def _schedule(summary: Summary, words: Words) -> str:
    counts = {choice_label(schedule, words): summary.on_schedule(schedule) for schedule in c.SCHEDULES}
    if not any(counts.values()):
        return ""
    counts[words.say("summary", "finished later than planned")] = summary.finished_late
    rest = summary.on_schedule("") - summary.cancelled - summary.finished_late
    counts[words.say("summary", "not held against the plan")] = rest
    sole = p.only(counts)
    if not sole:
        return words.say("summary", "units report: {schedules}", schedules=p.spread(counts, p.PROJECTS, words))
    if summary.reported > 1:
        return words.say("summary", "units report of every project: {schedule}", schedule=sole)
    return words.say("summary", "the unit reports: {schedule}", schedule=sole)


def _against_plan(summary: Summary, words: Words) -> str:
    if summary.actual is None or summary.planned is None:
        return ""
    compared = p.against(summary.actual, summary.planned, p.PLAN, words)
    if summary.compared == summary.reported:
        return words.say("summary", "mean cumulative progress is {compared}", compared=compared)
    return words.say(
        "summary",
        "mean cumulative progress of the {projects} that state both plan and result is {compared}",
        projects=words.counted(p.PROJECTS, summary.compared),
        compared=compared,
    )


def money(summary: Summary, words: Words) -> str:
    """Budget, disbursement and commitments; what no sum has is named, and what the cancelled had spent."""
    if not summary.has_spending:
        return ""
    overall, unstated = summary.spending.overall, summary.spending.unstated
    projects = words.counted(p.PROJECTS, unstated)
    if overall == Money():
        if unstated:
            return words.say(
                "summary",
                "disbursement can't be summed up yet, since {projects} did not state it in full, or wrongly",
                projects=projects,
            )
        return words.say("summary", "the reported projects use no budget")
    left_out = words.say(
        "summary", "the amounts leave out {projects} that did not state theirs in full, or wrongly", projects=projects
    )
    return p.joined(
        *_spent(overall, summary, words),
        *_kinds(summary, words),
        _spent_before(summary, words),
        left_out if unstated else "",
    )


def _spent_before(summary: Summary, words: Words) -> str:
    """What stands in the sums of projects of which no report is asked any more."""
    if not summary.have_spent:
        return ""
    projects, found = words.counted(p.PROJECTS, summary.have_spent), summary.spent_before
    told = {"projects": projects, "disbursed": p.amount(found.disbursed, words)}
    if not found.committed:
        return words.say(
            "summary", "the amounts include what {projects} had disbursed before being cancelled, {disbursed}", **told
        )
    return words.say(
        "summary",
        "the amounts include what {projects} had disbursed before being cancelled, {disbursed}, and committed, "
        "{committed}",
        committed=p.amount(found.committed, words),
        **told,
    )


def _spent(found: Money, summary: Summary, words: Words) -> Iterator[str]:
    budget = p.amount(found.budget, words)
    if found.budget and not summary.reported:
        yield words.say("summary", "the projects had a budget, after transfers, of {amount}", amount=budget)
    elif found.budget:
        yield words.say("summary", "the reported projects have a budget, after transfers, of {amount}", amount=budget)
    else:
        yield words.say("summary", "the reported projects have no budget after transfers")
    yield from _disbursed(found, words)
    if not found.committed:
        yield words.say("summary", "and nothing is committed that is not disbursed")
        return
    yield words.say("summary", "committed and not yet disbursed are {amount}", amount=p.amount(found.committed, words))
    if found.budget:
        used = w.percent(found.used_percent)
        yield words.say(
            "summary", "disbursed and committed together are {percent} per cent of the budget", percent=used
        )


def _disbursed(found: Money, words: Words) -> Iterator[str]:
    if not found.disbursed:
        yield words.say("summary", "nothing is disbursed yet")
    elif found.disbursed == found.budget:
        yield words.say("summary", "all of it is disbursed")
    else:
        yield words.say("summary", "disbursed are {amount}", amount=p.amount(found.disbursed, words))
        if found.budget:
            percent = w.percent(found.disbursed_percent)
            yield words.say("summary", "which is {percent} per cent of the budget", percent=percent)


def _kinds(summary: Summary, words: Words) -> Iterator[str]:
    """Recurrent and investment apart, where there is a budget of both."""
    recurrent, investment = summary.spending.recurrent, summary.spending.investment
    if recurrent.budget and investment.budget:
        yield words.say(
            "summary",
            "{recurrent} per cent of recurrent expenditure and {investment} per cent of investment is disbursed",
            recurrent=w.percent(recurrent.disbursed_percent),
            investment=w.percent(investment.disbursed_percent),
        )


def targets(found: tuple[TargetComparison, ...], words: Words) -> str:
    """Only where the configuration sets targets, and there is money of the annual budget to hold against them."""
    known = [(one, one.actual) for one in found if one.actual is not None]
    if not known:
        return ""
    said = [
        words.say(
            "summary",
            "{kind}: disbursed {compared}",
            kind=words.of(terms.KINDS[one.kind]),
            compared=p.against(actual, one.target, p.TARGET, words),
        )
        for one, actual in known
    ]
    overall = [words.counted(p.PROJECTS, one.projects) for one, _ in known if one.kind == OVERALL]
    return p.joined(
        words.say("summary", "of projects that run on the annual budget alone:"), *overall, words.listed(said)
    )


def kpis(report: ReportFigures, words: Words) -> str:
    """How many KPIs have which outcome; those not met by name."""
    found, outcomes = report.now.kpis, report.now.outcomes
    if not found:
        return ""
    called = terms.outcome_names(report.now.dataset.period, words)
    counts = {name: outcomes.get(outcome, 0) for outcome, name in called.items()}
    not_met = [kpi.source.kpi.name for kpi in found if kpi.outcome is Outcome.NOT_MET]
    names, sole = p.named(not_met, p.KPIS, _KPIS_NAMED, words), p.only(counts)
    if sole:
        return p.joined(p.every(p.ALL_KPIS, len(found), p.KPIS, words), sole, names, _by_the_year(report, words))
    return p.joined(
        words.say(
            "summary",
            "of {kpis}: {outcomes}",
            kpis=words.counted(p.KPIS, len(found)),
            outcomes=p.spread(counts, p.KPIS, words),
        ),
        words.say("summary", "the KPIs “{outcome}” are {names}", outcome=called[Outcome.NOT_MET], names=names)
        if names
        else "",
        _by_the_year(report, words),
    )


def _by_the_year(report: ReportFigures, words: Words) -> str:
    """How many of those not met yet have no target but the year's, which is not due."""
    yearly = sum(1 for kpi in report.now.kpis if kpi.outcome is Outcome.NOT_MET and not kpi.quarterly)
    if not yearly or report.now.dataset.period.ends_year:
        return ""
    return words.say(
        "summary",
        "{kpis} are held against the target of the year, since they have none of the quarter",
        kpis=words.counted(p.KPIS, yearly),
    )
