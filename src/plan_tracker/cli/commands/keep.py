"""What is kept and looked up: letters, the calendar, problems, where a figure comes from, the log."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli import completing
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import keep as json_of
from plan_tracker.cli.json_of import shared
from plan_tracker.cli.options import (
    AnyPeriodArgument,
    BecauseOption,
    PeriodArgument,
    PeriodOption,
    PeriodsArgument,
    QuarterArgument,
    RequiredDateOption,
    UnitArgument,
    UnitsOption,
)
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import keep as screen
from plan_tracker.cli.screens import safety
from plan_tracker.cli.screens.letters import show_batch, show_letters, show_numbered
from plan_tracker.cli.screens.now import show_agenda
from plan_tracker.errors import UsageError
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from datetime import date as Day  # noqa: N812

    from plan_tracker.fiscal import Period

commands = new_commands()
letters = new_group(commands, "letters")
key = new_group(commands, "key")


def what_now(run: Run) -> CommandResult:
    """What ``plantrack`` alone does."""
    from plan_tracker.steps.look_up.now import what_now as step

    found = step(run.workspace, run.store)
    return CommandResult(partial(show_agenda, found), lambda: json_of.agenda(found), leads_on=True)


@command(commands, "board", writes=True)
def board(run: Run) -> CommandResult:
    from plan_tracker.steps.look_up.board import make_board as step

    path = step(run.workspace, run.store, dry_run=run.dry_run)
    show = partial(screen.show_board, path, dry_run=run.dry_run)
    return CommandResult(show, lambda: {"path": path})


@command(letters, "list", N_("Show every letter: to whom, its number and date, and where it lies."), by_year=True)
def list_letters(
    run: Run,
    period: AnyPeriodArgument = None,
    unnumbered: Annotated[bool, typer.Option("--unnumbered", help=N_("Only those without a number yet."))] = False,
) -> CommandResult:
    from plan_tracker.steps.keep.letters import list_letters as step

    found = step(run.store, run.period_if(period), run.year_if, unnumbered=unnumbered)
    return CommandResult(
        partial(show_letters, found),
        lambda: {"letters": [shared.letter(letter) for letter in found]},
        leads_on=any(letter.is_draft for letter in found),
    )


@command(
    letters, "number", N_("Record the number and date of a letter, and print them into it."), by_year=True, writes=True
)
def number(
    run: Run,
    kind: Annotated[str, typer.Argument(metavar=N_("KIND"), help=N_("The kind of letter, such as L1."))],
    date: RequiredDateOption,
    unit: Annotated[
        str,
        typer.Argument(
            metavar=N_("UNIT"),
            autocompletion=completing.units,
            help=N_("The unit's code; monitoring, strategy, executives; all drafts: all."),
        ),
    ] = "",
    number: Annotated[
        str, typer.Argument(metavar=N_("NUMBER"), help=N_("Its number: 'ดศ 0205/123', or 123 alone."))
    ] = "",
    period: PeriodOption = None,
    file: Annotated[
        str, typer.Option("--file", metavar=N_("NAME"), help=N_("The draft's file, where several could be meant."))
    ] = "",
    series: Annotated[
        bool, typer.Option("--series", help=N_("With all: number, and the numbers after it, in turn."))
    ] = False,
    listed: Annotated[
        str,
        typer.Option(
            "--list", metavar=N_("FILE"), help=N_("A list: a unit and its number per line; - reads what you paste.")
        ),
    ] = "",
) -> CommandResult:
    day, about = run.day(date), run.period_if(period)
    if listed or unit in ("all", "ทั้งหมด", "ทุกหน่วยงาน"):
        return _number_batch(run, kind, number, day, about, listed, series=series)
    if not unit or not number:
        raise UsageError(
            _("Whose letter, and which number? UNIT and NUMBER are missing."),
            _("See plantrack letters number --help"),
        )
    from plan_tracker.steps.keep.letters import number_letter as step

    to = run.addressee(unit, about)
    numbered = step(run.workspace, run.store, kind, to, number, day, about, file=file, dry_run=run.dry_run)
    show = partial(show_numbered, numbered, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.numbered(numbered), needs_a_person(numbered.needs_a_person))


def _number_batch(
    run: Run, kind: str, number: str, day: Day, about: Period | None, listed: str, *, series: bool
) -> CommandResult:
    """One number to all drafts of a kind, a series, or the numbers of a list."""
    from plan_tracker.steps.keep.letter_batches import number_all, number_listed

    if listed:
        text = sys.stdin.read() if listed == "-" else Path(listed).read_text(encoding="utf-8-sig")
        find = partial(run.addressee, period=about)
        made = number_listed(run.workspace, run.store, kind, text, day, about, find=find, dry_run=run.dry_run)
    else:
        made = number_all(run.workspace, run.store, kind, number, day, about, series=series, dry_run=run.dry_run)
    show = partial(show_batch, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.batch(made), needs_a_person(made.needs_a_person))


@command(commands, "calendar", by_year=True)
def calendar(run: Run, periods: PeriodsArgument = None) -> CommandResult:
    from plan_tracker.steps.look_up.calendar import calendar as step

    asked = [run.period(text) for text in periods or ("q1", "q2", "q3", "q4", "year-end")]
    found = step(run.workspace, run.store, asked)
    return CommandResult(partial(screen.show_calendar, found), lambda: json_of.calendar(found))


@command(commands, "problems", by_year=True)
def problems(
    run: Run,
    period: AnyPeriodArgument = None,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("Include what was over before the last quarter."))
    ] = False,
) -> CommandResult:
    from plan_tracker.steps.look_up.problems import problem_register

    found = problem_register(run.workspace, run.store, run.period_if(period), run.year_if, everything=everything)
    show = partial(screen.show_problems, found)
    return CommandResult(show, lambda: json_of.problems(found))


@command(commands, "trace", by_year=True)
def trace(
    run: Run,
    period: PeriodArgument,
    code: Annotated[
        str,
        typer.Argument(
            metavar=N_("CODE"),
            autocompletion=completing.anything,
            help=N_("A project's, KPI's, unit's or plan's code."),
        ),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar=N_("FIELD"),
            help=N_("A field's key, such as f14.stage; of a unit or plan a total, such as disbursed."),
        ),
    ] = "",
    report: Annotated[
        int | None,
        typer.Option("--report", metavar=N_("N"), help=N_("As the reports number N have it, and not as of now.")),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.look_up.trace import trace as step

    about = run.period(period)
    found = step(run.workspace, run.store, about, run.anything(code, about), field, report=report)
    show = partial(screen.show_trace, found)
    return CommandResult(show, lambda: json_of.trace(found), needs_a_person(not found.originals_are_whole))


@command(commands, "compare", by_year=True)
def compare(run: Run, quarter: QuarterArgument, unit: UnitArgument) -> CommandResult:
    from plan_tracker.steps.look_up.compare import compare as step

    about = run.quarter(quarter)
    found = step(run.store, about, run.unit(unit, about))
    return CommandResult(partial(screen.show_comparison, found), lambda: json_of.comparison(found))


@command(commands, "query", by_year=True, writes=True)
def query(
    run: Run,
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("FIELD"), help=N_("Fields such as f14.stage or disbursed, a section such as 9; all.")
        ),
    ] = None,
    period: Annotated[
        list[str] | None,
        typer.Option(
            "--period",
            metavar="q1|…|year-end",
            autocompletion=completing.periods,
            help=N_("Only these; else the whole year."),
        ),
    ] = None,
    unit: UnitsOption = None,
    project: Annotated[
        list[str] | None,
        typer.Option(
            "--project",
            metavar=N_("CODE"),
            autocompletion=completing.projects,
            help=N_("Only this project or KPI; repeatable."),
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar=N_("FILE"), help=N_("A new file: .xlsx or .csv; else the screen."))
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.look_up.query import query as step

    periods = [run.period(text) for text in period or ("q1", "q2", "q3", "q4")]
    units = [run.unit(name, periods[-1]) for name in unit or ()]
    codes = [run.project(code, periods[-1]) for code in project or ()]
    asked = fields or (["all"] if codes else [])
    found = step(run.workspace, run.store, asked, periods, units=units, codes=codes, to=to, dry_run=run.dry_run)
    show = partial(screen.show_query, found, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.query(found))


@command(
    key,
    "renew",
    N_("Make a new key for the forms to come; those that are out stay good."),
    writes=True,
    follows_release=False,
)
def renew_key(
    run: Run,
    because: BecauseOption,
    lost: Annotated[
        bool, typer.Option("--lost", help=N_("The key is gone for good: forms that are out must be issued anew."))
    ] = False,
    publishing: Annotated[
        bool, typer.Option("--publishing", help=N_("The key that signs what is published, in place of the forms'."))
    ] = False,
) -> CommandResult:
    from plan_tracker.steps.keep.keys import renew as step
    from plan_tracker.steps.keep.keys import renew_publishing

    if publishing:
        made = renew_publishing(run.workspace, run.store, because, dry_run=run.dry_run)
        return CommandResult(partial(screen.show_publishing_key, made), lambda: {"fingerprint": made})
    renewed = step(run.workspace, run.store, because, lost=lost, dry_run=run.dry_run)
    show = partial(screen.show_renewed, renewed, dry_run=run.dry_run)
    return CommandResult(show, lambda: {"known": renewed.known, "lost": renewed.lost}, needs_a_person(renewed.lost))


@command(commands, "log")
def log(run: Run) -> CommandResult:
    from plan_tracker.steps.look_up.log import read_log

    found = read_log(run.store)
    return CommandResult(partial(screen.show_log, found), lambda: json_of.log(found), needs_a_person(found.broken_at))


@command(commands, "backup", writes=True, follows_release=False)
def backup(
    run: Run,
    file: Annotated[
        Path | None, typer.Argument(metavar=N_("FILE"), help=N_("The backup; by default one in backups/, by the day."))
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.keep.backup import back_up as step

    made = step(run.workspace, file, dry_run=run.dry_run)
    show = partial(safety.show_backup, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.backup(made), needs_a_person(made.faults))


@command(commands, "restore", writes=True, anywhere=True)
def restore(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("A backup that plantrack has written."))],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar=N_("DIR"), help=N_("A new or empty folder; by default one called like the backup.")),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.keep.backup import restore as step

    made = step(file, folder, dry_run=run.dry_run)
    return CommandResult(partial(safety.show_restored, made, dry_run=run.dry_run), lambda: json_of.backup(made))


@command(commands, "verify")
def verify(
    run: Run,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=N_("FILE"),
            help=N_("A backup, or a published package, to be looked at in place of the workspace."),
        ),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.keep.health import verify as step
    from plan_tracker.steps.keep.health import verify_backup

    if file and (file.is_dir() or file.suffix.lower() == ".json"):
        return _verify_package(run, file)
    faults = verify_backup(file) if file else step(run.workspace)
    return CommandResult(partial(safety.show_faults, faults), lambda: json_of.faults(faults), needs_a_person(faults))


def _verify_package(run: Run, place: Path) -> CommandResult:
    from plan_tracker.steps.keep.packages import verify_package as step

    found = step(run.workspace, place)
    show = partial(safety.show_package, found)
    return CommandResult(show, lambda: json_of.package(found), needs_a_person(found.faults))


@command(commands, "doctor")
def doctor(run: Run) -> CommandResult:
    from plan_tracker.steps.keep.health import examine as step

    faults = step(run.workspace)
    return CommandResult(partial(safety.show_faults, faults), lambda: json_of.faults(faults), needs_a_person(faults))


@command(commands, "rebuild", writes=True, follows_release=False)
def rebuild(run: Run) -> CommandResult:
    from plan_tracker.steps.keep.rebuild import rebuild as step

    made = step(run.workspace, dry_run=run.dry_run)
    show = partial(safety.show_rebuilt, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.rebuilt(made), needs_a_person(made.faults))
