"""The words that several commands take: periods, units, days, reasons; and the options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plan_tracker.cli import completing
from plan_tracker.i18n import N_

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar=N_("DIR"), help=N_("The workspace, if not here or above."))
]
JsonOption = Annotated[bool, typer.Option("--json", help=N_("One JSON object on standard output."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=N_("Say what would be done, and do nothing."))]
YearOption = Annotated[
    str | None,
    typer.Option("--year", metavar=N_("YEAR"), help=N_("A fiscal year (B.E.) other than the configured one.")),
]

_QUARTERS, _PERIODS = "q1|q2|q3|q4", "q1|q2|q3|q4|year-end"
QuarterArgument = Annotated[
    str, typer.Argument(metavar=_QUARTERS, autocompletion=completing.periods, help=N_("The quarter."))
]
PeriodArgument = Annotated[
    str, typer.Argument(metavar=_PERIODS, autocompletion=completing.periods, help=N_("The quarter, or the year-end."))
]
OptionalQuarterArgument = Annotated[
    str | None, typer.Argument(metavar=_QUARTERS, autocompletion=completing.periods, help=N_("The quarter."))
]
LayoutArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("FORM"),
        autocompletion=completing.central_forms,
        help=N_("The central form, such as emenscr or bb302; without a quarter, how it is laid out."),
    ),
]
NewFileOption = Annotated[
    Path | None, typer.Option("--to", metavar=N_("FILE"), help=N_("A new file, .xlsx or .csv; else one in the outbox."))
]
AnyPeriodArgument = Annotated[
    str | None, typer.Argument(metavar=_PERIODS, autocompletion=completing.periods, help=N_("The period."))
]
PeriodsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar=_PERIODS, autocompletion=completing.periods, help=N_("These periods; else the whole year.")),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="q1|…|year-end",
        autocompletion=completing.periods,
        help=N_("Which period's; else the newest."),
    ),
]
FileArgument = Annotated[
    Path | None, typer.Argument(metavar=N_("FILE"), help=N_("The workbook; register.xlsx by default."))
]
UnitArgument = Annotated[
    str, typer.Argument(metavar=N_("UNIT"), autocompletion=completing.units, help=N_("The unit's code."))
]
UnitsOption = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar=N_("CODE"), autocompletion=completing.units, help=N_("Only this unit; repeatable.")),
]
ProjectArgument = Annotated[
    str, typer.Argument(metavar=N_("PROJECT"), autocompletion=completing.projects, help=N_("The project's code."))
]
ProjectsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar=N_("PROJECT"), autocompletion=completing.projects, help=N_("These projects, by code.")),
]
BecauseOption = Annotated[str, typer.Option("--because", metavar=N_("TEXT"), help=N_("The reason, for the record."))]
_DATE = typer.Option("--date", metavar=N_("DATE"), help=N_("The day, such as 2569-01-31 or 2026-01-31."))
RequiredDateOption = Annotated[str, _DATE]
DateOption = Annotated[str, _DATE]
DueOption = Annotated[str, typer.Option("--due", metavar=N_("DATE"), help=N_("The day by which it is to be done."))]
