"""The report's tables and lists, row by row, as texts for the template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from plan_tracker.analysis.figures import PlanFigures, ProjectFigures, Summary, UnitFigures
from plan_tracker.analysis.kpis import KpiFigures, Outcome, missed_barely
from plan_tracker.analysis.money import Money
from plan_tracker.analysis.returns import AnswerState, State
from plan_tracker.documents import wording as w
from plan_tracker.fiscal import Period, long_date, per_cent
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Plan, Unit

Row = dict[str, object]
NOT_MET, NOT_MET_YET = "ไม่บรรลุเป้าหมาย", "ยังไม่บรรลุเป้าหมาย"
WAIVED = " (ผ่อนผัน)"  # beside what a return says that was taken as it is
BARELY = " (ใกล้เคียงเป้าหมายมาก)"
OUTCOMES_SO_FAR = {
    Outcome.MET: "บรรลุเป้าหมาย",
    Outcome.NOT_MET: NOT_MET_YET,
    Outcome.NOT_DUE: c.NOT_DUE,
    Outcome.NOT_RATED: "ไม่คำนวณผลสำเร็จ",
    Outcome.UNSTATED: w.NOT_STATED,
    Outcome.MISSING: w.NOT_RECEIVED,
}
DAYS_LATE = "ได้รับรายงานที่ครบถ้วนหลังกำหนด {} วัน"
YEAR_AND_LAST = "{}\n(ไตรมาสที่ 4: {})"
LACKING = "ไม่มีข้อมูลในแบบรายงานที่ได้รับ: {}"
_STATES = {
    State.NONE: "ยังไม่ได้ออกแบบรายงานให้หน่วยงาน",
    State.INCOMPLETE: "ได้รับแบบรายงานแล้ว แต่ข้อมูลยังไม่ครบถ้วนหรือไม่ถูกต้อง อยู่ระหว่างหน่วยงานแก้ไข",
}
_PAST_STATES = {
    State.NONE: "ไม่ได้ออกแบบรายงานให้หน่วยงาน",
    State.INCOMPLETE: "ได้รับแบบรายงานแล้ว แต่ข้อมูลไม่ครบถ้วนหรือไม่ถูกต้อง และไม่ได้รับฉบับที่แก้ไข",
}


def plan(found: Plan) -> Row:
    """A plan: its name, for the cover on two lines where it ends with whose it is, and its owner."""
    whose = f"ของ{found.owner}"
    rest = found.name.removesuffix(whose).rstrip()
    title = f"{rest}\n{whose}" if rest and found.name.endswith(whose) else found.name
    return {"name": found.name, "title": title, "owner": found.owner}


def period(found: Period) -> Row:
    """A quarter: its title, number, year, and its days written out."""
    return {
        "title": w.bound(found.title),
        "quarter": "" if found.is_year_end else str(found.quarter),
        "year": str(found.fiscal_year),
        "first_day": w.bound(long_date(found.first_day)),
        "last_day": w.bound(long_date(found.last_day)),
    }


def following(found: Period) -> Period:
    return Period(found.fiscal_year, found.quarter + 1) if found.quarter < 4 else Period(found.fiscal_year + 1, 1)


def summary(found: Summary) -> Row:
    """Counts, mean progress and money of a group of projects; dashes where nothing came back."""
    counted = found.reported > 0

    def number(value: int) -> str:
        return w.count(value) if counted else w.DASH

    return {
        "projects": w.count(found.total),
        "reported": w.count(found.reported),
        "missing": w.count(found.missing),
        "reported_percent": w.percent(found.reported_percent),
        "not_started": number(found.in_stage(c.NOT_STARTED)),
        "under_way": number(found.in_stage(c.UNDER_WAY)),
        "suspended": number(found.in_stage(c.SUSPENDED)),
        "completed": number(found.in_stage(c.COMPLETED)),
        "cancelled": number(found.in_stage(c.CANCELLED)),
        "ahead": number(found.on_schedule(c.AHEAD)),
        "on_time": number(found.on_schedule(c.ON_TIME)),
        "late": number(found.on_schedule(c.LATE)),
        "compared": w.count(found.compared),
        "planned": w.percent(found.planned),
        "actual": w.percent(found.actual),
        "unstated_money": w.count(found.spending.unstated),
        "money": _amounts(found.spending.overall if counted else None),
    }


def money(found: Summary) -> list[Row]:
    """Recurrent, investment, and both together, in million baht and per cent."""
    spending = found.spending
    kinds = {"รายจ่ายประจำ": spending.recurrent, "รายจ่ายลงทุน": spending.investment, "รวม": spending.overall}
    return [{"kind": kind, **_amounts(amounts if found.reported else None)} for kind, amounts in kinds.items()]


def stages(found: Summary) -> list[Row]:
    """Stages against schedules, with whoever has not reported and the total."""
    listed = [_stage_row(found, stage, stage) for stage in c.STAGES]
    if found.in_stage(""):
        listed.append(_stage_row(found, "", w.NOT_STATED))
    if found.missing:
        listed.append(_stage_cells(found, w.NOT_RECEIVED, [w.DASH] * 4, found.missing))
    schedules = [found.on_schedule(schedule) for schedule in (*c.SCHEDULES, "")]
    listed.append(_stage_cells(found, "รวม", [w.count(number) for number in schedules], found.total))
    return listed


def unit(found: UnitFigures) -> Row:
    """A unit, the state of its return, its figures, and its projects."""
    return {
        "name": found.source.unit.name,
        "label": _label(found.source.unit),
        "received": found.received,
        "state": _state(found),
        "reason": _STATES.get(found.source.state, w.NOT_RECEIVED),
        "waived_because": found.waived_because,
        "kpis": w.count(len(found.kpis)),
        **summary(found.summary),
        "rows": [project(one, number) for number, one in enumerate(found.projects, 1)],
    }


def outcome_names(found: Period) -> Mapping[Outcome, str]:
    """What the outcomes are called in ``found``: a target missed when the year is over is no longer missed *yet*."""
    return {**OUTCOMES_SO_FAR, Outcome.NOT_MET: NOT_MET} if found.ends_year else OUTCOMES_SO_FAR


def outcome_of(outcome: Outcome, percent: Decimal | None, of: Period) -> str:
    """What came of a KPI in ``of``; that it was missed barely, where the per cent that is printed says otherwise."""
    return outcome_names(of)[outcome] + (BARELY if missed_barely(outcome, percent) else "")


def kpi(found: KpiFigures, number: int, of: Period) -> Row:
    """A KPI with its targets, its result in the period ``of``, and what came of it."""
    source = found.source
    entry = source.entry
    return {
        "number": str(number),
        "code": source.kpi.code,
        "name": source.kpi.name,
        "unit": short(source.unit),
        "measure": source.kpi.measure,
        "direction": source.kpi.direction,
        "target": w.measure(source.kpi.target),
        "quarter_target": w.measure(found.target) if found.quarterly else w.DASH,
        "result": w.measure(found.result),
        "percent": w.percent(found.percent),
        "outcome": outcome_of(found.outcome, found.percent, of),
        "waived": WAIVED if found.waived_because else "",
        "reported": entry is not None,
        "details": (entry.text("k.details").strip() if entry else "") or w.DASH,
    }


def year_target(annual: Decimal | str, last: KpiFigures | None) -> str:
    """The year's target, and beside it the fourth quarter's where ``last``, judged by that, has another."""
    if last is None or not last.quarterly or last.target == annual:
        return w.measure(annual)
    return YEAR_AND_LAST.format(w.measure(annual), w.measure(last.target))


def outcomes(figures: PlanFigures) -> Row:
    """How many KPIs there are, and how many of each outcome."""
    counted = {outcome.name.lower(): w.count(figures.outcomes.get(outcome, 0)) for outcome in Outcome}
    names = outcome_names(figures.dataset.period)
    rows = [{"name": name, "count": w.count(figures.outcomes.get(outcome, 0))} for outcome, name in names.items()]
    return {"total": w.count(len(figures.kpis)), **counted, "rows": rows}


def next_steps(projects: Iterable[ProjectFigures]) -> Iterator[Row]:
    """What each project does next; closed projects without a word about it are left out, others say what they are."""
    for project in projects:
        closed = project.stage in c.CLOSED_STAGES
        if closed and not project.next_steps:
            continue
        text = project.next_steps or w.NOT_STATED if project.reported else untold(project)
        yield {
            "unit": short(project.source.unit),
            "project": project.source.project.name,
            "planned": w.DASH if closed else w.percent(project.planned_next),
            "text": f"({project.stage}) {text}" if closed else text,
        }


def exceptions(quarters: Sequence[PlanFigures]) -> Iterator[Row]:
    """Units whose return is missing, late, lacks a project or KPI, or was taken by a recorded decision.

    Of each of ``quarters``; what the last of them lacks may still come.
    """
    for figures in quarters:
        quarter = w.count(figures.period.quarter)
        for row in _exceptions(figures, past=figures is not quarters[-1]):
            yield {"quarter": quarter, **row}


def _exceptions(figures: PlanFigures, *, past: bool) -> Iterator[Row]:
    for found in figures.units:
        if not found.received:
            yield _not_received(found, past=past)
            continue
        if found.waived_because:
            yield _exception(found, "รับรายงานโดยผ่อนผัน", found.waived_because)
        if found.source.days_late and found.source.state.counts:
            yield _exception(found, "ส่งรายงานล่าช้า", DAYS_LATE.format(found.source.days_late))
        lacking = [p.source.project.name for p in found.projects if not p.reported]
        lacking += [k.source.kpi.name for k in found.kpis if k.outcome is Outcome.MISSING]
        if lacking:
            yield _exception(found, "รายงานไม่ครบ", LACKING.format(w.listed(lacking)))


def _not_received(found: UnitFigures, *, past: bool) -> Row:
    if past:
        reason = _PAST_STATES.get(found.source.state, "ไม่ได้รับแบบรายงานจากหน่วยงาน")
        return _exception(found, "ไม่ได้รับรายงาน", reason)
    return _exception(found, _state(found), _STATES.get(found.source.state, "ยังไม่ได้รับแบบรายงานจากหน่วยงาน"))


def short(found: Unit) -> str:
    return found.short or found.name


def _label(found: Unit) -> str:
    """``กองกลาง (กก.)``, so that the short name can stand alone elsewhere."""
    return f"{found.name} ({found.short})" if found.short not in ("", found.name) else found.name


def _amounts(found: Money | None) -> Row:
    """Million baht and per cents; dashes where nothing is stated."""
    if found is None or not found.is_stated:
        return dict.fromkeys(("budget", "committed", "disbursed", "remaining", "percent", "used"), w.DASH)
    return {
        "budget": w.million(found.budget),
        "committed": w.million(found.committed),
        "disbursed": w.million(found.disbursed),
        "remaining": w.million(found.remaining),
        "percent": w.percent(found.disbursed_percent),
        "used": w.percent(found.used_percent),
    }


def _stage_row(found: Summary, stage: str, name: str) -> Row:
    counts = [found.stages.get((stage, schedule), 0) for schedule in (*c.SCHEDULES, "")]
    return _stage_cells(found, name, [w.count(number) for number in counts], sum(counts))


def _stage_cells(found: Summary, name: str, cells: list[str], number: int) -> Row:
    ahead, on_time, late, other = cells
    part = per_cent(Decimal(number), Decimal(found.total))
    return {
        "name": name,
        "ahead": ahead,
        "on_time": on_time,
        "late": late,
        "other": other,
        "total": w.count(number),
        "percent": w.percent(part),
    }


def _state(found: UnitFigures) -> str:
    if not found.received:
        return w.BEING_MENDED if found.source.state is State.INCOMPLETE else w.NOT_RECEIVED
    return "ได้รับแล้ว (ผ่อนผัน)" if found.waived_because else "ได้รับแล้ว"


def project(found: ProjectFigures, number: int) -> Row:
    """A project's line in its unit's table, and its words below."""
    entry = found.source.entry
    return {
        "number": str(number),
        "code": found.source.project.code,
        "name": found.source.project.name,
        "reported": found.reported,
        "status": _status(found),
        "planned": w.percent(found.planned),
        "actual": w.percent(found.actual),
        "money": _amounts(found.money),
        "result": (entry.text("f11.result_quarter").strip() or w.NOT_STATED) if entry else untold(found),
    }


def untold(found: ProjectFigures) -> str:
    """What is said of a project without answers: one is being mended, others of its unit came, or none."""
    if found.source.state is AnswerState.WAITING:
        return w.BEING_MENDED
    return w.NOT_IN_RETURN if found.source.unit_came else w.NOT_RECEIVED


def _status(found: ProjectFigures) -> str:
    """Stage and schedule, a line each."""
    if not found.reported:
        return untold(found)
    return "\n".join(filter(None, (found.stage or w.NOT_STATED, found.schedule)))


def _exception(found: UnitFigures, kind: str, reason: str) -> Row:
    return {
        "unit": found.source.unit.name,
        "kind": kind,
        "projects": w.count(len(found.projects)),
        "kpis": w.count(len(found.kpis)),
        "reason": reason,
    }
