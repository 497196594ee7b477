"""Reads a register workbook's sheets into rows of typed values, each knowing its cell."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from plan_tracker.checking.parsing.normalise import CellContext, is_dash, read_value
from plan_tracker.checking.parsing.reading import CASE, LIKELY, Reading
from plan_tracker.forms.definition.choices import QUALITATIVE
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.raw import FaultyCell, Refusal
from plan_tracker.forms.reading.seeing import as_seen
from plan_tracker.forms.reading.spreadsheets.grid import Area, CellDisplay, Sheet, SheetLimits
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.i18n import N_, _
from plan_tracker.registerbook.layout import CODED, KEY_ROW, TABLES, RegisterSheet, choice_of, code_of
from plan_tracker.system import describe_os_error, reason_of
from plan_tracker.thai_text import likeliest, mend
from plan_tracker.values import Value, plain

ERROR, WARNING = "error", "warning"
_KEY_ROW_WITHIN = 10  # rows from the top in which the row of keys is looked for
_LIMITS = SheetLimits(cells=20_000_000, row_digits=5)  # a whole country's projects
_ADVICE = {
    "NOT-NUMBER": N_("A number belongs here: write figures only, such as 1250000."),
    "NOT-DATE": N_("A date belongs here: write it like 1 ต.ค. 2568."),
    "NOT-DATE no-such-day": N_("No calendar has this day. Write it like 1 ต.ค. 2568."),
    "NOT-DATE month-only": N_("This is a month. Write the day as well, like 1 ต.ค. 2568."),
    "NOT-NUMBER per-cent": N_(
        "The cell is formatted as per cent, and no per cent belongs here. Write the figure itself."
    ),
    "NOT-CHOICE": N_("This is not in the list. Choose one of: {choices}"),
    "UNKNOWN-PROVINCE": N_("No province is called {unknown}. Write provinces' full names, separated by commas."),
    "UNCLEAR-DATE serial": N_(
        "This is a number, such as a spreadsheet keeps for a day. Write the day, probably {reading}."
    ),
    "UNCLEAR-DATE words": N_(
        "The spreadsheet has made a date of what was typed. Format the cell as text and type it again."
    ),
    "UNCLEAR-DATE": N_("The year has only two digits. Write all four, probably {reading}."),
    "UNCLEAR-PERCENT": N_("A per cent is written from 0 to 100. Write {reading} if that is what is meant."),
    "FORMULA disguised": N_(
        "The number format shows another number than the cell holds ({shown}). Type the number itself."
    ),
    "NOT-EMAIL": N_("This is not an e-mail address. Write one address, such as plan@example.go.th."),
}


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """One thing wrong in a register workbook. ``cell`` is an address such as ``C5``, ``value`` what stands there.

    ``message`` is for the officer, in the language in use. ``level``: ``error``, or ``warning``,
    which does not stop the register from being loaded. ``sheet`` and ``cell`` are empty where
    the file as a whole is meant.
    """

    sheet: str
    cell: str
    value: str
    message: str
    level: str = ERROR


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: ``number`` as the officer sees it, and the values by column key."""

    number: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """What stands under ``key`` as text; empty where nothing does."""
        value = self.values.get(key)
        return "" if value is None else plain(value)


@dataclass(slots=True)
class Rows:
    """A sheet as read. ``columns`` tells where each key stands (from 0); ``problems`` what was wrong so far.

    ``merged``: rows (as the officer sees them) and keys of merged cells.
    """

    table: RegisterSheet
    columns: Mapping[str, int] = field(default_factory=dict)
    lines: list[SheetRow] = field(default_factory=list)
    problems: list[RegisterProblem] = field(default_factory=list)
    merged: set[tuple[int, str]] = field(default_factory=set)

    def cell(self, line: SheetRow, key: str) -> str:
        """The address of ``key`` in ``line``."""
        return address(self.columns.get(key, 0), line.number)

    def complain(self, line: SheetRow, key: str, message: str, level: str = ERROR) -> None:
        """Puts a problem on the cell of ``key`` in ``line``."""
        self.problems.append(RegisterProblem(self.table.sheet, self.cell(line, key), line.text(key), message, level))


def address(column: int, row: int) -> str:
    """The A1 name of a cell; ``column`` counts from 0, ``row`` from 1."""
    return f"{letters_of(column)}{row}"


def read_rows(path: Path) -> tuple[dict[str, Rows], list[RegisterProblem]]:
    """Every table of the workbook at ``path`` by its name, or what is wrong with the file as a whole."""
    try:
        data = path.read_bytes()
    except OSError as error:
        known = describe_os_error(error)
        if known is None:
            raise
        message = _("The register can't be read: {error}. {advice}").format(error=reason_of(error), advice=known[1])
        return {}, [RegisterProblem("", "", path.name, message)]
    if not data:
        return {}, [
            RegisterProblem("", "", path.name, _("The file is empty. Put a copy of the register in its place."))
        ]
    sheets = _open(data)
    if isinstance(sheets, Refusal):
        message = _("This is not a workbook that can be read. Save the register as .xlsx, without a password.")
        return {}, [RegisterProblem("", "", path.name, message)]
    problems = list(_far(sheets)) or list(_faulty(sheets))
    if problems:
        return {}, problems
    names = {mend(name): name for name in sheets}
    return {name: _read_table(sheets, names, table) for name, table in TABLES.items()}, []


def _open(data: bytes) -> Mapping[str, Sheet] | Refusal:
    try:
        return open_workbook(data, _LIMITS)
    except Exception as error:  # the reader of .xls names no end of them for damaged files
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})


def _far(sheets: Mapping[str, Sheet]) -> Iterator[RegisterProblem]:
    """What is filled too far out to be held."""
    message = _("This cell lies far outside the table and can't be held. Clear it, or delete its row and column.")
    for name, sheet in sheets.items():
        for cell in sheet.far:
            yield RegisterProblem(name, cell, "", message)


def _faulty(sheets: Mapping[str, Sheet]) -> Iterator[RegisterProblem]:
    """The tables' cells that hold an error or a formula without a result."""
    known = {table.sheet for table in TABLES.values()}
    for name, sheet in sheets.items():
        for row, line in enumerate(sheet.rows if mend(name) in known else (), start=1):
            for column, value in enumerate(line):
                if isinstance(value, FaultyCell):
                    message = _("This formula can't be calculated. Type the value itself.")
                    yield RegisterProblem(name, address(column, row), value, message)


def _read_table(sheets: Mapping[str, Sheet], names: Mapping[str, str], table: RegisterSheet) -> Rows:
    name = names.get(table.sheet)
    if name is None:
        others = [sheet for sheet in names if sheet not in {other.sheet for other in TABLES.values()}]
        return Rows(table, problems=[_missing(table, likeliest(table.sheet, others))])
    rows = read_table(sheets[name], table)
    if name.strip() != table.sheet:
        message = _("The sheet {other} is read as {sheet}. Rename it to {sheet}.").format(other=name, sheet=table.sheet)
        rows.problems.append(RegisterProblem(table.sheet, "A1", name, message, WARNING))
    return rows


def _missing(table: RegisterSheet, likely: str) -> RegisterProblem:
    if likely:
        message = _("The sheet {sheet} is missing. The sheet {other} is probably meant: rename it to {sheet}.")
        return RegisterProblem(table.sheet, "A1", likely, message.format(sheet=table.sheet, other=likely))
    message = _("The sheet {sheet} is missing. Add it, with the column keys in row {row}: {keys}")
    message = message.format(sheet=table.sheet, row=KEY_ROW, keys=", ".join(table.required))
    return RegisterProblem(table.sheet, "A1", "", message)


def read_table(sheet: Sheet, table: RegisterSheet) -> Rows:
    """The rows of ``table`` on ``sheet``. Of merged cells the first alone holds what they show."""
    rows, grid = Rows(table), sheet.rows
    top = _find_key_row(grid)
    if top is None:
        message = _("The row of column keys is missing. Write them in row {row}: {keys}")
        message = message.format(row=KEY_ROW, keys=", ".join(table.required))
        rows.problems.append(RegisterProblem(table.sheet, address(0, KEY_ROW), "", message))
        return rows
    _find_columns(rows, grid, top)
    _tell_merged(rows, grid, top, sheet.merged)
    for index in range(top + 1, len(grid)):
        line = _read_line(rows, index, sheet)
        if line:
            rows.lines.append(line)
    return rows


def _tell_merged(rows: Rows, grid: Sequence[Sequence[object]], top: int, merged: Iterable[Area]) -> None:
    """Complains of merged cells within the table: what they show counts for one of them only."""
    for (first_row, first), (last_row, last) in merged:
        keys = [key for key, column in rows.columns.items() if first <= column <= last]
        if last_row <= top or not keys:
            continue
        shown = _shown(grid[first_row][first]) if first_row < len(grid) and first < len(grid[first_row]) else ""
        message = _(
            "The cells {area} are merged, and what they show, “{value}”, counts for the first one only."
            " Undo the merge, and write the value in each row that it is meant for."
        )
        area = f"{address(first, first_row + 1)}:{address(last, last_row + 1)}"
        message = message.format(area=area, value=shown)
        rows.problems.append(RegisterProblem(rows.table.sheet, address(first, first_row + 1), shown, message))
        rows.merged |= {(row + 1, key) for row in range(first_row, last_row + 1) for key in keys}


def _find_key_row(grid: Sequence[Sequence[object]]) -> int | None:
    for index, row in enumerate(grid[:_KEY_ROW_WITHIN]):
        if any(_key(value) == "code" for value in row):
            return index
    return None


def _key(value: object) -> str:
    return mend(value).lower() if isinstance(value, str) else ""


def _find_columns(rows: Rows, grid: Sequence[Sequence[object]], top: int) -> None:
    """Tells the columns by their keys; complains of unknown, repeated and missing ones."""
    found: dict[str, int] = {}
    for column, value in enumerate(grid[top]):
        key, cell = _key(value), address(column, top + 1)
        if key in found:
            message = _("The column {key} stands here and in {other}. Remove one of them.")
            message = message.format(key=key, other=address(found[key], top + 1))
            rows.problems.append(RegisterProblem(rows.table.sheet, cell, key, message))
        elif rows.table.column(key) is not None:
            found[key] = column
        elif key or _holds_anything(grid, column):
            message = _(
                "This column is not read: no such column key. Correct the key, or leave the column as a remark."
            )
            rows.problems.append(RegisterProblem(rows.table.sheet, cell, _shown(value), message, WARNING))
    rows.columns = found
    free = max(len(grid[top]), 1)
    for key in rows.table.required:
        if key not in found:
            message = _("The column {key} ({label}) is missing. Add it, with its key in row {row}.")
            message = message.format(key=key, label=rows.table.columns[key].label, row=top + 1)
            rows.problems.append(RegisterProblem(rows.table.sheet, address(free, top + 1), "", message))


def _holds_anything(grid: Sequence[Sequence[object]], column: int) -> bool:
    return any(_shown(row[column]) for row in grid if column < len(row))


def _read_line(rows: Rows, index: int, sheet: Sheet) -> SheetRow | None:
    """One row's values, its problems noted; None for a row with nothing in it. ``index`` counts from 0."""
    number, cells = index + 1, sheet.rows[index]
    raw = {key: cells[column] for key, column in rows.columns.items() if column < len(cells) and _shown(cells[column])}
    if not raw:
        return None
    values: dict[str, Value] = {}
    faulty: set[str] = set()
    for key, content in raw.items():
        column, cell = _column(rows, key), address(rows.columns[key], number)
        value, message = _read_cell(column, content, raw, sheet.looks.get((index, rows.columns[key])))
        if value is not None:
            values[key] = value
        if message:
            faulty.add(key)
            rows.problems.append(RegisterProblem(rows.table.sheet, cell, _shown(content), message))
        elif column.kind is FieldKind.MONEY and is_dash(content):
            message = _("This counts as blank: the amount isn't known. If it is 0, write 0.")
            rows.problems.append(RegisterProblem(rows.table.sheet, cell, _shown(content), message, WARNING))
    line = SheetRow(number, values)
    faulty |= {key for row, key in rows.merged if row == number}  # complained of as merged
    _require(rows, line, faulty)
    return line


def _read_cell(
    column: Field, content: object, raw: Mapping[str, object], look: CellDisplay | None
) -> tuple[Value | None, str]:
    """The cell's value, and what is wrong with it if anything is; ``look``: how it shows a number or a day."""
    qualitative = bool(column.direction) and _shown(raw.get(column.direction)) == QUALITATIVE
    content, shown = (content, "") if look is None else as_seen(column.kind, content, look)
    reading = read_content(column, content, CellContext(qualitative, _shown(raw.get(column.unit)), shown))
    if reading.problem:
        return None, _advice(reading)
    return reading.value, "" if reading.value is None else _out_of_bounds(column, reading.value)


def read_content(column: Field, content: object, setting: CellContext) -> Reading:
    """What a cell of a register says; the code, where the choice stands for one."""
    if column.key in CODED and isinstance(content, str):
        content = choice_of(column.key, code_of(column.key, mend(content)))
    reading = read_value(column, content, setting)
    if isinstance(reading.value, str):
        return reading._replace(value=code_of(column.key, reading.value))
    return reading


def _advice(reading: Reading) -> str:
    """What to do about a cell that can't be read."""
    case = f"{reading.problem} {reading.params.get(CASE, '')}"
    advice = _ADVICE.get(case) or _ADVICE.get(reading.problem) or N_("This can't be read. Write it anew.")
    said = _(advice).format_map(dict(reading.params))
    if likely := reading.params.get(LIKELY):
        offer = _("Probably meant: {likely}").format(likely=likely)
        return f"{said} {offer}"
    return said


def _out_of_bounds(column: Field, value: Value) -> str:
    if isinstance(value, Decimal):
        if column.kind is FieldKind.PERCENT and not 0 <= value <= 100:
            return _("A per cent lies from 0 to 100.")
        if column.low is not None and value < column.low:
            return _("This can't be less than {low}.").format(low=column.low)
    if isinstance(value, str) and column.max_length and len(value) > column.max_length:
        message = _("This text has {count} characters; shorten it to {most} at the most.")
        return message.format(count=len(value), most=column.max_length)
    return ""


def _column(rows: Rows, key: str) -> Field:
    column = rows.table.column(key)
    assert column is not None, "columns are told by their keys"
    return column


def _require(rows: Rows, line: SheetRow, faulty: Container[str]) -> None:
    """Complains of required columns that are blank; ``faulty`` ones were complained of before."""
    for key in rows.table.required:
        if key in rows.columns and key not in line.values and key not in faulty:
            message = _("{label} is missing. Fill it in.").format(label=rows.table.columns[key].label)
            rows.complain(line, key, message)


def _shown(value: object) -> str:
    """``value`` as the officer sees it, near enough."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return format(value, ".15g") if isinstance(value, float) else mend(str(value))
