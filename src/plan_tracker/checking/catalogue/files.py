"""What is said of files, forms and sheets: what can't be taken in, is missing, or stands where nothing belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.checking.catalogue.wording import E, N, R, W, Wording

FILES: Final[Mapping[str, Wording]] = {
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
    "FILE-BESIDE": Wording(
        N,
        "This came beside the form in one mail or archive, and is not read; it is kept there, {kept}.",
        "Nothing needs to be done, unless the unit means it to say more than its form does: look into it there.",
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
    "FORM-SUPERSEDED": Wording(
        N,
        "All of it says just what version {before} of {period} said, which a later return had replaced: an old file"
        " saved again, or a change taken back? It counts, as the newest that came.",
        "If it is an old file, have the unit send the right one once more.",
        example="",
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
}

FILES_CASES: Final[Mapping[str, Wording]] = {  # what is said in a case of its own, after the code
    "PART counts": Wording(  # the other case of PART
        N,
        "Nothing has been filled in for {code} in this file; its answer from another file counts.",
        "Nothing needs to be done.",
        example="",
    ),
    "FORM-PERIOD closed": Wording(  # the other case of FORM-PERIOD
        R,
        "The form is for {period}, which is closed: publication of the report has been permitted.",
        "If it must count all the same, open the report first: plantrack review reopen {closed_by} --because TEXT",
    ),
    "FORM-PERIOD withdrawn": Wording(
        R,
        "This form for {period} was taken back after it had been sent out.",
        "Fill in the form that has been issued since; where there is none, nothing is asked for {period}.",
    ),
    "FORM-UNKNOWN copied": Wording(
        R,
        "The workbook shows the form of {unit} for {period}, but without its hidden sheets: probably it was copied"
        " into a new workbook.",
        "Open the form that was sent to the unit, copy the answers into its yellow cells (paste values), and return"
        " that file. Whatever has been typed can be copied cell by cell from this one.",
    ),
    "FORM-UNKNOWN offered": Wording(
        R,
        "The workbook shows the form of {unit} for {period}, but without its hidden sheets: probably it was copied"
        " into a new workbook.",
        "What could be read of it has been filled into a form that goes with the letter: look it through, mend what is"
        " marked and fill in what is blank, save it, and return that file.",
    ),
    "FOREIGN-SHEET offered": Wording(
        W,
        "Sheet {sheet} is of {value} “{name}”, a project or KPI of {owner}, which this form does not ask for; it has"
        " not been taken in.",
        "What could be read of it has been filled into a form of {owner}, which lies among the corrections."
        " Have {owner} look it through and return that; then delete the sheet here.",
        example="",
    ),
    "FOREIGN-SHEET owner": Wording(
        W,
        "Sheet {sheet} is of {value} “{name}”, a project or KPI of {owner}, which this form does not ask for; it has"
        " not been read.",
        "If {owner} sends it in a form of its own, delete the sheet here. Else have what is on it typed into the form"
        " of {owner}: it counts only there.",
        example="",
    ),
    "STRAY label": Wording(
        W,
        "The label “{value}” stands at the answer to “{label}”: it was moved, or the form's hidden keys were changed.",
        "Look what the answer belongs to: mend it on the correction form, or confirm it in the note.",
        example="",
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
    "FILE-TYPE archive-unopened": Wording(
        R,
        "The file is an archive (such as .rar or .7z) that the programs installed here can't open: they may not know"
        " its kind, or it has a password, or is damaged.",
        "Unpack it and put the workbooks into the inbox, or ask the sender for them as a .zip without a password.",
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
    "FILE-ENCRYPTED archive": Wording(
        R,
        "The file is, or comes from, an archive with a password, which can't be opened here, even with it.",
        "Unpack it with the password and put the workbooks into the inbox, or ask the sender for them without one.",
    ),
    "FILE-ENCRYPTED ods": Wording(
        R,
        "The file is an OpenDocument workbook (.ods) with a password, which can't be opened here, even with it.",
        "Open it in LibreOffice, choose File, Save As, take the tick from “Save with password”, and send that.",
    ),
    "FILE-ENCRYPTED wrong": Wording(
        R,
        "The file is protected by a password, and none that is known here opens it.",
        "Ask the sender for the password and run ingest again with it (PLANTRACK_PASSWORD), or for a file without one.",
    ),
}
