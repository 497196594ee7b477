"""What people see of the workspace, the demo and the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.screens import collect
from plan_tracker.cli.terminal import console_on, new_table
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.register import Register
    from plan_tracker.steps.prepare.register import RegisterCheck


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
    count = len(checked.problems)
    if checked.register is None:
        console.print(_("{count} problems: the register can't be loaded before they are mended.").format(count=count))
    elif version is not None:
        console.print(_("Loaded as version {version}.").format(version=version))
        show_register(checked.register, to_stderr=to_stderr)
    else:
        console.print(_("{count} problems. The register can be loaded.").format(count=count))


def show_register(register: Register, *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    table = new_table(_("Unit"), _("Name"), _("Projects"), _("KPIs"))
    for unit in register.units:
        counts = len(register.projects_by_unit.get(unit.code, ())), len(register.kpis_by_unit.get(unit.code, ()))
        table.add_row(unit.code, Text(unit.name), *(str(count) for count in counts))
    console.print(table)
    console.print(
        _("Fiscal year {year}: {plans} plans, {units} units, {projects} projects, {kpis} KPIs.").format(
            year=register.fiscal_year,
            plans=len(register.plans),
            units=len(register.units),
            projects=len(register.projects),
            kpis=len(register.kpis),
        )
    )
