"""The words of the web site's frame in Thai and English, and how texts stand on a page of either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from plan_tracker.fiscal import Period
from plan_tracker.i18n import N_, translate
from plan_tracker.publication.english import choice_in_english, english_period, in_english, label_in_english

_THAI_RUN = re.compile("[\u0e00-\u0e7f](?:.*[\u0e00-\u0e7f])?[.)”]*", re.DOTALL)

FRAME: Final[Mapping[str, str]] = {
    "skip": N_("Skip to the content"),
    "menu": N_("Pages"),
    "overview": N_("Overview"),
    "projects": N_("Projects"),
    "units": N_("Units"),
    "kpis": N_("KPIs"),
    "problems": N_("Problems and remedies"),
    "year": N_("The year and its lessons"),
    "downloads": N_("Downloads"),
    "results": N_("Results of the annual action plan"),
    "data_date": N_("Data as of"),
    "owner": N_("Plan of"),
    "permitted": N_("Publication permitted on"),
    "glance": N_("At a glance"),
    "completed": N_("Completed"),
    "late": N_("Behind plan"),
    "since_last": N_("Since the quarter before, in projects that reported in both:"),
    "progress_points": N_("progress, points"),
    "disbursed_points": N_("disbursement, points"),
    "progress": N_("Mean progress (per cent)"),
    "planned_mean": N_("against a plan of"),
    "disbursed_percent": N_("Disbursed (per cent)"),
    "kpis_met": N_("KPIs met"),
    "open_problems": N_("Open problems"),
    "of": N_("of"),
    "reported": N_("Reported"),
    "stages": N_("Projects by stage"),
    "money": N_("Budget and disbursement"),
    "million": N_("million baht"),
    "kpi_outcomes": N_("KPIs by outcome"),
    "trend": N_("Quarter by quarter"),
    "against_targets": N_("Disbursement against target"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "schedule": N_("Schedule"),
    "kind": N_("Kind of expenditure"),
    "state": N_("State of the return"),
    "budget": N_("Budget"),
    "committed": N_("Committed"),
    "disbursed": N_("Disbursed"),
    "remaining": N_("Remaining"),
    "target": N_("Target"),
    "quarter_target": N_("Target of the quarter"),
    "gap": N_("Points above or below"),
    "outcome": N_("Against the target"),
    "count": N_("How many"),
    "quarter": N_("Quarter"),
    "returns": N_("Returns received"),
    "planned": N_("Planned (per cent)"),
    "actual": N_("Actual (per cent)"),
    "unit": N_("Unit"),
    "code": N_("Code"),
    "project": N_("Project"),
    "plan": N_("Plan"),
    "measure": N_("Unit of measure"),
    "result": N_("Result"),
    "achievement": N_("Achievement (per cent)"),
    "details": N_("Details"),
    "kpi": N_("KPI"),
    "problem": N_("Problem"),
    "cause": N_("Cause"),
    "remedy": N_("What is done about it"),
    "standing": N_("State"),
    "since": N_("Since"),
    "find": N_("Search"),
    "find_hint": N_("Any words of a row"),
    "all": N_("All"),
    "sort_by": N_("Sort by"),
    "shown": N_("Shown: {n} of {all}"),
    "none_shown": N_("Nothing matches. Clear the search to see everything."),
    "reset": N_("Clear"),
    "attention": N_("Projects in need of attention"),
    "reasons": N_("Why"),
    "by_quarter": N_("The project by quarter"),
    "progress_by_quarter": N_("Mean cumulative progress of each unit (per cent)"),
    "money_by_quarter": N_("Disbursement of each unit (per cent)"),
    "kpis_by_quarter": N_("KPIs by quarter"),
    "q1": N_("Quarter 1"),
    "q2": N_("Quarter 2"),
    "q3": N_("Quarter 3"),
    "q4": N_("Quarter 4"),
    "achieved": N_("Completed projects and what they brought"),
    "benefits": N_("Benefits"),
    "none_completed": N_("No project was reported as completed."),
    "lessons": N_("Lessons of the year"),
    "lesson_kind": N_("What became of it"),
    "lesson": N_("What the problem was"),
    "recommendation": N_("What was recommended"),
    "no_lessons": N_("No lessons were reported."),
    "next_steps": N_("Next steps"),
    "no_projects": N_("The unit has no projects in this plan."),
    "disbursed_by_unit": N_("Disbursement by unit"),
    "missing": N_("Returns that are missing, incomplete or taken by a recorded decision"),
    "reason": N_("Reason"),
    "no_problems": N_("No problems were reported."),
    "result_quarter": N_("Result of the quarter"),
    "full": N_("The 14 fields of the project's report"),
    "all_projects": N_("All projects"),
    "all_units": N_("All units"),
    "report_file": N_("The report as it was approved"),
    "data_file": N_("Open data"),
    "file": N_("File"),
    "format": N_("Format"),
    "size": N_("Size"),
    "no_pdf": N_("There is no PDF: LibreOffice was not installed where this package was made."),
    "periods": N_("All published periods"),
    "this_period": N_("this period"),
    "published_reports": N_("Reports of the fiscal year that have been published"),
    "language": N_("Language"),
    "as_table": N_("The figures as a table"),
    "license": N_("Licence"),
    "contact": N_("Published by"),
    "per_unit_note": N_("Money in million baht. A dash stands for what was not reported: it is not 0."),
}


@cache
def frame_words(language: str) -> dict[str, str]:
    """The frame's words by name."""
    return {name: translate(text, language) for name, text in FRAME.items()}


def say(text: str, language: str) -> str:
    """A choice of the forms, a date or a word of ours in ``language``; anything else as it is."""
    return text if language == "th" else in_english(text) or text


def say_label(text: str, language: str) -> str:
    """A heading or a label of the form in ``language``."""
    return text if language == "th" else label_in_english(text) or text


def say_answer(text: str, language: str) -> str:
    """What a unit answered: choices and dates in ``language``, its own words as they are."""
    return text if language == "th" else choice_in_english(text) or text


def is_thai(text: str) -> bool:
    """Whether there is Thai in it."""
    return _THAI_RUN.search(text) is not None


def marked(text: str, language: str) -> Markup:
    """``text`` for a page in ``language``, escaped; Thai on an English page says that it is Thai."""
    run = None if language == "th" else _THAI_RUN.search(text)
    if run is None:
        return escape(text)
    before, after = text[: run.start()], text[run.end() :]
    return Markup('{}<span lang="th">{}</span>{}').format(before, run[0], after)


def period_title(period: Period, language: str) -> str:
    return period.title if language == "th" else english_period(period)
