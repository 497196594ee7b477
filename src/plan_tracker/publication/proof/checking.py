"""Whether a published package is what was signed: its proof, and that its data say the very same. Reads it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plan_tracker.documents.tables import FORMULA_STARTS
from plan_tracker.errors import UsageError
from plan_tracker.i18n import _
from plan_tracker.publication.opendata.files import DATAPACKAGE
from plan_tracker.publication.proof.statement import PROOF, NoProofError, Proof, read_proof

_MOST = 20  # values that are named
csv.field_size_limit(1 << 24)


def check_package(place: Path) -> tuple[Proof, list[str]]:
    """The proof of a package, and what is wrong with it or with the data beside it.

    ``place``: the package's folder, or its ``proof.json``. ``UsageError`` where there is no proof.
    """
    path = place / "data" / PROOF if place.is_dir() else place
    try:
        proof = read_proof(path.read_text(encoding="utf-8"))
    except (OSError, NoProofError):
        raise UsageError(
            _("{path} has no proof that can be read.").format(path=place),
            _("Name a published package, or the proof.json in its folder data."),
        ) from None
    faults = [] if proof.holds else [_("The signature does not hold: figures or the proof itself have been changed.")]
    faults += _different(proof, path.parent)
    return proof, faults


def _different(proof: Proof, folder: Path) -> Iterator[str]:
    """What the CSV files beside the proof say otherwise than it does."""
    signed = {(leaf.table, leaf.row, leaf.column): leaf.value for leaf in proof.leaves}
    try:
        resources = json.loads((folder / DATAPACKAGE).read_text(encoding="utf-8"))["resources"]
        told = {
            place: value for one in resources if one["name"] != "dictionary" for place, value in _values(folder, one)
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield _("The data beside the proof can't be read: {error}").format(error=error)
        return
    apart = [place for place in dict.fromkeys((*signed, *told)) if signed.get(place, "") != told.get(place, "")]
    for table, row, column in apart[:_MOST]:
        yield _("{table}, {row}, {column}: the data say {value}, signed was {signed}.").format(
            table=table,
            row=row,
            column=column,
            value=told.get((table, row, column)) or "–",
            signed=signed.get((table, row, column)) or "–",
        )
    if len(apart) > _MOST:
        yield _("{number} more values differ.").format(number=len(apart) - _MOST)


def _values(folder: Path, resource: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """The values of a CSV file of the Data Package, by table, row and column."""
    identity = resource["schema"].get("primaryKey", [])
    with (folder / Path(resource["path"]).name).open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), 1):
            row = "/".join(line[key] for key in identity) or str(number)
            for column, text in line.items():
                yield (resource["name"], row, column), _bare(text)


def _bare(text: str) -> str:
    """Without the apostrophe that keeps spreadsheet programs from taking it for a formula."""
    bare = text.removeprefix("'")
    return bare if bare.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text
