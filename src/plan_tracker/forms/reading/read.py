"""Reads a returned workbook: a pure function of its bytes.

Gives every keyed cell with the place where it is now, however rows, columns and sheets have moved.
What the cells mean is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from plan_tracker.forms.definition.spec import Columns
from plan_tracker.forms.definition.versions import FormVersion, form_version
from plan_tracker.forms.definition.workbook.keys import Place, find_places
from plan_tracker.forms.definition.workbook.names import HIDDEN_SHEETS, IDENTITY_SHEET
from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.loose import LooseCell, find_loose
from plan_tracker.forms.reading.raw import RawCell, RawEntry, Refusal
from plan_tracker.forms.reading.seeing import as_seen
from plan_tracker.forms.reading.spreadsheets.decrypting import decrypted
from plan_tracker.forms.reading.spreadsheets.grid import Sheet, SheetLimits
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.thai_text import fold

_KEY_ROWS_WITHIN = 200  # rows of a sheet
_MOST_TEXTS, _SHORT = 20_000, 300  # texts of a workbook; characters of one


@dataclass(frozen=True, slots=True)
class RawBook:
    """A workbook that can be read. ``said`` is what its ``_plantrack`` sheet says, empty where it has none.

    ``loose``: what stands on its keyed sheets outside their keyed cells. ``texts``: what is seen on the sheets of a
    workbook that says nothing of itself, each short text once, folded.
    """

    said: Mapping[str, str]
    units: Mapping[str, RawEntry]
    projects: Mapping[str, RawEntry]
    kpis: Mapping[str, RawEntry]
    orders: Mapping[str, RawEntry]
    loose: Sequence[LooseCell] = ()
    texts: frozenset[str] = frozenset()

    def entries(self) -> list[RawEntry]:
        return [*self.units.values(), *self.projects.values(), *self.kpis.values(), *self.orders.values()]


def read_book(content: bytes, limits: SheetLimits, passwords: Sequence[str] = ()) -> RawBook | Refusal:
    """The workbook in ``content`` (.xlsx, .xlsm, .xls, .ods or .fods), within ``limits``.

    ``passwords`` are tried where it is known to be protected by one.

    ``limits.memory`` and ``limits.seconds`` are not kept here: a hostile file may exceed them, or end the process.
    """
    try:
        opened = decrypted(content, passwords) if passwords else content
        if opened is None:
            return Refusal("FILE-ENCRYPTED", {"case": "wrong"})
        sheets = open_workbook(opened, limits, HIDDEN_SHEETS - {IDENTITY_SHEET})
        if isinstance(sheets, Refusal):
            return sheets
        said = read_identity_sheet(sheets[IDENTITY_SHEET].rows) if IDENTITY_SHEET in sheets else {}
        version = form_version(said.get("form_version", ""))
        if version is None:  # another's workbook, or a form of a release to come
            return RawBook(said, {}, {}, {}, {}, texts=frozenset() if said else _short_texts(sheets))
        return _read(sheets, said, version)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except OSError as error:  # the bytes are here: with a number it is the system that fails, else a decompressor
        return Refusal("FILE-BUSY" if error.errno else "FILE-UNREADABLE", {"reason": error.strerror or str(error)})
    except BaseException as error:  # a trap for each file
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})


def _read(sheets: Mapping[str, Sheet], said: Mapping[str, str], version: FormVersion) -> RawBook:
    found: dict[str, dict[str, RawEntry]] = {form.name: {} for form in version.forms}
    loose: list[LooseCell] = []
    for name, sheet in sheets.items():
        if name not in HIDDEN_SHEETS:
            places = list(find_places(sheet.rows, version.block_of_row))
            collect_cells(name, sheet, version, places, found)
            loose += find_loose(name, sheet.rows, columns_on(sheet.rows, version), places)
    units, projects, kpis, orders = (found[form.name] for form in version.forms)
    return RawBook(said, units, projects, kpis, orders, loose)


def _short_texts(sheets: Mapping[str, Sheet]) -> frozenset[str]:
    cells = (value for sheet in sheets.values() for row in sheet.rows for value in row if isinstance(value, str))
    return frozenset(fold(value) for value in islice(filter(None, cells), _MOST_TEXTS) if len(value) <= _SHORT)


def read_identity_sheet(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """What the rows of ``_plantrack`` say, all as text."""
    return {str(row[0]): _as_text(row[1]) for row in rows if len(row) > 1 and row[0]}


def _as_text(value: Any) -> str:
    """A cell of ``_plantrack``, text as issued, whatever a spreadsheet program has made of it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def collect_cells(
    name: str,
    sheet: Sheet,
    version: FormVersion,
    places: Iterable[Place],
    found: Mapping[str, dict[str, RawEntry]],
) -> None:
    """Takes up the keyed cells of one sheet; ``found`` holds what there is of each form, by its name."""
    for code, key, row, column in places:
        form = version.form_of.get(key)
        if not code or form is None:
            continue
        entries = found[form.name]
        entry = entries.get(code)
        if entry is None:
            entry = entries[code] = RawEntry(name)
        address = letters_of(column) + str(row + 1)
        if key in entry.cells:
            entry.twice.append((key, name, address))
            continue
        line = sheet.rows[row]
        value = line[column] if column < len(line) and not sheet.is_covered(row, column) else ""
        cell = RawCell(value, name, address)
        look = sheet.looks.get((row, column))
        if look is not None and key in version.inputs:
            value, shown = as_seen(version.inputs[key].kind, value, look)
            cell = cell._replace(value=value, shown=shown)
        entry.cells[key] = cell


def columns_on(rows: Sequence[Sequence[Any]], version: FormVersion) -> Columns:
    """How a sheet's columns were issued, which its key rows tell."""
    for row in rows[:_KEY_ROWS_WITHIN]:
        if "#kpis" in row:
            return version.form2.columns
        if "#orders" in row:
            return version.orders.columns
    return version.form1.columns
