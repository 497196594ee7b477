"""Where every unit's return stands, and the manual's nine steps (R6, R21). Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plan_tracker.fiscal import Period
from plan_tracker.merging.progress.milestones import Progress, milestones, nine_steps
from plan_tracker.merging.progress.rejections import Rejection, rejections
from plan_tracker.merging.standing import (
    Undecided,
    UnitStatus,
    Version,
    current_period,
    undecided,
    unit_statuses,
    unit_versions,
)
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class QuarterStatus:
    """How ``period`` stands ``today``: its units, empty at the year-end, and the nine steps.

    ``versions``: what one unit has returned; None where none was asked for. ``undecided``: what waits for an officer's
    decision, of whatever quarter. ``rejected``: the files of the period, and of no period that is known, that wait to
    be taken up again or sent anew. ``asked``: every unit of the period, also where ``units`` are some of them.
    """

    period: Period
    units: Sequence[UnitStatus]
    steps: Sequence[Progress]
    today: date
    versions: Sequence[Version] | None = None
    undecided: Sequence[Undecided] = ()
    rejected: Sequence[Rejection] = ()
    asked: Sequence[UnitStatus] = ()


def status(
    workspace: Workspace,
    store: Store,
    period: Period | None = None,
    unit: str = "",
    *,
    year: int | None = None,
    only_outstanding: bool = False,
) -> QuarterStatus:
    """Every unit, or one ``unit`` and its versions; of the current period (of ``year``), if none is named.

    ``only_outstanding``: but for those all of whose answers count.
    """
    period = period or current_period(workspace, store, year)
    every = [] if period.is_year_end else unit_statuses(workspace, store, period)
    return QuarterStatus(
        period,
        [line for line in every if unit in ("", line.unit.code) and not (only_outstanding and line.state.counts)],
        nine_steps(milestones(workspace, store, period, every)),
        workspace.today,
        unit_versions(store, period, unit) if unit else None,
        [one for one in undecided(store) if unit in ("", one.kept.unit)],
        [one for one in rejections(workspace, store) if one.period in (None, period) and unit in ("", one.unit)],
        every,
    )
