"""What outcomes, states, standings and reasons are called: values in words, the same in reports, letters and pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.basis.returns import AnswerState, State
from plan_tracker.analysis.concerns.attention import Attention, AttentionReason, Reason
from plan_tracker.analysis.concerns.exceptions import ExceptionKind, ReturnException
from plan_tracker.analysis.figures import targets as t
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome, missed_barely
from plan_tracker.analysis.figures.plans import ProjectFigures, Summary, UnitFigures
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.report import LessonKind, ProjectProblem
from plan_tracker.documents import wording as w
from plan_tracker.fiscal import Period, long_date
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import THAI, Message, Words
from plan_tracker.register import Lifecycle, LifecycleState, Plan, Project, Unit
from plan_tracker.rounding import rounded_percent

_LABEL: Final = 27  # letters of a name beside its code on one line
TOTAL: Final = Message("money", "Total")
KINDS: Final[Mapping[str, Message]] = {
    t.OVERALL: Message("money", "Overall"),
    t.RECURRENT: Message("money", "Recurrent"),
    t.INVESTMENT: Message("money", "Investment"),
}
UNSTATED_MONEY: Final = Message(
    "attention", "Disbursement not stated in full, or wrongly"
)  # no sum has it: ``Spending.unstated``
_MENDING: Final = Message("return", "Report being corrected")
_OUTCOMES: Final[Mapping[Outcome, Message]] = {
    Outcome.MET: Message("outcome", "Met"),
    Outcome.NOT_MET: Message("outcome", "Not met yet"),
    Outcome.ON_WAY: Message("outcome", "On the way to the year's target"),
    Outcome.NOT_DUE: Message("outcome", "Not due yet"),
    Outcome.NOT_RATED: Message("outcome", "Not rated"),
    Outcome.UNSTATED: w.NOT_STATED,
    Outcome.WAITING: _MENDING,
    Outcome.MISSING: w.NOT_RECEIVED,
    Outcome.CANCELLED: Message("outcome", "Cancelled"),
}
_NOT_MET: Final = Message("outcome", "Not met")
_REASONS: Final[Mapping[Reason, Message]] = {
    Reason.OVER_BUDGET: Message("attention", "{value} baht disbursed over the budget"),
    Reason.NO_RETURN: w.NOT_RECEIVED,
    Reason.OVERDUE: Message("attention", "{value} days past the end of the project at the end of the period"),
    Reason.FAR_BEHIND: Message("attention", "{value} points behind the plan"),
    Reason.LATE: Message("attention", "Behind plan"),
    Reason.SPEND_FAR: Message("attention", "disbursement {value} points away from progress"),
    Reason.UNSTATED: UNSTATED_MONEY,
    Reason.WAIVED: Message("attention", "Taken by a recorded decision"),
}
_OVERDUE_BY_PLAN: Final = Message(
    "attention", "{value} days past the approved end at the end of the period; the unit says {ends}"
)
_STANDINGS: Final[Mapping[ProblemStatus | None, Message]] = {
    ProblemStatus.NEW: Message("problem", "New"),
    ProblemStatus.CONTINUING: Message("problem", "Continuing"),
    ProblemStatus.RECURRING: Message("problem", "Recurring"),
    ProblemStatus.SOLVED: Message("problem", "Solved"),
    ProblemStatus.UNKNOWN: Message("problem", "Unknown (no report received)"),
    ProblemStatus.DROPPED: Message("problem", "Not solved (project cancelled)"),
    None: Message("problem", "Solved"),
}
_UNMENTIONED: Final = Message("problem", "Unknown (not mentioned in the report)")
LESSONS: Final[Mapping[LessonKind, Message]] = {
    LessonKind.SOLVED: Message("lesson", "A problem that was solved"),
    LessonKind.CONTINUED: Message("lesson", "A problem that goes on"),
}
_EXCEPTIONS: Final[Mapping[ExceptionKind, Message]] = {
    ExceptionKind.WAIVED: Message("return", "Taken by a recorded decision"),
    ExceptionKind.LATE: Message("return", "Came late"),
    ExceptionKind.INCOMPLETE: Message("return", "Incomplete"),
    ExceptionKind.TOGETHER: Message("return", "Put together"),
}
_LACKS: Final[Mapping[State, Message]] = {  # what may still come
    State.NONE: Message("return", "No form has been issued to the unit"),
    State.ISSUED: Message("return", "No return has come from the unit"),
    State.INCOMPLETE: Message("return", "A return has come, but it is incomplete or faulty; the unit is mending it"),
}
_LACKED: Final[Mapping[State, Message]] = {  # of a quarter that is over
    State.NONE: Message("return", "No form was issued to the unit"),
    State.ISSUED: Message("return", "No return came from the unit"),
    State.INCOMPLETE: Message("return", "A return came, but it was incomplete or faulty; no mended one did"),
}


def short(found: Unit) -> str:
    return found.short or found.name


def label_of(found: Project) -> str:
    """Its code, and as much of its name as stands beside it on a line of a table."""
    return f"{found.code} {w.fitted(found.name, _LABEL)}"


def full_and_short(found: Unit, words: Words) -> str:
    """``กองกลาง (กก.)``, so that the short name can stand alone elsewhere."""
    if found.short in ("", found.name):
        return found.name
    return words.say("unit", "{name} ({short})", name=found.name, short=found.short)


def plan_on_two_lines(found: Plan, words: Words) -> str:
    """The plan's name, for a cover: whose it is on a line of its own, where the name ends with that."""
    whose = words.say("plan", "of {owner}", owner=found.owner)
    rest = found.name.removesuffix(whose).rstrip()
    return f"{rest}\n{whose}" if rest and found.name.endswith(whose) else found.name


def outcome_names(of: Period, words: Words = THAI) -> Mapping[Outcome, str]:
    """What the outcomes are called in ``of``: a target missed when the year is over is no longer missed *yet*."""
    named = {**_OUTCOMES, Outcome.NOT_MET: _NOT_MET} if of.ends_year else _OUTCOMES
    return {outcome: words.of(message) for outcome, message in named.items()}


def outcome_of(outcome: Outcome, percent: Decimal | None, of: Period, words: Words = THAI) -> str:
    """What came of a KPI in ``of``; that it was missed barely, where the per cent that is printed says otherwise."""
    name = outcome_names(of, words)[outcome]
    if outcome is Outcome.ON_WAY and percent is not None:
        return words.say("outcome", "{outcome} ({percent} per cent of it)", outcome=name, percent=w.percent(percent))
    return barely(name, words) if missed_barely(outcome, percent) else name


def barely(outcome: str, words: Words) -> str:
    return words.say("outcome", "{outcome} (very close to the target)", outcome=outcome)


def waived_mark(waived_because: str, words: Words = THAI) -> str:
    """What stands beside what a return says that was taken as it is; blank where it was not."""
    return " " + words.say("outcome", "(by a recorded decision)") if waived_because else ""


def year_target(annual: Decimal | str, last: KpiFigures | None, words: Words = THAI) -> str:
    """The year's target, and beside it the fourth quarter's where ``last``, judged by that, has another."""
    target = w.measure(annual)
    if last is None or not last.quarterly or last.target == annual:
        return target
    return year_and_last(target, w.measure(last.target), words)


def year_and_last(target: str, last: str, words: Words = THAI) -> str:
    """The year's target with the fourth quarter's, which is another."""
    return words.say("outcome", "{target}\n(quarter 4: {last})", target=target, last=last)


def comparison_outcome(found: t.TargetComparison, words: Words) -> str:
    """Against a target of disbursement; that it was missed barely, where what is printed shows no gap."""
    if found.met is None:
        return words.say("target", "Not comparable")
    if found.met:
        return words.say("target", "Met")
    below = words.say("target", "Below target")
    return below if printed_gap(found) else barely(below, words)


def printed_gap(found: t.TargetComparison) -> Decimal | None:
    """Points above the target, of the per cents as they are printed."""
    return None if found.actual is None else rounded_percent(found.actual) - rounded_percent(found.target)


def reasons_of(found: Attention, words: Words) -> list[str]:
    """Why a project needs attention, the weightiest first."""
    return [_reason(why, found.project, words) for why in found.reasons]


def _reason(why: AttentionReason, project: ProjectFigures, words: Words) -> str:
    if why.reason is Reason.STOPPED:
        return choice_label(project.stage, words)
    if why.reason is Reason.OVERDUE and project.own.ends:
        value, ends = w.count(int(why.value or 0)), w.day(project.own.ends, words)
        return words.of(_OVERDUE_BY_PLAN, value=value, ends=ends)
    exact = {Reason.OVERDUE: lambda value: w.count(int(value)), Reason.OVER_BUDGET: w.baht}
    write = exact.get(why.reason, w.percent)
    return words.of(_REASONS[why.reason], value=w.DASH if why.value is None else write(abs(why.value)))


def standing_of(told: ProjectProblem, words: Words) -> str:
    return words.of(_UNMENTIONED if told.is_unmentioned else _STANDINGS[told.history.standing])


def stage_of(found: ProjectFigures, words: Words) -> str:
    """The stage; what there is in place of one where none was told."""
    if found.stage:
        return choice_label(found.stage, words)
    return words.of(w.NOT_STATED) if found.reported else _untold(found, words)


def unreported(found: ProjectFigures, words: Words) -> str:
    """What is said of a project without answers; of one that has been cancelled, when and why."""
    if found.source.cancelled:
        return cancelled(found.source.cancelled, words)
    return _untold(found, words)


def untold(words: Words, *, being_mended: bool, unit_came: bool) -> str:
    """Why there are no answers: one is being mended, others of the unit came without it, or none has come."""
    if being_mended:
        return words.of(_MENDING)
    return words.of(w.NOT_IN_RETURN if unit_came else w.NOT_RECEIVED)


def _untold(found: ProjectFigures, words: Words) -> str:
    source = found.source
    return untold(words, being_mended=source.state is AnswerState.WAITING, unit_came=source.unit_came)


def lacking(found: Summary) -> list[tuple[Message, int]]:
    """The projects without answers that are still to report, by what there is to say of them."""
    counted = ((_MENDING, found.waiting), (w.NOT_RECEIVED, found.missing - found.waiting))
    return [(name, number) for name, number in counted if number]


def cancelled(found: Lifecycle | None, words: Words) -> str:
    """What the register says of the end of a project or KPI; blank where nothing ended."""
    if found is None:
        return ""
    day = long_date(found.since, words) if found.since else w.DASH
    if found.state is LifecycleState.ENDED:
        return words.say("project", "Ended from {day}: {reason}", day=day, reason=found.reason)
    return words.say("project", "Cancelled from {day}: {reason}", day=day, reason=found.reason)


def state_of(found: UnitFigures, words: Words) -> str:
    """Where the unit's return stands."""
    if found.waived_because:
        return words.say("return", "Received (by a recorded decision)")
    if found.received:
        return words.say("return", "Received")
    if not found.source.asked:
        return words.say("return", "Nothing left to report")
    return words.of(_MENDING if found.source.state is State.INCOMPLETE else w.NOT_RECEIVED)


def lack_of(found: UnitFigures, words: Words) -> str:
    """Why there is no return."""
    state = found.source.state
    return words.of(w.NOT_RECEIVED if state is State.ISSUED else _LACKS.get(state, w.NOT_RECEIVED))


def exception_kind(found: ReturnException, words: Words) -> str:
    if found.kind is not ExceptionKind.NOT_RECEIVED:
        return words.of(_EXCEPTIONS[found.kind])
    return words.say("past return", "No report received") if found.past else state_of(found.unit, words)


def exception_reason(found: ReturnException, words: Words) -> str:
    match found.kind:
        case ExceptionKind.WAIVED:
            return found.unit.waived_because
        case ExceptionKind.LATE:
            return words.say("return", "Complete {days} days after the deadline", days=found.unit.source.days_late)
        case ExceptionKind.INCOMPLETE:
            return words.say("return", "Not in the return that came: {names}", names=words.listed(found.lacking))
        case ExceptionKind.TOGETHER:
            return words.say(
                "return",
                "Merged after the form had gone out, and told by the answers before: {names}",
                names=words.listed(found.lacking),
            )
    lack = _LACKED if found.past else _LACKS
    return words.of(lack.get(found.state, lack[State.ISSUED]))
