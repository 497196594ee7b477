"""What people see of the workspace, the demo and the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.screens import collect
from plan_tracker.cli.terminal import console_on, new_table
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.register import Kpi, Project, Register
    from plan_tracker.registerbook.changes import RegisterChange
    from plan_tracker.steps.prepare.history import History
    from plan_tracker.steps.prepare.register import RegisterCheck

_CHANGES = {
    "added": N_("added"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "moved": N_("moved to another unit"),
    "merged": N_("merged"),
    "changed": N_("changed"),
}
_STATES = {
    "cancelled": N_("cancelled"),
    "moved": N_("moved away"),
    "merged": N_("merged into another"),
    "ended": N_("ended"),
}


def show_init(folder: Path, written: Sequence[str], *, to_stderr: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    if not written:
        console.print(_("{folder} is a workspace already; nothing was changed.").format(folder=folder), markup=False)
        return
    console.print(_("Made a workspace in {folder}:").format(folder=folder), markup=False)
    for path in written:
        console.print(f"  {path}", markup=False)
    console.print(_("Next: look through register.xlsx, then: plantrack register load"), markup=False)


def show_demo(played: Playthrough, *, to_stderr: bool) -> None:
    from rich.text import Text

    collect.show_status(played.period, played.statuses, to_stderr=to_stderr)
    console = console_on(to_stderr=to_stderr)
    table = new_table(_("What"), _("Files"), _("Where"), title=_("Written"))
    for title, paths in played.written:
        table.add_row(Text(_(title)), str(len(paths)), Text(paths[0] if paths else "–"))
    console.print(table)
    for line in played.next_steps:
        console.print(line, markup=False)


def show_register_check(checked: RegisterCheck, *, to_stderr: bool, version: int | None = None) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    if checked.problems:
        table = new_table(_("Sheet"), _("Cell"), _("Problem"))
        for problem in checked.problems:
            table.add_row(Text(problem.sheet), problem.cell, Text(problem.message))
        console.print(table)
    show_changes(checked.changes, to_stderr=to_stderr)
    count = len(checked.problems)
    if checked.register is None:
        console.print(_("{count} problems: the register can't be loaded before they are mended.").format(count=count))
    elif version is not None:
        console.print(_("Loaded as version {version}.").format(version=version))
        show_register(checked.register, to_stderr=to_stderr)
    else:
        console.print(_("{count} problems. The register can be loaded.").format(count=count))


def show_changes(changes: Sequence[RegisterChange], *, to_stderr: bool) -> None:
    """What a load changes, before and after, by cell."""
    from rich.text import Text

    if not changes:
        return
    table = new_table(
        _("Cell"), _("Code"), _("What"), _("Before"), _("After"), title=_("Changes to the loaded register")
    )
    for change in changes:
        what = f"{_(str(change.kind))} · {change.field}" if change.field != "code" else _(str(change.kind))
        table.add_row(*(Text(said) for said in (change.cell, change.code, what, change.before, change.after)))
    console_on(to_stderr=to_stderr).print(table)


def show_history(history: History, *, to_stderr: bool) -> None:
    """A code's life, load by load."""
    console = console_on(to_stderr=to_stderr)
    console.print(" → ".join(history.codes), markup=False)
    for event in history.events:
        load = event.load
        console.print(
            _("{day}: load {version} of fiscal year {year}, from {file}").format(
                day=load.loaded_at[:10], version=load.version, year=load.fiscal_year, file=load.source
            ),
            markup=False,
        )
        if load.because:
            console.print(_("  Reason: {because}").format(because=load.because), markup=False)
        show_changes(event.changes, to_stderr=to_stderr)


def show_register(register: Register, *, to_stderr: bool, in_full: bool = False) -> None:
    """The units with their counts; ``in_full`` each project and KPI too."""
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    table = new_table(_("Unit"), _("Name"), _("Projects"), _("KPIs"))
    for unit in register.units:
        counts = len(register.projects_by_unit.get(unit.code, ())), len(register.kpis_by_unit.get(unit.code, ()))
        table.add_row(unit.code, Text(unit.name), *(str(count) for count in counts))
    console.print(table)
    if in_full:
        _show_owned(register, to_stderr=to_stderr)
    console.print(
        _("Fiscal year {year}: {plans} plans, {units} units, {projects} projects, {kpis} KPIs.").format(
            year=register.fiscal_year,
            plans=len(register.plans),
            units=len(register.units),
            projects=len(register.projects),
            kpis=len(register.kpis),
        )
    )


def _show_owned(register: Register, *, to_stderr: bool) -> None:
    from rich.text import Text

    owned: Sequence[tuple[str, Sequence[Project | Kpi]]] = (
        (_("Project"), register.projects),
        (_("KPI"), register.kpis),
    )
    for title, rows in owned:
        table = new_table(title, _("Name"), _("Unit"), _("State"))
        for row in rows:
            state = "" if row.lifecycle.is_active else _(_STATES[row.lifecycle.state])
            table.add_row(row.code, Text(row.name), row.unit, state)
        console_on(to_stderr=to_stderr).print(table)
