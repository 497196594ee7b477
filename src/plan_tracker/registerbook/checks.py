"""What no single cell shows: codes that clash, references that lead nowhere, plans that fall, dates out of order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import pairwise

from plan_tracker.checking.parsing.numbers import is_percent_unit
from plan_tracker.forms.definition.choices import LEVELS, QUALITATIVE
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import HIDDEN_SHEETS
from plan_tracker.i18n import _
from plan_tracker.register import Computation
from plan_tracker.registerbook.codes import split_codes
from plan_tracker.registerbook.layout import (
    FIRST_ROW,
    KPI_TARGETS,
    KPIS,
    LEVEL_HIGH,
    LEVEL_LOW,
    LONGEST_CODE,
    MEMO,
    PLANNED,
    PLANS,
    PROJECTS,
    UNITS,
)
from plan_tracker.registerbook.lifecycles import check_lifecycles
from plan_tracker.registerbook.rows import ERROR, WARNING, RegisterProblem, Rows, SheetRow, address
from plan_tracker.thai_text import letters, likeliest
from plan_tracker.values import Value, plain

_CODE = re.compile(rf"(?!-)[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}")  # what begins with a hyphen is an option
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_RESERVED = frozenset(_DEVICES | {"history"} | HIDDEN_SHEETS)  # no file or no sheet may be called so
_DATES = (
    ("f8.start_date", "f8.end_date"),
    *((f"{row.key}.start", f"{row.key}.end") for row in CURRENT.form1.blocks["f8.activities"].rows),
)


def check_tables(tables: Mapping[str, Rows], fiscal_year: int) -> None:
    """Adds to each table's problems what only shows across cells, rows and sheets. ``fiscal_year``: as configured."""
    check_filled(tables)
    for names in ((PLANS,), (UNITS,), (PROJECTS, KPIS)):
        check_codes([tables[name] for name in names])
    check_lifecycles(tables)
    for rows, column in ((tables[PROJECTS], "plans"), (tables[KPIS], "plan")):
        for line in rows.lines:
            check_reference(rows, line, "unit", tables[UNITS])
            check_reference(rows, line, column, tables[PLANS])
    check_unit_types(tables[UNITS])
    for line in tables[PLANS].lines:
        check_year(tables[PLANS], line, fiscal_year)
    for line in tables[PROJECTS].lines:
        check_dates(tables[PROJECTS], line)
        check_planned(tables[PROJECTS], line)
    for line in tables[KPIS].lines:
        check_levels(tables[KPIS], line)
        check_last_target(tables[KPIS], line)
        check_computed(tables[KPIS], line)


def codes_of(rows: Rows) -> dict[str, str]:
    """The codes of a table as they are written, by their lower case."""
    return {code.lower(): code for line in reversed(rows.lines) if (code := line.text("code"))}


def check_filled(tables: Mapping[str, Rows]) -> None:
    """There must be plans and units, and projects or KPIs."""
    nothing_to_report = not tables[PROJECTS].lines and not tables[KPIS].lines
    for name, rows in tables.items():
        if rows.lines or not rows.columns:
            continue
        level = ERROR if name in (PLANS, UNITS) or nothing_to_report else WARNING
        message = _("The sheet {sheet} has no rows. Write one row for each, from row {row} on.")
        message = message.format(sheet=rows.table.sheet, row=FIRST_ROW)
        rows.problems.append(RegisterProblem(rows.table.sheet, address(0, FIRST_ROW), "", message, level))


def check_codes(together: Iterable[Rows]) -> None:
    """Codes are well formed, and none is used twice within ``together``, whatever its case."""
    seen: dict[str, str] = {}
    for rows in together:
        for line in rows.lines:
            code = line.text("code")
            if not code:
                continue
            check_code(rows, line, code)
            place = f"{rows.table.sheet}!{rows.cell(line, 'code')}"
            first = seen.setdefault(code.lower(), place)
            if first != place:
                message = _("The code {code} stands in {first} and in {second}. Give one of them another code.")
                rows.complain(line, "code", message.format(code=code, first=first, second=place))


def check_code(rows: Rows, line: SheetRow, code: str) -> None:
    """A code becomes the name of files and sheets."""
    if not _CODE.fullmatch(code):
        message = _(
            "A code is made of the letters A-Z, digits, - and _, {most} at the most, not beginning with -. Change it."
        )
        rows.complain(line, "code", message.format(most=LONGEST_CODE))
    elif code.lower() in _RESERVED:
        message = _("No file or sheet can be called {code}. Choose another code.")
        rows.complain(line, "code", message.format(code=code))


def check_reference(rows: Rows, line: SheetRow, key: str, other: Rows) -> None:
    """What stands under ``key`` is a code of the ``other`` table; under ``plans`` there may be several."""
    known = codes_of(other)
    if key not in line.values or not known:
        return
    text = line.text(key)
    codes = (split_codes(text) if key == "plans" else [text]) or [text]
    unknown = [code for code in codes if code.lower() not in known]
    named = _code_of_name(text, other) if unknown else ""
    for code in [text] if named else unknown:
        if named:
            message = _("{name} is a name; here stands its code: {like}.").format(name=code, like=named)
        else:
            message = _("The code {code} is not in the sheet {sheet}. Write one from there, such as {like}.")
            like = get_close_matches(code.lower(), known, 1, 0) or list(known)
            message = message.format(code=code, sheet=other.table.sheet, like=known[like[0]])
        rows.complain(line, key, message)


def _code_of_name(text: str, other: Rows) -> str:
    """The code of the unit or plan whose full or short name stands in place of it, be it misspelt."""
    named = {name: line.text("code") for line in other.lines for key in ("short", "name") if (name := line.text(key))}
    by_letters = {letters(name): code for name, code in named.items()}
    return by_letters.get(letters(text)) or named.get(likeliest(text, named), "")


def check_unit_types(rows: Rows) -> None:
    """Whom memos go to is a division of the Office or another agency; what is not said is told once."""
    unsaid = [line for line in rows.lines if line.text("letter_type") == MEMO and not line.text("unit_type")]
    if unsaid:
        message = _(
            "unit_type is blank for {count} units that get memos, from here on: they are asked as other agencies are"
            " (ขอความอนุเคราะห์). Choose กองในสำนักงาน for the Office's own divisions, which are told (ขอให้)."
        )
        rows.complain(unsaid[0], "unit_type", message.format(count=len(unsaid)), WARNING)


def check_year(rows: Rows, line: SheetRow, fiscal_year: int) -> None:
    """A plan is of the fiscal year that ``config.toml`` says."""
    year = line.values.get("fiscal_year")
    if year is not None and year != fiscal_year:
        message = _("The plan is of fiscal year {year}, config.toml says {configured}. Make them agree.")
        rows.complain(line, "fiscal_year", message.format(year=plain(year), configured=fiscal_year))


def check_dates(rows: Rows, line: SheetRow) -> None:
    """What starts, ends later."""
    for start, end in _DATES:
        if _comparable(line.values, start, end) and line.text(start) > line.text(end):
            message = _("The end comes before the start in {cell}. Correct one of them.")
            rows.complain(line, end, message.format(cell=rows.cell(line, start)))


def check_planned(rows: Rows, line: SheetRow) -> None:
    """Planned progress never falls from one quarter to the next."""
    for before, after in pairwise(key for key in PLANNED if key in line.values):
        if line.values[after] < line.values[before]:  # type: ignore[operator]  # both are numbers
            message = _("Planned progress falls here below {value} in {cell}. It is cumulative and never falls.")
            rows.complain(line, after, message.format(value=line.text(before), cell=rows.cell(line, before)))


def check_levels(rows: Rows, line: SheetRow) -> None:
    """The targets of a KPI in levels are levels."""
    if line.values.get("direction") != LEVELS:
        return
    for key in KPI_TARGETS:
        target = line.values.get(key)
        if target is not None and not LEVEL_LOW <= target <= LEVEL_HIGH:  # type: ignore[operator]  # a number
            rows.complain(line, key, _("A level lies from {low} to {high}.").format(low=LEVEL_LOW, high=LEVEL_HIGH))


def check_last_target(rows: Rows, line: SheetRow) -> None:
    """By the fourth quarter's target a KPI is judged at the end of the year: it should be the year's."""
    year, last = (line.values.get(key) for key in (KPI_TARGETS[0], KPI_TARGETS[-1]))
    if line.values.get("direction") == QUALITATIVE or year is None or last is None or year == last:
        return
    message = _(
        "The KPI is judged by this target at the end of the year, and the year's in {cell} is another: {value}."
        " Make them agree, or leave one of them blank."
    )
    rows.complain(
        line,
        KPI_TARGETS[-1],
        message.format(cell=rows.cell(line, KPI_TARGETS[0]), value=line.text(KPI_TARGETS[0])),
        WARNING,
    )


def check_computed(rows: Rows, line: SheetRow) -> None:
    """What is worked out is a number, and a per cent where the KPI counts in per cents."""
    if "computed" not in line.values:
        return
    if line.values.get("direction") in (LEVELS, QUALITATIVE):
        message = _("Levels and words can't be worked out from projects. Clear this cell, or correct the direction.")
        rows.complain(line, "computed", message)
    elif Computation(line.text("computed")).is_share != is_percent_unit(line.text("measure")):
        message = _(
            "This doesn't fit the unit of measure in {cell}: a share is a per cent, a number of projects isn't."
        )
        rows.complain(line, "computed", message.format(cell=rows.cell(line, "measure")))


def _comparable(values: Mapping[str, Value], first: str, second: str) -> bool:
    return first in values and second in values
