"""What is said of one cell: what is missing, can't be read, or was read as something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.checking.catalogue.wording import E, N, Wording

IN_FORM = "form"  # the case of what a form says by itself, which knows no reading of what was typed

CELLS: Final[Mapping[str, Wording]] = {
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
}

CELLS_CASES: Final[Mapping[str, Wording]] = {  # what is said in a case of its own, after the code
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
    f"OUT-OF-RANGE {IN_FORM}": Wording(E, "“{label}” can be {range}.", "Check the figure and its unit."),
    f"UNCLEAR-PERCENT {IN_FORM}": Wording(
        E,
        "This figure is between 0 and 1.",
        "Type 85 for 85 per cent, not 0.85 or 85%; what is less than 1 per cent with the sign %.",
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
