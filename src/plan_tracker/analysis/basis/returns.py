"""Which answer counts, and how a unit stands by it: the one place where that is decided.

Every return is judged project by project, KPI by KPI (and order by order): the newest clean answer of each counts,
whichever file it came in; a newer faulty one waits beside it and never pushes it out. What is said of the whole file,
or stands on the cover, goes by the unit's own code, so that it holds back no project. Pure functions over stored
facts; nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.values import Answer, Entry, plain

ACCEPTED, INCOMPLETE = "accepted", "incomplete"  # what becomes of a file that is kept
UNANSWERED = "PART"  # the finding of what is untouched in a file
EARLIER = "FORM-EARLIER"  # the finding of what an officer has to accept or to decline

_AMOUNTS = tuple(
    f"f9.{kind}.{amount}"
    for kind in ("recurrent", "investment")
    for amount in ("act_budget", "budget", "committed", "disbursed")
)
# Errors whose value can't be what it says, with the fields that it is about; empty: the field that it is put on.
# Of the other errors the value is blank or unreadable anyway, or stands, and something beside it is lacking.
IMPOSSIBLE: Mapping[str, tuple[str, ...]] = {
    "DATES-ORDER": (),
    "PLAN-FALLS": (),
    "OVER-BUDGET": (),
    "NO-BUDGET-SPENT": _AMOUNTS,
    "DONE-NOT-100": (),
    "HUNDRED-NOT-DONE": (),
    "OUT-OF-RANGE": (),
    "KPI-LEVEL": (),
    "KPI-BOTH": ("k.result", "k.not_due"),
}


class AnswerState(StrEnum):
    """How one project's or KPI's answer stands."""

    CLEAN = "clean"
    WAIVED = "waived"  # taken as it is, by an officer's recorded decision
    WAITING = "waiting"  # it came, and is faulty
    MISSING = "missing"  # none has come
    DECLINED = "declined"  # it came on the wrong form, and an officer has put it aside

    @property
    def counts(self) -> bool:
        """Whether its figures go into reports."""
        return self in _COUNTING

    @property
    def is_said(self) -> bool:
        """Whether something was answered, and not put aside since."""
        return self not in (AnswerState.MISSING, AnswerState.DECLINED)


_COUNTING = frozenset({AnswerState.CLEAN, AnswerState.WAIVED})
States = Mapping[str, AnswerState]  # of one return's answers, by code


class State(StrEnum):
    """Where a unit stands in a quarter, with all that it was asked for or with one of its forms."""

    NONE = "none"  # no form issued
    ISSUED = "issued"  # nothing usable has come back
    INCOMPLETE = "incomplete"  # something came, and not all counts
    ACCEPTED = "accepted"  # all counts
    WAIVED = "waived"  # all counts, some of it by an officer's recorded decision

    @property
    def counts(self) -> bool:
        """Whether all that was asked for counts."""
        return self in (State.ACCEPTED, State.WAIVED)


def all_count(states: Collection[AnswerState]) -> bool:
    """Whether there are answers, and every one of them counts."""
    return bool(states) and _COUNTING.issuperset(states)


class Received(NamedTuple):
    """What one return says of one code: an answer in a state, or, MISSING, that it was asked and holds none.

    ``parts``: answers of what was merged into it after its form went out, which count together with it until it answers
    on a newer form.
    """

    return_id: int
    version: int
    received_on: date
    state: AnswerState
    waived_because: str = ""
    parts: tuple[AnswerPart, ...] = ()

    def with_its_parts(self, code: str, unit: str) -> list[AnswerPart]:
        """The answer of ``unit`` to ``code``, and what counts together with it, each by itself."""
        return [AnswerPart(code, unit, self), *self.parts]


class AnswerPart(NamedTuple):
    """An answer that counts as part of another one: under which code and of which unit it came."""

    code: str
    unit: str
    received: Received


class AnswerStanding(NamedTuple):
    """How one project, KPI or order stands.

    ``counting`` is the answer that counts, ``waiting`` a newer faulty one beside it (or alone), ``unanswered`` the
    newest return that was to hold an answer and holds none, where none has come at all. ``counts_since`` is the day on
    which an answer that counts first came.
    """

    code: str
    counting: Received | None = None
    waiting: Received | None = None
    unanswered: Received | None = None
    counts_since: date | None = None

    @property
    def state(self) -> AnswerState:
        """That of the answer that counts, else of the newest that came."""
        told = self.counting or self.waiting
        return told.state if told else AnswerState.MISSING

    @property
    def version(self) -> int | None:
        """The return that ``state`` speaks of."""
        told = self.counting or self.waiting
        return told.version if told else None

    @property
    def is_open(self) -> bool:
        """Whether the unit is to be asked for it: nothing counts, or what came last is faulty."""
        return self.counting is None or self.waiting is not None

    @property
    def told_by(self) -> Received | None:
        """The return whose findings say what is open here."""
        return self.waiting or self.unanswered

    def days_late(self, due: date, until: date) -> int:
        """Days from ``due`` to the first answer that counts, else to ``until``."""
        return max(0, ((self.counts_since or until) - due).days)


@dataclass(frozen=True)
class UnitStanding:
    """How a unit stands in a quarter. ``answers`` holds all that it was asked for, by code, as its form goes."""

    unit: str
    issued: bool
    came: bool
    answers: Mapping[str, AnswerStanding]

    @cached_property
    def state(self) -> State:
        of_all = self.state_of(self.answers)
        return State.INCOMPLETE if self.came and not of_all.counts else of_all

    def state_of(self, codes: Collection[str]) -> State:
        """The state of a part of what was asked for, such as Form 1."""
        states = {self.answers[code].state for code in codes if code in self.answers}
        if all_count(states):
            return State.WAIVED if AnswerState.WAIVED in states else State.ACCEPTED
        if states - {AnswerState.MISSING}:
            return State.INCOMPLETE
        return State.ISSUED if self.issued else State.NONE

    @property
    def counting(self) -> dict[str, Received]:
        """The answers that count, by code."""
        return {code: answer.counting for code, answer in self.answers.items() if answer.counting}

    @property
    def counting_apart(self) -> list[AnswerPart]:
        """The answers that count, of what was merged since each by itself."""
        return [part for code, one in self.counting.items() for part in one.with_its_parts(code, self.unit)]

    def with_parts(self, parts: Mapping[str, Sequence[AnswerPart]]) -> UnitStanding:
        """The same with what counts together with its answers, by code."""
        answers = {
            code: answer._replace(counting=_with_parts(answer.counting, parts[code]))
            if answer.counting and code in parts
            else answer
            for code, answer in self.answers.items()
        }
        return replace(self, answers=answers)

    @property
    def open(self) -> list[AnswerStanding]:
        """What the unit is still to be asked for."""
        return [answer for answer in self.answers.values() if answer.is_open]

    @property
    def missing(self) -> list[str]:
        """The codes of which nothing counts."""
        return [code for code, answer in self.answers.items() if not answer.state.counts]

    @property
    def complete_since(self) -> date | None:
        """The day on which the last of the answers that it takes came; None while some are missing."""
        days = [answer.counts_since for answer in self.answers.values() if answer.counts_since]
        return max(days) if days and len(days) == len(self.answers) else None

    def days_late(self, due: date, until: date) -> int:
        """Days from ``due`` until the unit was complete, else to ``until``; 0 where it was issued no form.

        ``until`` is today, or the day that returns were closed.
        """
        return max(0, ((self.complete_since or until) - due).days) if self.issued else 0


def _with_parts(own: Received, parts: Sequence[AnswerPart]) -> Received:
    """An answer with ``parts``; it is waived where one of them is."""
    reasons = dict.fromkeys(one.waived_because for one in (own, *(part.received for part in parts)))
    waived = any(part.received.state is AnswerState.WAIVED for part in parts)
    return own._replace(
        parts=tuple(parts),
        state=AnswerState.WAIVED if waived else own.state,
        waived_because=" · ".join(filter(None, reasons)),
    )


def judge_return(unit: str, asked: Iterable[str], came: Collection[str], findings: Sequence[Finding]) -> States:
    """What one return says of each code: all that it was ``asked``, and the unit's own where the cover has a say.

    ``came``: the codes that it holds an answer of.
    """
    faulty = {owner_of(finding, unit) for finding in findings if finding.holds_back}
    states = {code: _judge(code in came, code in faulty) for code in asked}
    of_file = any(finding.holds_back and not finding.project for finding in findings)
    if of_file or unit in came or (unit in faulty and unit not in states):
        states[unit] = _judge(True, unit in faulty)
    return states


def _judge(came: bool, faulty: bool) -> AnswerState:
    if not came:
        return AnswerState.MISSING
    return AnswerState.WAITING if faulty else AnswerState.CLEAN


def owner_of(finding: Finding, unit: str) -> str:
    """The code whose answer a finding is about; the unit's own for what is said of the whole file."""
    return finding.project or unit


def file_outcome(findings: Iterable[Finding]) -> str:
    """What becomes of a file with these findings: accepted, or incomplete."""
    return INCOMPLETE if any(finding.holds_back for finding in findings) else ACCEPTED


def answer_standing(code: str, received: Sequence[Received]) -> AnswerStanding:
    """How ``code`` stands by what its unit's returns say of it, the oldest first."""
    first: Received | None = None
    counting: Received | None = None
    waiting: Received | None = None
    for one in received:
        if one.state.counts:
            first, counting, waiting = first or one, one, None
        elif one.state.is_said:
            waiting = one
    unanswered = received[-1] if received and not (counting or waiting) else None
    return AnswerStanding(code, counting, waiting, unanswered, first.received_on if first else None)


def is_undecided(return_id: int, code: str, received: Sequence[Received]) -> bool:
    """Whether what an officer is asked to decide of a return's answer to ``code`` is open still.

    It is where the answer waits and is the newest of those ``received``: else an officer would look at a newer one.
    """
    waiting = answer_standing(code, received).waiting
    return waiting is not None and waiting.return_id == return_id


def still_asked(codes: Iterable[str], over: Collection[str], received: Mapping[str, Sequence[Received]]) -> list[str]:
    """What a form's ``codes`` ask for now: not what is ``over`` since, unless an answer of it counts."""
    return [code for code in codes if code not in over or any(one.state.counts for one in received.get(code, ()))]


def unit_standing(
    unit: str, asked: Sequence[str] | None, received: Mapping[str, Sequence[Received]], *, came: bool
) -> UnitStanding:
    """How a unit stands that was ``asked`` for these codes (None: it was issued no form); ``received`` by code.

    ``came``: whether any return of it has been kept.
    """
    codes = list(asked or ())
    if unit in received:
        codes.append(unit)
    return UnitStanding(
        unit, asked is not None, came, {code: answer_standing(code, received.get(code, ())) for code in codes}
    )


def settle(
    findings: Iterable[Finding],
    unanswered: Collection[str],
    counting: Collection[str],
    unit: str,
    over: Collection[str] = (),
) -> list[Finding]:
    """The findings of one return, once all that came with it has been read.

    ``unanswered``: what it was asked and holds no answer of; where another file's answer counts by now (``counting``)
    that is no fault, and said as a notice; of what is ``over`` there is nothing to say.
    """
    told: list[Finding] = []
    for finding in findings:
        code = owner_of(finding, unit)
        if finding.holds_back and code in unanswered and finding.code in _UNTOUCHED:
            if code in counting:
                finding = replace(finding, code=UNANSWERED, severity=Severity.NOTICE, field="", cell="")
            elif code in over:
                continue
        if finding not in told:
            told.append(finding)
    return told


_UNTOUCHED = {UNANSWERED, "REQUIRED"}


def countable(entry: Entry, findings: Iterable[Finding], code: str) -> Entry:
    """An answer that counts, without what breaks an error's rule and was waived: it is kept as what can't be read.

    So no figure is made of it anywhere, and whatever states a sum says that it is left out.
    """
    errors = [found for found in findings if found.project == code and found.severity is Severity.ERROR]
    wrong = {
        key: found.value if key == found.field else ""
        for found in errors
        if found.code in IMPOSSIBLE
        for key in IMPOSSIBLE[found.code] or (found.field,)
    }
    answers = {
        key: Answer(None, answer.cell, wrong[key] or plain(answer.value))
        if key in wrong and answer.value is not None
        else answer
        for key, answer in entry.answers.items()
    }
    return entry._replace(answers=answers)
