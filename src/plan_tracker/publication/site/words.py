"""The words of the web site's frame, and how texts of another language stand on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from plan_tracker.i18n import Message, Words

# What Thai would be broken in by a browser's dictionary, though it is read as one word
_WHOLE = re.compile(
    "ตัวชี้วัด|หน่วยวัด|ค่าเป้าหมาย|ร้อยละ|ล่าช้ากว่าแผน|ล่าช้า|เป็นไปตามแผน|เบิกจ่าย|ความก้าวหน้า|ก้าวหน้า|ผูกพัน|งบประมาณ|โครงการ|หน่วยงาน|ดำเนินการ|แล้วเสร็จ|ไตรมาสที่|ไตรมาส"
    "|ปีงบประมาณ|จุดร้อยละ|ล้านบาท|เป้าหมาย|ผลสำเร็จ|เฉลี่ย|สะสม|ภาพรวม|ดิจิทัล|ปัญหา|ข้อมูล|จังหวัด|คาดการณ์|ประเด็น|เปลี่ยนแปลง"
)
_THAI_RUN = re.compile("[\u0e00-\u0e7f](?:.*[\u0e00-\u0e7f])?[.)”]*", re.DOTALL)

FRAME: Final[Mapping[str, Message]] = {
    "skip": Message("site", "Skip to the content"),
    "menu": Message("site", "Pages"),
    "overview": Message("site", "Overview"),
    "projects": Message("site", "Projects"),
    "units": Message("site", "Units"),
    "kpis": Message("site", "KPIs"),
    "problems": Message("site", "Problems and remedies"),
    "year": Message("site", "The year and its lessons"),
    "downloads": Message("site", "Downloads"),
    "results": Message("site", "Results of the annual action plan"),
    "data_date": Message("site", "Data as of"),
    "owner": Message("site", "Plan of"),
    "permitted": Message("site", "Publication permitted on"),
    "glance": Message("site", "At a glance"),
    "results_first": Message("site", "What happened"),
    "news": Message("site", "What changed"),
    "forecast": Message("site", "Forecast"),
    "forecast_note": Message("site", "Worked out from the pace so far; no unit has reported it."),
    "rail_projects": Message("site", "A full bar: all projects of the plan ({whole})"),
    "rail_late": Message("site", "The marked part of a bar: behind plan."),
    "rail_kpis": Message("site", "A full bar: all KPIs of the plan ({whole})"),
    "rail_money": Message("site", "A full bar: the whole budget (100 per cent)"),
    "provinces": Message("site", "Provinces"),
    "provinces_map": Message(
        "site", "Map of the provinces in which projects are carried out; the table has its figures"
    ),
    "provinces_note": Message(
        "site", "As units stated last. A project that is carried out in several provinces is counted in each of them."
    ),
    "province": Message("site", "Province"),
    "area": Message("site", "Scope"),
    "areas": Message("site", "Projects that name no province"),
    "by_province": Message("site", "Projects by province"),
    "legend": Message("site", "Projects in the province"),
    "legend_none": Message("site", "none"),
    "legend_one": Message("site", "1 project"),
    "legend_few": Message("site", "2–3 projects"),
    "legend_many": Message("site", "4 projects or more"),
    "map_source": Message("site", "Outlines of the provinces: svg-maps, after MapSVG, CC BY 4.0; simplified."),
    "silent_projects": Message("site", "Projects of which no area is known: {number}"),
    "timeline": Message("site", "Timeline"),
    "timeline_key": Message(
        "site", "The bar: how far the project is; the short line across it: how far it was planned to be by now."
    ),
    "dictionary": Message("site", "Data dictionary"),
    "dictionary_note": Message("site", "What the columns of the open data hold: of CSV, XLSX and JSON alike."),
    "column": Message("site", "Column"),
    "title": Message("site", "Title"),
    "type": Message("site", "Type"),
    "unit_of_measure": Message("site", "In"),
    "meaning": Message("site", "Meaning"),
    "revisions": Message("site", "Revisions"),
    "revisions_note": Message("site", "Every edition of this period that has been published, the newest first."),
    "edition": Message("site", "Edition"),
    "published_on": Message("site", "Published on"),
    "verify": Message("site", "Check a figure"),
    "verify_note": Message(
        "site",
        "The figures are signed. The page checks them without a network; compare the fingerprint with the report's.",
    ),
    "made_with": Message("site", "Made with"),
    "data_digest": Message("site", "SHA-256 of the data"),
    "key_fingerprint": Message("site", "Fingerprint of the office's key"),
    "permanent": Message("site", "Permanent address of this page"),
    "here": Message("site", "Link to this part"),
    "completed": Message("site", "Completed"),
    "late": Message("site", "Behind plan"),
    "progress": Message("site", "Mean progress (per cent)"),
    "planned_mean": Message("site", "against a plan of"),
    "disbursed_percent": Message("site", "Disbursed (per cent)"),
    "kpis_met": Message("site", "KPIs met"),
    "open_problems": Message("site", "Open problems"),
    "of": Message("site", "of"),
    "reported": Message("site", "Reported"),
    "came": Message("site", "Reports have come in {coverage}"),
    "stages": Message("site", "Projects by stage"),
    "money": Message("site", "Budget and disbursement"),
    "million": Message("site", "million baht"),
    "kpi_outcomes": Message("site", "KPIs by outcome"),
    "trend": Message("site", "Quarter by quarter"),
    "against_targets": Message("site", "Disbursement against target"),
    "source": Message("site", "Source"),
    "stage": Message("site", "Stage"),
    "schedule": Message("site", "Schedule"),
    "kind": Message("site", "Kind of expenditure"),
    "state": Message("site", "State of the return"),
    "budget": Message("site", "Budget"),
    "committed": Message("site", "Committed"),
    "disbursed": Message("site", "Disbursed"),
    "remaining": Message("site", "Remaining"),
    "target": Message("site", "Target"),
    "quarter_target": Message("site", "Target of the quarter"),
    "gap": Message("site", "Points above or below"),
    "outcome": Message("site", "Against the target"),
    "count": Message("site", "How many"),
    "quarter": Message("site", "Quarter"),
    "returns": Message("site", "Returns received"),
    "planned": Message("site", "Planned (per cent)"),
    "actual_of_same": Message("site", "Result, same projects"),
    "disbursed_of_same": Message("site", "Disbursed, same projects"),
    "same_projects": Message(
        "site",
        "Same projects: the {number} that reported in every quarter shown, so that only they tell a change over time.",
    ),
    "actual": Message("site", "Actual (per cent)"),
    "unit": Message("site", "Unit"),
    "code": Message("site", "Code"),
    "project": Message("site", "Project"),
    "plan": Message("site", "Plan"),
    "measure": Message("site", "Unit of measure"),
    "result": Message("site", "Result"),
    "achievement": Message("site", "Achievement (per cent)"),
    "details": Message("site", "Details"),
    "computed": Message("site", "Worked out from the projects' reports"),
    "kpi": Message("site", "KPI"),
    "problem": Message("site", "Problem"),
    "cause": Message("site", "Cause"),
    "remedy": Message("site", "What is done about it"),
    "standing": Message("site", "State"),
    "since": Message("site", "Since"),
    "find": Message("site", "Search"),
    "find_hint": Message("site", "Any words of a row"),
    "all": Message("site", "All"),
    "sort_by": Message("site", "Sort by"),
    "shown": Message("site", "Shown: {n} of {all}"),
    "none_shown": Message("site", "Nothing matches. Clear the search to see everything."),
    "reset": Message("site", "Clear"),
    "attention": Message("site", "Projects in need of attention"),
    "reasons": Message("site", "Why"),
    "plan_changes": Message("site", "Changes of the projects' plans"),
    "plan_changes_note": Message(
        "site",
        "Against the approved plan, which progress is held against; what the unit itself says stands in brackets.",
    ),
    "what_changed": Message("site", "What changed"),
    "before": Message("site", "Before"),
    "after": Message("site", "After"),
    "approval": Message("site", "Approval"),
    "by_quarter": Message("site", "The project by quarter"),
    "progress_by_quarter": Message("site", "Mean cumulative progress of each unit (per cent)"),
    "money_by_quarter": Message("site", "Disbursement of each unit (per cent)"),
    "kpis_by_quarter": Message("site", "KPIs by quarter"),
    "q1": Message("site", "Quarter 1"),
    "q2": Message("site", "Quarter 2"),
    "q3": Message("site", "Quarter 3"),
    "q4": Message("site", "Quarter 4"),
    "achieved": Message("site", "Completed projects and what they brought"),
    "benefits": Message("site", "Benefits"),
    "none_completed": Message("site", "No project was reported as completed."),
    "lessons": Message("site", "Lessons of the year"),
    "lesson_kind": Message("site", "What became of it"),
    "lesson": Message("site", "What the problem was"),
    "recommendation": Message("site", "What was recommended"),
    "no_lessons": Message("site", "No lessons were reported."),
    "next_steps": Message("site", "Next steps"),
    "no_projects": Message("site", "The unit has no projects in this plan."),
    "disbursed_by_unit": Message("site", "Disbursement by unit"),
    "missing": Message("site", "Returns that are missing, incomplete or taken by a recorded decision"),
    "reason": Message("site", "Reason"),
    "no_problems": Message("site", "No problems were reported."),
    "result_quarter": Message("site", "Result of the quarter"),
    "full": Message("site", "The 14 fields of the project's report"),
    "all_projects": Message("site", "All projects"),
    "all_units": Message("site", "All units"),
    "report_file": Message("site", "The report as it was approved"),
    "data_file": Message("site", "Open data"),
    "file": Message("site", "File"),
    "format": Message("site", "Format"),
    "size": Message("site", "Size"),
    "no_pdf": Message("site", "There is no PDF: LibreOffice was not installed where this package was made."),
    "periods": Message("site", "All published periods"),
    "this_period": Message("site", "this period"),
    "published_reports": Message("site", "Reports of the fiscal year that have been published"),
    "language": Message("site", "Language"),
    "as_table": Message("site", "The figures as a table"),
    "license": Message("site", "Licence"),
    "contact": Message("site", "Published by"),
    "per_unit_note": Message("site", "Money in million baht. A dash stands for what was not reported: it is not 0."),
}


def frame_words(words: Words) -> dict[str, str]:
    """The frame's words by name."""
    return {name: words.of(message) for name, message in FRAME.items()}


@dataclass(frozen=True, slots=True)
class LinkText:
    """The name of a project or unit, and the code of its page."""

    code: str
    name: str


def as_html(text: str) -> Markup:
    """``text``, which is HTML: whoever put it together has escaped all that is none.

    Many a thousand pieces of a site are made so: Markup's own ``format`` and ``join`` take three times as long.
    """
    return Markup(text)  # noqa: S704  # as said


def held(text: str, language: str) -> Markup:
    """``marked`` for headings and sentences: a Thai line does not end within a word that readers take as one."""
    said = marked(text, language)
    return as_html(_WHOLE.sub(r'<span class="w">\g<0></span>', str(said))) if is_thai(text) else said


def is_thai(text: str) -> bool:
    """Whether there is Thai in it."""
    return _THAI_RUN.search(text) is not None


def language_of(text: str, language: str) -> str:
    """The attribute that says it, for an element that holds nothing but ``text``, where it isn't the page's own."""
    return ' lang="th"' if language != "th" and is_thai(text) else ""


def marked(text: str, language: str) -> Markup:
    """``text`` for a page in ``language``, escaped; Thai on an English page says that it is Thai."""
    run = None if language == "th" else _THAI_RUN.search(text)
    if run is None:
        return escape(text)
    before, after = escape(text[: run.start()]), escape(text[run.end() :])
    return as_html(f'{before}<span lang="th">{escape(run[0])}</span>{after}')
