"""What is said where answers contradict each other, the register, the approved plan or last quarter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.checking.catalogue.wording import E, W, Wording

RULES: Final[Mapping[str, Wording]] = {
    "DATES-ORDER": Wording(
        E,
        "The end, {value}, lies before the start, {other}.",
        "Check both dates and their years.",
        example="",
    ),
    "PLAN-FALLS": Wording(
        E,
        "The planned per cent falls from {other} to {value}; it is cumulative and can only rise.",
        "Type the cumulative per cent at the end of each quarter.",
        "25 · 50 · 75 · 100",
    ),
    "OVER-BUDGET": Wording(
        E,
        "Disbursed {value} baht is more than the budget of {other} baht.",
        "Check both amounts; budget is after transfers and changes.",
        example="",
    ),
    "OVER-COMMITTED": Wording(
        W,
        "Disbursed and committed together, {other} baht, are more than the budget.",
        "“Committed” is what is not yet paid. Mend the amounts, or say in the note why they are right.",
    ),
    "NO-BUDGET-SPENT": Wording(
        E,
        "There is an amount, {value} baht, but (3) names no source of money, or says that no budget is used.",
        "Choose the source in (3), or empty the amounts in (9).",
        example="",
    ),
    "DONE-NOT-100": Wording(
        E,
        "The project is completed, but its progress is {value} %.",
        "Type 100, or choose another stage.",
        "100",
    ),
    "HUNDRED-NOT-DONE": Wording(
        E,
        "Progress is 100 %, but the stage is “{value}”.",
        "Choose the completed stage, or type the per cent that is done.",
        example="",
    ),
    "DONE-NO-DATE": Wording(
        E, "The project is completed, but the day of completion is blank.", "Type the day of completion."
    ),
    "DONE-NO-BENEFIT": Wording(
        E,
        "The project is completed, but (12) does not say what came of it.",
        "Describe the benefits or outcome in (12).",
    ),
    "LATE-NO-PROBLEM": Wording(
        E,
        "The project is late, but (13) says that there is no problem.",
        "Say in (13) what delays the project, why, and what is done about it.",
        example="",
    ),
    "STOPPED-NO-REASON": Wording(
        E,
        "The project is “{value}”, but no reason is given.",
        "Give the reason in (13), or in the note of (14).",
        example="",
    ),
    "NOT-STARTED-SPENT": Wording(
        W,
        "The project has not started, but {other} baht has been disbursed.",
        "Choose the right stage, or say in the note why it is so.",
    ),
    "BEHIND-SAYS-ON-TIME": Wording(
        W,
        "Progress is {other} %, below the {planned} % planned, but the schedule is “{value}”.",
        "Choose the schedule that fits, or say in the note why it is so.",
    ),
    "AHEAD-SAYS-LATE": Wording(
        W,
        "Progress is {other} %, not below the {planned} % planned, but the schedule is “{value}”.",
        "Choose the schedule that fits, or say in the note why it is so.",
    ),
    "PLAN-CHANGED": Wording(
        W,
        "“{label}” is “{value}” now; the approved plan says “{other}”.",
        "Put back what is approved, or say in the note why the plan was changed, and who approved it.",
    ),
    "BUDGET-NOT-REGISTER": Wording(
        W,
        "The budget is {value} baht; the register says {other} baht.",
        "Put back the register's amount, or say in the note why the budget differs, such as a transfer.",
    ),
    "SPEND-FAR-FROM-PROGRESS": Wording(
        W,
        "{spent} per cent of the budget is disbursed, but progress is {value} per cent.",
        "Check both figures, or say in the note why they lie apart.",
    ),
    "MILLION-BAHT": Wording(
        W,
        "{value} baht is about a million times off beside {other} baht in the register or the budget.",
        "Amounts are in baht, not in million baht. Mend the amount, or say in the note why it is right.",
    ),
    "FELL": Wording(
        W,
        "“{label}” was {other} last quarter and is {value} now; it is cumulative and should not fall.",
        "Check the figure, or say in the note why it fell.",
    ),
    "STAGE-WENT-BACK": Wording(
        W,
        "The project was completed last quarter and is “{value}” now.",
        "Check the stage, or say in the note why it is under way again.",
    ),
    "SAME-TEXT": Wording(
        W,
        "The text is last quarter's, word for word.",
        "Write what was done in this quarter, or say in the note that nothing has changed.",
    ),
    "KPI-REQUIRED": Wording(
        E,
        "The KPI has neither a result nor “not due yet”.",
        "Type the result, or choose “ยังไม่ถึงรอบวัด”.",
    ),
    "KPI-BOTH": Wording(
        E,
        "The KPI has a result, {value}, and is also marked as not due yet.",
        "Keep the result, or “ยังไม่ถึงรอบวัด”; not both.",
        example="",
    ),
    "KPI-NO-DETAILS": Wording(
        E, "The KPI has a result, but no details of what was done.", "Describe in (1) what was done."
    ),
    "KPI-LEVEL": Wording(E, "“{value}” is not a level from 1 to 5.", "Type a level from 1 to 5.", "4"),
    "KPI-DIFFERS": Wording(
        W,
        "The result is {value}; from the projects' answers follows {other}.",
        "Check the result and the projects' answers, or say in the note why they differ.",
    ),
    "KPI-OVER-100": Wording(
        W, "The result is {value} per cent, over 100.", "Check the figure, or say in the note why it is right."
    ),
}
