"""Every finding that plantrack can make: how much it weighs, what is wrong, how to mend it, an example.

English here; other languages have each text in their catalogue under the finding's code, so that the English may be
mended without losing them. ``{label}`` is the field's name on the form, ``{value}`` what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.reading import CASE, LIKELY
from plan_tracker.forms.definition.spec import Field
from plan_tracker.forms.definition.versions import field_of, section_of
from plan_tracker.i18n import Words, current_language

CONTEXT = "finding"  # of the texts in the catalogues
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
        "The file can't be opened: it is damaged, empty or only half copied ({reason}).",
        "Open it in Excel or LibreOffice, save it again and send it anew.",
    ),
    "FILE-ENCRYPTED": Wording(
        R,
        "The file is protected by a password.",
        "Save it without a password and send it anew; or have it opened here: set PLANTRACK_PASSWORD, or keep the"
        " password in the system's keyring (keyring set plantrack returns), and run ingest again.",
    ),
    "FILE-TYPE": Wording(R, "The file is not a workbook.", "Send the form itself, as .xlsx, .xlsm, .xls or .ods."),
    "FILE-OUTLOOK": Wording(
        R,
        "The mail is in Outlook's own packing (.msg or winmail.dat), which can't be opened here.",
        "Open it in Outlook, save the attached forms, and put those into the inbox;"
        " or have it opened here: pip install 'plantrack[outlook]'",
    ),
    "FILE-BUSY": Wording(
        N,
        "The file can't be read or moved now, and stays where it is ({reason}).",
        "Close it in other programs or wait until it has been copied, then run: plantrack ingest",
    ),
    "FILE-LEFT": Wording(
        N,
        "The file has been taken in, but could not be removed from the inbox ({reason}).",
        "Close it in other programs; the next plantrack ingest takes it away.",
    ),
    "ORIGINAL-RESTORED": Wording(
        N,
        "The kept original was missing or changed; these same bytes have been put back as {path}.",
        "Nothing needs to be done for this file; find out who changes files in data/.",
    ),
    "FILE-TOO-LARGE": Wording(
        R,
        "The file is larger than the limit allows ({limit}).",
        "Take pictures and foreign sheets out of the form and send it anew.",
    ),
    "FORM-UNKNOWN": Wording(
        R,
        "The workbook is not a form that this office has issued.",
        "Fill in the form that was sent to the unit, and return that file.",
    ),
    "FORM-FORGED": Wording(
        R,
        "The form's hidden identity has been changed; its signature does not fit.",
        "Fill in the form that was sent to the unit, and return that file.",
    ),
    "FORM-VERSION": Wording(
        R,
        "The form is of version {version}, which this plantrack does not read.",
        "Issue the unit's form anew and have it filled in.",
    ),
    "FORM-PERIOD": Wording(
        R,
        "The form is for {period}, for which no form of this unit has been issued.",
        "Return the form of the quarter that is asked for.",
    ),
    "FORM-UNIT": Wording(
        R,
        "The form is of unit {unit}, which is not in the register.",
        "Check the unit's code in the register, and load the register again.",
    ),
    "FORM-BLANK": Wording(
        R,
        "The form came back as it was issued: nothing has been filled in.",
        "Fill in the yellow cells, save the file and return it.",
    ),
    "FORM-OLDER": Wording(
        N,
        "A newer form has been issued to the unit since; this one has been read all the same.",
        "Nothing needs to be done. Use the newest form next time.",
    ),
    "FORM-EARLIER": Wording(
        W,
        "{code} came on the form of {period}, whose answer counts already, and the form of {later} is out: a late"
        " correction, or the wrong form? The answer that counts stands until that is decided.",
        "To take the correction: plantrack accept {typed} {unit} --because TEXT. If it is the wrong form:"
        ' plantrack inbox decline "{file}" --because TEXT',
    ),
    "PART": Wording(
        E,
        "Nothing has been filled in for {code} in this file.",
        "Fill it in on the correction form, or send the file of whoever has filled it in.",
        example="",
    ),
    "SHEET-MISSING": Wording(
        E,
        "The sheet or row of {code} is not in the file, or has lost its hidden keys.",
        "Fill it in on the correction form, which holds it again.",
        example="",
    ),
    "FIELD-MISSING": Wording(
        E,
        "The cell of “{label}” is gone from the sheet, or has lost its hidden key.",
        "Fill it in on the correction form, which holds it again.",
        example="",
    ),
    "FIELD-TWICE": Wording(
        E,
        "{code} is found twice: on sheet {sheet} and on sheet {other}.",
        "Keep one of the two, and delete the copy.",
        example="",
    ),
    "STRAY": Wording(
        W,
        "“{value}” stands outside the cells that are read, or in place of a label, and has not been taken in.",
        "Move it into the cell that it belongs to, or delete it. If nothing is to be done with it, say so in the note.",
        example="",
    ),
    "FOREIGN-SHEET": Wording(
        W,
        "Sheet {sheet} is of {value}, which this form does not ask for; it has not been read.",
        "Send what is on it in the form of its own unit, and delete the sheet here.",
        example="",
    ),
    "LOCKED-CHANGED": Wording(
        W,
        "“{label}” comes from the register and has been changed from “{issued}” to “{value}”; “{issued}” stands.",
        "If the register is wrong, say so in the note. Otherwise confirm in the note that its fact stands.",
    ),
    "REQUIRED": Wording(E, "“{label}” has no answer.", "Fill in the cell; “-” is no answer."),
    "NOT-NUMBER": Wording(
        E, "“{value}” is not a number that can be read.", "Type digits only, with at most one decimal point."
    ),
    "NOT-DATE": Wording(
        E,
        "“{value}” can't be read as a day.",
        "Type one day with its month and its year in four digits, such as 1 ต.ค. 2568 or 1/10/2568.",
    ),
    "NOT-CHOICE": Wording(E, "“{value}” is not one of the choices.", "Choose from the list: {choices}"),
    "NOT-EMAIL": Wording(E, "“{value}” is not an e-mail address.", "Type one address, such as the example."),
    "UNKNOWN-PROVINCE": Wording(
        E,
        "“{unknown}” is not one of Thailand's 77 provinces.",
        "Type the names of provinces, separated by commas.",
    ),
    "OUT-OF-RANGE": Wording(
        E,
        "“{value}” is outside what “{label}” can be ({range}).",
        "Check the figure and its unit.",
        example="",
    ),
    "TOO-LONG": Wording(
        E,
        "The text has {length} characters; at most {limit} fit.",
        "Shorten the text to {limit} characters.",
        example="",
    ),
    "FORMULA": Wording(
        E,
        "The cell holds a formula that can't be calculated: {shown}",
        "Type the value itself in place of the formula.",
    ),
    "UNCLEAR-PERCENT": Wording(
        E,
        "“{value}” could mean {value} per cent or {reading} per cent.",
        "Type {reading} if that is meant, or {value}% with the sign.",
        "{reading}",
    ),
    "UNCLEAR-DATE": Wording(
        E,
        "“{value}” does not say its year in full; it may mean {reading}.",
        "Type the year with four digits, or the month in Thai.",
        "{reading}",
    ),
    "ROW-INCOMPLETE": Wording(
        E, "The row is filled in part: “{label}” is blank.", "Fill in the whole row, or empty it."
    ),
    "READ-AS": Wording(N, "“{value}” has been read as {reading}.", "Nothing needs to be done if that is right."),
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
    "KPI-OVER-100": Wording(
        W, "The result is {value} per cent, over 100.", "Check the figure, or say in the note why it is right."
    ),
}


PART_COUNTS: Final = Wording(  # the other case of PART
    N,
    "Nothing has been filled in for {code} in this file; its answer from another file counts.",
    "Nothing needs to be done.",
    example="",
)
CLOSED_PERIOD: Final = Wording(  # the other case of FORM-PERIOD
    R,
    "The form is for {period}, which is closed: publication of the report has been permitted.",
    "If it must count all the same, open the report first: plantrack review reopen {closed_by} --because TEXT",
)
OTHER_CASES: Final[Mapping[str, Wording]] = {  # what a finding says in a case of its own, after its code
    "PART counts": PART_COUNTS,
    "FORM-PERIOD closed": CLOSED_PERIOD,
    "FORM-PERIOD withdrawn": Wording(
        R,
        "This form for {period} was taken back after it had been sent out.",
        "Fill in the form that has been issued since; where there is none, nothing is asked for {period}.",
    ),
    "STRAY cover": Wording(
        W,
        "On sheet {sheet}, “{value}” stands outside the cells that are read, or in place of a text; it is not read.",
        "Move it into the cell that it belongs to, or delete it. If it says nothing new, the officer waives it.",
        example="",
    ),
    "FIELD-MISSING there": Wording(
        E,
        "The cell of “{label}” has lost its hidden key; “{value}” stands there probably, and has not been read.",
        "Fill it in on the correction form, which holds it again.",
        example="",
    ),
    "REQUIRED amount": Wording(
        E,
        "“{label}” has no amount.",
        "Is it 0 baht? Then write 0; else type the amount. “-” is no answer.",
    ),
    "NOT-NUMBER per-cent": Wording(
        E,
        "The cell shows “{value}”, a per cent, but “{label}” is not measured in per cent.",
        "Type the figure itself in its own unit, and give the cell a plain number format.",
    ),
    "NOT-DATE no-such-day": Wording(
        E,
        "“{value}” is not a day that exists: that month has no such day.",
        "Check day and month, and type them with the year, such as 1 ต.ค. 2568.",
    ),
    "NOT-DATE no-such-year": Wording(
        E,
        "“{value}” lies in a year that no project can be of.",
        "Type the year in four digits, such as 1 ต.ค. 2568.",
    ),
    "NOT-DATE month-only": Wording(
        E,
        "“{value}” names a month, but not the day.",
        "Type the day as well, such as 1 ต.ค. 2568.",
    ),
    "UNCLEAR-DATE serial": Wording(
        E,
        "“{value}” is a number, such as a spreadsheet keeps for a day; it may mean {reading}.",
        "Type the day with its month and year.",
        "{reading}",
    ),
    "FILE-TYPE pdf": Wording(
        R,
        "The file is a PDF, which shows the form but does not hold its cells.",
        "Send the form itself, the Excel file (.xlsx) that was filled in. A signed paper may go beside it.",
    ),
    "FILE-TYPE picture": Wording(
        R,
        "The file is a photo or a scan of the form, from which no figures can be taken.",
        "Send the form itself, the Excel file (.xlsx) that was filled in.",
    ),
    "FILE-TYPE word": Wording(
        R,
        "The file is a text document (Word), not the form.",
        "Copy the answers into the Excel form that was sent out, and send that.",
    ),
    "FILE-TYPE slides": Wording(
        R, "The file is a presentation, not the form.", "Copy the answers into the Excel form, and send that."
    ),
    "FILE-TYPE xlsb": Wording(
        R,
        "The file is a binary Excel workbook (.xlsb), which is not read here.",
        "Open it in Excel, choose Save As, Excel Workbook (.xlsx), and send that.",
    ),
    "FILE-TYPE numbers": Wording(
        R,
        "The file is a document of Apple's Numbers (or Pages, Keynote).",
        "Open it in Numbers, choose File, Export To, Excel (.xlsx), and send that; the form's own file would be surer.",
    ),
    "FILE-TYPE web": Wording(
        R,
        "The file is a web page, though it may be called a workbook.",
        "Open it in Excel, copy the answers into the form that was sent out, and send that.",
    ),
    "FILE-TYPE text": Wording(
        R,
        "The file is plain text (such as CSV), without the form's sheets.",
        "Send the form itself, saved as .xlsx: a text file loses all sheets but one.",
    ),
    "FILE-TYPE link": Wording(
        R,
        "The file is only a link to a document that is somewhere else.",
        "Open the link, download the workbook as .xlsx, and send that.",
    ),
    "FILE-TYPE film": Wording(R, "The file is a film or a sound recording.", "Send the Excel form itself (.xlsx)."),
    "FILE-TYPE archive": Wording(
        R,
        "The file is an archive (such as .rar or .7z), and no program that unpacks it is installed here.",
        "Unpack it and put the workbooks into the inbox, or send them as a .zip."
        " Where 7-Zip or bsdtar is installed it is opened here.",
    ),
    "FILE-TYPE signed": Wording(
        R,
        "The file is signed or encrypted mail (.p7m), which can't be opened here.",
        "Open it in the mail program, save the attached workbooks, and put those into the inbox.",
    ),
    "FILE-TYPE too-deep": Wording(
        R,
        "The file lies too deep: an archive or mail in several others.",
        "Take the workbooks out, and put those into the inbox.",
    ),
    "FILE-TYPE empty": Wording(
        R, "There is no file in the archive or mail.", "Attach the filled-in form (.xlsx), and send it anew."
    ),
    "FILE-TYPE mail-empty": Wording(
        R, "The mail has no attachment.", "Ask for it to be sent anew, with the filled-in form (.xlsx) attached."
    ),
    "FILE-TYPE mail-link": Wording(
        R,
        "The mail has no attachment, only a link: {link}",
        "If you know the sender, open the link, download the workbook as .xlsx, and put it into the inbox.",
    ),
    "FILE-TYPE mail-other": Wording(
        R,
        "The mail has no workbook attached, only: {names}",
        "Ask for the form itself: the Excel file (.xlsx) that was filled in.",
    ),
    "FILE-OUTLOOK damaged": Wording(
        R,
        "The mail is in Outlook's own packing (.msg or winmail.dat), and is damaged.",
        "Open it in Outlook, save the attached forms, and put those into the inbox.",
    ),
    "FILE-OUTLOOK without": Wording(
        R,
        "The mail in Outlook's own packing (.msg or winmail.dat) has no attachment that can be taken out.",
        "Open it in Outlook: save the attached forms if there are any, else ask for the mail to be sent anew.",
    ),
    "FILE-ENCRYPTED wrong": Wording(
        R,
        "The file is protected by a password, and none that is known here opens it.",
        "Ask the sender for the password and run ingest again with it (PLANTRACK_PASSWORD), or for a file without one.",
    ),
    "FORMULA twice": Wording(
        E,
        "The cell stands in the file more than once, with different contents: {shown}",
        "Open the file, look at the cell, type what it should say, and save it anew.",
    ),
    "FORMULA broken": Wording(
        E,
        "The cell's content is damaged in the file; what is left of it: {shown}",
        "Open the file, type the value into the cell anew, and save it.",
    ),
    "FORMULA disguised": Wording(
        E,
        "The cell's number format shows something else than the cell holds: {shown}",
        "Set the cell's format to General and type the value that is meant.",
    ),
    "UNCLEAR-DATE zone": Wording(
        E,
        "“{value}” is told in another time zone; in Thailand it may mean {reading}.",
        "Type the day alone, without time and zone.",
        "{reading}",
    ),
    "UNCLEAR-DATE words": Wording(
        E,
        "The spreadsheet has made a date of what was typed into “{label}”; the cell shows “{reading}”.",
        "Format the cell as text, and type again what is meant; an apostrophe (') in front keeps it as it is typed.",
    ),
}


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words."""

    message: str
    fix: str
    example: str
    label: str


def words(finding: Finding, language: str = "") -> FindingText:
    """What is wrong, how to mend it, an example; in ``language``, else the one in use."""
    language = language or current_language()
    case, wording = _case(finding)
    speech = Words(language)
    what, fix = said_in(speech, case, wording)
    field = field_of(finding.field)
    shown = {"label": field.label if field else "", "value": finding.value, "code": finding.project}
    shown |= {"sheet": finding.sheet} | dict(finding.params)
    example = _example(wording, field)
    message, mend, shown_example = (text.format_map(_Lenient(shown)) for text in (what, fix, example))
    if likely := finding.params.get(LIKELY):
        offer = speech.say("finding", "Probably meant: {likely}", likely=likely)
        mend = f"{mend} {offer}"
    return FindingText(message, mend, shown_example, shown["label"])


def said_in(words: Words, case: str, wording: Wording) -> tuple[str, str]:
    """What is wrong and how to mend it, unfilled; ``case`` is a code, or a code with the other case of it."""
    return (
        words.by_key(CONTEXT, f"{case} what", wording.what),
        words.by_key(CONTEXT, f"{case} fix", wording.fix),
    )


def keyed_texts() -> Iterator[tuple[str, str]]:
    """Every text by the key that catalogues have it under, with its English."""
    for case, wording in {**CATALOGUE, **OTHER_CASES}.items():
        yield f"{case} what", wording.what
        yield f"{case} fix", wording.fix


def _case(finding: Finding) -> tuple[str, Wording]:
    """What catalogues have the finding's texts under, a code or a code with the other case of it; and the texts."""
    case = f"{finding.code} {finding.params.get(CASE, '')}"
    if "closed_by" in finding.params:
        case = f"{finding.code} closed"
    elif finding.code == "PART" and finding.severity is Severity.NOTICE:
        case = "PART counts"
    return (case, OTHER_CASES[case]) if case in OTHER_CASES else (finding.code, CATALOGUE[finding.code])


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
