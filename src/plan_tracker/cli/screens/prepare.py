"""What people see of the workspace, the demo, the register, the templates and the forms that go out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import (
    complain,
    in_short,
    new_console,
    new_table,
    say,
    say_way_into,
    say_wrapped,
    state_text,
)
from plan_tracker.cli.screens import collect
from plan_tracker.cli.screens.now import show_tasks
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.documents.report.template_check import Flaw
    from plan_tracker.register import Kpi, Project, Register
    from plan_tracker.registerbook.changes import RegisterChange
    from plan_tracker.steps.prepare.history import History
    from plan_tracker.steps.prepare.issue_forms import IssuedForms
    from plan_tracker.steps.prepare.new_year import NewYear
    from plan_tracker.steps.prepare.register import RegisterCheck
    from plan_tracker.steps.prepare.settings import Note
    from plan_tracker.steps.prepare.templates import TemplatesCheck
    from plan_tracker.steps.prepare.upgrade import EditedTemplate, Restored, TemplateUpdate
    from plan_tracker.steps.prepare.withdraw import Withdrawn


_SHOWN = 60  # characters of a paragraph
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


def show_init(folder: Path, written: Sequence[str], *, dry_run: bool) -> None:
    console = new_console()
    if not written:
        console.print(_("{folder} is a workspace already; nothing was changed.").format(folder=folder))
        return
    said = _("Would make a workspace in {folder}:") if dry_run else _("Made a workspace in {folder}:")
    console.print(said.format(folder=folder))
    for path in written:
        console.print(f"  {path}")
    _say_begin(folder)


def _say_begin(folder: Path) -> None:
    """The first steps in a new workspace, as they are typed from where one stands."""
    say_way_into(folder)
    say(_("Next: look through config.toml and register.xlsx, then: plantrack config check"))


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
        console.print(line)


def show_register_check(checked: RegisterCheck) -> None:
    from rich.text import Text

    console = new_console()
    if checked.problems:
        table = new_table(_("Sheet"), _("Cell"), _("Problem"))
        for problem in checked.problems:
            table.add_row(Text(problem.sheet), problem.cell, Text(problem.message))
        console.print(table)
    show_changes(checked.changes)
    count = len(checked.problems)
    if checked.register is None:
        console.print(_("{count} problems: the register can't be loaded before they are mended.").format(count=count))
        say(_("Next: mend them in the workbook, save it, then: plantrack register check"))
    elif checked.version is not None:
        console.print(_("Loaded as version {version}.").format(version=checked.version))
        show_register(checked.register)
    elif checked.refusal:
        complain(checked.refusal.what, checked.refusal.advice)
    else:
        console.print(_("{count} problems. The register can be loaded.").format(count=count))


_KINDS = {
    "added": N_("added"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "moved": N_("moved"),
    "merged": N_("merged"),
    "changed": N_("changed"),
}


def show_changes(changes: Sequence[RegisterChange]) -> None:
    """What a load changes, before and after, by cell."""
    from rich.text import Text

    from plan_tracker.registerbook.layout import choice_of

    if not changes:
        return
    table = new_table(
        _("Cell"), _("Code"), _("What"), _("Before"), _("After"), title=_("Changes to the loaded register")
    )
    for change in changes:
        values = (choice_of(change.field, text) for text in (change.before, change.after))
        table.add_row(*(Text(said) for said in (change.cell, change.code, _what(change), *values)))
    new_console().print(table)


def _what(change: RegisterChange) -> str:
    """What happened to a row, and in which column, by its heading in the workbook."""
    from plan_tracker.registerbook.layout import TABLES

    kind = _(_KINDS[change.kind])
    column = TABLES[change.table].column(change.field)
    return kind if change.field == "code" else f"{kind} · {column.label if column else change.field}"


def show_history(history: History) -> None:
    """A code's life, load by load."""
    console = new_console()
    steps = pairwise((*history.codes, ""))
    line = "".join(f"{own} → " if history.heirs.get(own) == after else f"{own}, " for own, after in steps)
    console.print(line.removesuffix(", "))
    for event in history.events:
        load = event.load
        console.print(
            _("{day}: load {version} of fiscal year {year}, from {file}").format(
                day=load.loaded_at[:10], version=load.version, year=load.fiscal_year, file=load.source
            ),
        )
        if load.because:
            console.print(_("  Reason: {because}").format(because=load.because))
        show_changes(event.changes)


def show_register(register: Register, *, in_full: bool = False) -> None:
    """The units with their counts; ``in_full`` each project and KPI too."""
    from rich.text import Text

    console = new_console()
    table = new_table(_("Unit"), _("Name"), _("Projects"), _("KPIs"))
    for unit in register.units:
        counts = len(register.projects_by_unit.get(unit.code, ())), len(register.kpis_by_unit.get(unit.code, ()))
        table.add_row(unit.code, Text(unit.name), *(str(count) for count in counts))
    console.print(table)
    if in_full:
        _show_owned(register)
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
        console.print(f"{name}: " + (_("{n} to look at").format(n=len(found)) if found else _("in order")))
        for flaw in found:
            console.print(f"  {_where(flaw)}")
            console.print(f"    {flaw.message} {flaw.advice}".rstrip())


def show_update(made: TemplateUpdate, *, dry_run: bool) -> None:
    """What was replaced or added, and of each edited template what it lacks and how to take the new one."""
    console = new_console()
    for names, done, planned in (
        (made.replaced, _("Replaced, since you had not edited it: {name}"), _("Would be replaced: {name}")),
        (made.added, _("Added: {name}"), _("Would be added: {name}")),
    ):
        for name in names:
            console.print((planned if dry_run else done).format(name=name))
    for edited in made.edited:
        console.print(_("Edited by you, and left as it is: {name}").format(name=edited.name))
        console.print(f"  {_lacks(edited)}")
    if not (made.replaced or made.added or made.edited):
        console.print(_("All templates are those of this release."))


def _lacks(edited: EditedTemplate) -> str:
    stem = edited.name.rpartition("/")[2].partition(".")[0]
    if edited.lacks == []:
        return _("It has every field.")
    said = (
        _("It can't be read.")
        if edited.lacks is None
        else _("It lacks: {names}.").format(names=", ".join(edited.lacks))
    )
    return said + " " + _("Add that, or take plantrack's own: plantrack templates restore {name}").format(name=stem)


def show_restored(restored: Sequence[Restored], *, dry_run: bool) -> None:
    console = new_console()
    for one in restored:
        line = _("Would be put back: {name}") if dry_run else _("Put back: {name}")
        console.print(line.format(name=one.name))
        if one.kept:
            console.print("  " + _("Yours is kept as: {name}").format(name=one.kept))
    if not restored:
        console.print(_("These are plantrack's own already; nothing was changed."))


def _where(flaw: Flaw) -> str:
    level = _("error") if flaw.is_error else _("warning")
    if not flaw.paragraph:
        return level
    parts = {"body": _("the text"), "header": _("the header"), "footer": _("the footer")}
    where = _("{part}, paragraph {n}").format(part=parts[flaw.part], n=flaw.paragraph)
    place = f" ({flaw.place})" if flaw.place else ""
    text = flaw.text if len(flaw.text) <= _SHOWN else flaw.text[:_SHOWN] + "…"
    return f"{level} · {where}{place}: “{text}”"


def show_settings(notes: Sequence[Note]) -> None:
    """What to look at in the settings and the register."""
    for note in notes:
        say_wrapped(note.message, f"{note.setting or 'register.xlsx'}: ")
    if not notes:
        say(_("The settings are in order."))


def show_issued(issued: IssuedForms, notes: Sequence[Note], *, dry_run: bool) -> None:
    if issued.taking_over:
        said = _("Not named, but issued as well, since it has taken over what others were asked for: {units}")
        say(said.format(units=in_short(issued.taking_over)))
    if issued.register_changed:
        complain(
            _("register.xlsx has been changed since it was loaded; the forms are made from what was loaded."),
            _("To take up the changes: plantrack register load, then issue the forms again."),
        )
    if notes:
        said = _("{count} settings are not your own yet, or are missing.").format(count=len(notes))
        complain(said, _("See them with: plantrack config check"))
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
        )
    for path in issued.how_to:
        say(_("How units fill them in, to send along: {path}").format(path=path))
    if issued.asked_before:
        said = _(
            "{count} units had their request under a number before, and the forms that they have stay good. Need the"
            " new drafts not be sent? They are withdrawn by themselves once the units' returns count."
        )
        say_wrapped(said.format(count=len(issued.asked_before)))
    for path in issued.kept:
        say(_("Not as it was written, so it may have been edited; kept beside the new one: {path}").format(path=path))


def show_new_year(begun: NewYear, *, dry_run: bool) -> None:
    """What the old year still wants, what the new register holds, and what is next."""
    from rich.text import Text

    before = begun.year - 1
    if not begun.open and not begun.tasks:
        say(_("Nothing is open in {year}.").format(year=before))
    if begun.open:
        table = new_table(
            _("Period"), "#", _("Step"), _("State"), _("Detail"), title=_("Still open in {year}").format(year=before)
        )
        for one in begun.open:
            step = one.step
            table.add_row(one.period.name, str(step.step), step.name, state_text(step.standing), Text(step.detail))
        new_console().print(table)
        say(_("Finish these with --year {year} after each command.").format(year=before))
    if begun.tasks:
        say(_("Also to be done:") if begun.open else _("Still to be done:"))
        show_tasks(begun.tasks)
    counts = {"register": begun.register, "projects": len(begun.projects), "kpis": len(begun.kpis)}
    text = (
        _("Would write {register} of {year}: {projects} projects and {kpis} KPIs go on.")
        if dry_run
        else _("{register} is that of {year} now: {projects} projects and {kpis} KPIs go on.")
    )
    say(text.format(year=begun.year, **counts))
    if begun.left:
        say(_("Finished or no longer active, and not in it: {codes}").format(codes=in_short(begun.left, " ")))
    if begun.kept:
        say(_("The old workbook is kept as {path}.").format(path=begun.kept))
    _show_first_steps(begun.year)


def _show_first_steps(year: int) -> None:
    say(
        _(
            "Next, for {year}:\n"
            "  1. Fill in register.xlsx: budgets, planned per cents, the targets of the KPIs, what is new.\n"
            "  2. Look through config.toml: due dates, disbursement targets and their source.\n"
            "  3. plantrack register check\n"
            "  4. plantrack register load\n"
            "  5. From 1 October on: plantrack issue-forms q1"
        ).format(year=year)
    )


def show_withdrawn(taken: Withdrawn, *, dry_run: bool) -> None:
    text = _("Would take back: {units}") if dry_run else _("Taken back: {units}; a return of these is refused.")
    say(text.format(units=in_short((one.unit for one in taken.units), " ")))
    sent = [letter for one in taken.units for letter in one.letters if letter.is_sent]
    if sent:
        named = in_short(f"{letter.unit} {letter.number}" for letter in sent)
        say(_("These letters had gone out; tell the units: {letters}").format(letters=named))
    if taken.returned:
        say(_("Returned already, and left: {units}").format(units=in_short(taken.returned, " ")))


def _show_owned(register: Register) -> None:
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
        new_console().print(table)
