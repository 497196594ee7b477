"""What people see of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import new_console, new_table
from plan_tracker.i18n import _
from plan_tracker.store.reporting.reports import Volume

if TYPE_CHECKING:
    from plan_tracker.steps.report.report import ReportRun
    from plan_tracker.store import ReportRecord


def show_reports(made: ReportRun, *, dry_run: bool) -> None:
    console = new_console()
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in made.reports:
        for path in filter(None, (item.path, item.sheets)):
            console.print(f"  {path}", markup=False)
        for edited in item.edited:
            said = _("{path} has been edited and stays as it is; what was changed in it is not in this one.")
            console.print("    " + said.format(path=edited), markup=False)
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=" ".join(item.missing)), markup=False)
    for path in filter(None, (made.workbook, *(letter.path for letter in made.letters))):
        console.print(f"  {path}", markup=False)
    if made.template == "kept":
        console.print(_("Made with the template of then, which data/ has kept: today's is another."))
    if made.template == "lost":
        console.print(_("Made with today's template: the one of then is not kept, so words and layout may differ."))


def show_extracts(made: ReportRun, *, dry_run: bool) -> None:
    console = new_console()
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in made.reports:
        console.print(f"  {item.path}", markup=False, soft_wrap=True)
        if item.edited:
            said = _("Not as it was written, so it may have been edited; kept beside the new one: {path}")
            console.print("    " + said.format(path=item.edited), markup=False, soft_wrap=True)
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=" ".join(item.missing)), markup=False)
    console.print(_("An extract is marked as one, and is neither submitted nor published."))


def show_records(records: Sequence[ReportRecord]) -> None:
    """What has been made, one line for each making."""
    console = new_console()
    table = new_table("#", _("When"), _("Returns"), _("Files"))
    for record in records:
        returns = sum(len(basis.return_ids) for basis in record.bases)
        files = " ".join(made.path.rpartition("/")[2] for volume in Volume for made in record.volume(volume).values())
        table.add_row(str(record.number), record.made_at[:16].replace("T", " "), str(returns), files)
    console.print(table)
