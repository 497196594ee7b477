"""The words of the web site's frame, Thai and English, and the English of what forms let units choose from.

What units and the register say stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.documents import wording as w
from plan_tracker.documents.rows import OUTCOMES
from plan_tracker.fiscal import Period
from plan_tracker.forms import choices as c
from plan_tracker.i18n import N_, translate

FRAME: Final[Mapping[str, str]] = {
    "skip": N_("Skip to the content"),
    "menu": N_("Pages"),
    "overview": N_("Overview"),
    "projects": N_("Projects"),
    "units": N_("Units"),
    "kpis": N_("KPIs"),
    "problems": N_("Problems and remedies"),
    "downloads": N_("Downloads"),
    "results": N_("Results of the annual action plan"),
    "data_date": N_("Data as of"),
    "owner": N_("Plan of"),
    "permitted": N_("Publication permitted on"),
    "glance": N_("At a glance"),
    "completed": N_("Completed"),
    "late": N_("Behind plan"),
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
    "find_hint": N_("Name, code or unit"),
    "all": N_("All"),
    "sort_hint": N_("Choose a column's heading to sort by it."),
    "shown": N_("Shown: {n} of {all}"),
    "none_shown": N_("Nothing matches. Clear the search to see everything."),
    "reset": N_("Clear"),
    "disbursed_by_unit": N_("Disbursement by unit"),
    "missing": N_("Returns that are missing, incomplete or taken by a recorded decision"),
    "reason": N_("Reason"),
    "no_problems": N_("No problems were reported."),
    "result_quarter": N_("Result of the quarter"),
    "full": N_("The 14 fields of the project's report"),
    "all_projects": N_("All projects"),
    "report_file": N_("The report as it was approved"),
    "data_file": N_("Open data"),
    "file": N_("File"),
    "format": N_("Format"),
    "size": N_("Size"),
    "no_pdf": N_("There is no PDF: LibreOffice was not installed where this package was made."),
    "earlier": N_("Other periods"),
    "language": N_("Language"),
    "as_table": N_("The figures as a table"),
    "license": N_("Licence"),
    "contact": N_("Published by"),
    "per_unit_note": N_("Money in million baht. A dash stands for what was not reported: it is not 0."),
}

_ENGLISH: Final[Mapping[str, str]] = {
    c.NOT_STARTED: "Not started",
    c.UNDER_WAY: "Under way",
    c.SUSPENDED: "Suspended",
    c.COMPLETED: "Completed",
    c.CANCELLED: "Cancelled",
    c.AHEAD: "Ahead of plan",
    c.ON_TIME: "On plan",
    c.LATE: "Behind plan",
    c.NOT_DUE: "Not due yet",
    w.NOT_STATED: "Not stated",
    w.NOT_RECEIVED: "No report received",
    "รวม": "Total",
    "รายจ่ายประจำ": "Recurrent",
    "รายจ่ายลงทุน": "Investment",
    "ภาพรวม": "Overall",
    "แผน": "Planned",
    "ผล": "Actual",
    "เบิกจ่าย": "Disbursed",
    "ใหม่": "New",
    "ต่อเนื่อง": "Continuing",
    "เกิดซ้ำ": "Recurring",
    "แก้ไขแล้ว": "Solved",
    "ไม่ทราบ (ยังไม่ได้รับรายงาน)": "Unknown (no report received)",
    "ได้รับแล้ว": "Received",
    "ได้รับแล้ว (ผ่อนผัน)": "Received (by a recorded decision)",
    "ต่ำกว่าเป้าหมาย": "Below target",
    "ไม่อาจเปรียบเทียบได้": "Not comparable",
    **dict(
        zip(
            OUTCOMES.values(),
            ("Met", "Not met yet", "Not due yet", "Not rated", "Not stated", "No report received"),
            strict=True,
        )
    ),
}


def frame_words(language: str) -> dict[str, str]:
    """The frame's words by name."""
    return {name: translate(text, language) for name, text in FRAME.items()}


def say(text: str, language: str) -> str:
    """A choice of the forms, or a word of ours, in ``language``; anything else as it is."""
    return _ENGLISH.get(text, text) if language == "en" else text


def period_title(period: Period, language: str) -> str:
    if language == "th":
        return period.title
    part = "year-end" if period.is_year_end else f"quarter {period.quarter}"
    return f"Fiscal year {period.fiscal_year} (B.E.), {part}"
