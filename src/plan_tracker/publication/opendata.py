"""Open data: the tables as CSV, XLSX and JSON, and the open data catalogue's metadata.

What a unit typed stays text wherever it goes: no spreadsheet program takes it for a formula. Headings stand in the
first row, as programs expect; the JSON file says which key each has.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_tracker.config import Config
from plan_tracker.documents.tables import FORMULA_STARTS, Cell, Table, write_tables
from plan_tracker.documents.wording import clean
from plan_tracker.fiscal import Period

FORMATS = ("CSV", "XLSX", "JSON")


def write_data(tables: Sequence[Table], config: Config, folder: Path, stem: str) -> list[Path]:
    """Writes a CSV per table, one workbook and one JSON file into ``folder``; gives their paths."""
    written = []
    for table in tables:
        written.append(folder / f"{stem}-{table.name}.csv")
        write_csv(table, written[-1])
    book, document = folder / f"{stem}.xlsx", folder / f"{stem}.json"
    write_tables(tables, config.office.name, book, keys=False)
    write_json({table.name: as_objects(table) for table in tables} | {"columns": columns_of(tables)}, document)
    return [*written, book, document]


def write_csv(table: Table, path: Path) -> None:
    """UTF-8 with a BOM, so that Excel reads Thai; numbers stand plain, with a full stop."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in table.columns])
        writer.writerows([[_csv_cell(value) for value in row] for row in table.rows])


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    return safe_text(value) if isinstance(value, str) else format(value, "f" if isinstance(value, Decimal) else "d")


def safe_text(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet program would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def as_objects(table: Table) -> list[dict[str, Any]]:
    """The rows as JSON objects; numbers are numbers, what is not known is null."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_json_value, row), strict=True)) for row in table.rows]


def columns_of(tables: Sequence[Table]) -> dict[str, dict[str, str]]:
    return {table.name: {column.key: column.heading for column in table.columns} for table in tables}


def _json_value(value: Cell) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return clean(value) if isinstance(value, str) else value


def write_json(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def build_metadata(config: Config, period: Period, plans: Sequence[str], formats: Sequence[str]) -> dict[str, Any]:
    """The entry of the open data catalogue, with the fields that it asks for."""
    said, office = config.publication, config.office
    title = f"ผลการดำเนินงานตาม{config.report.plan_title} {period.title}"
    return {
        "data_type": said.data_type,
        "title": title,
        "owner_org": said.owner_org or office.name,
        "maintainer": said.maintainer or office.division,
        "maintainer_email": said.maintainer_email or office.email,
        "tag_string": ",".join(tag.strip() for tag in said.tags.split(",") if tag.strip()),
        "notes": said.notes or f"{title} ของ{' และ'.join(plans)} รายโครงการ หน่วยงาน และตัวชี้วัด",
        "objective": said.objective,
        "update_frequency_unit": "ไตรมาส",
        "geo_coverage": "ประเทศ",
        "data_source": said.data_source or office.name,
        "data_format": ",".join(formats),
        "data_category": "ข้อมูลสาธารณะ",
        "license_id": said.license_id,
    }
