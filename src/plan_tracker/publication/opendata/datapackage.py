"""The Data Package of the open data (``datapackage.json``): its CSV files, and each column's type, by Table Schema.

Reads the CSV files' bytes for their size and hash; writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plan_tracker.documents.tables import Column, Table, type_of
from plan_tracker.i18n import THAI, Words
from plan_tracker.workspace.folders import file_sha256

ENGLISH = Words("en")
_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"


def build_datapackage(files: Sequence[tuple[Table[Any], Path]], name: str, title: Mapping[str, str]) -> dict[str, Any]:
    """What ``datapackage.json`` says of ``files``, which lie beside it. ``title``: by language."""
    return {
        "$schema": _SCHEMA,
        "name": name,
        "title": title["th"],
        "description": title["en"],
        "resources": [_resource(table, path) for table, path in files],
    }


def _resource(table: Table[Any], path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.identity:
        schema["primaryKey"] = list(table.identity)
    return {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "title": THAI.of(table.title),
        "description": ENGLISH.of(table.title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_sha256(path)}",
        "schema": schema,
    }


def _field(column: Column[Any]) -> dict[str, str]:
    about = [text for text in (column.title_in(ENGLISH), column.about_in(ENGLISH)) if text]
    return {
        "name": column.key,
        "type": type_of(column.type),
        "title": column.title_in(THAI),
        "description": ". ".join(about),
    }
