"""Counts, mean progress and money of a group of projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from plan_tracker.analysis.figures import targets as t
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import Summary
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words
from plan_tracker.rounding import per_cent


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyText:
    """Million baht and per cents; dashes where nothing is stated."""

    budget: str = w.DASH
    committed: str = w.DASH
    disbursed: str = w.DASH
    remaining: str = w.DASH
    percent: str = w.DASH
    used: str = w.DASH

    @classmethod
    def of(cls, found: Money | None, **more: str) -> Self:
        if found is None or not found.is_stated:
            return cls(**more)
        return cls(
            budget=w.million(found.budget),
            committed=w.million(found.committed),
            disbursed=w.million(found.disbursed),
            remaining=w.million(found.remaining),
            percent=w.percent(found.disbursed_percent),
            used=w.percent(found.used_percent),
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KindText(MoneyText):
    """Money of one kind of expenditure, or of all together."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryText:
    """A group of projects; dashes where nothing came back."""

    projects: str
    reported: str
    missing: str
    reported_percent: str
    not_started: str
    under_way: str
    suspended: str
    completed: str
    cancelled: str
    ahead: str
    on_time: str
    late: str
    compared: str
    planned: str
    actual: str
    unstated_money: str
    money: MoneyText

    @classmethod
    def of(cls, found: Summary, **more: Any) -> Self:
        counted = found.reported > 0

        def number(value: int) -> str:
            return w.count(value) if counted else w.DASH

        return cls(
            projects=w.count(found.total),
            reported=w.count(found.reported),
            missing=w.count(found.missing),
            reported_percent=w.percent(found.reported_percent),
            not_started=number(found.in_stage(c.NOT_STARTED)),
            under_way=number(found.in_stage(c.UNDER_WAY)),
            suspended=number(found.in_stage(c.SUSPENDED)),
            completed=number(found.in_stage(c.COMPLETED)),
            cancelled=w.count(found.in_stage(c.CANCELLED)) if found.cancelled else number(found.in_stage(c.CANCELLED)),
            ahead=number(found.on_schedule(c.AHEAD)),
            on_time=number(found.on_schedule(c.ON_TIME)),
            late=number(found.on_schedule(c.LATE)),
            compared=w.count(found.compared),
            planned=w.percent(found.planned),
            actual=w.percent(found.actual),
            unstated_money=w.count(found.spending.unstated),
            money=MoneyText.of(found.spending.overall if found.has_spending else None),
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StageText:
    """How many projects of a stage are on which schedule; ``percent`` of all projects."""

    name: str
    ahead: str
    on_time: str
    late: str
    other: str
    total: str
    percent: str


def money_rows(found: Summary, words: Words) -> list[KindText]:
    """Recurrent, investment, and both together."""
    spending = found.spending
    kinds = (
        (terms.KINDS[t.RECURRENT], spending.recurrent),
        (terms.KINDS[t.INVESTMENT], spending.investment),
        (terms.TOTAL, spending.overall),
    )
    return [KindText.of(money if found.has_spending else None, kind=words.of(kind)) for kind, money in kinds]


def stage_rows(found: Summary, words: Words) -> list[StageText]:
    """Stages against schedules, with whoever has not reported and the total."""
    return list(_stages(found, words))


def _stages(found: Summary, words: Words) -> Iterator[StageText]:
    for stage in c.STAGES:
        yield _stage(found, stage, choice_label(stage, words))
    if found.in_stage(""):
        yield _stage(found, "", words.of(w.NOT_STATED))
    for name, number in terms.lacking(found):
        yield _stage_text(found, words.of(name), [w.DASH] * 4, number)
    schedules = [found.on_schedule(schedule) for schedule in (*c.SCHEDULES, "")]
    yield _stage_text(found, words.say("stage", "Total"), list(map(w.count, schedules)), found.total)


def _stage(found: Summary, stage: str, name: str) -> StageText:
    counts = [found.counted(stage, schedule) for schedule in (*c.SCHEDULES, "")]
    return _stage_text(found, name, list(map(w.count, counts)), sum(counts))


def _stage_text(found: Summary, name: str, cells: list[str], number: int) -> StageText:
    ahead, on_time, late, other = cells
    return StageText(
        name=name,
        ahead=ahead,
        on_time=on_time,
        late=late,
        other=other,
        total=w.count(number),
        percent=w.percent(per_cent(Decimal(number), Decimal(found.total))),
    )
