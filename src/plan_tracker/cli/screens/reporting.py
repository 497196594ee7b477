"""What people see of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.report import Written


def show_reports(written: Sequence[Written], *, to_stderr: bool, dry_run: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    console.print(_("Would write:") if dry_run else _("Written:"))
    for item in written:
        console.print(f"  {item.path}", markup=False)
        if item.missing:
            console.print("    " + _("Not in it: {units}").format(units=" ".join(item.missing)), markup=False)
