"""What people see of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on, new_table
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.documents.report.template_check import Flaw
    from plan_tracker.steps.report.report import ReportRun
    from plan_tracker.store import Letter, ReportRecord

_SHOWN = 60  # characters of a paragraph


def show_reports(made: ReportRun, letters: Sequence[Letter], *, to_stderr: bool, dry_run: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in made.reports:
        console.print(f"  {item.path}", markup=False)
        if item.edited:
            said = _("{path} has been edited and stays as it is; what was changed in it is not in this one.")
            console.print("    " + said.format(path=item.edited), markup=False)
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=" ".join(item.missing)), markup=False)
    for path in filter(None, (made.workbook, *(letter.path for letter in letters))):
        console.print(f"  {path}", markup=False)
    if made.template == "kept":
        console.print(_("Made with the template of then, which data/ has kept: today's is another."))
    if made.template == "lost":
        console.print(_("Made with today's template: the one of then is not kept, so words and layout may differ."))


def show_records(records: Sequence[ReportRecord], *, to_stderr: bool) -> None:
    """What has been made, one line for each making."""
    console = console_on(to_stderr=to_stderr)
    table = new_table("#", _("When"), _("Returns"), _("Files"))
    for record in records:
        returns = sum(len(basis.return_ids) for basis in record.bases)
        files = " ".join(made.path.rpartition("/")[2] for made in record.documents.values())
        table.add_row(str(record.number), record.made_at[:16].replace("T", " "), str(returns), files)
    console.print(table)


def show_flaws(checked: Sequence[str], flaws: Sequence[Flaw], *, to_stderr: bool) -> None:
    """Template by template: where, what stands there, what is wrong, and what to do."""
    console = console_on(to_stderr=to_stderr)
    for name in checked:
        found = [flaw for flaw in flaws if flaw.file == name]
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
