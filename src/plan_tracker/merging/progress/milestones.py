"""Where a period stands in the manual's nine steps, and by when each is due (R21). Reads the store, writes nothing.

``MILESTONES`` is the whole way; the board of ``status`` and the calendar are both made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from plan_tracker.due import return_due, step_due
from plan_tracker.fiscal import Period
from plan_tracker.i18n import N_, _
from plan_tracker.merging import standing as status
from plan_tracker.merging.reports.published import published_on
from plan_tracker.register import Register
from plan_tracker.review import Act, Stage
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


class MilestoneStatus(StrEnum):
    """How far something is."""

    DONE = "done"
    LATE = "late"
    UNDER_WAY = "under way"
    WAITING = "waiting"
    NOT_ASKED = "not asked"  # it does not belong to this period


@dataclass(frozen=True, slots=True)
class Progress:
    """One milestone: by when it is ``due``, when it was done, how far it is, and which command does it."""

    step: int
    name: str
    standing: MilestoneStatus
    due: date | None = None
    done_on: date | None = None
    detail: str = ""
    command: str = ""

    def days_late(self, today: date) -> int:
        """How many days after its due date it was done, or is still to be done."""
        until = (
            self.done_on
            if self.standing is MilestoneStatus.DONE
            else today
            if self.standing is MilestoneStatus.LATE
            else None
        )
        return max(0, (until - self.due).days) if until and self.due else 0


class _Found(NamedTuple):
    """What a look at the store gives: how much of how much, since when."""

    done: int
    of: int
    day: date | None = None
    detail: str = ""
    due: date | None = None
    command: str = ""


_NOT_ASKED: Final = _Found(0, 0)


class _View:
    """What milestones are judged by; read once for all of them."""

    def __init__(
        self, workspace: Workspace, store: Store, period: Period, units: Sequence[status.UnitStatus] | None
    ) -> None:
        self.workspace, self.store, self.period = workspace, store, period
        self.register = _register_of(store, period)
        quarterly = self.register is not None and not period.is_year_end
        if units is None:
            units = status.unit_statuses(workspace, store, period) if quarterly else []
        self.units = units
        self.acts = store.reviews.acts(period)
        self.review = store.reviews.review(period)
        self.stage = self.review.stage
        self.events = store.days_of(period)

    def day_of(self, what: str) -> date | None:
        return self.events.get(what)

    def day_of_act(self, act: Act, number: int = 1) -> date | None:
        """The day of the round's ``number``-th ``act``."""
        acts = self.acts
        for index, recorded in enumerate(acts):
            if recorded.act is Act.REOPEN:
                acts = self.acts[index + 1 :]
        days = [recorded.day or datetime.fromisoformat(recorded.at).date() for recorded in acts if recorded.act is act]
        return days[number - 1] if len(days) >= number else None


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing to be done in a period: the manual's step that it belongs to, and the setting of ``[due]``.

    ``command`` takes it further; where it is blank, whatever the review asks for next.
    """

    step: int
    name: str
    look: Callable[[_View], _Found]
    due: str = ""
    command: str = ""


def _register_of(store: Store, period: Period) -> Register | None:
    """The load that the period stands on: the one that its forms were made from, else the year's newest."""
    versions = store.form_register_versions(period.quarters[-1]).values()
    return store.register(max(versions)) if versions else store.register(fiscal_year=period.fiscal_year)


def _register(view: _View) -> _Found:
    if view.register is None:
        return _Found(0, 1)
    detail = _("{projects} projects, {kpis} KPIs").format(
        projects=len(view.register.projects), kpis=len(view.register.kpis)
    )
    return _Found(1, 1, None, detail)


def _definition(view: _View) -> _Found:
    return _Found(int(view.workspace.template("xlsx", "form.xlsx").is_file()), 1)


def _issued(view: _View) -> _Found:
    if view.period.is_year_end:
        return _NOT_ASKED
    issued = sum(1 for line in view.units if line.state != "none")
    found = _counted(issued, len(view.units), view.day_of("issue-forms"))
    if view.store.is_closed(view.period):
        return found._replace(done=found.of)  # none is issued any more
    if view.workspace.today < view.period.first_day:
        return found._replace(command="issue-forms {period} --early")
    return found


def _returned(view: _View) -> _Found:
    if view.period.is_year_end:
        return _NOT_ASKED
    counting = sum(1 for line in view.units if line.state.counts)
    found = _counted(counting, len(view.units), view.day_of("ingest"))
    if any(line.days_late and not line.state.counts for line in view.units):
        found = found._replace(command="remind {period}")
    if counting < len(view.units) and view.store.is_closed(view.period):
        detail = _("{received}, no more are taken").format(received=found.detail)
        return found._replace(done=found.of, day=view.store.reviews.closed_on(view.period), detail=detail)
    return found


def _counted(done: int, of: int, day: date | None = None) -> _Found:
    return _Found(done, of or 1, day, f"{done}/{of}")


def _circulated(view: _View) -> _Found:
    return _NOT_ASKED if view.period.is_year_end else _event(view, "circulate")


def _reported(view: _View) -> _Found:
    return _event(view, "report")


def _published(view: _View) -> _Found:
    day = published_on(view.store, view.period)
    return _Found(int(day is not None), 1, day)


def _event(view: _View, what: str) -> _Found:
    day = view.day_of(what)
    return _Found(int(day is not None), 1, day)


def _monitoring(view: _View) -> _Found:
    return _approved(view, 1, (Stage.NEW,), (Stage.NEW, Stage.WITH_MONITORING))


def _strategy(view: _View) -> _Found:
    before = (Stage.NEW, Stage.WITH_MONITORING, Stage.MONITORING_APPROVED)
    return _approved(view, 2, before, (*before, Stage.WITH_STRATEGY))


def _approved(view: _View, number: int, before: Sequence[Stage], pending: Sequence[Stage]) -> _Found:
    if view.stage in before:
        return _Found(0, 2)
    return _Found(1, 2) if view.stage in pending else _Found(2, 2, view.day_of_act(Act.APPROVE, number))


def _executives(view: _View) -> _Found:
    if view.stage is Stage.PERMITTED:
        return _Found(2, 2, view.day_of_act(Act.PERMIT))
    detail = _("refused") if view.stage is Stage.REFUSED else ""
    return _Found(int(view.stage in (Stage.WITH_EXECUTIVES, Stage.REFUSED)), 2, None, detail)


def _orders(view: _View) -> _Found:
    orders = [order for order in view.store.orders.all() if order.period == view.period]
    if not orders:
        return _Found(0, 0, None, _("none so far"))
    due = min((order.due for order in orders if not order.done_at), default=None)
    return _counted(sum(1 for order in orders if order.done_at), len(orders))._replace(due=due)


MILESTONES: Final = (
    Milestone(1, N_("Register of plans, projects and KPIs"), _register, "", "register load"),
    Milestone(2, N_("Definition of the forms"), _definition, "", "templates check"),
    Milestone(3, N_("Forms and request letters"), _issued, "issue", "issue-forms {period}"),
    Milestone(4, N_("Returns, complete and checked"), _returned, "returns", "ingest"),
    Milestone(4, N_("Circulation of results"), _circulated, "circulation", "circulate {period} --order TEXT --date D"),
    Milestone(5, N_("Reports"), _reported, "report", "report {period}"),
    Milestone(6, N_("Consideration by ผอ.กตจ."), _monitoring, "monitoring"),
    Milestone(6, N_("Consideration by ผอ.ยศ."), _strategy, "strategy"),
    Milestone(7, N_("Executives: information and permission"), _executives, "executives"),
    Milestone(8, N_("Publication on the web site"), _published, "publication", "publish {period}"),
    Milestone(9, N_("Executive orders"), _orders, "", "orders list"),
)
STEPS: Final[Mapping[int, str]] = {
    1: N_("Register of plans, projects and KPIs"),
    2: N_("Definition of the forms"),
    3: N_("Forms and request letters"),
    4: N_("Returns: collected, checked, circulated"),
    5: N_("Reports"),
    6: N_("Consideration by the two directors"),
    7: N_("Executives: information and permission"),
    8: N_("Publication on the web site"),
    9: N_("Executive orders"),
}
_WEIGHT: Final = {
    standing: i for i, standing in enumerate((MilestoneStatus.LATE, MilestoneStatus.UNDER_WAY, MilestoneStatus.WAITING))
}


def milestones(
    workspace: Workspace, store: Store, period: Period, units: Sequence[status.UnitStatus] | None = None
) -> list[Progress]:
    """How far ``period`` is, milestone by milestone. ``units``: how they stand, where that is known already."""
    view = _View(workspace, store, period, units)
    return [_judge(milestone, milestone.look(view), view) for milestone in MILESTONES]


def nine_steps(found: Sequence[Progress]) -> list[Progress]:
    """The milestones drawn together into the manual's nine steps: each stands as the milestone that holds it up."""
    return [_step(number, [one for one in found if one.step == number]) for number in STEPS]


def _step(number: int, parts: Sequence[Progress]) -> Progress:
    asked = [part for part in parts if part.standing is not MilestoneStatus.NOT_ASKED]
    open_ = [part for part in asked if part.standing is not MilestoneStatus.DONE]
    name = _(STEPS[number])
    if not open_:
        last = (asked or parts)[-1]
        details = [part.detail for part in asked or parts if part.detail]
        return Progress(number, name, last.standing, last.due, last.done_on, " ".join(details))
    held = min(open_, key=lambda part: _WEIGHT[part.standing])
    begun = held.standing is MilestoneStatus.WAITING and len(open_) < len(asked)
    standing = MilestoneStatus.UNDER_WAY if begun else held.standing
    detail = f"{held.name}: {held.detail}" if len(asked) > 1 and held.detail else held.detail
    return Progress(number, name, standing, held.due, None, detail, held.command)


def _judge(milestone: Milestone, found: _Found, view: _View) -> Progress:
    due, name = found.due or _due(milestone, view), _(milestone.name)
    words = (found.command or milestone.command).format(period=view.period.typed)
    command = f"plantrack {words}" if words else view.review.next_command
    if found.of == 0:
        return Progress(milestone.step, name, MilestoneStatus.NOT_ASKED, None, None, found.detail)
    if found.done == found.of:
        return Progress(milestone.step, name, MilestoneStatus.DONE, due, found.day, found.detail)
    late = due is not None and view.workspace.today > due
    standing = MilestoneStatus.LATE if late else MilestoneStatus.UNDER_WAY if found.done else MilestoneStatus.WAITING
    return Progress(milestone.step, name, standing, due, None, found.detail, command)


def _due(milestone: Milestone, view: _View) -> date | None:
    if not milestone.due:
        return None
    config = view.workspace.config
    return (
        return_due(config, view.period) if milestone.due == "returns" else step_due(config, view.period, milestone.due)
    )
