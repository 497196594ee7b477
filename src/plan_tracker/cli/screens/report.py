"""What people see of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import in_short, new_console, new_table, say, say_wrapped
from plan_tracker.i18n import _
from plan_tracker.store.reporting.reports import Volume

if TYPE_CHECKING:
    from plan_tracker.documents.central.layouts import Layout
    from plan_tracker.steps.report.export import Export
    from plan_tracker.steps.report.report import ReportRun
    from plan_tracker.store import ReportRecord


def show_reports(made: ReportRun, *, dry_run: bool) -> None:
    console = new_console()
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in made.reports:
        for path in filter(None, (item.path, item.sheets)):
            console.print(f"  {path}")
        for edited in item.edited:
            said = _("{path} has been edited and stays as it is; what was changed in it is not in this one.")
            console.print("    " + said.format(path=edited))
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=in_short(item.missing, " ")))
    for path in filter(None, (made.workbook, *(letter.path for letter in made.letters))):
        console.print(f"  {path}")
    if made.template == "kept":
        console.print(_("Made with the template of then, which data/ has kept: today's is another."))
    if made.template == "lost":
        console.print(_("Made with today's template: the one of then is not kept, so words and layout may differ."))


def show_extracts(made: ReportRun, *, dry_run: bool) -> None:
    console = new_console()
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in made.reports:
        console.print(f"  {item.path}", soft_wrap=True)
        if item.edited:
            said = _("Not as it was written, so it may have been edited; kept beside the new one: {path}")
            console.print("    " + said.format(path=item.edited), soft_wrap=True)
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=in_short(item.missing, " ")))
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


def show_layout(layout: Layout) -> None:
    """Column by column, where a central form comes from, and how to have it otherwise."""
    from rich.text import Text

    table = new_table(_("Column"), _("In the map"), _("Where it comes from"), title=layout.title)
    for one in layout.columns:
        about = one.source.about if one.source else _("left blank")
        table.add_row(Text(one.heading), Text(one.said), Text(about))
    new_console().print(table)
    _show_own(layout)
    say_wrapped(
        _("To have a column otherwise, write it under [export.{name}.columns] in config.toml.").format(name=layout.name)
    )


def show_export(made: Export, *, dry_run: bool) -> None:
    said = _("Would write {count} rows: {path}") if dry_run else _("Written, {count} rows: {path}")
    say(said.format(count=made.rows, path=made.path))
    if made.lacking:
        say_wrapped(_("Not in it: {units}").format(units=in_short(made.lacking, " ")))
    if made.unfilled:
        say_wrapped(_("Blank in every row: {headings}").format(headings=" · ".join(made.unfilled)))
        _show_own(made.layout)


def _show_own(layout: Layout) -> None:
    if layout.own_columns:
        said = _("Add to the projects of register.xlsx, with these keys in row 2, once: {keys}")
        say_wrapped(said.format(keys=" ".join(layout.own_columns)))
