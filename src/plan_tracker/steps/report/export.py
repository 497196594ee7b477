"""Lays out a central form (eMENSCR, สงป.301/302) from what counts. Reads the store; writes .xlsx or .csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plan_tracker.atomic import replacing_file
from plan_tracker.documents.central.layouts import Layout, build_layout, find_layout, layout_names
from plan_tracker.documents.central.rows import CentralRow, rows_of
from plan_tracker.documents.workbooks.sheets import new_book
from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.i18n import THAI
from plan_tracker.merging.past_answers import PastAnswer, PastAnswers
from plan_tracker.publication.opendata.files import write_csv
from plan_tracker.register import Project, Register
from plan_tracker.steps.look_up.new_file import check_new_file
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Export:
    """A central form: ``rows`` are as many as were written to ``path``, relative to the workspace where it is there.

    ``lacking``: units whose answer on some project does not count yet. ``unfilled``: headings under which
    only the office can put something, and has put nothing.
    """

    layout: Layout
    rows: int
    path: str
    lacking: Sequence[str]
    unfilled: Sequence[str]


def layouts(workspace: Workspace) -> list[Layout]:
    """Every central form that can be laid out."""
    own = workspace.config.export.layouts
    return [build_layout(name, own) for name in layout_names(own)]


def layout(workspace: Workspace, name: str) -> Layout:
    """The central form that people call ``name``."""
    return find_layout(name, workspace.config.export.layouts)


def export(
    workspace: Workspace,
    store: Store,
    name: str,
    period: Period,
    *,
    units: Sequence[str] = (),
    to: Path | None = None,
    dry_run: bool = False,
) -> Export:
    """The central form that people call ``name``, of ``units`` alone where there are any.

    ``to``: a file that must not exist yet; else one in the outbox, beside what an earlier export left there.
    """
    form = layout(workspace, name)
    check_new_file(to)
    register = store.register_for(period)
    asked = [one for one in register.projects if not units or one.unit in units]
    projects = _projects(store, register, asked, period)
    rows = [row for project in projects for row in rows_of(project, form.rows)]
    path = to or _free_path(workspace, form, period)
    if not dry_run:
        _write(workspace, form, rows, path)
    return Export(
        form,
        len(rows),
        workspace.relative(path) if to is None else str(path),
        _lacking(register, projects),
        _unfilled(form, rows),
    )


def _projects(store: Store, register: Register, asked: Sequence[Project], period: Period) -> list[CentralRow]:
    """A row per project, with its answers of each quarter of the year so far."""
    past, codes = PastAnswers(store), [project.code for project in asked]
    so_far = [Period(period.fiscal_year, quarter) for quarter in QUARTERS if quarter <= period.quarter]
    told: Mapping[int, Mapping[str, PastAnswer]] = {one.quarter: past.of(codes, one) for one in so_far}
    return [
        CentralRow(
            project,
            register.unit_by_code[project.unit].name,
            " · ".join(register.plan_by_code[code].name for code in project.plans),
            period,
            {quarter: answers[project.code].entry for quarter, answers in told.items() if project.code in answers},
        )
        for project in asked
    ]


def _unfilled(form: Layout, rows: Sequence[CentralRow]) -> list[str]:
    """The headings under which only the office can put something, and has put nothing in any row."""
    return [
        one.heading
        for one in form.to_be_filled
        if rows and not any(one.source.value(row) if one.source else None for row in rows)
    ]


def _lacking(register: Register, projects: Sequence[CentralRow]) -> list[str]:
    """The units that are waited for, in the register's order."""
    waited = {
        one.project.unit
        for one in projects
        if one.project.lifecycle.is_active and one.period.quarter not in one.entries
    }
    return [unit.code for unit in register.units if unit.code in waited]


def _free_path(workspace: Workspace, layout: Layout, period: Period) -> Path:
    """A name in the outbox that nothing has yet: what lies there may have been filled in further by hand."""
    folder = workspace.root / "outbox" / str(period) / "exports"
    path, number = folder / f"{period}-{layout.name}.xlsx", 2
    while path.exists():
        path, number = folder / f"{period}-{layout.name}-{number}.xlsx", number + 1
    return path


def _write(workspace: Workspace, layout: Layout, rows: Sequence[CentralRow], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table = layout.table(rows)
    if path.suffix.lower() == ".csv":
        with replacing_file(path) as unfinished:
            write_csv(table, unfinished)
        return
    with new_book(path, workspace.config.office.name) as book:
        book.add_table(table)
        book.add_about(
            THAI.say("central form", "Where it comes from"),
            {one.heading: one.source.about if one.source else "" for one in layout.columns},
        )
