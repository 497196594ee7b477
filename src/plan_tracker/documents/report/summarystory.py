"""The executive summary's paragraphs beyond the quarter: changes, the year, problems, what to follow up and propose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plan_tracker.analysis.attention import Reason
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import LessonKind, ProjectProblem, ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import storyrows
from plan_tracker.documents.report.concerns import weightiest_problems
from plan_tracker.documents.report.rows import NOT_MET, NOT_MET_YET
from plan_tracker.forms.definition import choices as c

NAMED = 3  # projects by name in a sentence
_WORST = 3  # projects in need of attention, and problems, that the summary names
_LONGEST = 100  # characters of a problem; the table has all of it
_LESSONS = {
    LessonKind.SOLVED: "ปัญหาที่แก้ไขแล้ว",
    LessonKind.CONTINUED: "ปัญหาที่ยังคงอยู่",
}


def changes(report: ReportFigures) -> str:
    """A quarter against the one before; the first has none, and the year-end tells all four."""
    found = report.changes
    if report.period.is_year_end or found is None or not report.now.summary.reported:
        return ""
    since = f"ไตรมาสที่ {found.since.quarter}"
    if not found.compared:
        return f"ไม่มีโครงการที่ได้รับรายงานทั้งสองไตรมาส จึงเปรียบเทียบกับ{since} ไม่ได้"
    grown = (
        ("ความก้าวหน้าสะสมเฉลี่ย", found.progress_points, found.progressed),
        ("ร้อยละการเบิกจ่าย", found.disbursed_points, found.spent),
    )
    moved = {
        "แล้วเสร็จเพิ่มขึ้น": len(found.newly_completed),
        "พ้นจากความล่าช้า": len(found.no_longer_late),
        "ล่าช้ากว่าแผนเพิ่มขึ้น": len(found.newly_late),
    }
    return p.joined(
        f"เมื่อเทียบกับ{since} เฉพาะโครงการที่ได้รับรายงานทั้งสองไตรมาส {p.counted(len(found.compared), p.PROJECTS)}",
        w.listed(
            [
                f"{name}{p.grown_of(points, known, len(found.compared))}"
                for name, points, known in grown
                if points is not None
            ]
        ),
        f"โดยมีโครงการที่{p.spread(moved, p.PROJECTS)}" if any(moved.values()) else "",
        f"ทั้งนี้ มีโครงการที่เทียบไม่ได้ {p.counted(found.uncompared, p.PROJECTS)}" if found.uncompared else "",
    )


def year(report: ReportFigures) -> str:
    """The year-end's: what was achieved, how the quarters went, what was learnt."""
    if not report.period.is_year_end:
        return ""
    return p.joined(_achieved(report), *_quarters(report), _outdated(report), _lessons(report))


def _achieved(report: ReportFigures) -> str:
    done = report.completed
    if not any(trend.reported for trend in report.trends.projects):
        return ""
    if not done:
        return "ในปีนี้ยังไม่มีโครงการที่รายงานว่าดำเนินการแล้วเสร็จ"
    names = p.named((p.project_name(trend.newest) for trend in done), p.PROJECTS, NAMED)
    earlier = sum(1 for trend in done if not trend.is_current)
    return p.joined(
        f"ในปีนี้มีโครงการที่ดำเนินการแล้วเสร็จ {p.counted(len(done), p.PROJECTS)} {names}",
        f"ซึ่งรวมโครงการที่แล้วเสร็จตามรายงานก่อนไตรมาสที่ 4 {p.counted(earlier, p.PROJECTS)}" if earlier else "",
    )


def _quarters(report: ReportFigures) -> Iterator[str]:
    quarters = report.quarters
    progress = p.sequence([(one.period.quarter, one.summary.actual) for one in quarters])
    spent = p.sequence([(one.period.quarter, one.summary.spending.overall.disbursed_percent) for one in quarters])
    if progress:
        yield f"ความก้าวหน้าสะสมเฉลี่ยตามที่ได้รับรายงาน {progress}"
    if spent:
        yield f"การเบิกจ่ายสะสมตามที่ได้รับรายงาน {spent}"
    if (progress or spent) and len({one.summary.reported for one in quarters}) > 1:
        yield "ทั้งนี้ จำนวนโครงการที่ได้รับรายงานในแต่ละไตรมาสไม่เท่ากัน"


def _outdated(report: ReportFigures) -> str:
    """Projects that reported earlier in the year, and not at its end."""
    known = [trend.newest for trend in report.outdated if trend.last_reported]
    if not known:
        return ""
    names = p.named(map(p.project_name, known), p.PROJECTS, NAMED)
    return f"โครงการที่เคยรายงานในระหว่างปีแต่ไม่มีรายงานไตรมาสที่ 4 มี {p.counted(len(known), p.PROJECTS)} {names}"


def _lessons(report: ReportFigures) -> str:
    kinds = [lesson.kind for lesson in report.lessons]
    found = p.spread({name: kinds.count(kind) for kind, name in _LESSONS.items()}, p.PROBLEMS)
    return f"บทเรียนของปีมาจาก{found}" if found else ""


def problems(report: ReportFigures, *, named: bool = False) -> str:
    """Where problems stand, the weightiest ``named``; by standing only where there is a quarter to look back on."""
    if not report.now.summary.reported:
        return _unknown(report)
    standings = report.standings
    stated = sum(number for standing, number in standings.items() if standing.is_open)
    projects = sum(1 for project in report.now.projects if project.problems)
    looks_back = any(one.summary.reported for one in report.quarters[:-1])
    split = {
        "ใหม่": standings[Standing.NEW],
        "ต่อเนื่อง": standings[Standing.CONTINUING],
        "ที่เกิดซ้ำ": standings[Standing.RECURRING],
    }
    solved, before = standings[Standing.SOLVED], "ของไตรมาสก่อน"
    if report.period.is_year_end:
        solved, before = sum(1 for told in report.problems if not _is_open(told)), "ในระหว่างปี"
    if stated:
        said = f"มีโครงการที่รายงานปัญหาและอุปสรรค {p.counted(projects, p.PROJECTS)} รวม {p.counted(stated, p.PROBLEMS)}"
    else:
        said = "โครงการที่ได้รับรายงานไม่ได้รายงานปัญหาหรืออุปสรรค"
    return p.joined(
        said,
        _split(split) if stated and looks_back else "",
        *(_told(weightiest_problems([report])) if named else ()),
        f"ส่วนปัญหา{before}ที่แก้ไขแล้วมี {p.counted(solved, p.PROBLEMS)}" if solved else "",
        _unknown(report),
    )


def _is_open(told: ProjectProblem) -> bool:
    """Or unknown: whether it was solved, nobody said."""
    standing = told.story.standing
    return standing is not None and (standing.is_open or standing is Standing.UNKNOWN)


def _split(counts: Mapping[str, int]) -> str:
    """New, continuing and recurring; all of one kind in one word."""
    sole = p.only(counts)
    return f"ทั้งหมดเป็นปัญหา{sole}" if sole else f"เป็นปัญหา{p.spread(counts, p.PROBLEMS)}"


def _told(weightiest: Sequence[ProjectProblem]) -> Iterator[str]:
    if weightiest:
        yield f"ปัญหาสำคัญ {_WORST} ลำดับแรก ได้แก่" if len(weightiest) > _WORST else "ได้แก่"
    named = (f"{p.project_name(one.project)} {_in_short(one)}" for one in weightiest[:_WORST])
    yield from _enumerated(list(named))


def _in_short(told: ProjectProblem) -> str:
    return w.clipped(told.story.problem.problem, _LONGEST)


def _unknown(report: ReportFigures) -> str:
    unmentioned = sum(1 for told in report.problems if storyrows.is_unmentioned(told))
    because = {
        "ยังไม่ได้รับรายงาน": report.standings[Standing.UNKNOWN] - unmentioned,
        "รายงานที่ได้รับไม่ได้กล่าวถึง": unmentioned,
    }
    said = [f"{p.counted(number, p.PROBLEMS)} เนื่องจาก{why}" for why, number in because.items() if number]
    return f"ปัญหาที่เคยรายงานไว้ซึ่งยังไม่ทราบสถานะมี {' และอีก '.join(said)}" if said else ""


def attention(report: ReportFigures) -> str:
    """How many there are, and the worst with their reasons. Missing returns have a paragraph of their own."""
    found = [one for one in report.attention if one.project.reported]
    if not found:
        return ""
    absent = len(report.attention) - len(found)
    counted = p.counted(len(report.attention), p.PROJECTS)
    if absent:
        groups = {"โครงการที่ยังไม่ได้รับรายงาน": absent, "โครงการที่รายงานแล้ว": len(found)}
        counted = p.joined(counted, f"เป็น{p.spread(groups, p.PROJECTS)}")
    worst = [f"{p.project_name(one.project)} ซึ่ง{w.listed(storyrows.reasons(one))}" for one in found[:_WORST]]
    of = "ของโครงการที่รายงานแล้ว" if absent else ""
    first = f"โดย {_WORST} ลำดับแรก{of}" if len(found) > _WORST else ""
    return p.joined(f"มี {counted}", first, "ได้แก่", *_enumerated(worst))


def _enumerated(texts: Sequence[str]) -> list[str]:
    """``(1) ก``, ``(2) ข``; one alone has no number."""
    return [f"({number}) {text}" for number, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def proposals(report: ReportFigures) -> str:
    """What the figures call for, each with its number; blank where they call for nothing."""
    called = [text for number, text in _proposals(report) if number]
    if len(called) == 1:
        return f"เห็นควร{called[0]}"
    return p.joined("เห็นควร", *_enumerated(called)) if called else ""


def _still_late(report: ReportFigures) -> int:
    """How many late projects can hurry: none that is suspended, completed or cancelled."""
    halted = (*c.CLOSED_STAGES, c.SUSPENDED)
    return sum(1 for one in report.now.projects if one.schedule == c.LATE and one.stage not in halted)


def _proposals(report: ReportFigures) -> Iterator[tuple[int, str]]:
    """What to do about how many; nothing where there are none. A year that is over can't be caught up with."""
    summary, missing = report.now.summary, len(report.now.missing_units)
    late, stopped, unstated = _still_late(report), summary.in_stage(c.SUSPENDED), summary.spending.unstated
    all_late = late == summary.on_schedule(c.LATE)
    idle = sum(1 for project in report.now.projects if project.stage == c.NOT_STARTED and project.planned)
    over = sum(1 for one in report.attention for why in one.reasons if why.reason is Reason.OVER_BUDGET)
    not_met = report.now.outcomes.get(Outcome.NOT_MET, 0)
    below = [storyrows.KINDS[one.kind] for one in report.targets if one.met is False]
    kinds, kpis = w.listed(below), p.counted(not_met, p.KPIS)
    if report.now.dataset.period.ends_year:
        then = f"เพื่อกำหนดแนวทางในปีงบประมาณ พ.ศ. {report.period.fiscal_year + 1}"
        hurry = "ให้แล้วเสร็จโดยเร็ว"
        spend = f"วิเคราะห์สาเหตุที่การเบิกจ่าย{kinds}ต่ำกว่าเป้าหมาย {then}"
        reach = f"วิเคราะห์สาเหตุของตัวชี้วัดที่{NOT_MET} {kpis} {then}"
    else:
        hurry = "ให้เป็นไปตามแผน"
        spend = f"เร่งรัดการเบิกจ่าย{kinds}ให้เป็นไปตามเป้าหมาย"
        reach = f"เร่งรัดการดำเนินงานตามตัวชี้วัดที่{NOT_MET_YET} {kpis}"
    yield missing, f"ติดตามให้หน่วยงานที่ยังขาดรายงาน {p.counted(missing, p.UNITS)} จัดส่งรายงานที่ถูกต้องครบถ้วนโดยเร็ว"
    yield idle, f"เร่งรัดโครงการที่ยังไม่เริ่มดำเนินการแม้ถึงกำหนดตามแผนแล้ว {p.counted(idle, p.PROJECTS)}"
    slow = "ที่ล่าช้ากว่าแผน" if all_late else "ที่ล่าช้ากว่าแผนและยังดำเนินการอยู่"
    yield late, f"เร่งรัดโครงการ{slow} {p.counted(late, p.PROJECTS)} {hurry}"
    yield stopped, f"พิจารณาแนวทางดำเนินการของโครงการที่ชะลอหรือพัก {p.counted(stopped, p.PROJECTS)}"
    yield len(below), spend
    yield over, f"ตรวจสอบโครงการที่เบิกจ่ายเกินงบประมาณ {p.counted(over, p.PROJECTS)}"
    yield unstated, f"ให้หน่วยงานแก้ไขข้อมูลของโครงการที่{p.UNSTATED} {p.counted(unstated, p.PROJECTS)}"
    yield not_met, reach
