"""The register workbook that the officer keeps (R1): reads and checks it, and writes a well-made one.

``read_register`` tells every problem by sheet and cell; a register comes of it only when none is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from plan_tracker.register import AGENCY, Computation, Kpi, Lifecycle, LifecycleState, Plan, Project, Register, Unit
from plan_tracker.registerbook.checks import check_tables, codes_of
from plan_tracker.registerbook.codes import split_codes
from plan_tracker.registerbook.layout import ENGLISH, KPI_TARGETS, KPIS, LIFECYCLE, PLANS, PROJECTS, UNITS
from plan_tracker.registerbook.rows import ERROR, WARNING, RegisterProblem, Rows, SheetRow, read_rows
from plan_tracker.values import Value

__all__ = ["ERROR", "WARNING", "RegisterProblem", "RegisterReading", "read_register", "write_register"]
_NAMED = ("code", "name", "plans", "unit", *ENGLISH, *LIFECYCLE)


class RegisterReading(NamedTuple):
    """What is in a register workbook.

    ``register`` is None if any problem is an error. ``cells`` has the address (``โครงการ!F7``) of every filled cell by
    table, code and column key.
    """

    register: Register | None
    problems: list[RegisterProblem]
    cells: Mapping[tuple[str, str, str], str]


def read_register(path: Path, fiscal_year: int) -> RegisterReading:
    """Reads the workbook at ``path`` (.xlsx, .xlsm, .xls or .ods). Problems come sheet by sheet, from the top down.

    Nothing is raised for a file that is missing, empty or no workbook: that is a problem, too.
    """
    tables, problems = read_rows(path)
    if problems:
        return RegisterReading(None, problems, {})
    check_tables(tables, fiscal_year)
    problems = [problem for rows in tables.values() for problem in sorted(rows.problems, key=_place)]
    if any(problem.level == ERROR for problem in problems):
        return RegisterReading(None, problems, {})
    return RegisterReading(build_register(tables, fiscal_year), problems, _cells(tables))


def _cells(tables: Mapping[str, Rows]) -> dict[tuple[str, str, str], str]:
    return {
        (name, line.text("code"), key): f"{rows.table.sheet}!{rows.cell(line, key)}"
        for name, rows in tables.items()
        for line in rows.lines
        for key in rows.columns
    }


def write_register(
    path: Path, tables: Mapping[str, Sequence[Mapping[str, Value]]], blank: Collection[str] = ()
) -> None:
    """Writes a register workbook (.xlsx) with drop-downs, explanations and print set-up.

    ``tables`` maps ``plans``, ``units``, ``projects`` and ``kpis`` to rows of values by column key. ``blank``: keys of
    columns that are there to be filled, though no row has anything in them yet.
    """
    from plan_tracker.registerbook.writing import (
        write_register_tables,  # openpyxl is slow to import, reading does without
    )

    write_register_tables(path, tables, blank)


def build_register(tables: Mapping[str, Rows], fiscal_year: int) -> Register:
    """The register that faultless ``tables`` hold. References are written as the codes that they mean."""
    plans, units = codes_of(tables[PLANS]), codes_of(tables[UNITS])
    return Register(
        fiscal_year=fiscal_year,
        plans=tuple(_plan(row) for row in tables[PLANS].lines),
        units=tuple(_unit(row) for row in tables[UNITS].lines),
        projects=tuple(_project(row, plans, units) for row in tables[PROJECTS].lines),
        kpis=tuple(_kpi(row, plans, units) for row in tables[KPIS].lines),
    )


def _plan(line: SheetRow) -> Plan:
    return Plan(
        code=line.text("code"),
        name=line.text("name"),
        owner=line.text("owner"),
        name_en=line.text("name_en"),
        owner_en=line.text("owner_en"),
    )


def _unit(line: SheetRow) -> Unit:
    return Unit(
        code=line.text("code"),
        name=line.text("name"),
        short=line.text("short") or line.text("name"),
        letter_type=line.text("letter_type"),
        addressee=line.text("addressee"),
        email=line.text("email"),
        unit_type=line.text("unit_type") or AGENCY,
        lifecycle=_lifecycle(line),
        name_en=line.text("name_en"),
        short_en=line.text("short_en"),
    )


def _project(line: SheetRow, plans: Mapping[str, str], units: Mapping[str, str]) -> Project:
    return Project(
        code=line.text("code"),
        name=line.text("name"),
        plans=tuple(_meant(split_codes(line.text("plans")), plans)),
        unit=units[line.text("unit").lower()],
        known={key: value for key, value in line.values.items() if key not in _NAMED},
        lifecycle=_lifecycle(line),
        name_en=line.text("name_en"),
    )


def _kpi(line: SheetRow, plans: Mapping[str, str], units: Mapping[str, str]) -> Kpi:
    targets = {key: value for key in KPI_TARGETS if isinstance(value := line.values.get(key), str | Decimal)}
    return Kpi(
        code=line.text("code"),
        name=line.text("name"),
        plan=plans[line.text("plan").lower()],
        unit=units[line.text("unit").lower()],
        measure=line.text("measure"),
        direction=line.text("direction"),
        target=targets.pop("target"),
        targets={int(key[-1]): value for key, value in targets.items()},
        lifecycle=_lifecycle(line),
        computed=Computation(computed) if (computed := line.text("computed")) else None,
        name_en=line.text("name_en"),
        measure_en=line.text("measure_en"),
    )


def _lifecycle(line: SheetRow) -> Lifecycle:
    since = line.values.get("state_date")
    return Lifecycle(
        tuple(split_codes(line.text("former_code"))),
        LifecycleState(line.text("state") or LifecycleState.ACTIVE),
        since if isinstance(since, date) else None,
        line.text("state_reason"),
    )


def _meant(codes: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """The ``known`` codes that ``codes`` mean, each once."""
    return list(dict.fromkeys(known[code.lower()] for code in codes))


def _place(problem: RegisterProblem) -> tuple[int, int, str]:
    """Where a problem stands, for sorting: by row, then by column."""
    letters = problem.cell.rstrip("0123456789")
    return int(problem.cell[len(letters) :] or 0), len(letters), letters
