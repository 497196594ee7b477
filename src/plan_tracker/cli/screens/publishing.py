"""What people see of a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.decide.publish import Published

_PAGES = ".html"


def show_published(published: Published, *, to_stderr: bool, dry_run: bool) -> None:
    """The folder, how many pages, and every file that is no page."""
    console = console_on(to_stderr=to_stderr)
    console.print(_("Would write:") if dry_run else _("Written:"))
    pages = [path for path in published.written if path.endswith(_PAGES)]
    files = [path for path in published.written if not path.endswith(_PAGES)]
    console.print(f"  {published.folder}/index.html", markup=False)
    console.print("  " + _("{n} pages in all, and:").format(n=len(pages)), markup=False)
    for path in files:
        console.print(f"  {path}", markup=False)
    if published.relisted:
        console.print(_("Pages of other periods that now name this one; copy them too:"))
        for path in published.relisted:
            console.print(f"  {path}", markup=False)
    if published.not_relisted:
        console.print(_("Pages of other periods that could not be written; publish once more when they can be:"))
        for path in published.not_relisted:
            console.print(f"  {path}", markup=False)
    if published.without_pdf:
        console.print(_("No PDF: LibreOffice is not installed here, or could not convert the report."), markup=False)
    if published.authors:
        named = ", ".join(published.authors)
        console.print(_("The reports' properties name who saved them: {names}").format(names=named), markup=False)
        console.print(_("If they should not: take the names out in Word, and go through the review again."))
    console.print(_("Copy the whole folder to the web site; it needs nothing else."), markup=False)
