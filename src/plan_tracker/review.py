"""The chain that a report goes through before it may be published (R15–R19): two directors, then the executives.

Plain rules, no files. ``_MOVES`` is the whole chain: what is not in it is out of order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import N_, _


class Reader(StrEnum):
    """Who is asked, in this order. The value stands where a unit's code does in the letter ledger."""

    MONITORING = "monitoring"
    STRATEGY = "strategy"
    EXECUTIVES = "executives"

    @property
    def label(self) -> str:
        """What people call the reader; the monitoring director's name is printed as the manual has it."""
        return _LABELS[self]


_LABELS: Final = {Reader.MONITORING: "ผอ.กตจ.", Reader.STRATEGY: "ผอ.ยศ.", Reader.EXECUTIVES: "ผู้บริหาร"}


class Act(StrEnum):
    """What is done to a report under review; the commands' own names."""

    SUBMIT = "submit"
    COMMENT = "comment"
    RESOLVE = "resolve"
    APPROVE = "approve"
    PERMIT = "permit"
    REFUSE = "refuse"
    REOPEN = "reopen"


class Stage(StrEnum):
    """Where a report stands."""

    NEW = "new"
    WITH_MONITORING = "with monitoring"
    MONITORING_APPROVED = "monitoring approved"
    WITH_STRATEGY = "with strategy"
    STRATEGY_APPROVED = "strategy approved"
    WITH_EXECUTIVES = "with executives"
    PERMITTED = "permitted"
    REFUSED = "refused"

    @property
    def reader(self) -> Reader | None:
        """Who has the report now."""
        return _READERS.get(self)


_READERS: Final = {
    Stage.WITH_MONITORING: Reader.MONITORING,
    Stage.WITH_STRATEGY: Reader.STRATEGY,
    Stage.WITH_EXECUTIVES: Reader.EXECUTIVES,
}

_DIRECTORS: Final = (
    (Stage.WITH_MONITORING, Stage.MONITORING_APPROVED),
    (Stage.WITH_STRATEGY, Stage.STRATEGY_APPROVED),
)

_MOVES: Final[dict[tuple[Stage, Act], Stage]] = {
    (Stage.NEW, Act.SUBMIT): Stage.WITH_MONITORING,
    (Stage.MONITORING_APPROVED, Act.SUBMIT): Stage.WITH_STRATEGY,
    (Stage.STRATEGY_APPROVED, Act.SUBMIT): Stage.WITH_EXECUTIVES,
    (Stage.WITH_EXECUTIVES, Act.PERMIT): Stage.PERMITTED,
    (Stage.WITH_EXECUTIVES, Act.REFUSE): Stage.REFUSED,
    **{
        move: stage
        for at, approved in _DIRECTORS
        for move, stage in {
            (at, Act.SUBMIT): at,  # the mended report takes the place of the one that the director has
            (at, Act.COMMENT): at,
            (at, Act.APPROVE): approved,
        }.items()
    },
    **{(stage, Act.RESOLVE): stage for stage in Stage},
    **{(stage, Act.REOPEN): Stage.NEW for stage in Stage if stage is not Stage.NEW},
}
_WAIT_FOR_COMMENTS: Final = frozenset({Act.SUBMIT, Act.APPROVE, Act.PERMIT})

_STANDS: Final = {
    Stage.NEW: N_("it has not been submitted"),
    Stage.WITH_MONITORING: N_("it is with ผอ.กตจ. for consideration"),
    Stage.MONITORING_APPROVED: N_("ผอ.กตจ. has approved it"),
    Stage.WITH_STRATEGY: N_("it is with ผอ.ยศ. for consideration"),
    Stage.STRATEGY_APPROVED: N_("ผอ.ยศ. has approved it"),
    Stage.WITH_EXECUTIVES: N_("it is with the executives"),
    Stage.PERMITTED: N_("its publication has been permitted"),
    Stage.REFUSED: N_("its publication has been refused"),
}
_CONSIDER: Final = ("review approve {period}", "review comment {period} TEXT")
_NEXT: Final = {
    Stage.NEW: ("review submit {period}",),
    Stage.WITH_MONITORING: _CONSIDER,
    Stage.MONITORING_APPROVED: ("review submit {period}",),
    Stage.WITH_STRATEGY: _CONSIDER,
    Stage.STRATEGY_APPROVED: ("review submit {period}",),
    Stage.WITH_EXECUTIVES: (
        "review permit {period} --reference REF --date D",
        "review refuse {period} --because TEXT",
    ),
    Stage.PERMITTED: ("publish {period}",),
    Stage.REFUSED: ("review reopen {period} --because TEXT",),
}


@dataclass(frozen=True, slots=True)
class Review:
    """A report's way through the chain. ``round`` counts from 1; a report that is reopened begins the next one."""

    period: Period
    stage: Stage = Stage.NEW
    round: int = 1
    open_comments: tuple[int, ...] = ()

    @property
    def stands(self) -> str:
        """Where it stands, as part of a sentence."""
        return _(_STANDS[self.stage])

    @property
    def next_commands(self) -> tuple[str, ...]:
        """What can be done now, as it is typed; the first is the usual one."""
        commands = _NEXT[self.stage]
        if self.open_comments:
            commands = (f"review resolve {{period}} {self.open_comments[0]} --because TEXT",)
        return tuple(f"plantrack {command.format(period=self.period.typed)}" for command in commands)

    @property
    def next_command(self) -> str:
        """The same as part of a sentence."""
        otherwise = _("or")
        return f" {otherwise} ".join(self.next_commands)

    def may(self, act: Act) -> bool:
        held = bool(self.open_comments) and act in _WAIT_FOR_COMMENTS
        return (self.stage, act) in _MOVES and not held

    def check(self, act: Act) -> None:
        """``OrderError`` where ``act`` is out of order, saying what is missing and which command comes next."""
        if (self.stage, act) not in _MOVES:
            raise OrderError(
                _("'{act}' is out of order for the report of {period}: {stands}.").format(
                    act=act, period=self.period.spoken, stands=self.stands
                ),
                _("Next: {command}").format(command=self.next_command),
            )
        if not self.may(act):
            raise OrderError(
                _("Comments on the report of {period} are still open: {numbers}").format(
                    period=self.period.spoken, numbers=", ".join(str(number) for number in self.open_comments)
                ),
                _("Close each by a new return of its unit, or with: {command}").format(command=self.next_command),
            )

    def after(self, act: Act) -> Review:
        """The review once ``act`` is done; errors as ``check``'s. Comments are counted by who keeps them."""
        self.check(act)
        round_ = self.round + 1 if act is Act.REOPEN else self.round
        return replace(self, stage=_MOVES[self.stage, act], round=round_)


def readers_of(period: Period, acts: Iterable[Act]) -> list[Reader | None]:
    """For each of ``acts``, the oldest first, who got the report by it, or whose answer it is; None for a new round."""
    review = Review(period)
    readers: list[Reader | None] = []
    for act in acts:
        before, review = review, review.after(act)
        readers.append(review.stage.reader if act is Act.SUBMIT else None if act is Act.REOPEN else before.stage.reader)
    return readers


def review_of(period: Period, acts: Iterable[Act], open_comments: Iterable[int] = ()) -> Review:
    """The review that ``acts`` have led to, the oldest first; they were in order when they were recorded."""
    review = Review(period)
    for act in acts:
        review = review.after(act)
    return replace(review, open_comments=tuple(open_comments))
