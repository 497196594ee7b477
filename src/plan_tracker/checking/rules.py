"""The rules between fields (R8), each about one project's or KPI's answers.

A rule holds wherever an answer that it needs is blank or unreadable: that is a finding of its own. What a rule says
is an expression, so that ``ingest`` and the form itself (``live``) go by the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from plan_tracker.checking.expressions import (
    ALWAYS_SO,
    Expression,
    Row,
    all_of,
    amount,
    any_of,
    blank,
    distance,
    field,
    fiscal_year,
    in_per_cent,
    in_quarter,
    is_number,
    one_of,
    same_words,
    total,
)
from plan_tracker.checking.table import CLOSED, LAST, QUARTER, REGISTER, Table, Unreadable
from plan_tracker.fiscal import short_date
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.form1.build import BUDGETS, SOURCE_KEYS
from plan_tracker.forms.definition.plan_fields import PLANNED
from plan_tracker.forms.definition.spec import Form
from plan_tracker.rounding import half_up, per_cent
from plan_tracker.values import plain

Params = dict[str, str]
KINDS = ("f9.recurrent", "f9.investment")
AMOUNTS = tuple(f"{kind}.{name}" for kind in KINDS for name in ("act_budget", "budget", "committed", "disbursed"))
SPENT = tuple(f"{kind}.disbursed" for kind in KINDS)
NARRATIVES = ("f11.result_quarter", "f11.result_cumulative")
FAR_APART = Decimal(30)  # percentage points between spending and progress
FIRST_PROBLEM, STAGE, SCHEDULE, PROGRESS = (
    "f13.problems[1].problem",
    "f14.stage",
    "f14.schedule",
    "f14.progress_percent",
)


def _nothing(_row: Row) -> Params:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """``broken`` says whether the rule is; ``says`` gives the parameters of the finding's words.

    It is asked only where each of ``needs`` has an answer that could be read. ``readable`` ones may be blank (None),
    but not unreadable; ``also`` may be either, and then are None.
    """

    code: str
    field: str
    needs: tuple[str, ...]
    broken: Expression
    says: Callable[[Row], Params] = _nothing
    readable: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.needs, *self.readable, *self.also)


def breaches(rule: Rule, table: Table) -> dict[int, Params]:
    """The rows of ``table``, by number, in which ``rule`` is broken."""
    names, needed = rule.names, len(rule.needs)
    strict = needed + len(rule.readable)
    found = {}
    for number, values in enumerate(zip(*(table[name] for name in names), strict=True)):
        if any(v is None for v in values[:needed]) or any(isinstance(v, Unreadable) for v in values[:strict]):
            continue
        row = {n: None if isinstance(v, Unreadable) else v for n, v in zip(names, values, strict=True)}
        if rule.broken.value(row):
            found[number] = rule.says(row)
    return found


def _dates(start: str, end: str) -> Rule:
    def says(row: Row) -> Params:
        return {"value": short_date(row[end]), "other": short_date(row[start])}

    return Rule("DATES-ORDER", end, (start, end), field(start) > field(end), says)


def _planned(before: str, after: str) -> Rule:
    def says(row: Row) -> Params:
        return {"value": plain(row[after]), "other": plain(row[before])}

    return Rule("PLAN-FALLS", after, (before, after), field(after) < field(before), says)


HAS_MONEY = any_of(*(one_of(key, c.SOURCES_OF_MONEY) for key in SOURCE_KEYS))


def _over_budget(kind: str) -> Rule:
    disbursed, budget = f"{kind}.disbursed", f"{kind}.budget"

    def says(row: Row) -> Params:
        return {"value": _baht(row[disbursed]), "other": _baht(row[budget] or Decimal(0))}

    has_budget = ~all_of(*(blank(key) for key in BUDGETS))  # else REQUIRED says it, or NO-BUDGET-SPENT
    broken = all_of(HAS_MONEY, has_budget, field(disbursed) > amount(budget))
    return Rule("OVER-BUDGET", disbursed, (disbursed,), broken, says, (*BUDGETS, *SOURCE_KEYS))


def _over_committed(kind: str) -> Rule:
    disbursed, committed, budget = f"{kind}.disbursed", f"{kind}.committed", f"{kind}.budget"
    together = field(disbursed) + field(committed)
    broken = (field(disbursed) <= field(budget)) & (field(budget) < together)

    def says(row: Row) -> Params:
        return {"other": _baht(together.value(row))}

    return Rule("OVER-COMMITTED", committed, (disbursed, committed, budget), broken, says)


def _no_budget_spent() -> Rule:
    def says(row: Row) -> Params:
        return {"value": _baht(next(row[key] for key in AMOUNTS if row[key]))}

    some = any_of(*(amount(key).is_not(0) for key in AMOUNTS))
    return Rule("NO-BUDGET-SPENT", BUDGETS[0], (), some & ~HAS_MONEY, says, SOURCE_KEYS, AMOUNTS)


def _not_started_spent() -> Rule:
    spent = total(SPENT)

    def says(row: Row) -> Params:
        return {"other": _baht(spent.value(row))}

    return Rule("NOT-STARTED-SPENT", STAGE, (STAGE,), field(STAGE).is_(c.NOT_STARTED) & (spent > 0), says, SPENT)


def _against_plan(code: str, said: tuple[str, ...], *, behind: bool) -> Rule:
    """What is said of the schedule against progress and plan, in a project that is not over."""
    planned, is_known = in_quarter(PLANNED, QUARTER)
    differs = field(PROGRESS) < planned if behind else field(PROGRESS) >= planned

    def says(row: Row) -> Params:
        return {"other": plain(row[PROGRESS]), "planned": plain(planned.value(row))}

    broken = all_of(is_known, ~one_of(STAGE, c.CLOSED_STAGES), one_of(SCHEDULE, said), differs)
    return Rule(code, SCHEDULE, (STAGE, SCHEDULE, PROGRESS, QUARTER), broken, says, also=PLANNED)


def _spend_far_from_progress() -> Rule:
    """Only for projects within one fiscal year: (9) speaks of the year, (14) of the whole project."""
    budget, spent = total(BUDGETS), total(SPENT)

    def says(row: Row) -> Params:
        share = per_cent(spent.value(row), budget.value(row))
        assert share is not None
        return {"spent": plain(half_up(share))}

    broken = all_of(
        fiscal_year("f8.start_date").is_(fiscal_year("f8.end_date")),
        *(~_is_half_known(kind) for kind in KINDS),  # REQUIRED or OVER-BUDGET says it
        budget > 0,
        distance(spent * 100, field(PROGRESS) * budget) > budget * FAR_APART,
    )
    needs = ("f8.start_date", "f8.end_date", PROGRESS)
    return Rule("SPEND-FAR-FROM-PROGRESS", PROGRESS, needs, broken, says, (*BUDGETS, *SPENT))


def _is_half_known(kind: str) -> Expression:
    """Whether there is a budget, but not what is disbursed of it; or the other way round."""
    budget, disbursed = f"{kind}.budget", f"{kind}.disbursed"
    without = amount(budget).is_(0) & amount(disbursed).is_not(0)
    return (amount(budget).is_not(0) & blank(disbursed)) | without


def _million_baht(key: str) -> Rule:
    known = REGISTER + key.rpartition(".")[0] + ".act_budget"

    def says(row: Row) -> Params:
        return {"other": _baht(row[known])}

    far = any_of(_about_a_million(field(key), field(known)), _about_a_million(field(known), field(key)))
    return Rule("MILLION-BAHT", key, (key, known), far, says)


def _about_a_million(low: Expression, high: Expression) -> Expression:
    return all_of(low > 0, high > low * 500_000, high < low * 2_000_000)


def _million_spent(kind: str, name: str) -> Rule:
    """An amount below 1,000 baht that would just fit the budget were it in million baht."""
    spent, budget = f"{kind}.{name}", f"{kind}.budget"

    def says(row: Row) -> Params:
        return {"other": _baht(row[budget])}

    fits = all_of(field(spent) > 0, field(spent) < 1000, field(spent) * 1_000_000 <= field(budget))
    return Rule("MILLION-BAHT", spent, (spent, budget), fits, says)


def _fell(key: str) -> Rule:
    def says(row: Row) -> Params:
        return {"other": plain(row[LAST + key])}

    return Rule("FELL", key, (key, LAST + key), field(key) < field(LAST + key), says)


def _same_text(key: str) -> Rule:
    return Rule("SAME-TEXT", key, (key, LAST + key), same_words(key, LAST + key) & ~field(CLOSED), readable=(CLOSED,))


def _level(result: str, direction: str) -> Rule:
    outside = (field(result) < 1) | (field(result) > 5)
    broken = all_of(field(direction).is_(c.LEVELS), is_number(result), outside)
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
    yield _no_budget_spent()


def _progress_rules() -> Iterator[Rule]:
    """(11) to (14): what was done."""
    stage, progress = field(STAGE), field(PROGRESS)
    says_none = field(FIRST_PROBLEM).is_(c.NONE)
    yield Rule("DONE-NOT-100", PROGRESS, (STAGE, PROGRESS), stage.is_(c.COMPLETED) & (progress < 100))
    hundred = progress.is_(100) & ~one_of(STAGE, c.CLOSED_STAGES)
    yield Rule("HUNDRED-NOT-DONE", STAGE, (STAGE, PROGRESS), hundred)
    late = field(SCHEDULE).is_(c.LATE) & says_none
    yield Rule("LATE-NO-PROBLEM", FIRST_PROBLEM, (SCHEDULE, FIRST_PROBLEM), late)
    without_reason = all_of(
        one_of(STAGE, (c.SUSPENDED, c.CANCELLED)), ~field(CLOSED), says_none, blank("f14.note"), blank("f13.note")
    )
    readable = ("f13.note", "f14.note", CLOSED)
    yield Rule("STOPPED-NO-REASON", STAGE, (STAGE, FIRST_PROBLEM), without_reason, readable=readable)
    yield _not_started_spent()
    yield _against_plan("BEHIND-SAYS-ON-TIME", (c.ON_TIME, c.AHEAD), behind=True)
    yield _against_plan("AHEAD-SAYS-LATE", (c.LATE,), behind=False)
    yield _spend_far_from_progress()
    yield _fell(PROGRESS)
    back = field(LAST + STAGE).is_(c.COMPLETED) & stage.is_not(c.COMPLETED)
    yield Rule("STAGE-WENT-BACK", STAGE, (STAGE, LAST + STAGE), back)
    for key in NARRATIVES:
        yield _same_text(key)


def _kpi_rules() -> Iterator[Rule]:
    """Form 2."""
    yield Rule("KPI-BOTH", "k.result", ("k.result", "k.not_due"), ALWAYS_SO)
    yield _level("k.result", "k.direction")
    over = all_of(in_per_cent("k.measure"), is_number("k.result"), field("k.result") > 100)
    yield Rule("KPI-OVER-100", "k.result", ("k.result", "k.measure"), over)


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
