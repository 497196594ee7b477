"""What goes beyond one quarter, row by row, as texts for the template: changes, attention, targets, trends, lessons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from plan_tracker.analysis import targets as t
from plan_tracker.analysis.attention import Attention, Reason, Why
from plan_tracker.analysis.changes import Change, Changes
from plan_tracker.analysis.figures import ProjectFigures
from plan_tracker.analysis.kpis import KpiFigures, Outcome
from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import Lesson, LessonKind, ProjectProblem, ReportFigures
from plan_tracker.analysis.trends import Trend, has_come
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report.rows import BARELY, WAIVED, Row, outcome_names, outcome_of, short, year_target
from plan_tracker.fiscal import QUARTERS, Period, half_up
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Unit

_NAMED = 10  # projects in a sentence
KINDS = {t.OVERALL: "ภาพรวม", t.RECURRENT: "รายจ่ายประจำ", t.INVESTMENT: "รายจ่ายลงทุน"}
REASONS: Final[Mapping[Reason, str]] = {
    Reason.OVER_BUDGET: "เบิกจ่ายเกินงบประมาณ {value} บาท",
    Reason.STOPPED: "{stage}",
    Reason.NO_RETURN: w.NOT_RECEIVED,
    Reason.OVERDUE: "เลยวันสิ้นสุดโครงการ {value} วัน ณ สิ้นงวดรายงาน",
    Reason.FAR_BEHIND: "ผลต่ำกว่าแผน {value} จุดร้อยละ",
    Reason.LATE: "ล่าช้ากว่าแผน",
    Reason.SPEND_FAR: "การเบิกจ่ายต่างจากความก้าวหน้า {value} จุดร้อยละ",
    Reason.UNSTATED: p.UNSTATED,
    Reason.WAIVED: "รับรายงานโดยผ่อนผัน",
}
_STANDINGS = {
    Standing.NEW: "ใหม่",
    Standing.CONTINUING: "ต่อเนื่อง",
    Standing.RECURRING: "เกิดซ้ำ",
    Standing.SOLVED: "แก้ไขแล้ว",
    Standing.UNKNOWN: "ไม่ทราบ (ยังไม่ได้รับรายงาน)",
    None: "แก้ไขแล้ว",
}
BY_QUARTER: Final = "{} (ตามรายงานไตรมาสที่ {})"
UNMENTIONED: Final = "ไม่ทราบ (รายงานไม่ได้กล่าวถึง)"
_LESSONS = {
    LessonKind.SOLVED: "ปัญหาที่แก้ไขแล้ว",
    LessonKind.CONTINUED: "ปัญหาที่ยังคงอยู่",
}


def attention(found: Attention) -> Row:
    """A project in need of attention, and why."""
    return {**_whose(found.project), "reasons": ", ".join(reasons(found))}


def reasons(found: Attention) -> list[str]:
    """Why a project needs attention, the weightiest first."""
    return [_reason(why, found.project) for why in found.reasons]


def targets(report: ReportFigures) -> Iterator[Row]:
    """Disbursement against its target, a row per kind that has one."""
    for found in report.targets:
        yield {"kind": KINDS[found.kind], **_compared(found)}


def unit_targets(report: ReportFigures) -> Iterator[Row]:
    """The same overall, a row per unit that has money to which the target applies."""
    for unit, found in against_target(report):
        yield {"unit": short(unit), **_compared(found)}


def against_target(report: ReportFigures) -> Iterator[tuple[Unit, t.Comparison]]:
    """Units' disbursement against the overall target; none where no target is set."""
    for unit in report.now.units:
        for found in report.unit_targets[unit.source.unit.code]:
            if found.kind == t.OVERALL and found.actual is not None:
                yield unit.source.unit, found


def changes(found: Changes | None) -> Row:
    """What has changed since last quarter; dashes where nothing could be compared."""
    if found is None or not found.compared:
        texts = ("since", "compared", "uncompared", "progress_points", "disbursed_points")
        return {**dict.fromkeys(texts, w.DASH), "newly_late": "", "no_longer_late": "", "newly_completed": ""}
    return {
        "since": found.since.title,
        "compared": w.count(len(found.compared)),
        "uncompared": w.count(found.uncompared),
        "progress_points": p.grown_of(found.progress_points, found.progressed, len(found.compared)),
        "disbursed_points": p.grown_of(found.disbursed_points, found.spent, len(found.compared)),
        "newly_late": _named(found.newly_late),
        "no_longer_late": _named(found.no_longer_late),
        "newly_completed": _named(found.newly_completed),
    }


def problems(report: ReportFigures) -> Iterator[Row]:
    """Every problem stated this quarter, or not any more since the last, with where it stands."""
    for told in report.problems:
        if told.story.standing is None and not report.period.is_year_end:
            continue
        problem = told.story.problem
        yield {
            **_whose(told.project),
            "problem": problem.problem,
            "cause": problem.cause or w.DASH,
            "recommendation": problem.recommendation or w.DASH,
            "owner": problem.owner or w.DASH,
            "standing": _standing(told),
            "since": _quarter(told.story.first),
        }


def _standing(told: ProjectProblem) -> str:
    return UNMENTIONED if is_unmentioned(told) else _STANDINGS[told.story.standing]


def is_unmentioned(told: ProjectProblem) -> bool:
    """Whether a return has come since, which has no word about any problem."""
    return told.story.standing is Standing.UNKNOWN and told.reported


def quarters(report: ReportFigures) -> Iterator[Row]:
    """The plan, a row per quarter."""
    for found in report.quarters:
        summary, known = found.summary, found.summary.reported > 0
        money = summary.spending.overall if known else None
        answered = any(has_come(kpi) for kpi in found.kpis)
        yield {
            "name": str(found.period.quarter),
            "received": f"{w.count(len(found.units) - len(found.missing_units))}/{w.count(len(found.units))}",
            "reported": f"{w.count(summary.reported)}/{w.count(summary.total)}",
            "completed": w.count(summary.in_stage(c.COMPLETED)) if known else w.DASH,
            "late": w.count(summary.on_schedule(c.LATE)) if known else w.DASH,
            "planned": w.percent(summary.planned),
            "actual": w.percent(summary.actual),
            "disbursed": w.million(money.disbursed) if money else w.DASH,
            "percent": w.percent(money.disbursed_percent) if money else w.DASH,
            "met": f"{w.count(found.outcomes.get(Outcome.MET, 0))}/{w.count(len(found.kpis))}" if answered else w.DASH,
        }


def unit_trends(report: ReportFigures) -> Iterator[Row]:
    for trend in report.trends.units:
        shown = [one.summary if one and one.received else None for one in trend.figures]
        yield {
            "name": short(trend.newest.source.unit),
            **_cells("actual", [one.actual if one else None for one in shown]),
            **_cells("percent", [one.spending.overall.disbursed_percent if one else None for one in shown]),
        }


def project_trends(report: ReportFigures) -> Iterator[Row]:
    for trend in report.trends.projects:
        shown = trend.figures
        yield {
            **_whose(trend.newest),
            "stage": _stage(trend),
            **_cells("actual", [one.actual if one else None for one in shown]),
            **_cells("percent", [one.money.disbursed_percent if one and one.money else None for one in shown]),
        }


def kpi_trends(report: ReportFigures) -> Iterator[Row]:
    names = outcome_names(report.period)
    for trend in report.trends.kpis:
        texts = [
            w.measure(one.result) if one and one.result is not None else _silent(one, names) for one in trend.figures
        ]
        kpi = trend.newest.source.kpi
        yield {
            "name": kpi.name,
            "unit": short(trend.newest.source.unit),
            "measure": kpi.measure,
            "target": year_target(kpi.target, trend.figures[-1] if report.period.is_year_end else None),
            **{f"q{quarter}": text for quarter, text in zip(QUARTERS, _padded(texts), strict=True)},
            "outcome": outcome_of(trend.newest.outcome, trend.newest.percent, report.period),
            "waived": WAIVED if trend.newest.waived_because else "",
        }


def achieved(found: Trend[ProjectFigures]) -> Row:
    """A completed project and what it brought; that an earlier quarter's return says so, where the last lacks one."""
    project, period = found.reported, found.last_reported
    assert project
    assert period
    benefits = project.benefits or w.NOT_STATED
    return {
        **_whose(project),
        "benefits": benefits if found.is_current else BY_QUARTER.format(benefits, period.quarter),
    }


def lesson(found: Lesson) -> Row:
    """A lesson in words: the problem with its cause, and what was recommended."""
    problem = found.story.problem
    cause = f" (สาเหตุ: {problem.cause})" if problem.cause else ""
    return {
        **_whose(found.project),
        "kind": _LESSONS[found.kind],
        "text": problem.problem + cause,
        "recommendation": problem.recommendation or w.DASH,
    }


def _compared(found: t.Comparison) -> Row:
    met = "ไม่อาจเปรียบเทียบได้" if found.met is None else "บรรลุเป้าหมาย" if found.met else "ต่ำกว่าเป้าหมาย"
    gap = None if found.actual is None else half_up(found.actual) - half_up(found.target)  # of what is printed
    barely = BARELY if found.met is False and not gap else ""
    return {
        "projects": w.count(found.projects),
        "budget": w.million(found.money.budget if found.projects else None),
        "disbursed": w.million(found.money.disbursed if found.projects else None),
        "target": w.percent(found.target),
        "actual": w.percent(found.actual),
        "gap": w.signed(gap),
        "outcome": met + barely,
    }


def _reason(why: Why, project: ProjectFigures) -> str:
    exact = {Reason.OVERDUE: lambda value: w.count(int(value)), Reason.OVER_BUDGET: w.baht}
    write = exact.get(why.reason, w.percent)
    value = w.DASH if why.value is None else write(abs(why.value))
    return REASONS[why.reason].format(value=value, stage=project.stage)


def _whose(project: ProjectFigures) -> Row:
    return {"unit": short(project.source.unit), "project": project.source.project.name}


def _named(found: Sequence[Change]) -> str:
    """``2 โครงการ ได้แก่ …``, the first ten by name; blank for none."""
    if not found:
        return ""
    names = p.named((p.project_name(change.now) for change in found), p.PROJECTS, _NAMED)
    return p.joined(p.counted(len(found), p.PROJECTS), names)


def _quarter(period: Period) -> str:
    return f"ไตรมาสที่ {period.quarter}"


def _stage(trend: Trend[ProjectFigures]) -> str:
    """The stage as last reported; that the project has left the plan, where it has."""
    newest = trend.newest
    stage = newest.stage or (w.NOT_STATED if newest.reported else w.NOT_RECEIVED)
    if trend.figures[-1] is not None:
        return stage
    last = next(period for period, one in zip(reversed(trend.periods), reversed(trend.figures), strict=True) if one)
    return f"ไม่อยู่ในแผนแล้ว ({_quarter(last)}: {stage})"


def _cells(name: str, values: list[Decimal | None]) -> Row:
    """``actual_q1`` … ``actual_q4``."""
    texts = _padded([w.percent(value) for value in values])
    return {f"{name}_q{quarter}": text for quarter, text in zip(QUARTERS, texts, strict=True)}


def _padded(texts: list[str]) -> list[str]:
    return [*texts, *[w.DASH] * (len(QUARTERS) - len(texts))]


def _silent(found: KpiFigures | None, names: Mapping[Outcome, str]) -> str:
    """Why there is no result."""
    return w.DASH if found is None else names[found.outcome]
