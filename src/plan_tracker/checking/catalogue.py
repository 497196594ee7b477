"""Every finding that plantrack can make: how much it weighs, what is wrong, how to mend it, an example.

English here, Thai in the catalogue. ``{label}`` is the field's name on the form, ``{value}`` what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.forms.definition.spec import Field
from plan_tracker.forms.definition.versions import field_of, section_of
from plan_tracker.i18n import N_, current_language, translate

R, E, W, N = Severity.REJECTED, Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Wording:
    """A finding's severity and its texts. ``example`` None: the field's own example serves."""

    severity: Severity
    what: str
    fix: str
    example: str | None = None


CATALOGUE: dict[str, Wording] = {
    "FILE-UNREADABLE": Wording(
        R,
        N_("The file can't be opened: it is damaged, empty or only half copied ({reason})."),
        N_("Open it in Excel or LibreOffice, save it again and send it anew."),
    ),
    "FILE-ENCRYPTED": Wording(
        R, N_("The file is protected by a password."), N_("Save it without a password and send it anew.")
    ),
    "FILE-TYPE": Wording(
        R, N_("The file is not a workbook."), N_("Send the form itself, as .xlsx, .xlsm, .xls or .ods.")
    ),
    "FILE-OUTLOOK": Wording(
        R,
        N_("The mail is in Outlook's own packing (.msg or winmail.dat), which can't be opened here."),
        N_("Open it in Outlook, save the attached forms, and put those into the inbox."),
    ),
    "FILE-BUSY": Wording(
        N,
        N_("The file can't be read or moved now, and stays where it is ({reason})."),
        N_("Close it in other programs or wait until it has been copied, then run: plantrack ingest"),
    ),
    "FILE-LEFT": Wording(
        N,
        N_("The file has been taken in, but could not be removed from the inbox ({reason})."),
        N_("Close it in other programs; the next plantrack ingest takes it away."),
    ),
    "ORIGINAL-RESTORED": Wording(
        N,
        N_("The kept original was missing or changed; these same bytes have been put back as {path}."),
        N_("Nothing needs to be done for this file; find out who changes files in data/."),
    ),
    "FILE-TOO-LARGE": Wording(
        R,
        N_("The file is larger than the limit allows ({limit})."),
        N_("Take pictures and foreign sheets out of the form and send it anew."),
    ),
    "FORM-UNKNOWN": Wording(
        R,
        N_("The workbook is not a form that this office has issued."),
        N_("Fill in the form that was sent to the unit, and return that file."),
    ),
    "FORM-FORGED": Wording(
        R,
        N_("The form's hidden identity has been changed; its signature does not fit."),
        N_("Fill in the form that was sent to the unit, and return that file."),
    ),
    "FORM-VERSION": Wording(
        R,
        N_("The form is of version {version}, which this plantrack does not read."),
        N_("Issue the unit's form anew and have it filled in."),
    ),
    "FORM-PERIOD": Wording(
        R,
        N_("The form is for {period}, for which no form of this unit has been issued."),
        N_("Return the form of the quarter that is asked for."),
    ),
    "FORM-UNIT": Wording(
        R,
        N_("The form is of unit {unit}, which is not in the register."),
        N_("Check the unit's code in the register, and load the register again."),
    ),
    "FORM-BLANK": Wording(
        R,
        N_("The form came back as it was issued: nothing has been filled in."),
        N_("Fill in the yellow cells, save the file and return it."),
    ),
    "FORM-OLDER": Wording(
        N,
        N_("A newer form has been issued to the unit since; this one has been read all the same."),
        N_("Nothing needs to be done. Use the newest form next time."),
    ),
    "SHEET-MISSING": Wording(
        E,
        N_("The sheet or row of {code} is not in the file, or has lost its hidden keys."),
        N_("Fill it in on the correction form, which holds it again."),
        example="",
    ),
    "FIELD-MISSING": Wording(
        E,
        N_("The cell of “{label}” is gone from the sheet, or has lost its hidden key."),
        N_("Fill it in on the correction form, which holds it again."),
        example="",
    ),
    "FIELD-TWICE": Wording(
        E,
        N_("{code} is found twice: on sheet {sheet} and on sheet {other}."),
        N_("Keep one of the two, and delete the copy."),
        example="",
    ),
    "LOCKED-CHANGED": Wording(
        W,
        N_("“{label}” comes from the register and has been changed from “{issued}” to “{value}”; “{issued}” stands."),
        N_("If the register is wrong, say so in the note. Otherwise confirm in the note that its fact stands."),
    ),
    "REQUIRED": Wording(E, N_("“{label}” has no answer."), N_("Fill in the cell; “-” is no answer.")),
    "NOT-NUMBER": Wording(
        E, N_("“{value}” is not a number that can be read."), N_("Type digits only, with at most one decimal point.")
    ),
    "NOT-DATE": Wording(
        E, N_("“{value}” is not a day that exists."), N_("Type a day of the calendar, with its month and year.")
    ),
    "NOT-CHOICE": Wording(E, N_("“{value}” is not one of the choices."), N_("Choose from the list: {choices}")),
    "NOT-EMAIL": Wording(E, N_("“{value}” is not an e-mail address."), N_("Type one address, such as the example.")),
    "UNKNOWN-PROVINCE": Wording(
        E,
        N_("“{unknown}” is not one of Thailand's 77 provinces."),
        N_("Type provinces' full names, separated by commas."),
    ),
    "OUT-OF-RANGE": Wording(
        E,
        N_("“{value}” is outside what “{label}” can be ({range})."),
        N_("Check the figure and its unit."),
        example="",
    ),
    "TOO-LONG": Wording(
        E,
        N_("The text has {length} characters; at most {limit} fit."),
        N_("Shorten the text to {limit} characters."),
        example="",
    ),
    "FORMULA": Wording(
        E,
        N_("The cell holds a formula that can't be calculated: {shown}"),
        N_("Type the value itself in place of the formula."),
    ),
    "UNCLEAR-PERCENT": Wording(
        E,
        N_("“{value}” could mean {value} per cent or {reading} per cent."),
        N_("Type {reading} if that is meant, or {value}% with the sign."),
        "{reading}",
    ),
    "UNCLEAR-DATE": Wording(
        E,
        N_("“{value}” does not say its year in full; it may mean {reading}."),
        N_("Type the year with four digits, or the month in Thai."),
        "{reading}",
    ),
    "ROW-INCOMPLETE": Wording(
        E, N_("The row is filled in part: “{label}” is blank."), N_("Fill in the whole row, or empty it.")
    ),
    "READ-AS": Wording(
        N, N_("“{value}” has been read as {reading}."), N_("Nothing needs to be done if that is right.")
    ),
    "DATES-ORDER": Wording(
        E,
        N_("The end, {value}, lies before the start, {other}."),
        N_("Check both dates and their years."),
        example="",
    ),
    "PLAN-FALLS": Wording(
        E,
        N_("The planned per cent falls from {other} to {value}; it is cumulative and can only rise."),
        N_("Type the cumulative per cent at the end of each quarter."),
        "25 · 50 · 75 · 100",
    ),
    "OVER-BUDGET": Wording(
        E,
        N_("Disbursed {value} baht is more than the budget of {other} baht."),
        N_("Check both amounts; budget is after transfers and changes."),
        example="",
    ),
    "OVER-COMMITTED": Wording(
        W,
        N_("Disbursed and committed together, {other} baht, are more than the budget."),
        N_("“Committed” is what is not yet paid. Mend the amounts, or say in the note why they are right."),
    ),
    "NO-BUDGET-SPENT": Wording(
        E,
        N_("There is an amount, {value} baht, but (3) names no source of money, or says that no budget is used."),
        N_("Choose the source in (3), or empty the amounts in (9)."),
        example="",
    ),
    "DONE-NOT-100": Wording(
        E,
        N_("The project is completed, but its progress is {value} %."),
        N_("Type 100, or choose another stage."),
        "100",
    ),
    "HUNDRED-NOT-DONE": Wording(
        E,
        N_("Progress is 100 %, but the stage is “{value}”."),
        N_("Choose the completed stage, or type the per cent that is done."),
        example="",
    ),
    "DONE-NO-DATE": Wording(
        E, N_("The project is completed, but the day of completion is blank."), N_("Type the day of completion.")
    ),
    "DONE-NO-BENEFIT": Wording(
        E,
        N_("The project is completed, but (12) does not say what came of it."),
        N_("Describe the benefits or outcome in (12)."),
    ),
    "LATE-NO-PROBLEM": Wording(
        E,
        N_("The project is late, but (13) says that there is no problem."),
        N_("Say in (13) what delays the project, why, and what is done about it."),
        example="",
    ),
    "STOPPED-NO-REASON": Wording(
        E,
        N_("The project is “{value}”, but no reason is given."),
        N_("Give the reason in (13), or in the note of (14)."),
        example="",
    ),
    "NOT-STARTED-SPENT": Wording(
        W,
        N_("The project has not started, but {other} baht has been disbursed."),
        N_("Choose the right stage, or say in the note why it is so."),
    ),
    "BEHIND-SAYS-ON-TIME": Wording(
        W,
        N_("Progress is {other} %, below the {planned} % planned, but the schedule is “{value}”."),
        N_("Choose the schedule that fits, or say in the note why it is so."),
    ),
    "SPEND-FAR-FROM-PROGRESS": Wording(
        W,
        N_("{spent} per cent of the budget is disbursed, but progress is {value} per cent."),
        N_("Check both figures, or say in the note why they lie apart."),
    ),
    "MILLION-BAHT": Wording(
        W,
        N_("{value} baht is about a million times off beside {other} baht in the register or the budget."),
        N_("Amounts are in baht, not in million baht. Mend the amount, or say in the note why it is right."),
    ),
    "FELL": Wording(
        W,
        N_("“{label}” was {other} last quarter and is {value} now; it is cumulative and should not fall."),
        N_("Check the figure, or say in the note why it fell."),
    ),
    "STAGE-WENT-BACK": Wording(
        W,
        N_("The project was completed last quarter and is “{value}” now."),
        N_("Check the stage, or say in the note why it is under way again."),
    ),
    "SAME-TEXT": Wording(
        W,
        N_("The text is last quarter's, word for word."),
        N_("Write what was done in this quarter, or say in the note that nothing has changed."),
    ),
    "KPI-REQUIRED": Wording(
        E,
        N_("The KPI has neither a result nor “not due yet”."),
        N_("Type the result, or choose “ยังไม่ถึงรอบวัด”."),
    ),
    "KPI-BOTH": Wording(
        E,
        N_("The KPI has a result, {value}, and is also marked as not due yet."),
        N_("Keep the result, or “ยังไม่ถึงรอบวัด”; not both."),
        example="",
    ),
    "KPI-NO-DETAILS": Wording(
        E, N_("The KPI has a result, but no details of what was done."), N_("Describe in (1) what was done.")
    ),
    "KPI-LEVEL": Wording(E, N_("“{value}” is not a level from 1 to 5."), N_("Type a level from 1 to 5."), "4"),
    "KPI-OVER-100": Wording(
        W, N_("The result is {value} per cent, over 100."), N_("Check the figure, or say in the note why it is right.")
    ),
}


_CLOSED = Wording(  # the other case of FORM-PERIOD
    R,
    N_("The form is for {period}, which is closed: publication of the report has been permitted."),
    N_("If it must count all the same, open the report first: plantrack review reopen {closed_by} --because TEXT"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A finding in words."""

    message: str
    fix: str
    example: str
    label: str


def words(finding: Finding, language: str = "") -> Words:
    """What is wrong, how to mend it, an example; in ``language``, else the one in use."""
    language = language or current_language()
    wording = _CLOSED if "closed_by" in finding.params else CATALOGUE[finding.code]
    field = field_of(finding.field)
    shown = {"label": field.label if field else "", "value": finding.value, "code": finding.project}
    shown |= {"sheet": finding.sheet} | dict(finding.params)
    message = translate(wording.what, language).format_map(_Lenient(shown))
    fix = translate(wording.fix, language).format_map(_Lenient(shown))
    example = _example(wording, field).format_map(_Lenient(shown))
    return Words(message, fix, example, shown["label"])


def _example(wording: Wording, field: Field | None) -> str:
    """The finding's own example, else the field's where one value of it mends the finding."""
    if wording.example is not None:
        return wording.example
    return field.example if field and wording.severity is Severity.ERROR else ""


def heading(finding: Finding) -> str:
    """The numbered heading that the finding's field stands under; none for Form 2."""
    section = section_of(finding.field)
    return section.heading if section and not finding.field.startswith("k.") else ""


def note_of(field: str) -> str:
    """The note in which a unit confirms a warning on ``field``."""
    return "k.note" if field.startswith("k.") else field.partition(".")[0] + ".note"


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"
