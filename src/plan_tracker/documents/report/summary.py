"""The executive summary, written from the figures: paragraphs in which no sentence stands that they don't bear out.

What is 0 is left out or said in words, what is everything is said to be so, and what is unknown is named. Digits are
Arabic; ``word`` makes Thai ones of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan_tracker.analysis.figures import Summary, UnitFigures
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.analysis.money import Money
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.analysis.returns import State
from plan_tracker.analysis.targets import OVERALL, Comparison
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import summarystory as story
from plan_tracker.documents.report.rows import outcome_names
from plan_tracker.documents.report.storyrows import KINDS
from plan_tracker.fiscal import long_date
from plan_tracker.forms.definition import choices as c

_KPIS_NAMED, _UNITS_NAMED = 3, 15
_STAGES = {stage: stage for stage in c.STAGES} | {c.SUSPENDED: "ชะลอหรือพักโครงการ", "": "ไม่ได้ระบุขั้นการดำเนินการ"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the words that it opens with, in bold."""

    head: str
    text: str


def build_summary(report: ReportFigures) -> list[Paragraph]:
    """The paragraphs that ``report``'s figures give cause for, in the order of the report's chapters."""
    parts = (
        ("การรายงานผล", _returns(report)),
        ("รายงานที่ยังขาด", _missing(report)),
        ("สถานะและความก้าวหน้า", _progress(report.now.summary)),
        ("งบประมาณ", _money(report.now.summary)),
        ("การเบิกจ่ายเทียบกับเป้าหมาย", _targets(report.targets)),
        ("ตัวชี้วัด", _kpis(report)),
        ("การเปลี่ยนแปลงจากไตรมาสก่อน", story.changes(report)),
        ("ผลสำเร็จและแนวโน้มของปี", story.year(report)),
        ("ปัญหาและอุปสรรค", story.problems(report, named=True)),
        ("โครงการที่ควรติดตามเป็นพิเศษ", story.attention(report)),
        ("ข้อเสนอเพื่อพิจารณา", story.proposals(report)),
    )
    return [Paragraph(head, text) for head, text in parts if text]


def _returns(report: ReportFigures) -> str:
    """What the plan holds, and who reported of it."""
    figures = report.now
    name = figures.dataset.plan.name
    if not figures.projects and not figures.kpis:
        return p.joined(name, f"ยังไม่มีโครงการและตัวชี้วัดที่ต้องรายงานใน{report.period.title}")
    held = [(len(figures.projects), p.PROJECTS), (len(figures.kpis), p.KPIS)]
    there = w.listed([f"{noun} {p.counted(number, noun)}" for number, noun in held if number])
    lacking = "".join(f"โดยไม่มี{noun}" for number, noun in held if not number)
    return p.joined(
        f"{name} ประกอบด้วย{there}",
        f"ในความรับผิดชอบของ {p.counted(len(figures.units), p.UNITS)}",
        lacking,
        f"ณ วันที่ {long_date(figures.dataset.data_date)}",
        *_received(report),
    )


def _received(report: ReportFigures) -> Iterator[str]:
    figures, summary = report.now, report.now.summary
    came = [unit for unit in figures.units if unit.received]
    what = f"รายงานไตรมาสที่ {figures.dataset.period.quarter} "
    if not came:
        yield f"ยังไม่ได้รับ{what}ที่นำมาประมวลผลได้จากหน่วยงานใด"
        return
    if len(came) == len(figures.units):
        yield f"ได้รับ{what}ที่นำมาประมวลผลได้{p.complete(len(came), p.UNITS)}แล้ว"
    else:
        yield f"ได้รับ{what}ที่นำมาประมวลผลได้จาก {p.counted(len(came), p.UNITS)}"
    if summary.reported and summary.missing:
        part = p.share(summary.reported, summary.total)
        yield f"ครอบคลุม {p.counted(summary.reported, p.PROJECTS)} {part} ของโครงการทั้งหมด"
    elif summary.reported:
        yield f"ครอบคลุมโครงการ{p.complete(summary.reported, p.PROJECTS)}"
    waived = [unit for unit in came if unit.waived_because]
    yield _some("รับรายงานโดยผ่อนผัน", waived)
    late = [unit for unit in came if unit.source.days_late and unit.source.state.counts]
    yield _some("ส่งรายงานที่ครบถ้วนหลังวันที่กำหนด", late, "และ" if waived else "ในจำนวนนี้")


def _some(what: str, units: list[UnitFigures], of_which: str = "ในจำนวนนี้") -> str:
    if not units:
        return ""
    return f"{of_which}เป็นหน่วยงานที่{what} {p.counted(len(units), p.UNITS)} ได้แก่ {_names(units)}"


def _names(units: list[UnitFigures]) -> str:
    """All of them, but for those beyond what two pages hold: the appendix has a row for each."""
    names, more = [unit.source.unit.name for unit in units[:_UNITS_NAMED]], len(units) - _UNITS_NAMED
    if more <= 0:
        return w.listed(names)
    return f"{' '.join(names)} และอีก {p.counted(more, p.UNITS)}ตามรายชื่อในภาคผนวก ก"


def _missing(report: ReportFigures) -> str:
    """The units whose return is missing, all by name, and projects that a return lacks."""
    figures = report.now
    units = list(figures.missing_units)
    projects, kpis = sum(len(unit.projects) for unit in units), sum(len(unit.kpis) for unit in units)
    lacking = [project for project in figures.projects if not project.reported and project.source.unit_came]
    if not units and not lacking:
        return ""
    being_mended = [unit for unit in units if unit.source.state is State.INCOMPLETE]
    mending = "ส่งรายงานแล้วแต่อยู่ระหว่างแก้ไขให้ถูกต้องครบถ้วน"
    responsible = p.spread({"โครงการ": projects}, p.PROJECTS), p.spread({"ตัวชี้วัด": kpis}, p.KPIS)
    return p.joined(
        *([f"ยังขาดรายงานของ {p.counted(len(units), p.UNITS)} ได้แก่ {_names(units)}"] if units else []),
        f"ซึ่งรับผิดชอบ{w.listed([text for text in responsible if text])}" if units else "",
        f"โดย{mending}" if units and being_mended == units else _some(mending, being_mended),
        f"รายงานที่ได้รับไม่มีข้อมูลของ {p.counted(len(lacking), p.PROJECTS)}" if lacking else "",
        p.named(map(p.project_name, lacking), p.PROJECTS, story.NAMED),
        _consequence(report),
    )


def _consequence(report: ReportFigures) -> str:
    if any(unit.received for unit in report.now.units):
        return "ตัวเลขในรายงานฉบับนี้จึงคำนวณจากข้อมูลที่ได้รับเท่านั้น โดยไม่นับส่วนที่ยังขาดเป็นศูนย์"
    return "รายงานฉบับนี้จึงยังไม่มีผลการดำเนินงานให้แสดง โดยไม่นับส่วนที่ยังขาดเป็นศูนย์"


def _progress(summary: Summary) -> str:
    if not summary.reported:
        return ""
    stages = {said: summary.in_stage(stage) for stage, said in _STAGES.items()}
    sole = p.only(stages)
    number = p.counted(summary.reported, p.PROJECTS)
    if sole:
        staged = f"{p.every('โครงการที่ได้รับรายงาน', summary.reported, p.PROJECTS)} {sole}"
    else:
        staged = f"จากโครงการที่ได้รับรายงาน {number} มีโครงการที่{p.spread(stages, p.PROJECTS)}"
    return p.joined(staged, _schedule(summary), _against_plan(summary))


def _schedule(summary: Summary) -> str:
    counts = {schedule: summary.on_schedule(schedule) for schedule in c.SCHEDULES}
    if not any(counts.values()):
        return ""
    counts["ไม่มีผลการเทียบกับแผน"] = summary.on_schedule("")
    sole = p.only(counts)
    if sole:
        return f"โดยหน่วยงานรายงานว่า{sole}{'ทุกโครงการ' if summary.reported > 1 else ''}"
    return f"โดยหน่วยงานรายงานว่า{p.spread(counts, p.PROJECTS)}"


def _against_plan(summary: Summary) -> str:
    if summary.actual is None or summary.planned is None:
        return ""
    some = (
        "" if summary.compared == summary.reported else f"ของ {p.counted(summary.compared, p.PROJECTS)}ที่ระบุทั้งแผนและผล "
    )
    return f"ความก้าวหน้าสะสมเฉลี่ย{some}{p.against(summary.actual, summary.planned, 'แผน')}"


def _money(summary: Summary) -> str:
    if not summary.reported:
        return ""
    spending, overall = summary.spending, summary.spending.overall
    unstated = p.counted(spending.unstated, p.PROJECTS)
    if overall == Money():
        if spending.unstated:
            return f"ยังสรุปการเบิกจ่ายไม่ได้ เนื่องจากโครงการ {unstated} {p.UNSTATED}"
        return "โครงการที่ได้รับรายงานไม่มีการใช้งบประมาณ"
    left_out = f"ทั้งนี้ จำนวนเงินไม่รวมโครงการที่{p.UNSTATED} {unstated}"
    return p.joined(*_spent(overall), *_kinds(summary), left_out if spending.unstated else "")


def _spent(money: Money) -> Iterator[str]:
    if money.budget:
        yield f"โครงการที่ได้รับรายงานมีงบประมาณหลังโอนเปลี่ยนแปลงรวม {p.amount(money.budget)}"
    else:
        yield "โครงการที่ได้รับรายงานไม่มีงบประมาณหลังโอนเปลี่ยนแปลง"
    if money.disbursed and money.disbursed == money.budget:
        yield "เบิกจ่ายแล้วครบทั้งจำนวน"
    elif money.disbursed:
        yield f"เบิกจ่ายแล้ว {p.amount(money.disbursed)}"
        if money.budget:
            yield f"คิดเป็นร้อยละ {w.percent(money.disbursed_percent)} ของงบประมาณ"
    else:
        yield "ยังไม่มีการเบิกจ่าย"
    if not money.committed:
        yield "และไม่มีภาระผูกพันที่ยังไม่ได้เบิกจ่าย"
        return
    yield f"มีภาระผูกพันที่ยังไม่ได้เบิกจ่าย {p.amount(money.committed)}"
    if money.budget:
        yield f"เมื่อรวมการเบิกจ่ายและภาระผูกพันแล้วคิดเป็นร้อยละ {w.percent(money.used_percent)} ของงบประมาณ"


def _kinds(summary: Summary) -> Iterator[str]:
    """Recurrent and investment apart, where there is a budget of both."""
    recurrent, investment = summary.spending.recurrent, summary.spending.investment
    if recurrent.budget and investment.budget:
        yield (
            f"โดยรายจ่ายประจำเบิกจ่ายร้อยละ {w.percent(recurrent.disbursed_percent)} "
            f"และรายจ่ายลงทุนเบิกจ่ายร้อยละ {w.percent(investment.disbursed_percent)}"
        )


def _targets(found: tuple[Comparison, ...]) -> str:
    """Only where the configuration sets targets, and there is money of the annual budget to hold against them."""
    known = [(one, one.actual) for one in found if one.actual is not None]
    if not known:
        return ""
    said = [f"{KINDS[one.kind]}เบิกจ่าย{p.against(actual, one.target, 'เป้าหมาย')}" for one, actual in known]
    overall = [p.counted(one.projects, p.PROJECTS) for one, _ in known if one.kind == OVERALL]
    return p.joined("เฉพาะโครงการที่ใช้งบประมาณรายจ่ายประจำปีเพียงแหล่งเดียว", *overall, w.listed(said))


def _kpis(report: ReportFigures) -> str:
    kpis, outcomes = report.now.kpis, report.now.outcomes
    if not kpis:
        return ""
    called = outcome_names(report.now.dataset.period)
    counts = {name: outcomes.get(outcome, 0) for outcome, name in called.items()}
    number, sole = p.counted(len(kpis), p.KPIS), p.only(counts)
    not_met = [kpi.source.kpi.name for kpi in kpis if kpi.outcome is Outcome.NOT_MET]
    names = p.named(not_met, p.KPIS, _KPIS_NAMED)
    if sole:
        return p.joined(p.every("ตัวชี้วัด", len(kpis), p.KPIS), sole, names, _by_the_year(report))
    return p.joined(
        f"จากตัวชี้วัด {number} {p.spread(counts, p.KPIS)}",
        f"โดยตัวชี้วัดที่{called[Outcome.NOT_MET]} {names}" if names else "",
        _by_the_year(report),
    )


def _by_the_year(report: ReportFigures) -> str:
    """How many of those not met yet have no target but the year's, which is not due."""
    yearly = sum(1 for kpi in report.now.kpis if kpi.outcome is Outcome.NOT_MET and not kpi.quarterly)
    if not yearly or report.now.dataset.period.ends_year:
        return ""
    return f"ทั้งนี้ เป็นการเทียบกับเป้าหมายทั้งปีเนื่องจากไม่มีเป้าหมายรายไตรมาส {p.counted(yearly, p.KPIS)}"
