"""Reads a returned workbook: a pure function of its bytes.

Gives every keyed cell with the place where it is now, however rows, columns and sheets have moved.
What the cells mean is not decided here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

from plan_tracker.forms.definition.keys import find_places
from plan_tracker.forms.definition.names import CELLS_SHEET, IDENTITY_SHEET
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import FormVersion, form_version
from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.loose import LooseCell, find_loose
from plan_tracker.forms.reading.package import Limits, WorkbookPackage, open_package
from plan_tracker.forms.reading.raw import RawCell, RawEntry, Refusal
from plan_tracker.forms.reading.second_look import look_again

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))


@dataclass(frozen=True, slots=True)
class RawBook:
    """A workbook that can be read. ``said`` is what its ``_plantrack`` sheet says, empty where it has none.

    ``loose``: what stands on its keyed sheets outside their keyed cells.
    """

    said: Mapping[str, str]
    projects: Mapping[str, RawEntry]
    kpis: Mapping[str, RawEntry]
    orders: Mapping[str, RawEntry]
    loose: Sequence[LooseCell] = ()

    def entries(self) -> list[RawEntry]:
        return [*self.projects.values(), *self.kpis.values(), *self.orders.values()]


def read_book(content: bytes, limits: Limits) -> RawBook | Refusal:
    """The workbook in ``content`` (.xlsx, .xlsm, .xls or .ods), within ``limits``.

    ``limits.memory`` and ``limits.seconds`` are not kept here: a hostile file may exceed them, or end the process.
    """
    try:
        package = _open(content, limits)
        if isinstance(package, Refusal):
            return package
        with CalamineWorkbook.from_filelike(io.BytesIO(package.content)) as book:
            names = list(package.sheets) or book.sheet_names
            said = _read_identity(_rows(book, IDENTITY_SHEET)) if IDENTITY_SHEET in names else {}
            version = form_version(said.get("form_version", ""))
            if version is None:  # another's workbook, or a form of a release to come
                return RawBook(said, {}, {}, {})
            raw = _read(book, names, said, version)
        look_again(package, raw.entries(), version)
    except PasswordError:
        return Refusal("FILE-ENCRYPTED")
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except OSError as error:  # the bytes are here: with a number it is the system that fails, else a decompressor
        return Refusal("FILE-BUSY" if error.errno else "FILE-UNREADABLE", {"reason": error.strerror or str(error)})
    except BaseException as error:  # a trap for each file; the reader's own panics are no Exceptions
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})
    return raw


def _open(content: bytes, limits: Limits) -> WorkbookPackage | Refusal:
    """What kind of file it is, by its first bytes, and whether it may be read."""
    if not content:
        return Refusal("FILE-UNREADABLE", {"reason": "0 bytes"})
    if content.startswith(_OLE):
        return _open_ole(content)
    return open_package(content, limits) if content.startswith(_ZIP) else Refusal("FILE-TYPE")


def _open_ole(content: bytes) -> WorkbookPackage | Refusal:
    """An .xls, or what else is packed so: a workbook with a password, or a document of another program."""
    if _ENCRYPTED in content or _has_password(content):
        return Refusal("FILE-ENCRYPTED")
    return Refusal("FILE-TYPE") if any(name in content for name in _FOREIGN) else WorkbookPackage(content)


def _has_password(content: bytes) -> bool:
    """Whether an .xls is protected by a password to open it, which the fast reader calls damaged."""
    import xlrd  # for old workbooks alone

    try:
        xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        return "encrypted" in str(error)
    except Exception:  # whatever else is wrong with it, the reader itself will say
        return False
    return False


def _read(book: CalamineWorkbook, names: Sequence[str], said: Mapping[str, str], version: FormVersion) -> RawBook:
    found: dict[str, dict[str, RawEntry]] = {form.name: {} for form in version.forms}
    loose: list[LooseCell] = []
    for name in names:
        if name not in (IDENTITY_SHEET, CELLS_SHEET):
            rows = _rows(book, name)
            form = _form_on(rows, version)
            _collect(name, rows, form, found[form.name])
            loose += find_loose(name, rows, form)
    projects, kpis, orders = (found[form.name] for form in version.forms)
    return RawBook(said, projects, kpis, orders, loose)


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _read_identity(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    return {str(row[0]): _as_text(row[1]) for row in rows if len(row) > 1 and row[0]}


def _as_text(value: Any) -> str:
    """A cell of ``_plantrack``, text as issued, whatever a spreadsheet program has made of it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _collect(sheet: str, rows: Sequence[Sequence[Any]], form: Form, entries: dict[str, RawEntry]) -> None:
    """Takes up the keyed cells of one sheet; ``entries`` holds what there is of its form, by code."""
    for code, key, row, column in find_places(rows, form):
        if not code or key not in form.fields:
            continue
        entry = entries.get(code)
        if entry is None:
            entry = entries[code] = RawEntry(sheet)
        address = letters_of(column) + str(row + 1)
        if key in entry.cells:
            entry.twice.append((key, sheet, address))
            continue
        line = rows[row]
        entry.cells[key] = RawCell(line[column] if column < len(line) else "", sheet, address)


def _form_on(rows: Sequence[Sequence[Any]], version: FormVersion) -> Form:
    """Which form's answers stand on a sheet, by its key rows."""
    for row in rows[:200]:
        if "#kpis" in row:
            return version.form2
        if "#orders" in row:
            return version.orders
    return version.form1
