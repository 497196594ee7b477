"""From one fiscal year into the next (R24): what is still open, the next year's register, the year in the settings.

Reads the store and ``config.toml``; writes ``register.xlsx``, keeps the old one beside it, sets ``fiscal_year``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from plan_tracker import atomic
from plan_tracker.agenda.office import unfinished_tasks
from plan_tracker.agenda.tasks import Task, by_urgency
from plan_tracker.analysis.basis.approved_plan import Plan
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period, use_year
from plan_tracker.forms.definition.choices import CLOSED_STAGES
from plan_tracker.i18n import _
from plan_tracker.intake.files import free_name
from plan_tracker.merging.approved_plans import ApprovedPlans, plan_basis
from plan_tracker.merging.progress.milestones import MilestoneStatus, Progress, milestones, nine_steps
from plan_tracker.register import Register
from plan_tracker.registerbook import write_register
from plan_tracker.registerbook.carrying import FACTS_OF_THE_YEAR, Row, is_carried, next_years_tables
from plan_tracker.steps.prepare.register import is_newer_than_loaded
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace
from plan_tracker.workspace.root import CONFIG


@dataclass(frozen=True, slots=True)
class OpenStep:
    """What the old year still wants in one period."""

    period: Period
    step: Progress


@dataclass(frozen=True, slots=True)
class NewYear:
    """The year that has begun. Paths are from the workspace; ``kept`` is the old register workbook, blank without one.

    ``open`` are the old year's steps, ``tasks`` what else was begun and is not ended, such as letters without a number.
    ``projects`` and ``kpis`` go on, by code; ``left`` are the projects that do not, finished or no longer active.
    """

    year: int
    open: Sequence[OpenStep]
    tasks: Sequence[Task]
    register: str
    kept: str
    projects: Sequence[str]
    kpis: Sequence[str]
    left: Sequence[str]


def begin_year(workspace: Workspace, store: Store, year: int, *, dry_run: bool = False) -> NewYear:
    """Writes the register of ``year`` from that of the year before, and sets the year.

    ``UsageError`` for any year but the next; ``OrderError`` where the old year's register is not what was loaded.
    """
    before = workspace.config.fiscal_year
    _check(workspace, store, before, year)
    register = store.register(fiscal_year=before)
    assert register is not None
    answers = _newest_answers(store, before)
    finished = {code for code, said in answers.items() if said.get("f14.stage") in CLOSED_STAGES}
    book = workspace.register_book
    kept = free_name(book.with_name(f"register-{before}.xlsx")) if book.is_file() else None
    use_year(year)  # commands that are advised name the old year from now on
    found = _told(workspace, store, register, finished, kept)
    if not dry_run:
        tables = next_years_tables(register, finished, answers, _plans(store, register))
        said = {"year": str(year), "register": found.register, "kept": found.kept}
        with store.transaction():
            _place(workspace, store, tables, year, found.kept)
            store.add_event(workspace.timestamp(), EventName.NEW_YEAR, **said)
    return found


def _check(workspace: Workspace, store: Store, before: int, year: int) -> None:
    if year != before + 1:
        raise UsageError(
            _("The configured year is {year}; the next one is {next}.").format(year=before, next=before + 1),
            _("Write: plantrack new-year {next}").format(next=before + 1),
        )
    if store.register(fiscal_year=before) is None:
        raise OrderError(
            _("No register of fiscal year {year} has been loaded.").format(year=before),
            _("Load it with: plantrack register load"),
        )
    if is_newer_than_loaded(workspace, store):
        raise OrderError(
            _("register.xlsx has been changed since it was loaded; the new year would begin without the changes."),
            _("Load it with: plantrack register load"),
        )


def _told(workspace: Workspace, store: Store, register: Register, finished: set[str], kept: Path | None) -> NewYear:
    going_on = [project.code for project in register.projects if is_carried(project, finished)]
    return NewYear(
        register.fiscal_year + 1,
        _open_steps(workspace, store, register.fiscal_year),
        by_urgency(unfinished_tasks(workspace, store)),
        workspace.relative(workspace.register_book),
        workspace.relative(kept) if kept else "",
        going_on,
        [kpi.code for kpi in register.kpis if kpi.lifecycle.is_active],
        [project.code for project in register.projects if project.code not in going_on],
    )


def _open_steps(workspace: Workspace, store: Store, year: int) -> list[OpenStep]:
    """What is not done in the quarters that were begun, and at the year's end."""
    begun = [Period(year, quarter) for quarter in QUARTERS if store.form_register_versions(Period(year, quarter))]
    periods = [*begun, Period(year, YEAR_END)] if begun else []
    closed = (MilestoneStatus.DONE, MilestoneStatus.NOT_ASKED)
    return [
        OpenStep(period, step)
        for period in periods
        for step in nine_steps(milestones(workspace, store, period))
        if step.standing not in closed
    ]


def _newest_answers(store: Store, year: int) -> dict[str, Mapping[str, Value]]:
    """The newest answers of the year that count, by project or KPI."""
    found: dict[str, Mapping[str, Value]] = {}
    for quarter in QUARTERS:
        for standing in store.answers.standings(Period(year, quarter)).values():
            found |= store.answers.counting_answers(standing)
    return found


def _plans(store: Store, register: Register) -> dict[str, Plan]:
    """What is approved of each project at the year's end, by its code."""
    end = Period(register.fiscal_year, QUARTERS[-1])
    plans = ApprovedPlans(store, end, plan_basis(store, end))
    return {project.code: plans.of(project.code).values for project in register.projects}


def _place(workspace: Workspace, store: Store, tables: Mapping[str, Sequence[Row]], year: int, kept: str) -> None:
    """Has the old workbook move aside, and the new one and the settings take their places, with the commit."""
    book, settings = workspace.relative(workspace.register_book), workspace.root / CONFIG
    if kept:
        store.placing.move(book, kept, ours=False)
    write_register(store.placing.aside(book), tables, FACTS_OF_THE_YEAR)
    atomic.write_bytes(store.placing.aside(CONFIG), _with_year(settings.read_bytes(), year))
    for path in (book, CONFIG):
        store.placing.place(path, ours=False)


def _with_year(content: bytes, year: int) -> bytes:
    """``config.toml`` with another ``fiscal_year`` and everything else, comments too, as it is."""
    text = content.decode("utf-8-sig")
    document = tomlkit.parse(text)
    document["fiscal_year"] = year
    mark = content[: len(content) - len(text.encode())]  # a byte order mark, where Notepad has put one
    return mark + tomlkit.dumps(document).encode()
