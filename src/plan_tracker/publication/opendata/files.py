"""Open data files: every table as CSV, all of them as one XLSX and one JSON, with a dictionary of their columns.

Columns are headed by their keys: English, without blanks, as the open data catalogue asks; the dictionary has their
Thai. What a unit typed stays text wherever it goes: no spreadsheet program takes it for a formula.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_tracker.documents.tables import FORMULA_STARTS, Cell, Table, dictionary_of
from plan_tracker.documents.wording import clean
from plan_tracker.documents.workbooks.sheets import write_data_tables
from plan_tracker.i18n import LANGUAGES, Message, Words
from plan_tracker.publication.opendata.datapackage import build_datapackage
from plan_tracker.values import driving_escaped

DATAPACKAGE, CATALOGUE_ENTRY = "datapackage.json", "metadata.json"
_ALL = Message("file", "All the data")
_DATAPACKAGE = Message("file", "Data Package: the types of all columns, for programs")
_CATALOGUE_ENTRY = Message("file", "Entry for the open data catalogue")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the package, and what it is, by language."""

    path: Path
    title: Mapping[str, str]


def named(path: Path, message: Message, **gaps: str) -> PublishedFile:
    """``path`` with a title from the catalogue, its ``gaps`` filled."""
    return PublishedFile(path, {language: Words(language).of(message, **gaps) for language in LANGUAGES})


def write_data(
    tables: Sequence[Table[Any]], creator: str, folder: Path, stem: str, title: Mapping[str, str]
) -> list[PublishedFile]:
    """Writes the data called ``title`` into ``folder``; gives the files, those of single tables first."""
    whole = [*tables, dictionary_of(tables)]
    sheets = [named(folder / f"{stem}-{table.name}.csv", table.title) for table in whole]
    for table, file in zip(whole, sheets, strict=True):
        write_csv(table, file.path)
    book, document = named(folder / f"{stem}.xlsx", _ALL), named(folder / f"{stem}.json", _ALL)
    write_data_tables(whole, creator, book.path)
    write_json({table.name: as_objects(table) for table in whole}, document.path)
    package = named(folder / DATAPACKAGE, _DATAPACKAGE)
    described = [(table, file.path) for table, file in zip(whole, sheets, strict=True)]
    write_json(build_datapackage(described, stem, title), package.path)
    return [*sheets, book, document, package]


def write_entry(entry: Mapping[str, Any], folder: Path) -> PublishedFile:
    """Writes the entry of the open data catalogue."""
    file = named(folder / CATALOGUE_ENTRY, _CATALOGUE_ENTRY)
    write_json(entry, file.path)
    return file


def write_csv(table: Table[Any], path: Path) -> None:
    """UTF-8 with a BOM, so that Excel reads Thai; numbers stand plain, with a full stop, and days as 2026-01-31."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.key for column in table.columns])
        writer.writerows([[_csv_cell(value) for value in row] for row in table.rows])


def _csv_cell(value: Cell) -> str:
    return safe_text(value) if isinstance(value, str) else plain_cell(value)


def plain_cell(value: Cell) -> str:
    """The cell as text: days as 2026-01-31, numbers plain; blank where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    return value.isoformat() if isinstance(value, date) else format(value, "f" if isinstance(value, Decimal) else "d")


def safe_text(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet program would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def as_objects(table: Table[Any]) -> list[dict[str, Any]]:
    """The rows as JSON objects; numbers are numbers, what is not known is null."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_json_value, row), strict=True)) for row in table.rows]


def _json_value(value: Cell) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return clean(value) if isinstance(value, str) else value


def write_json(content: Mapping[str, Any] | Sequence[Mapping[str, Any]], path: Path) -> None:
    text = driving_escaped(json.dumps(content, ensure_ascii=False, indent=1))
    path.write_text(text + "\n", encoding="utf-8")
