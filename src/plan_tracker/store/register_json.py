"""How a load of the register stands in the database: one JSON text, numbers and dates tagged as in ``values``.

Rows are lists, and what English pages call them stands apart, where there is any: what was loaded before these columns
were is the same text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from plan_tracker.register import NEW, Computation, Kpi, Lifecycle, LifecycleState, Plan, Project, Register, Unit
from plan_tracker.values import Value, decode, encode

_ENGLISH: Final = ("name_en", "owner_en", "short_en", "measure_en")
_Row = TypeVar("_Row", Plan, Unit, Project, Kpi)


def register_to_json(register: Register) -> str:
    """The register as one JSON text, numbers and dates tagged as in ``values``."""
    return json.dumps(
        {
            "fiscal_year": register.fiscal_year,
            "plans": [[p.code, p.name, p.owner] for p in register.plans],
            "units": [
                [u.code, u.name, u.short, u.letter_type, u.addressee, u.email, u.unit_type, *_lived(u)]
                for u in register.units
            ],
            "projects": [
                [p.code, p.name, list(p.plans), p.unit, _coded_known(p), *_lived(p)] for p in register.projects
            ],
            "kpis": [
                [k.code, k.name, k.plan, k.unit, k.measure, k.direction, *_coded_targets(k), *_kpi_told(k)]
                for k in register.kpis
            ],
            **_english(register),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def register_from_json(text: str, version: int) -> Register:
    raw = json.loads(text)
    english = raw.get("english", {})
    return Register(
        raw["fiscal_year"],
        _with_english((Plan(*plan) for plan in raw["plans"]), english.get("plans", {})),
        _with_english(map(_unit, raw["units"]), english.get("units", {})),
        _with_english(map(_project, raw["projects"]), english.get("projects", {})),
        _with_english(map(_kpi, raw["kpis"]), english.get("kpis", {})),
        version,
    )


def _english(register: Register) -> dict[str, object]:
    """What the register calls its rows in English, by table and code."""
    tables: dict[str, Sequence[Plan | Unit | Project | Kpi]] = {
        "plans": register.plans,
        "units": register.units,
        "projects": register.projects,
        "kpis": register.kpis,
    }
    said = {name: {row.code: told for row in rows if (told := _told_in_english(row))} for name, rows in tables.items()}
    return {"english": {name: rows for name, rows in said.items() if rows}} if any(said.values()) else {}


def _told_in_english(row: Plan | Unit | Project | Kpi) -> dict[str, str]:
    return {key: said for key in _ENGLISH if (said := getattr(row, key, ""))}


def _with_english(rows: Iterable[_Row], english: Mapping[str, Any]) -> tuple[_Row, ...]:
    return tuple(replace(row, **english[row.code]) if row.code in english else row for row in rows)


def _project(row: Sequence[Any]) -> Project:
    code, name, plans, unit, known, *rest = row
    return Project(code, name, tuple(plans), unit, _known(known), _lifecycle(rest))


def _kpi(row: Sequence[Any]) -> Kpi:
    code, name, plan, unit, measure, direction, target, targets, *rest = row
    return Kpi(code, name, plan, unit, measure, direction, _target(target), _targets(targets), *_told(rest))


def _unit(row: Sequence[Any]) -> Unit:
    code, name, short, letter_type, addressee, email, unit_type, *rest = row
    return Unit(code, name, short, letter_type, addressee, email, unit_type, _lifecycle(rest))


def _lived(row: Unit | Project | Kpi) -> list[list[object]]:
    """At the end of a row, and only where there is something to say: what has been loaded before is the same text."""
    lifecycle = row.lifecycle
    since = lifecycle.since.isoformat() if lifecycle.since else ""
    said: list[object] = [list(lifecycle.former_codes), str(lifecycle.state), since, lifecycle.reason]
    return [] if lifecycle == NEW else [said]


def _kpi_told(row: Kpi) -> list[object]:
    """What became of a KPI, and after that what it is worked out from, each as far as there is something to say."""
    lived: list[object] = [*_lived(row)]
    return [*(lived or [None]), str(row.computed)] if row.computed else lived


def _told(rest: Sequence[Any]) -> tuple[Lifecycle, Computation | None]:
    return _lifecycle(rest), Computation(rest[1]) if len(rest) > 1 else None


def _lifecycle(rest: Sequence[Any]) -> Lifecycle:
    if not rest or rest[0] is None:
        return NEW
    former, state, since, reason = rest[0]
    return Lifecycle(tuple(former), LifecycleState(state), date.fromisoformat(since) if since else None, reason)


def _coded_known(project: Project) -> dict[str, list[str]]:
    return {key: encode(value) for key, value in project.known.items()}


def _known(coded: Mapping[str, Sequence[str]]) -> dict[str, Value]:
    return {key: decode(*pair) for key, pair in coded.items()}


def _coded_targets(kpi: Kpi) -> tuple[list[str], dict[str, list[str]]]:
    """The year's target, and the quarters' by number."""
    return encode(kpi.target), {str(quarter): encode(target) for quarter, target in kpi.targets.items()}


def _target(coded: list[str]) -> Decimal | str:
    value = decode(*coded)
    assert isinstance(value, Decimal | str)
    return value


def _targets(coded: dict[str, list[str]]) -> dict[int, Decimal | str]:
    return {int(quarter): _target(pair) for quarter, pair in coded.items()}
