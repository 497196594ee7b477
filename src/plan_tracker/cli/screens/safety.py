"""What people see of backups, of putting back, and of what isn't whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import say, say_way_into
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.keep.backup import Backup
    from plan_tracker.steps.keep.health import HealthFault
    from plan_tracker.steps.keep.packages import CheckedPackage
    from plan_tracker.steps.keep.rebuild import Rebuilt


def show_backup(made: Backup, *, dry_run: bool) -> None:
    text = _("Would write {path}: {count} files, {size} MB.") if dry_run else _("{path}: {count} files, {size} MB.")
    say(text.format(path=made.path, count=made.files, size=f"{made.size / 10**6:.1f}"))
    say(_("It holds the key that signs your forms, and all that units have sent: keep it where nobody else reads it."))
    if made.faults:
        say(_("Not whole when it was read again: {paths}").format(paths=", ".join(made.faults)))


def show_restored(made: Backup, *, dry_run: bool) -> None:
    text = _("Would put {count} files into {path}.") if dry_run else _("{count} files are in {path}, all as they were.")
    say(text.format(path=made.path, count=made.files))
    if not dry_run:
        say_way_into(Path(made.path))
        say(_("Next: {command}").format(command="plantrack verify"))


def show_faults(faults: Sequence[HealthFault]) -> None:
    for fault in faults:
        say(f"! {fault.what}")
        say(f"  → {fault.advice}")
    if not faults:
        say(_("All is well."))


def show_package(found: CheckedPackage) -> None:
    said = found.statement
    for fault in found.faults:
        say(f"! {fault}")
    if not found.faults:
        say(_("All {count} values are as they were signed.").format(count=f"{said.leaves:,}"))
    say(_("Signed with the key {fingerprint}").format(fingerprint=found.fingerprint))
    say(
        _("It is this workspace's key.")
        if found.own
        else _("It is not this workspace's key: compare it with the report.")
    )
    say(_("{period}, made with {program}").format(period=said.period, program=said.program))


def show_rebuilt(made: Rebuilt, *, dry_run: bool) -> None:
    text = (
        _("The database would be made again from {count} entries of the journal; {returns} returns are in it.")
        if dry_run
        else _("The database was made again from {count} entries of the journal; {returns} returns are in it.")
    )
    say(text.format(count=made.entries, returns=made.returns))
    if made.before:
        say(_("The one of before is kept as {path}.").format(path=made.before))
    for path in made.faults:
        say(_("{path} is missing, or has other bytes than it was kept with.").format(path=path))
