"""What comes of the plan at its pace, in sentences that say it is a forecast."""

from __future__ import annotations

from plan_tracker.analysis.over_time.forecast import Forecast
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.fiscal import QUARTERS, Period, long_date
from plan_tracker.i18n import Words


def forecast(report: ReportFigures, words: Words) -> str:
    """The summary's paragraph; blank where nothing can be told."""
    found = report.forecast
    if found is None:
        return ""
    return p.joined(expected(found, report.now.period, words), _out_of_reach(found, words))


def expected(found: Forecast, period: Period, words: Words) -> str:
    """What is disbursed by the end of the year, and how many projects end later than planned."""
    return p.joined(_money(found, period, words), _ends(found, words))


def _out_of_reach(found: Forecast, words: Words) -> str:
    number = len(found.targets) + len(found.kpis)
    return (
        words.say("forecast", "{targets} of the year are out of reach", targets=words.counted(p.TARGETS, number))
        if number
        else ""
    )


def _money(found: Forecast, period: Period, words: Words) -> str:
    if found.spent is None or found.spent_percent is None:
        return ""
    return words.say(
        "forecast",
        "By {day} {spent} will have been disbursed, {percent} per cent of the budget of {budget}.",
        day=long_date(Period(period.fiscal_year, QUARTERS[-1]).last_day, words),
        spent=p.amount(found.spent, words),
        percent=w.percent(found.spent_percent),
        budget=p.amount(found.money.budget, words),
    )


def _ends(found: Forecast, words: Words) -> str:
    if not found.projects:
        return ""
    late, unknown = len(found.late), len(found.unknown)
    open_projects = words.counted(p.PROJECTS, len(found.projects))
    said = {"open": open_projects, "late": words.counted(p.PROJECTS, late)}
    if not late and not unknown:
        return words.say("forecast", "The {open} that go on will end as planned.", **said)
    said["unknown"] = words.counted(p.PROJECTS, unknown)
    if not unknown:
        return words.say("forecast", "Of the {open} that go on, {late} will end later than planned.", **said)
    if not late:
        return words.say("forecast", "Of the {open} that go on, {unknown} show no pace to tell an end from.", **said)
    return words.say(
        "forecast",
        "Of the {open} that go on, {late} will end later than planned, {unknown} show no pace to tell an end from.",
        **said,
    )
