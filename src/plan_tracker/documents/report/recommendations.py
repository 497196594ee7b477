"""What a unit is recommended to do (R11): sentences for its circulation letter, drawn from its own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from plan_tracker.analysis.figures import PlanFigures, ProjectFigures
from plan_tracker.analysis.kpis import KpiFigures, Outcome
from plan_tracker.analysis.returns import State
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.rows import NOT_MET, NOT_MET_YET
from plan_tracker.forms.definition import choices as c

FAR_BEHIND = Decimal(10)  # points behind plan that are worth a sentence, whatever the unit says of its schedule


def recommendations(
    plans: Sequence[PlanFigures], code: str, state: State, pending: int, *, waived: str = "", closed: bool = False
) -> list[str]:
    """For the unit ``code``: what its return lacks as it stands now, then its projects and KPIs as in ``plans``.

    ``state`` is the return's, ``pending`` its findings that are still open, ``waived`` the places in it that were taken
    as they are; ``closed``: returns are not taken any more.
    """
    units = [unit for figures in plans for unit in figures.units if unit.source.unit.code == code]
    projects = {p.source.project.code: p for unit in units for p in unit.projects}
    kpis = {k.source.kpi.code: k for unit in units for k in unit.kpis}
    next_year = _next_year(plans)
    return [
        *(_of_closed(state, waived) if closed else _of_return(state, pending, waived)),
        *_of_projects(projects.values(), "ให้แล้วเสร็จโดยเร็ว" if next_year else "ให้เป็นไปตามแผน"),
        *_of_kpis(kpis.values(), next_year),
    ]


def _next_year(plans: Sequence[PlanFigures]) -> str:
    """``ในปีงบประมาณ พ.ศ. 2570`` where the year of the figures is over; else blank."""
    last = max((figures.dataset.period for figures in plans), default=None)
    return f"ในปีงบประมาณ พ.ศ. {last.fiscal_year + 1}" if last and last.ends_year else ""


def _of_return(state: State, pending: int, waived: str) -> Iterator[str]:
    if state is State.INCOMPLETE:
        yield f"ควรแก้ไขหรือยืนยันข้อมูลในแบบรายงานอีก {w.count(pending)} รายการ ตามบัญชีแก้ไขที่ได้แจ้งแล้ว"
    elif state is State.WAIVED:
        named = f" ได้แก่ {waived}" if waived else ""
        yield f"ควรแก้ไขข้อมูลที่รับไว้โดยมีข้อสังเกตให้ถูกต้องครบถ้วนในการรายงานครั้งต่อไป{named}"
    elif state is State.ISSUED:
        yield "ควรจัดส่งแบบรายงานผลการดำเนินงานซึ่งยังไม่ได้รับโดยเร็ว"


def _of_closed(state: State, waived: str) -> Iterator[str]:
    if state is State.INCOMPLETE:
        yield "แบบรายงานที่ส่งมามีข้อมูลไม่ครบถ้วนหรือไม่ถูกต้อง จึงยังไม่ได้นำมาประมวลผล ควรแก้ไขให้ครบถ้วนในการรายงานครั้งต่อไป"
    elif state is State.ISSUED:
        yield "ไม่ได้จัดส่งแบบรายงานผลการดำเนินงาน ควรจัดส่งให้ครบถ้วนภายในกำหนดในการรายงานครั้งต่อไป"
    else:
        yield from _of_return(state, 0, waived)


def _of_projects(projects: Iterable[ProjectFigures], until: str) -> Iterator[str]:
    for project in projects:
        name = f"โครงการ{project.source.project.name.removeprefix('โครงการ')}"
        if project.stage == c.SUSPENDED:
            yield f"{name} ชะลอหรือพักการดำเนินงาน ควรกำหนดแนวทางและกำหนดเวลาที่จะดำเนินการต่อ"
        elif _is_late(project):
            yield f"{name} {_lateness(project)}{until}"
        for problem in project.problems:
            said = f"{name} มีปัญหาอุปสรรค คือ {problem.problem}"
            yield f"{said} ควรดำเนินการตามแนวทางที่เสนอ คือ {problem.recommendation}" if problem.recommendation else said


def _is_late(project: ProjectFigures) -> bool:
    if project.stage in c.CLOSED_STAGES:
        return False
    far = project.planned is not None and project.actual is not None and project.planned - project.actual >= FAR_BEHIND
    return project.schedule == c.LATE or far


def _lateness(project: ProjectFigures) -> str:
    """How late it is; where its figures say otherwise, that first they are to be looked at."""
    if project.planned is not None and project.actual is not None and project.actual >= project.planned:
        level = "เท่ากับ" if project.actual == project.planned else "สูงกว่า"
        said = f"รายงานว่าล่าช้ากว่าแผน แต่ผลการดำเนินงาน{level}แผน{_how_far(project)}"
        return f"{said} ควรตรวจสอบข้อมูลให้สอดคล้องกัน และหากล่าช้าจริงให้เร่งรัดการดำเนินงาน"
    return f"ล่าช้ากว่าแผน{_how_far(project)} ควรเร่งรัดการดำเนินงาน"


def _how_far(project: ProjectFigures) -> str:
    if project.planned is None or project.actual is None:
        return ""
    return f" (แผนร้อยละ {w.percent(project.planned)} ผลร้อยละ {w.percent(project.actual)})"


def _of_kpis(kpis: Iterable[KpiFigures], next_year: str) -> Iterator[str]:
    then = f"ควรวิเคราะห์สาเหตุและกำหนดแนวทาง{next_year}" if next_year else "ควรเร่งดำเนินการให้บรรลุเป้าหมายภายในปีงบประมาณ"
    for kpi in kpis:
        name = f"ตัวชี้วัด{kpi.source.kpi.name.removeprefix('ตัวชี้วัด')}"
        if kpi.outcome is Outcome.NOT_MET:
            figures = f"เป้าหมาย {w.measure(kpi.target)} ผล {w.measure(kpi.result)}"
            yield f"{name} {NOT_MET if next_year else NOT_MET_YET} ({figures}) {then}"
