"""Memos up the chain: to the two directors (L5), then to the executives (L6). They stay within the Office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.facts import PlanFacts
from plan_tracker.documents.letters.frame import Recipient, in_full, one_line, plan_words, points, write_letter
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.documents.report.concerns import NO_CONCERNS, Concerns
from plan_tracker.fiscal import Period
from plan_tracker.workspace import Workspace

_NAMED = 3  # projects, problems and missing units that a memo has room for


@dataclass(frozen=True, slots=True)
class Approval:
    """A reader's approval: ``comments`` recommendations, all of them carried out, and the day if it is known.

    ``amended``: the report has been mended since, and is not to the letter what was approved.
    """

    comments: int
    day: date | None = None
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """That a report is submitted for the ``round``-th time (from 2), and why."""

    round: int
    because: str


def write_consideration(
    workspace: Workspace,
    period: Period,
    plans: Sequence[PlanFacts],
    reports: Sequence[str],
    path: Path,
    *,
    approved: Approval | None = None,
    again: Again | None = None,
    refers: Reference | None = None,
    own: Reference = BLANK,
) -> None:
    """Writes L5 to ``path``: submits the ``reports`` (file names, one per plan) for consideration.

    It goes to ``letters.monitoring_director``, or to ``letters.strategy_director`` once the former's approval
    is passed as ``approved``; then ``refers`` is the first memo. Errors as ``write_letter``'s.
    """
    letters = workspace.config.letters
    reader = letters.strategy_director if approved else letters.monitoring_director
    context = {
        **_facts(workspace, plans, reports, again),
        "second": approved is not None,
        "amended": approved is not None and approved.amended,
        "comments": approved.comments if approved else 0,
        "approved": in_full(approved.day) if approved and approved.day else "",
    }
    write_letter("L5", workspace, Recipient(reader, reader), period, context, path, own, refers)


def write_to_executives(
    workspace: Workspace,
    period: Period,
    plans: Sequence[PlanFacts],
    reports: Sequence[str],
    path: Path,
    *,
    concerns: Concerns = NO_CONCERNS,
    approved: Sequence[date | None] = (None, None),
    amended: bool = False,
    again: Again | None = None,
    own: Reference = BLANK,
) -> None:
    """Writes L6 to ``path``: a summary, for information and for permission to publish the ``reports`` (file names).

    It goes to ``letters.executives``. ``approved``: the days on which the two directors approved, where known;
    ``amended``: the report has been mended since the first of them did.
    Errors as ``write_letter``'s.
    """
    context = {
        **_facts(workspace, plans, reports, again),
        "amended": amended,
        "attention": _named(concerns.attention, concerns.absent),
        "problems": _named(concerns.problems),
        "approved": {
            name: in_full(day) if day else "" for name, day in zip(("monitoring", "strategy"), approved, strict=True)
        },
    }
    executives = workspace.config.letters.executives
    write_letter("L6", workspace, Recipient(executives, executives), period, context, path, own, None)


def _named(sentences: Sequence[str], absent: int = 0) -> Mapping[str, object]:
    """The first of ``sentences``, for as many as a memo has room, and how many there are, ``absent`` ones apart."""
    return {
        "first": points(sentences[:_NAMED]),
        "all": w.count(len(sentences) + absent),
        "reported": w.count(len(sentences)),
        "absent": w.count(absent) if absent else "",
        "more": w.count(_NAMED) if len(sentences) > _NAMED else "",
    }


def _facts(
    workspace: Workspace, plans: Sequence[PlanFacts], reports: Sequence[str], again: Again | None
) -> Mapping[str, object]:
    return {
        "round": w.count(again.round) if again else "",
        "because": one_line(again.because) if again else "",
        "plan": plan_words(workspace, [facts.plan for facts in plans]),
        "plans": [_plan(workspace, i, facts) for i, facts in enumerate(plans, 1)],
        "reports": [{"number": w.count(i), "name": name} for i, name in enumerate(reports, 1)],
    }


def _plan(workspace: Workspace, number: int, facts: PlanFacts) -> dict[str, object]:
    """Texts, and the bare counts that sentences are left out by."""
    return {
        "number": w.count(number),
        "name": plan_words(workspace, [facts.plan]),
        "units": w.count(facts.units),
        "returned": w.count(facts.returned),
        "received": facts.returned,
        "outstanding": facts.units - facts.returned,
        "missing": w.listed(list(facts.missing)) if len(facts.missing) <= _NAMED else "",
        "has_projects": bool(facts.projects),
        "projects": w.count(facts.projects),
        "reported": w.count(facts.reported),
        "unreported": facts.projects - facts.reported,
        "completed": facts.completed,
        "late": facts.late,
        "budget": w.million(facts.budget),
        "disbursed": w.million(facts.disbursed),
        "percent": w.percent(facts.disbursed_percent) if facts.disbursed_percent is not None else "",
        "unstated": facts.unstated,
        "kpis": facts.kpis,
        "kpis_met": facts.kpis_met,
    }
