"""The commands. Steps are imported where they are called, so that ``--help`` stays quick."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_tracker import __version__
from plan_tracker.cli import as_json as json_of
from plan_tracker.cli import screen
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, NOT_DONE, guarded
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.fiscal import Period
    from plan_tracker.store import Store
    from plan_tracker.workspace import Workspace

app = typer.Typer(
    name="plantrack",
    help=_("Follows a year's projects and KPIs: from Excel forms to Word reports."),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
register_app = typer.Typer(help=_("The register of plans, units, projects and KPIs."), no_args_is_help=True)
app.add_typer(register_app, name="register")

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar="DIR", help=_("The workspace, if not here or above."))
]
JsonOption = Annotated[bool, typer.Option("--json", help=_("One JSON object on standard output."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))]
YearOption = Annotated[
    int | None, typer.Option("--year", help=_("A fiscal year (B.E.) other than the configured one."))
]
QuarterArgument = Annotated[str, typer.Argument(metavar="q1|q2|q3|q4", help=_("The quarter."))]
UnitsOption = Annotated[list[str] | None, typer.Option("--unit", metavar="CODE", help=_("Only this unit; repeatable."))]


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version and exit."))] = False,
) -> None:
    context.obj = workspace
    if version:
        typer.echo(f"plantrack {__version__}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)


@contextmanager
def _opened(context: typer.Context, named: Path | None) -> Iterator[tuple[Workspace, Store]]:
    """The workspace and its store, closed again at the end."""
    from plan_tracker.store import Store
    from plan_tracker.workspace import open_workspace

    workspace = open_workspace(named or context.obj)
    store = Store(workspace.database)
    try:
        yield workspace, store
    finally:
        store.close()


def _period(text: str, workspace: Workspace, year: int | None) -> Period:
    from plan_tracker.fiscal import parse_period

    return parse_period(text, year or workspace.config.fiscal_year)


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


@app.command("init", help=_("Make a new workspace, with a sample register."))
@guarded
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=_("The folder; the current one by default."))
    ] = Path(),
    as_json: JsonOption = False,
) -> int:
    from plan_tracker.steps.init import init_workspace

    written = init_workspace(folder)
    screen.show_init(folder, written, to_stderr=as_json)
    if as_json:
        _print_json({"workspace": str(folder), "written": written})
    return DONE


@app.command("demo", help=_("Play a whole quarter on sample data."))
@guarded
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=_("The folder; ./demo by default."))] = Path("demo"),
    as_json: JsonOption = False,
) -> int:
    from plan_tracker.steps.demo import play_demo

    played = play_demo(folder, lambda line: screen.say(line, to_stderr=as_json))
    screen.show_demo(played, to_stderr=as_json)
    if as_json:
        _print_json({"workspace": str(folder), "written": [path for _title, paths in played.written for path in paths]})
    return DONE


@register_app.command("check", help=_("Name every problem in the register workbook."))
@guarded
def register_check(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=_("The workbook; register.xlsx by default."))] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.register import check_register
    from plan_tracker.workspace import open_workspace

    checked = check_register(open_workspace(workspace or context.obj), file)
    screen.show_register_check(checked, to_stderr=as_json)
    if as_json:
        _print_json({"problems": [json_of.problem(problem) for problem in checked.problems]})
    return NEEDS_A_PERSON if checked.problems else DONE


@register_app.command("load", help=_("Take up the register workbook."))
@guarded
def register_load(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=_("The workbook; register.xlsx by default."))] = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.register import check_register, load_register

    with _opened(context, workspace) as (place, store):
        checked = check_register(place, file)
        loadable = checked.register is not None
        version = load_register(place, store, checked) if loadable and not dry_run else None
    screen.show_register_check(checked, to_stderr=as_json, version=version)
    if as_json:
        problems = [json_of.problem(problem) for problem in checked.problems]
        _print_json({"version": version, "problems": problems})
    return NOT_DONE if not loadable else NEEDS_A_PERSON if checked.problems else DONE


@register_app.command("show", help=_("Show what the loaded register holds."))
@guarded
def register_show(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    from plan_tracker.errors import OrderError

    with _opened(context, workspace) as (_place, store):
        register = store.register()
    if register is None:
        raise OrderError(_("No register has been loaded."), _("Load it with: plantrack register load"))
    screen.show_register(register, to_stderr=as_json)
    if as_json:
        _print_json(json_of.register(register))
    return DONE


@app.command("issue-forms", help=_("Write a form and a request letter for every unit."))
@guarded
def issue_forms(
    context: typer.Context,
    quarter: QuarterArgument,
    unit: UnitsOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps import issue_forms as step
    from plan_tracker.steps.register import is_newer_than_loaded

    with _opened(context, workspace) as (place, store):
        issued = step.issue_forms(place, store, _period(quarter, place, year), unit or (), dry_run=dry_run)
        stale = is_newer_than_loaded(place, store)
    if stale:
        screen.complain(
            _("register.xlsx has been changed since it was loaded; the forms are made from what was loaded."),
            _("To take up the changes: plantrack register load, then issue the forms again."),
        )
    screen.show_issued(issued, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        _print_json({"forms": [{"unit": i.unit, "path": i.path, "letter": i.letter} for i in issued]})
    return DONE


@app.command("ingest", help=_("Read, check and keep everything in the inbox."))
@guarded
def ingest(
    context: typer.Context,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.ingest import ingest as step

    with _opened(context, workspace) as (place, store):
        results = step(place, store, dry_run=dry_run)
        corrections = []
        if not dry_run and store.to_correct():
            from plan_tracker.steps.correct import write_corrections

            corrections = write_corrections(place, store)
    screen.show_ingest(results, corrections, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        _print_json(json_of.ingest(results, corrections))
    return NEEDS_A_PERSON if any(r.outcome in ("incomplete", "rejected") for r in results) else DONE


@app.command("status", help=_("Show where every unit's return stands."))
@guarded
def status(
    context: typer.Context,
    quarter: Annotated[str | None, typer.Argument(metavar="[q1|q2|q3|q4]", help=_("The quarter."))] = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.status import current_period, unit_statuses

    with _opened(context, workspace) as (place, store):
        period = _period(quarter, place, year) if quarter else current_period(place, store)
        lines = unit_statuses(place, store, period)
    screen.show_status(period, lines, to_stderr=as_json)
    if as_json:
        _print_json({"units": [json_of.status(line) for line in lines]})
    return DONE


@app.command("accept", help=_("Take a unit's faulty return as it is, with the reason on record."))
@guarded
def accept(
    context: typer.Context,
    quarter: QuarterArgument,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=_("The unit's code."))],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help=_("The reason, for the record."))],
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.accept import accept as step

    with _opened(context, workspace) as (place, store):
        kept, waived = step(place, store, _period(quarter, place, year), unit, because, dry_run=dry_run)
    screen.show_accepted(kept, waived, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        _print_json({"unit": kept.unit, "version": kept.version, "waived": [json_of.finding(f) for f in waived]})
    return DONE


@app.command("trace", help=_("Lead a figure back to its file, sheet and cell."))
@guarded
def trace(
    context: typer.Context,
    quarter: QuarterArgument,
    code: Annotated[str, typer.Argument(metavar="PROJECT", help=_("A project's or KPI's code."))],
    field: Annotated[str, typer.Argument(metavar="[FIELD]", help=_("A field's key, such as f14.stage."))] = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.trace import trace as step

    with _opened(context, workspace) as (place, store):
        found = step(place, store, _period(quarter, place, year), code, field)
    screen.show_trace(found, to_stderr=as_json)
    if as_json:
        _print_json(json_of.trace(found))
    return DONE if found.original_is_whole else NEEDS_A_PERSON


@app.command("log", help=_("Show who did what, when, with which file."))
@guarded
def log(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    with _opened(context, workspace) as (_place, store):
        events, broken = store.events(), store.first_broken_event()
    screen.show_events(events, broken, to_stderr=as_json)
    if as_json:
        _print_json({"events": [json_of.event(event) for event in events], "tampered_from": broken})
    return NEEDS_A_PERSON if broken else DONE


@app.command("report", help=_("Write the quarter's report, one for each plan."))
@guarded
def report(
    context: typer.Context,
    quarter: QuarterArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.report import write_reports

    with _opened(context, workspace) as (place, store):
        written = write_reports(place, store, _period(quarter, place, year), dry_run=dry_run)
    screen.show_reports(written, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        _print_json({"reports": [{"plan": w.plan, "path": w.path} for w in written]})
    return DONE


def main() -> None:
    """The program ``plantrack``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no Thai shows ? and goes on
    app()
