"""What the commands share: their options, the opened workspace, the period, printing JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.fiscal import Period
    from plan_tracker.store import Store
    from plan_tracker.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar="DIR", help=_("The workspace, if not here or above."))
]
JsonOption = Annotated[bool, typer.Option("--json", help=_("One JSON object on standard output."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))]
YearOption = Annotated[
    int | None, typer.Option("--year", help=_("A fiscal year (B.E.) other than the configured one."))
]
QuarterArgument = Annotated[str, typer.Argument(metavar="q1|q2|q3|q4", help=_("The quarter."))]
PeriodArgument = Annotated[str, typer.Argument(metavar="q1|q2|q3|q4|year-end", help=_("The quarter, or the year-end."))]
UnitsOption = Annotated[list[str] | None, typer.Option("--unit", metavar="CODE", help=_("Only this unit; repeatable."))]

BecauseOption = Annotated[str, typer.Option("--because", metavar="TEXT", help=_("The reason, for the record."))]
_DATE_HELP = _("The day, such as 2569-01-31 or 2026-01-31.")
RequiredDateOption = Annotated[str, typer.Option("--date", metavar="DATE", help=_DATE_HELP)]
DateOption = Annotated[str, typer.Option("--date", metavar="DATE", help=_DATE_HELP)]


@contextmanager
def opened(context: typer.Context, named: Path | None, *, writes: bool = True) -> Iterator[tuple[Workspace, Store]]:
    """The workspace and its store, closed again at the end. Who only reads (``writes``) waits for nobody."""
    from plan_tracker.store import Store
    from plan_tracker.workspace import open_workspace

    workspace = open_workspace(named or context.obj)
    with _alone(context, workspace) if writes else nullcontext():
        store = Store(workspace.database)
        try:
            yield workspace, store
        finally:
            store.close()


def _alone(context: typer.Context, workspace: Workspace) -> AbstractContextManager[None]:
    from plan_tracker.lock import locked

    return locked(workspace, context.command_path.partition(" ")[2])


def read_quarter(text: str, workspace: Workspace, year: int | None) -> Period:
    """What forms are issued for: ``q2`` of ``year``, else of the configured one."""
    from plan_tracker.fiscal import parse_quarter

    return parse_quarter(text, year or workspace.config.fiscal_year)


def read_period(text: str, workspace: Workspace, year: int | None) -> Period:
    """What reports are written on: ``q2`` or ``year-end``."""
    from plan_tracker.fiscal import parse_period

    return parse_period(text, year or workspace.config.fiscal_year)


def print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
