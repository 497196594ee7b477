"""What has changed since last quarter. Projects that reported in both are compared, and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, mean, merged_figures
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.lineage import NOTHING_RENAMED, Lineage


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project that reported last quarter and this one."""

    before: ProjectFigures
    now: ProjectFigures

    @property
    def stage_moved(self) -> bool:
        return bool(self.before.stage and self.now.stage) and self.before.stage != self.now.stage

    @property
    def newly_late(self) -> bool:
        return self.now.is_late and not self.before.is_late

    @property
    def no_longer_late(self) -> bool:
        return self.before.is_late and self.now.schedule in (c.ON_TIME, c.AHEAD)

    @property
    def newly_completed(self) -> bool:
        return self.now.stage == c.COMPLETED != self.before.stage

    @property
    def progress_points(self) -> Decimal | None:
        """Growth of progress in points; None where one of them is unknown."""
        return _points(self.before.actual, self.now.actual)

    @property
    def disbursed_points(self) -> Decimal | None:
        """Growth of the disbursement in points of the budget; None where one of them is unknown."""
        before, now = self.before.money, self.now.money
        return _points(before.disbursed_percent, now.disbursed_percent) if before and now else None


@dataclass(frozen=True, slots=True)
class Changes:
    """The plan's projects that reported in ``since`` and in the quarter after it.

    ``uncompared`` counts the others. ``disbursed_points`` is the growth, in points, of the disbursement per cent of
    the projects whose money is known in both quarters, taken together.
    """

    since: Period
    compared: tuple[ProjectChange, ...]
    uncompared: int
    disbursed_points: Decimal | None
    progress_points: Decimal | None

    @property
    def progressed(self) -> int:
        """How many projects ``progress_points`` is the mean of."""
        return sum(1 for change in self.compared if change.progress_points is not None)

    @property
    def spent(self) -> int:
        """How many projects ``disbursed_points`` is of."""
        return sum(1 for change in self.compared if change.before.money and change.now.money)

    @property
    def stage_moves(self) -> tuple[ProjectChange, ...]:
        return self._those(lambda change: change.stage_moved)

    @property
    def newly_late(self) -> tuple[ProjectChange, ...]:
        return self._those(lambda change: change.newly_late)

    @property
    def no_longer_late(self) -> tuple[ProjectChange, ...]:
        return self._those(lambda change: change.no_longer_late)

    @property
    def newly_completed(self) -> tuple[ProjectChange, ...]:
        return self._those(lambda change: change.newly_completed)

    def _those(self, test: Callable[[ProjectChange], bool]) -> tuple[ProjectChange, ...]:
        return tuple(change for change in self.compared if test(change))


def project_changes(before: PlanFigures, now: PlanFigures, lineage: Lineage = NOTHING_RENAMED) -> Changes:
    """What has changed from one quarter's figures to the next one's, under whatever code each went.

    What was merged is held against all its parts together, as far as all of them have told.
    """
    earlier = {project.code: project for project in before.projects}
    here = {project.code for project in now.projects}
    compared = tuple(
        ProjectChange(merged_figures(parts), project)
        for project in now.projects
        if project.reported
        and (parts := [earlier[own] for own in lineage.parts(project.code, earlier, here)])
        and any(part.reported for part in parts)
    )
    return Changes(
        before.period,
        compared,
        len(now.projects) - len(compared),
        _disbursed_points(compared),
        mean([points for change in compared if (points := change.progress_points) is not None]),
    )


def _disbursed_points(compared: tuple[ProjectChange, ...]) -> Decimal | None:
    both = [(b, n) for change in compared for b, n in [(change.before.money, change.now.money)] if b and n]
    before, now = (sum(amounts, Money()) for amounts in zip(*both, strict=True)) if both else (Money(), Money())
    return _points(before.disbursed_percent, now.disbursed_percent)


def _points(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if before is None or now is None else now - before
