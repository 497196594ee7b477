"""The rules between fields (R8), each about one project's or KPI's answers.

A rule holds wherever an answer that it needs is blank or unreadable: that is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from plan_tracker.checking.parsing.numbers import is_percent_unit
from plan_tracker.checking.table import CLOSED, LAST, QUARTER, REGISTER, Unread
from plan_tracker.fiscal import short_date
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.form1.fields import BUDGETS, SOURCE_KEYS
from plan_tracker.forms.definition.plan_fields import PLANNED
from plan_tracker.forms.definition.spec import Form
from plan_tracker.rounding import half_up, per_cent
from plan_tracker.values import plain

Row = Mapping[str, Any]
Params = dict[str, str]
KINDS = ("f9.recurrent", "f9.investment")
AMOUNTS = tuple(f"{kind}.{name}" for kind in KINDS for name in ("act_budget", "budget", "committed", "disbursed"))
NARRATIVES = ("f11.result_quarter", "f11.result_cumulative")
FAR_APART = Decimal(30)  # percentage points between spending and progress
FIRST_PROBLEM, STAGE, SCHEDULE, PROGRESS = (
    "f13.problems[1].problem",
    "f14.stage",
    "f14.schedule",
    "f14.progress_percent",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """``broken`` gives the parameters of the finding's words where the rule is broken, None where it holds.

    It is asked only where each of ``needs`` has an answer that could be read. ``readable`` ones may be blank (None),
    but not unreadable; ``also`` may be either, and then are None.
    """

    code: str
    field: str
    needs: tuple[str, ...]
    broken: Callable[[Row], Params | None]
    readable: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.needs, *self.readable, *self.also)


def breaches(rule: Rule, table: pd.DataFrame) -> dict[int, Params]:
    """The rows of ``table``, by number, in which ``rule`` is broken."""
    names, needed = rule.names, len(rule.needs)
    strict = needed + len(rule.readable)
    found = {}
    for number, values in enumerate(zip(*(table[name].to_numpy() for name in names), strict=True)):
        if any(v is None for v in values[:needed]) or any(isinstance(v, Unread) for v in values[:strict]):
            continue
        row = {n: None if isinstance(v, Unread) else v for n, v in zip(names, values, strict=True)}
        params = rule.broken(row)
        if params is not None:
            found[number] = params
    return found


def _when(condition: bool, **params: str) -> Params | None:
    return params if condition else None


def _dates(start: str, end: str) -> Rule:
    def broken(row: Row) -> Params | None:
        return _when(row[start] > row[end], value=short_date(row[end]), other=short_date(row[start]))

    return Rule("DATES-ORDER", end, (start, end), broken)


def _planned(before: str, after: str) -> Rule:
    def broken(row: Row) -> Params | None:
        return _when(row[after] < row[before], value=plain(row[after]), other=plain(row[before]))

    return Rule("PLAN-FALLS", after, (before, after), broken)


def _over_budget(kind: str) -> Rule:
    disbursed, budget = f"{kind}.disbursed", f"{kind}.budget"

    def broken(row: Row) -> Params | None:
        limit = row[budget] or Decimal(0)
        if not _has_money(row):
            return None  # NO-BUDGET-SPENT says it
        if all(row[key] is None for key in BUDGETS):
            return None  # REQUIRED says it
        return _when(row[disbursed] > limit, value=_baht(row[disbursed]), other=_baht(limit))

    return Rule("OVER-BUDGET", disbursed, (disbursed,), broken, (*BUDGETS, *SOURCE_KEYS))


def _over_committed(kind: str) -> Rule:
    disbursed, committed, budget = f"{kind}.disbursed", f"{kind}.committed", f"{kind}.budget"

    def broken(row: Row) -> Params | None:
        together = row[disbursed] + row[committed]
        return _when(row[disbursed] <= row[budget] < together, other=_baht(together))

    return Rule("OVER-COMMITTED", committed, (disbursed, committed, budget), broken)


def _no_budget_spent(row: Row) -> Params | None:
    amounts = [row[key] for key in AMOUNTS if row[key]]
    return _when(bool(amounts) and not _has_money(row), value=_baht(amounts[0]) if amounts else "")


def _has_money(row: Row) -> bool:
    return any(row[key] in c.SOURCES_OF_MONEY for key in SOURCE_KEYS)


def _done_not_100(row: Row) -> Params | None:
    return _when(row[STAGE] == c.COMPLETED and row[PROGRESS] < 100)


def _hundred_not_done(row: Row) -> Params | None:
    return _when(row[PROGRESS] == 100 and row[STAGE] not in c.CLOSED_STAGES)


def _late_no_problem(row: Row) -> Params | None:
    return _when(row[SCHEDULE] == c.LATE and row[FIRST_PROBLEM] == c.NONE)


def _stopped_no_reason(row: Row) -> Params | None:
    reasons = (row["f14.note"], row["f13.note"])
    stopped = row[STAGE] in (c.SUSPENDED, c.CANCELLED) and not row[CLOSED]
    return _when(stopped and row[FIRST_PROBLEM] == c.NONE and not any(reasons))


def _not_started_spent(row: Row) -> Params | None:
    spent = sum((row[f"{kind}.disbursed"] or Decimal(0) for kind in KINDS), Decimal(0))
    return _when(row[STAGE] == c.NOT_STARTED and spent > 0, other=_baht(spent))


def _behind_says_on_time(row: Row) -> Params | None:
    planned = row[PLANNED[row[QUARTER] - 1]]
    if planned is None or row[STAGE] in c.CLOSED_STAGES:
        return None
    behind = row[SCHEDULE] in (c.ON_TIME, c.AHEAD) and row[PROGRESS] < planned
    return _when(behind, other=plain(row[PROGRESS]), planned=plain(planned))


def _ahead_says_late(row: Row) -> Params | None:
    planned = row[PLANNED[row[QUARTER] - 1]]
    if planned is None or row[STAGE] in c.CLOSED_STAGES:
        return None
    ahead = row[SCHEDULE] == c.LATE and row[PROGRESS] >= planned
    return _when(ahead, other=plain(row[PROGRESS]), planned=plain(planned))


def _spend_far_from_progress(row: Row) -> Params | None:
    """Only for projects within one fiscal year: (9) speaks of the year, (14) of the whole project."""
    if _fiscal_year(row["f8.start_date"]) != _fiscal_year(row["f8.end_date"]):
        return None
    if any(_is_half_known(row, kind) for kind in KINDS):
        return None  # REQUIRED or OVER-BUDGET says it
    budget = sum((row[key] or Decimal(0) for key in BUDGETS), Decimal(0))
    disbursed = sum((row[f"{kind}.disbursed"] or Decimal(0) for kind in KINDS), Decimal(0))
    spent = per_cent(disbursed, budget)
    if spent is None:
        return None
    return _when(abs(spent - row[PROGRESS]) > FAR_APART, spent=plain(half_up(spent)))


def _is_half_known(row: Row, kind: str) -> bool:
    """Whether there is a budget, but not what is disbursed of it; or the other way round."""
    disbursed = row[f"{kind}.disbursed"]
    return disbursed is None if row[f"{kind}.budget"] else bool(disbursed)


def _fiscal_year(day: date) -> int:
    return day.year + (day.month >= 10)


def _million_baht(key: str) -> Rule:
    known = REGISTER + key.rpartition(".")[0] + ".act_budget" if key.endswith("budget") else REGISTER + key

    def broken(row: Row) -> Params | None:
        low, high = sorted((row[key], row[known]))
        far = low > 0 and Decimal(500_000) < high / low < Decimal(2_000_000)
        return _when(far, other=_baht(row[known]))

    return Rule("MILLION-BAHT", key, (key, known), broken)


def _million_spent(kind: str, name: str) -> Rule:
    """An amount below 1,000 baht that would just fit the budget were it in million baht."""
    spent, budget = f"{kind}.{name}", f"{kind}.budget"

    def broken(row: Row) -> Params | None:
        fits = 0 < row[spent] < 1000 and row[spent] * 1_000_000 <= row[budget]
        return _when(fits, other=_baht(row[budget]))

    return Rule("MILLION-BAHT", spent, (spent, budget), broken)


def _fell(key: str) -> Rule:
    def broken(row: Row) -> Params | None:
        return _when(row[key] < row[LAST + key], other=plain(row[LAST + key]))

    return Rule("FELL", key, (key, LAST + key), broken)


def _went_back(row: Row) -> Params | None:
    return _when(row[LAST + STAGE] == c.COMPLETED and row[STAGE] != c.COMPLETED)


def _same_text(key: str) -> Rule:
    def broken(row: Row) -> Params | None:
        return _when(row[key] == row[LAST + key] and not row[CLOSED])

    return Rule("SAME-TEXT", key, (key, LAST + key), broken, (CLOSED,))


def _kpi_both(_row: Row) -> Params | None:
    return {}


def _kpi_over_100(row: Row) -> Params | None:
    is_percent = is_percent_unit(plain(row["k.measure"]))
    return _when(is_percent and isinstance(row["k.result"], Decimal) and row["k.result"] > 100)


def _level(result: str, direction: str) -> Rule:
    def broken(row: Row) -> Params | None:
        wrong = row[direction] == c.LEVELS and isinstance(row[result], Decimal) and not 1 <= row[result] <= 5
        return _when(wrong)

    return Rule("KPI-LEVEL", result, (result, direction), broken)


def _baht(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _plan_rules(form: Form) -> Iterator[Rule]:
    """(5) to (8): what is planned."""
    yield _dates("f8.start_date", "f8.end_date")
    for row in form.blocks["f8.activities"].rows:
        yield _dates(f"{row.key}.start", f"{row.key}.end")
    for before, after in pairwise(PLANNED):
        yield _planned(before, after)
    for row in form.blocks["f7.indicators"].rows:
        for name in ("target", "result"):
            yield _level(f"{row.key}.{name}", f"{row.key}.direction")


def _money_rules() -> Iterator[Rule]:
    """(9): money."""
    for kind in KINDS:
        yield _over_budget(kind)
        yield _over_committed(kind)
        for name in ("act_budget", "budget"):
            yield _million_baht(f"{kind}.{name}")
        for name in ("committed", "disbursed"):
            yield _million_spent(kind, name)
        yield _fell(f"{kind}.disbursed")
    yield Rule("NO-BUDGET-SPENT", BUDGETS[0], (), _no_budget_spent, SOURCE_KEYS, AMOUNTS)


def _progress_rules() -> Iterator[Rule]:
    """(11) to (14): what was done."""
    yield Rule("DONE-NOT-100", PROGRESS, (STAGE, PROGRESS), _done_not_100)
    yield Rule("HUNDRED-NOT-DONE", STAGE, (STAGE, PROGRESS), _hundred_not_done)
    yield Rule("LATE-NO-PROBLEM", FIRST_PROBLEM, (SCHEDULE, FIRST_PROBLEM), _late_no_problem)
    yield Rule("STOPPED-NO-REASON", STAGE, (STAGE, FIRST_PROBLEM), _stopped_no_reason, ("f13.note", "f14.note", CLOSED))
    spent = tuple(f"{kind}.disbursed" for kind in KINDS)
    yield Rule("NOT-STARTED-SPENT", STAGE, (STAGE,), _not_started_spent, spent)
    yield Rule(
        "BEHIND-SAYS-ON-TIME", SCHEDULE, (STAGE, SCHEDULE, PROGRESS, QUARTER), _behind_says_on_time, also=PLANNED
    )
    yield Rule("AHEAD-SAYS-LATE", SCHEDULE, (STAGE, SCHEDULE, PROGRESS, QUARTER), _ahead_says_late, also=PLANNED)
    yield Rule(
        "SPEND-FAR-FROM-PROGRESS",
        PROGRESS,
        ("f8.start_date", "f8.end_date", PROGRESS),
        _spend_far_from_progress,
        (*BUDGETS, *spent),
    )
    yield _fell(PROGRESS)
    yield Rule("STAGE-WENT-BACK", STAGE, (STAGE, LAST + STAGE), _went_back)
    for key in NARRATIVES:
        yield _same_text(key)


def _kpi_rules() -> Iterator[Rule]:
    """Form 2."""
    yield Rule("KPI-BOTH", "k.result", ("k.result", "k.not_due"), _kpi_both)
    yield _level("k.result", "k.direction")
    yield Rule("KPI-OVER-100", "k.result", ("k.result", "k.measure"), _kpi_over_100)


@cache
def rules_of(form: Form) -> tuple[Rule, ...]:
    """The rules between the fields of ``form``, as its version has them."""
    if form.name == "form1":
        return (*_plan_rules(form), *_money_rules(), *_progress_rules())
    return tuple(_kpi_rules()) if form.name == "form2" else ()


def compared(rules: Sequence[Rule]) -> tuple[str, ...]:
    """The fields that ``rules`` compare with the register or with last quarter's."""
    names = {name for rule in rules for name in rule.names}
    return tuple(sorted({name.partition(":")[2] for name in names if name.startswith((REGISTER, LAST))}))
