"""Turns of phrase that sentences are put together from: counts, shares, names, comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.figures.coverage import Coverage
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.terms import short
from plan_tracker.i18n import Message, Plural, Words
from plan_tracker.rounding import half_up, per_cent, rounded_percent

PROJECTS: Final = Plural("count", "{number} project", "{number} projects")
UNITS: Final = Plural("count", "{number} unit", "{number} units")
KPIS: Final = Plural("count", "{number} KPI", "{number} KPIs")
TARGETS: Final = Plural("count", "{number} target", "{number} targets")
PROBLEMS: Final = Plural("count", "{number} problem", "{number} problems")
ENTRIES: Final = Plural("count", "{number} entry", "{number} entries")
# The same as groups of which there are so many
ALL_PROJECTS: Final = Message("group", "projects")
ALL_KPIS: Final = Message("group", "KPIs")
REPORTED_PROJECTS: Final = Message("group", "reported projects")
PLAN: Final = Message("goal", "the plan")
TARGET: Final = Message("goal", "the target")


def joined(*parts: str) -> str:
    """The parts that say something, a space between them; whatever breaks lines inside names becomes a space."""
    return " ".join(" ".join(parts).split())


def complete(number: int, things: Plural, words: Words) -> str:
    """``ครบทั้ง 12 หน่วยงาน``; nobody says so of one."""
    counted = words.counted(things, number)
    if number > 1:
        return words.say("count", "all of {counted}", counted=counted)
    return words.say("count", "the one of {counted}", counted=counted)


def every(what: Message, number: int, things: Plural, words: Words) -> str:
    """``ตัวชี้วัดทั้ง 12 ตัวชี้วัด``; nobody says so of one."""
    parts = {"what": words.of(what), "counted": words.counted(things, number)}
    if number > 1:
        return words.say("count", "all {what}, {counted}", **parts)
    return words.say("count", "{what}, {counted}", **parts)


def share(part: int, whole: int, words: Words) -> str:
    """``คิดเป็นร้อยละ 25.00``; blank of nothing."""
    found = per_cent(Decimal(part), Decimal(whole))
    return "" if found is None else words.say("count", "which is {percent} per cent", percent=w.percent(found))


def spread(counts: Mapping[str, int], things: Plural, words: Words) -> str:
    """``อยู่ระหว่างดำเนินการ 3 โครงการ และยกเลิก 1 โครงการ``, without what counts 0; the last follows an และ."""
    said = [
        words.say("count", "{counted} {name}", counted=words.counted(things, number), name=words.in_sentence(name))
        for name, number in counts.items()
        if number
    ]
    return words.listed(said)


def only(counts: Mapping[str, int]) -> str:
    """The one name under which all are counted; blank where there are several, or none."""
    named = [name for name, number in counts.items() if number]
    return named[0] if len(named) == 1 else ""


def named(names: Iterable[str], things: Plural, most: int, words: Words) -> str:
    """``ได้แก่ (1) ก และ (2) ข``: as ``first_names``; blank for none."""
    said = first_names(names, things, most, words)
    return joined(words.say("list", "namely {names}", names=said)) if said else ""


def first_names(names: Iterable[str], things: Plural, most: int, words: Words) -> str:
    """``(1) ก (2) ข และอีก 3 โครงการ``, or ``(1) ก และ (2) ข``: the first ``most`` by name; blank for none.

    Numbered, since names have blanks, and Thai puts no comma between them. One more than ``most`` is named too: to
    count it would take as much room.
    """
    found = list(names)
    if len(found) > most + 1:
        others = words.counted(things, len(found) - most)
        first = joined(*enumerated(found[:most], words, more=True))
        return joined(words.say("list", "{names} and {others} more", names=first, others=others))
    return joined(*enumerated(found, words))


def project_name(project: ProjectFigures, words: Words) -> str:
    """``ระบบติดตามแผนงาน (ยศ.)``."""
    source = project.source
    return words.say("project", "{name} ({unit})", name=source.project.name, unit=short(source.unit))


def amount(baht: Decimal, words: Words) -> str:
    """In million baht, but in baht where that would round to nothing."""
    if baht and not half_up(baht / w.MILLION):
        return words.say("money", "{amount} baht", amount=w.baht(baht))
    return words.say("money", "{amount} million baht", amount=w.in_million(baht))


def spent_of(found: Money | None, words: Words) -> str:
    """``มีงบประมาณ 38.20 ล้านบาท เบิกจ่ายแล้ว 20.28 ล้านบาท (ร้อยละ 53.10)``; blank where there is no per cent."""
    if found is None or found.disbursed_percent is None:
        return ""
    return words.say(
        "money",
        "with a budget of {budget}, of which {disbursed} are disbursed ({percent} per cent)",
        budget=amount(found.budget, words),
        disbursed=amount(found.disbursed, words),
        percent=w.percent(found.disbursed_percent),
    )


def coverage(found: Coverage, words: Words) -> str:
    """``ครอบคลุมงบประมาณร้อยละ 51.09 (192.50 จาก 376.80 ล้านบาท)``; blank where there is no budget."""
    if found.percent is None:
        return ""
    said = words.say(
        "coverage",
        "covering {percent} per cent of the budget ({reported} of {whole} million baht)",
        percent=w.percent(found.percent),
        reported=w.in_million(found.reported),
        whole=w.in_million(found.whole),
    )
    if not found.unknown:
        return said
    unknown = words.counted(PROJECTS, found.unknown)
    return words.say("coverage", "{said}, without {projects} of unknown budget", said=said, projects=unknown)


def shared(found: Coverage, words: Words) -> str:
    """That some projects stand in another plan too, and are not to be added up; blank where none does."""
    if not found.shared:
        return ""
    return words.say(
        "coverage",
        "{projects} with a budget of {amount} stand in another plan too, so that the plans are not to be added up",
        projects=words.counted(PROJECTS, found.shared),
        amount=amount(found.shared_budget, words),
    )


def against(actual: Decimal, goal: Decimal, named_goal: Message, words: Words) -> str:
    """``ร้อยละ 20.00 ต่ำกว่าแผนซึ่งกำหนดไว้ร้อยละ 30.00``, true of the unrounded numbers and of those printed."""
    parts = {"actual": w.percent(actual), "goal": w.percent(goal), "named": words.of(named_goal)}
    if actual == goal:
        return words.say("goal", "{actual} per cent, as much as {named} of {goal} per cent", **parts)
    if rounded_percent(actual) == rounded_percent(goal):
        if actual > goal:
            return words.say("goal", "{actual} per cent, very little above {named} of {goal} per cent", **parts)
        return words.say("goal", "{actual} per cent, very little below {named} of {goal} per cent", **parts)
    if actual > goal:
        return words.say("goal", "{actual} per cent, above {named} of {goal} per cent", **parts)
    return words.say("goal", "{actual} per cent, below {named} of {goal} per cent", **parts)


def grown(points: Decimal | None, words: Words) -> str:
    """``เพิ่มขึ้น 3.20 จุดร้อยละ``, ``ลดลง …`` or ``ไม่เปลี่ยนแปลง``; that it can't be told for None."""
    if points is None:
        return words.say("change", "can't be compared")
    if not rounded_percent(points):
        return words.say("change", "has not changed")
    if points > 0:
        return words.say("change", "has risen by {points} points", points=w.percent(points))
    return words.say("change", "has fallen by {points} points", points=w.percent(-points))


def grown_of(points: Decimal | None, known: int, compared: int, words: Words) -> str:
    """As ``grown``; of how many projects, where it is not known of all that were ``compared``."""
    said = grown(points, words)
    if points is None or known >= compared:
        return said
    some = words.counted(PROJECTS, known)
    return words.say("change", "{change} (of {projects} known in both quarters alone)", change=said, projects=some)


def sequence(values: Sequence[tuple[int, Decimal | None]], words: Words) -> str:
    """``ไตรมาสที่ 1 ร้อยละ 5.00 ไตรมาสที่ 3 ร้อยละ 40.00 โดยไม่มีข้อมูลของไตรมาสที่ 2``; blank without any value."""
    known = [
        words.say("change", "quarter {quarter}: {percent} per cent", quarter=quarter, percent=w.percent(value))
        for quarter, value in values
        if value is not None
    ]
    if not known:
        return ""
    unknown = [words.say("period", "quarter {quarter}", quarter=quarter) for quarter, value in values if value is None]
    if not unknown:
        return joined(words.listed(known))
    quarters = words.listed(unknown)
    return joined(
        words.say("change", "{known}, with nothing known of {quarters}", known=words.listed(known), quarters=quarters)
    )


def enumerated(texts: Sequence[str], words: Words, *, more: bool = False) -> list[str]:
    """``(1) ก``, ``และ (2) ข``; one alone has no number. ``more``: others follow, so that the last is none."""
    if len(texts) < 2:
        return list(texts)
    told = [words.say("list", "({number}) {text}", number=number, text=text) for number, text in enumerate(texts, 1)]
    return told if more else [*told[:-1], words.say("list", "and {last}", last=told[-1])]
