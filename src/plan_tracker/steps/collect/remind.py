"""Step 4 of the manual: a reminder (L2) to every late unit. Reads the store, writes ``outbox/…/letters``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from plan_tracker.analysis.basis.returns import State
from plan_tracker.checking.catalogue import words
from plan_tracker.documents.letters import BLANK, Refused, write_reminder
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.due import reminder_due, return_due
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.progress.rejections import Rejection, rejections
from plan_tracker.merging.progress.reminding import to_remind
from plan_tracker.merging.standing import UnitStatus
from plan_tracker.progress import counted
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class WrittenReminder:
    """A letter to a late unit, by its path in the workspace; ``time`` 1 for the first, 2 for the second."""

    unit: str
    path: str
    days_late: int
    time: int


def remind(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> list[WrittenReminder]:
    """Reminds the units whose return, or its correction, was due before today and does not count yet."""
    if not store.newest_form_ids(period):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.spoken),
            _("Issue them with: plantrack issue-forms {period}").format(period=period.typed),
        )
    closing = store.reviews.closed_by(period)
    if closing:
        raise OrderError(
            _("{period} is closed: publication of its report has been permitted, and returns are not taken.").format(
                period=period.spoken
            ),
            _("If they must be, open the report first: plantrack review reopen {period} --because TEXT").format(
                period=closing.typed
            ),
        )
    late = to_remind(workspace, store, period)
    if dry_run or not late:
        return [_remind(workspace, store, period, line, dry_run=True) for line in late]
    found = [one for one in rejections(workspace, store) if one.period == period]
    with store.transaction():
        written = [_remind(workspace, store, period, line, found) for line in counted(_("Letters written"), late)]
        units = " ".join(reminder.unit for reminder in written)
        files = " ".join(reminder.path for reminder in written)
        store.add_event(workspace.timestamp(), EventName.REMIND, period=str(period), units=units, files=files)
    return written


def _remind(
    workspace: Workspace,
    store: Store,
    period: Period,
    line: UnitStatus,
    rejected: Iterable[Rejection] = (),
    *,
    dry_run: bool = False,
) -> WrittenReminder:
    unit, ledger, drafts = line.unit, store.letters, LetterDrafts(workspace, store, period)
    time = 1 + sum(1 for letter in ledger.to("L2", unit.code, period) if letter.is_sent)
    if dry_run:
        return WrittenReminder(unit.code, drafts.path("L2", unit.code), line.days_late, time)
    sent_back = cited(ledger.newest("L3", unit.code, period)) or BLANK if line.state is State.INCOMPLETE else None

    def write(path: Path) -> None:
        write_reminder(
            workspace,
            store.register_for(period),
            unit,
            period,
            return_due(workspace.config, period),
            line.days_late,
            reminder_due(workspace.config, workspace.today),
            path,
            refers=cited(precedent(store, "L2", unit.code, period)) or BLANK,
            time=time,
            missing=_missing(store, period, unit.code),
            corrected=sent_back,
            refused=_refused(rejected, unit.code) if line.state is State.ISSUED else None,
        )

    return WrittenReminder(unit.code, drafts.write("L2", unit.code, write).path, line.days_late, time)


def _missing(store: Store, period: Period, unit: str) -> Collection[str] | None:
    """The codes of the projects and KPIs that an incomplete unit lacks; None where all of them are outstanding."""
    standing = store.answers.standing(unit, period)
    return set(standing.missing) - {unit} or None if standing.came else None


def _refused(found: Iterable[Rejection], unit: str) -> Refused | None:
    """What ``unit`` sent that could not be taken in, for the newest reason; None where nothing came."""
    of_unit = [one for one in found if one.unit == unit]
    if not of_unit:
        return None
    newest = of_unit[-1]
    files = (one.file for one in of_unit if one.finding.code == newest.finding.code)
    said = words(newest.finding, "th")
    return Refused(tuple(dict.fromkeys(files)), newest.day, newest.finding.code, newest.finding.params, said.message)
