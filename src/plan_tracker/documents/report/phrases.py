"""Turns of phrase that the executive summary is put together from: counts, shares, names, comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from plan_tracker.analysis.figures import ProjectFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.rows import short
from plan_tracker.fiscal import half_up, per_cent

UNSTATED = "ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วน"  # of a project whose money no sum has: ``Spending.unstated``
PROJECTS, UNITS, KPIS, PROBLEMS = "โครงการ", "หน่วยงาน", "ตัวชี้วัด", "ประเด็น"


def joined(*parts: str) -> str:
    """The parts that say something, a space between them; whatever breaks lines inside names becomes a space."""
    return " ".join(" ".join(parts).split())


def counted(number: int, noun: str) -> str:
    """``1,200 โครงการ``."""
    return f"{w.count(number)} {noun}"


def complete(number: int, noun: str) -> str:
    """``ครบทั้ง 12 หน่วยงาน``; nobody says so of one."""
    return f"ครบทั้ง {counted(number, noun)}" if number > 1 else f"ครบ {counted(number, noun)}"


def every(what: str, number: int, noun: str) -> str:
    """``ตัวชี้วัดทั้งหมด 12 ตัวชี้วัด``; nobody says so of one."""
    return f"{what}{'ทั้งหมด' if number > 1 else ''} {counted(number, noun)}"


def share(part: int, whole: int) -> str:
    """``คิดเป็นร้อยละ 25.00``; blank of nothing."""
    found = per_cent(Decimal(part), Decimal(whole))
    return "" if found is None else f"คิดเป็นร้อยละ {w.percent(found)}"


def spread(counts: Mapping[str, int], noun: str) -> str:
    """``อยู่ระหว่างดำเนินการ 3 โครงการ และยกเลิก 1 โครงการ``, without what counts 0; the last follows an และ."""
    said = [f"{name} {counted(number, noun)}" for name, number in counts.items() if number]
    return w.listed(said)


def only(counts: Mapping[str, int]) -> str:
    """The one name under which all are counted; blank where there are several, or none."""
    named = [name for name, number in counts.items() if number]
    return named[0] if len(named) == 1 else ""


def named(names: Iterable[str], noun: str, most: int) -> str:
    """``ได้แก่ ก, ข และอีก 3 โครงการ``, or ``ได้แก่ ก, ข และค``: the first ``most`` by name; blank for none.

    One more than ``most`` is named too: to count it would take as much room.
    """
    listed = list(names)
    if not listed:
        return ""
    if len(listed) > most + 1:
        return joined("ได้แก่", ", ".join(listed[:most]), f"และอีก {counted(len(listed) - most, noun)}")
    return joined("ได้แก่", w.listed([", ".join(listed[:-1]), listed[-1]] if listed[1:] else listed))


def project_name(project: ProjectFigures) -> str:
    """``ระบบติดตามแผนงาน (ยศ.)``."""
    return f"{project.source.project.name} ({short(project.source.unit)})"


def amount(baht: Decimal) -> str:
    """In million baht, but in baht where that would round to nothing."""
    tiny = baht and not half_up(baht / 1_000_000, 4)
    return f"{w.baht(baht)} บาท" if tiny else f"{w.million(baht)} ล้านบาท"


def against(actual: Decimal, goal: Decimal, named_goal: str) -> str:
    """``ร้อยละ 20.00 ต่ำกว่าแผนซึ่งกำหนดไว้ร้อยละ 30.00``, true of the unrounded numbers and of those printed."""
    how = "เท่ากับ" if actual == goal else "สูงกว่า" if actual > goal else "ต่ำกว่า"
    barely = "เพียงเล็กน้อย" if actual != goal and half_up(actual) == half_up(goal) else ""
    return joined(f"ร้อยละ {w.percent(actual)} {how}{named_goal}ซึ่งกำหนดไว้ร้อยละ {w.percent(goal)}", barely)


def grown(points: Decimal | None) -> str:
    """``เพิ่มขึ้น 3.20 จุดร้อยละ``, ``ลดลง …`` or ``ไม่เปลี่ยนแปลง``; that it can't be told for None."""
    if points is None:
        return "เทียบไม่ได้"
    if not half_up(points):
        return "ไม่เปลี่ยนแปลง"
    return f"{'เพิ่มขึ้น' if points > 0 else 'ลดลง'} {w.percent(abs(points))} จุดร้อยละ"


def grown_of(points: Decimal | None, known: int, compared: int) -> str:
    """As ``grown``; of how many projects, where it is not known of all that were ``compared``."""
    some = f" (เฉพาะ {counted(known, PROJECTS)}ที่ทราบค่าทั้งสองไตรมาส)" if points is not None and known < compared else ""
    return grown(points) + some


def sequence(values: Sequence[tuple[int, Decimal | None]]) -> str:
    """``ไตรมาสที่ 1 ร้อยละ 5.00 ไตรมาสที่ 3 ร้อยละ 40.00 โดยไม่มีข้อมูลของไตรมาสที่ 2``; blank without any value."""
    known = [f"ไตรมาสที่ {quarter} ร้อยละ {w.percent(value)}" for quarter, value in values if value is not None]
    unknown = [f"ไตรมาสที่ {quarter}" for quarter, value in values if value is None]
    if not known:
        return ""
    return joined(w.listed(known), f"โดยไม่มีข้อมูลของ{w.listed(unknown)}" if unknown else "")
