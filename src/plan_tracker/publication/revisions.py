"""The editions of a published package, and which values each changed: ``revisions.json``, kept from one to the next.

Reads the package that is replaced; writes the new one's file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plan_tracker.publication.opendata.files import write_json
from plan_tracker.publication.proof.statement import PROOF, NoProofError, read_proof
from plan_tracker.publication.values import ValuePlace, Values

REVISIONS = "revisions.json"
_MOST = 500  # values that are named


@dataclass(frozen=True, slots=True)
class Edition:
    """``number`` counts from 1; ``changed`` values against the one before, the first of them in ``places``.

    ``changed`` is None where that is not known: of the first, and where the one before is not there any more.
    ``reports``: whether the reports have other bytes.
    """

    number: int
    day: date
    changed: int | None = None
    places: tuple[ValuePlace, ...] = ()
    reports: bool = False


def next_editions(
    before: Path, published: Sequence[tuple[date, str]], now: Values, reports: str, day: date
) -> list[Edition]:
    """The editions up to the one of ``now`` and ``day``; the same as before where nothing has changed.

    ``before``: the folder of the package that is replaced. ``published``: what the log knows of earlier ones: day, and
    the ``reports``' SHA-256.
    """
    distinct = {digests: day for day, digests in reversed(published)}
    known = _read(before) or [Edition(number, on) for number, on in enumerate(sorted(distinct.values()), 1)]
    if not known:
        return [Edition(1, day)]
    is_other = not published or published[-1][1] != reports
    then = _values(before)
    if then is None:
        return [*known, Edition(len(known) + 1, day, reports=True)] if is_other else known
    places = [place for place in dict.fromkeys((*then, *now)) if then.get(place, "") != now.get(place, "")]
    if not places and not is_other:
        return known
    return [*known, Edition(len(known) + 1, day, len(places), tuple(places[:_MOST]), is_other)]


def _values(package: Path) -> dict[ValuePlace, str] | None:
    """What the package's proof says was published; None where it has none."""
    try:
        proof = read_proof((package / "data" / PROOF).read_text(encoding="utf-8"))
    except (OSError, NoProofError):
        return None
    return {ValuePlace(leaf.table, leaf.row, leaf.column): leaf.value for leaf in proof.leaves}


def _read(package: Path) -> list[Edition]:
    try:
        told: list[dict[str, Any]] = json.loads((package / "data" / REVISIONS).read_text(encoding="utf-8"))
        return [
            Edition(
                int(one["edition"]),
                date.fromisoformat(one["day"]),
                one["changed_values"],
                tuple(ValuePlace(*place) for place in one["places"]),
                bool(one["reports_changed"]),
            )
            for one in told
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write_revisions(editions: Iterable[Edition], path: Path) -> None:
    said = [
        {
            "edition": one.number,
            "day": one.day.isoformat(),
            "changed_values": one.changed,
            "reports_changed": one.reports,
            "places": [list(place) for place in one.places],
        }
        for one in editions
    ]
    write_json(said, path)
