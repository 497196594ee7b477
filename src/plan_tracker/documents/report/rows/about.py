"""What a report is about: plan, office, period, the returns and how far they can be relied on, what made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from plan_tracker.analysis.concerns.trust import Trust
from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.config import Imprint
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.fiscal import Period, long_date
from plan_tracker.i18n import Words
from plan_tracker.register import Plan


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan: its name, for the cover on two lines where it ends with whose it is, and its owner."""

    name: str
    title: str
    owner: str


@dataclass(frozen=True, slots=True)
class OfficeText:
    """The office whose report it is."""

    name: str
    ministry: str
    division: str


@dataclass(frozen=True, slots=True)
class PeriodText:
    """A quarter: its title, number, year, and its days written out."""

    title: str
    quarter: str
    year: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class ReturnsText:
    """How many units' returns came."""

    total: str
    received: str
    missing: str
    missing_names: str
    waived: str


@dataclass(frozen=True, slots=True)
class TrustText:
    """What the figures' reliability is judged by: counts of units, answers and projects."""

    units: str
    returned: str
    missing: str
    late: str
    corrected: str
    waived: str
    changed: str
    doubtful: str
    kpis_apart: str

    @classmethod
    def of(cls, found: Trust) -> Self:
        return cls(
            units=w.count(found.units),
            returned=w.count(found.returned),
            missing=w.count(found.missing),
            late=w.count(found.late),
            corrected=w.count(found.corrected),
            waived=w.count(found.waived),
            changed=w.count(found.changed),
            doubtful=w.count(found.doubtful),
            kpis_apart=w.count(found.kpis_apart),
        )


@dataclass(frozen=True, slots=True)
class ImprintText:
    """What made the report, of which data, and the key that the office publishes with; blank on older records."""

    program: str
    data: str
    key: str

    @classmethod
    def of(cls, found: Imprint) -> Self:
        return cls(found.program, w.grouped(found.data), found.fingerprint)


def plan_text(found: Plan, words: Words) -> PlanText:
    return PlanText(found.name, terms.plan_on_two_lines(found, words), found.owner)


def period_text(found: Period, words: Words) -> PeriodText:
    return PeriodText(
        title=w.bound(found.title_in(words)),
        quarter="" if found.is_year_end else str(found.quarter),
        year=str(found.fiscal_year),
        first_day=w.bound(long_date(found.first_day, words)),
        last_day=w.bound(long_date(found.last_day, words)),
    )


def returns_text(now: PlanFigures, words: Words) -> ReturnsText:
    missing = now.missing_units
    return ReturnsText(
        total=w.count(len(now.asked_units)),
        received=w.count(len(now.asked_units) - len(missing)),
        missing=w.count(len(missing)),
        missing_names=words.listed(unit.source.unit.name for unit in missing),
        waived=w.count(len(now.waived_units)),
    )
