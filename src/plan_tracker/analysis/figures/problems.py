"""Problems across quarters (R22): which are new, which go on, which are over.

Forms never carry problems forward, so a unit types each anew every quarter. The rule by which two are one, within a
project: the same words, but for spaces, digits' script, punctuation and case; else the same row of field (13) with
nearly the same words, or with the same cause. The same row alone proves nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from plan_tracker.fiscal import Period, arabic_digits
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.values import Entry

ROWS = tuple(row.key for row in CURRENT.form1.blocks["f13.problems"].rows)
ALIKE = 0.8  # of two wordings' characters, in order, that are the same: a word or two was changed
_SAYS_NOTHING = re.compile(r"[\s\u200b-\u200d\ufeff.,;:!?()\"'“”‘’/-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of field (13); blank where nothing was said. ``row`` is its key, such as ``f13.problems[1]``."""

    problem: str
    cause: str
    recommendation: str
    owner: str
    row: str = ""


class ProblemStatus(StrEnum):
    """Where a problem stands in the last quarter looked at."""

    NEW = "new"
    CONTINUING = "continuing"  # said in the project's last return before it, too
    RECURRING = "recurring"  # said earlier, not in the last return before it, and now again
    SOLVED = "solved"  # said in the last return before it, and not said any more
    UNKNOWN = "unknown"  # said before, and no return has come since that answers (13)
    DROPPED = "dropped"  # stood when its project was cancelled, and is a matter of nobody any more

    @property
    def is_open(self) -> bool:
        """Whether the problem is stated in the last quarter."""
        return self in (ProblemStatus.NEW, ProblemStatus.CONTINUING, ProblemStatus.RECURRING)


@dataclass(frozen=True, slots=True)
class ProblemHistory:
    """One problem of one project: its newest wording, and the quarters that state it, the first one first.

    ``standing`` is blank for what was over before the last quarter began.
    """

    problem: Problem
    quarters: tuple[Period, ...]
    standing: ProblemStatus | None = None

    @property
    def first(self) -> Period:
        return self.quarters[0]

    @property
    def last(self) -> Period:
        return self.quarters[-1]


def problems_of(entry: Entry) -> tuple[Problem, ...]:
    """The rows of field (13) that name a problem; "ไม่มี" names none."""
    found = (_problem(entry, row) for row in ROWS)
    return tuple(problem for problem in found if problem.problem not in ("", c.NONE))


def stated_in(entry: Entry | None) -> tuple[Problem, ...] | None:
    """The problems that a return states, none where it says "ไม่มี"; None where it has no word in (13), or didn't come.

    A completed or cancelled project need not answer (13): its silence doesn't say that a problem is over.
    """
    said = entry is not None and any(entry.text(f"{row}.problem").strip() for row in ROWS)
    return problems_of(entry) if entry and said else None


def stated_together(stated: Iterable[Sequence[Problem] | None]) -> tuple[Problem, ...] | None:
    """What several returns state, such as those of projects that were merged; None where none has a word in (13)."""
    said = [problems for problems in stated if problems is not None]
    return tuple(problem for problems in said for problem in problems) if said else None


def _problem(entry: Entry, row: str) -> Problem:
    said, cause, recommendation, owner = (
        entry.text(f"{row}.{column}").strip() for column in ("problem", "cause", "recommendation", "owner")
    )
    return Problem(said, cause, recommendation, owner, row)


def problem_histories(
    quarters: Sequence[tuple[Period, Sequence[Problem] | None]], cancelled_in: Period | None = None
) -> list[ProblemHistory]:
    """A project's problems over ``quarters``, the first one first, each as ``stated_in`` a return.

    ``cancelled_in``: the quarter since which the project has been cancelled.
    """
    histories: list[ProblemHistory] = []
    came: list[Period] = []
    for period, stated in quarters:
        if stated is None:
            continue
        histories = _continued(histories, stated, period, came[-1] if came else None)
        came.append(period)
    if not quarters:
        return []
    return [replace(history, standing=_standing(history, came, quarters[-1][0], cancelled_in)) for history in histories]


def _continued(
    histories: list[ProblemHistory], stated: Sequence[Problem], period: Period, before: Period | None
) -> list[ProblemHistory]:
    """``histories`` after one more return: each of its problems ends up in one of them."""
    pairs = dict(_pairs(histories, stated, before))
    told = [
        replace(history, problem=stated[pairs[i]], quarters=(*history.quarters, period)) if i in pairs else history
        for i, history in enumerate(histories)
    ]
    taken = set(pairs.values())
    return told + [ProblemHistory(problem, (period,)) for i, problem in enumerate(stated) if i not in taken]


def _pairs(
    histories: list[ProblemHistory], stated: Sequence[Problem], before: Period | None
) -> Iterator[tuple[int, int]]:
    """Which history each stated problem goes on: by the same words first, the newest history first, then by the row."""
    free_histories, free = (
        sorted(range(len(histories)), key=lambda i: histories[i].last, reverse=True),
        list(range(len(stated))),
    )
    for same in (_same_words, _same_matter):
        for i in list(free_histories):
            if same is _same_matter and histories[i].last != before:
                continue  # what was over is taken up again by its own words alone
            match = next((j for j in free if same(histories[i].problem, stated[j])), None)
            if match is not None:
                free.remove(match)
                free_histories.remove(i)
                yield i, match


def _same_words(one: Problem, other: Problem) -> bool:
    return normalise(one.problem) == normalise(other.problem)


def _same_matter(one: Problem, other: Problem) -> bool:
    """In the same row: nearly the same words, or the same cause."""
    if one.row != other.row:
        return False
    cause = normalise(one.cause)
    if cause and cause == normalise(other.cause):
        return True
    words = SequenceMatcher(None, normalise(one.problem), normalise(other.problem), autojunk=False)
    return words.quick_ratio() >= ALIKE and words.ratio() >= ALIKE


def _standing(
    history: ProblemHistory, came: Sequence[Period], last: Period, cancelled_in: Period | None
) -> ProblemStatus | None:
    """``came``: the quarters with a return of the project that answers (13)."""
    if cancelled_in and history.last != last:
        earlier = [period for period in came if period < cancelled_in]
        if history.last >= (earlier[-1] if earlier else cancelled_in):
            return ProblemStatus.DROPPED
    if not came or came[-1] != last:
        return ProblemStatus.UNKNOWN if came and history.last == came[-1] else None
    before = came[-2] if len(came) > 1 else None
    if history.last != last:
        return ProblemStatus.SOLVED if history.last == before else None
    if len(history.quarters) == 1:
        return ProblemStatus.NEW
    return ProblemStatus.CONTINUING if history.quarters[-2] == before else ProblemStatus.RECURRING


def normalise(text: str) -> str:
    """``text`` without what says nothing: spaces, punctuation, case, the script of its digits."""
    return arabic_digits(_SAYS_NOTHING.sub("", unicodedata.normalize("NFKC", text))).casefold()


def count_standings(histories: Iterable[ProblemHistory]) -> dict[ProblemStatus, int]:
    """How many histories stand where; 0 where none does."""
    counts = dict.fromkeys(ProblemStatus, 0)
    for history in histories:
        if history.standing:
            counts[history.standing] += 1
    return counts
