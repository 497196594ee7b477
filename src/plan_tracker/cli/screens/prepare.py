"""What people see of the workspace, the demo, the register, the templates and the forms that go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.screens import collect
from plan_tracker.cli.terminal import complain, new_console, new_table, say
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.documents.report.template_check import Flaw
    from plan_tracker.register import Register
    from plan_tracker.steps.prepare.issue_forms import IssuedForms
    from plan_tracker.steps.prepare.register import RegisterCheck
    from plan_tracker.steps.prepare.templates import TemplatesCheck


_SHOWN = 60  # characters of a paragraph


def show_init(folder: Path, written: Sequence[str], *, dry_run: bool) -> None:
    console = new_console()
    if not written:
        console.print(_("{folder} is a workspace already; nothing was changed.").format(folder=folder), markup=False)
        return
    said = _("Would make a workspace in {folder}:") if dry_run else _("Made a workspace in {folder}:")
    console.print(said.format(folder=folder), markup=False)
    for path in written:
        console.print(f"  {path}", markup=False)
    console.print(_("Next: look through register.xlsx, then: plantrack register load"), markup=False)


def show_demo(folder: Path, played: Playthrough | None) -> None:
    from rich.text import Text

    if played is None:
        say(_("Would play the demo in {folder}; an earlier one there would be replaced.").format(folder=folder))
        return
    collect.show_units(played.period, played.statuses)
    console = new_console()
    table = new_table(_("What"), _("Files"), _("Where"), title=_("Written"))
    for title, paths in played.written:
        table.add_row(Text(_(title)), str(len(paths)), Text(paths[0] if paths else "–"))
    console.print(table)
    for line in played.next_steps:
        console.print(line, markup=False)


def show_register_check(checked: RegisterCheck) -> None:
    from rich.text import Text

    console = new_console()
    if checked.problems:
        table = new_table(_("Sheet"), _("Cell"), _("Problem"))
        for problem in checked.problems:
            table.add_row(Text(problem.sheet), problem.cell, Text(problem.message))
        console.print(table)
    count = len(checked.problems)
    if checked.register is None:
        console.print(_("{count} problems: the register can't be loaded before they are mended.").format(count=count))
    elif checked.version is not None:
        console.print(_("Loaded as version {version}.").format(version=checked.version))
        show_register(checked.register)
    else:
        console.print(_("{count} problems. The register can be loaded.").format(count=count))


def show_register(register: Register) -> None:
    from rich.text import Text

    console = new_console()
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


def show_flaws(checked: TemplatesCheck) -> None:
    """Template by template: where, what stands there, what is wrong, and what to do."""
    console = new_console()
    for name in checked.names:
        found = [flaw for flaw in checked.flaws if flaw.file == name]
        console.print(
            f"{name}: " + (_("{n} to look at").format(n=len(found)) if found else _("in order")), markup=False
        )
        for flaw in found:
            console.print(f"  {_where(flaw)}", markup=False)
            console.print(f"    {flaw.message} {flaw.advice}".rstrip(), markup=False)


def _where(flaw: Flaw) -> str:
    level = _("error") if flaw.is_error else _("warning")
    if not flaw.paragraph:
        return level
    parts = {"body": _("the text"), "header": _("the header"), "footer": _("the footer")}
    where = _("{part}, paragraph {n}").format(part=parts[flaw.part], n=flaw.paragraph)
    place = f" ({flaw.place})" if flaw.place else ""
    text = flaw.text if len(flaw.text) <= _SHOWN else flaw.text[:_SHOWN] + "…"
    return f"{level} · {where}{place}: “{text}”"


def show_issued(issued: IssuedForms, *, dry_run: bool) -> None:
    if issued.register_changed:
        complain(
            _("register.xlsx has been changed since it was loaded; the forms are made from what was loaded."),
            _("To take up the changes: plantrack register load, then issue the forms again."),
        )
    console = new_console()
    table = new_table(_("Unit"), _("Projects"), _("KPIs"), _("Form"), _("Letter"))
    for item in issued.forms:
        names = (item.path.rpartition("/")[2], item.letter.rpartition("/")[2])
        table.add_row(item.unit, str(item.projects), str(item.kpis), *names)
    console.print(table)
    if issued.forms:
        folder = issued.forms[0].path.rpartition("/")[0].rpartition("/")[0]
        console.print(
            (_("Would write {count} forms under {folder}") if dry_run else _("{count} forms are in {folder}")).format(
                count=len(issued.forms), folder=folder
            ),
            markup=False,
        )
