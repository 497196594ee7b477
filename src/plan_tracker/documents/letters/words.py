"""Puts what letters say into words: typed values become what the tags of their templates name.

Dates are written out, counts grouped, several things numbered. Whatever is not named here goes to the template with its
own fields and properties. Nothing is read or written.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal

from plan_tracker.config import Config, Office
from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.facts import KpiLine, PlanFacts, PlanKpis, ProjectLine
from plan_tracker.documents.letters.faults import Fault, Place
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.report import phrases
from plan_tracker.documents.report.terms import outcome_of, untold, waived_mark, year_and_last
from plan_tracker.fiscal import Period, long_date
from plan_tracker.i18n import THAI
from plan_tracker.register import Plan, Unit

_NUMBER_BLANK, _DAY_BLANK = "." * 20, "." * 30
_QUOTES = "\"'“”‘’"


class Count(int):
    """A number of things: the template may compare it, and prints ``1,234``."""

    def __str__(self) -> str:
        return w.count(int(self))


@dataclass(frozen=True, slots=True)
class Setting:
    """What words depend on beside the value: the settings, the period, and whether the letter is a memo."""

    config: Config
    period: Period
    memo: bool


def worded(value: object, setting: Setting) -> object:
    """``value`` as tags name it: a text, a count, a mapping of names, or a list of these, numbered."""
    made = _WORDS.get(type(value))
    if made:
        return made(value, setting)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_numbered(number, worded(one, setting)) for number, one in enumerate(value, 1)]
    if is_dataclass(value) and not isinstance(value, type):
        return named(value, setting)
    return value


def named(value: object, setting: Setting) -> Mapping[str, object]:
    """The fields and properties of the dataclass ``value``, each in words."""
    assert is_dataclass(value)
    kinds = inspect.getmro(type(value))
    names = [field.name for field in fields(value)]
    names += [name for kind in kinds for name, member in vars(kind).items() if isinstance(member, property)]
    return {name: worded(getattr(value, name), setting) for name in names}


def _numbered(number: int, one: object) -> object:
    return {"number": w.count(number), **one} if isinstance(one, Mapping) else one


def in_full(day: date) -> str:
    """``1 ตุลาคม 2568``, held together on one line."""
    return w.bound(long_date(day))


def cited(reference: Reference, office: Office, *, memo: bool) -> str:
    """``บันทึกข้อความ… ที่ … ลงวันที่ …`` or ``หนังสือ… ที่ … ลงวันที่ …``; dots for what is not recorded yet."""
    source = f"บันทึกข้อความ{office.division}" if memo else f"หนังสือ{office.name}"
    day = in_full(reference.day) if reference.day else _DAY_BLANK
    return f"{source} ที่ {reference.number or _NUMBER_BLANK} ลงวันที่ {day}"


def plan_words(config: Config, plans: Sequence[Plan]) -> str:
    """``แผนปฏิบัติราชการประจำปีของ…``: ``plans`` by whose they are."""
    owners = w.listed([plan.owner for plan in plans])
    return config.report.plan_title + (f"ของ{owners}" if owners else "")


def contact_line(office: Office) -> str:
    """Whom to ask and where, as ``นางสาว… โทร. …``; empty where the configuration names neither."""
    if not office.contact and not office.phone:
        return ""
    who = office.contact or office.division
    return f"{w.bound(who)} {phone_line(office)}" if office.phone else w.bound(who)


def phone_line(office: Office) -> str:
    """``โทร. 0 2141 6000``, which no line end tears."""
    return f"โทร. {w.whole(office.phone)}".replace(" ", "\u00a0") if office.phone else ""


def one_line(text: str) -> str:
    """``text`` as it runs on within a paragraph, whose lines are spread over its whole width."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """``text`` on one line, without the quotation marks around it, since letters print their own."""
    line = one_line(text)
    return line[1:-1].strip() if len(line) > 1 and line[0] in _QUOTES and line[-1] in _QUOTES else line


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader said; ``about`` names the project, KPI or field it is on, blank for the return as a whole."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence in a numbered list."""

    text: str


def points(texts: Sequence[str]) -> tuple[Point, ...]:
    """``texts`` on one line each; blank ones are left out."""
    return tuple(Point(line) for line in map(one_line, texts) if line)


def places_of(faults: Sequence[Fault]) -> str:
    """``โครงการหนึ่ง ข้อ (9) และข้อ (14) โครงการสอง ข้อ (11)``: each by name with the places that were faulty."""
    return " ".join(f"{fault.name} {_places((*fault.mend, *fault.confirm))}".rstrip() for fault in faults)


def _fault(fault: Fault, _setting: Setting) -> object:
    mend, confirm = _told(fault.mend), _told(fault.confirm)
    return {"name": fault.name or "แบบรายงานทั้งฉบับ", "code": fault.code, "mend": mend, "confirm": confirm}


def _told(places: Sequence[Place]) -> str:
    """``2 รายการ ข้อ (9) และข้อ (14)``; blank where there are none."""
    return f"{w.count(len(places))} รายการ {_places(places)}".rstrip() if places else ""


def _places(places: Sequence[Place]) -> str:
    return w.listed(list(dict.fromkeys(filter(None, map(_place, places)))))


def _place(place: Place) -> str:
    return f"ข้อ {place.item}" if place.item else f"ช่อง{place.column}" if place.column else ""


def _remark(remark: Remark, _setting: Setting) -> object:
    text = f"{remark.about}: {remark.text}" if remark.about else remark.text
    return {"about": remark.about, "text": text}


def _project(line: ProjectLine, _setting: Setting) -> object:
    return {
        "name": line.name,
        "status": "\n".join(filter(None, (line.stage, line.schedule)))
        or untold(THAI, being_mended=line.being_mended, unit_came=line.unit_came),
        "planned": w.percent(line.planned),
        "actual": w.percent(line.actual),
        "disbursed": w.percent(line.disbursed_percent),
    }


def _kpi(line: KpiLine, setting: Setting) -> object:
    return {
        "name": line.name,
        "unit": line.unit,
        "measure": line.measure,
        "target": _target(line),
        "result": w.measure(line.result),
        "percent": w.percent(line.percent),
        "outcome": outcome_of(line.outcome, line.percent, setting.period) + waived_mark(line.waived_because),
    }


def _target(line: KpiLine) -> str:
    """The target, with of what it is one where the letter tells a quarter's, or the last quarter's where it differs."""
    target = w.measure(line.target)
    if line.last_quarter is not None:
        return year_and_last(target, w.measure(line.last_quarter))
    if line.quarterly is None or target == w.DASH:
        return target
    return f"{target}\n({'ไตรมาสนี้' if line.quarterly else 'ทั้งปี'})"


def _plan_facts(facts: PlanFacts, setting: Setting) -> object:
    return {
        **named(facts, setting),
        "name": plan_words(setting.config, [facts.plan]),
        **{f"kpis_{name}": value for name, value in named(facts.kpis, setting).items()},
        "kpis": Count(facts.kpis.total),
        "missing": w.listed(list(facts.missing)),
        "coverage": w.bound(phrases.coverage(facts.coverage, THAI)),
        "shared": w.bound(phrases.shared(facts.coverage, THAI)),
        "budget": w.in_million(facts.budget),
        "disbursed": w.in_million(facts.disbursed),
        "spent_before": w.in_million(facts.spent_before) if facts.spent_before else "",
        "percent": w.percent(facts.disbursed_percent) if facts.disbursed_percent is not None else "",
    }


def _plan_kpis(found: PlanKpis, setting: Setting) -> object:
    return {
        "name": plan_words(setting.config, [found.plan]),
        "count": Count(len(found.kpis)),
        **named(found.counts, setting),
        "without": Count(found.counts.without_result),
        "rows": worded(found.kpis, setting),
    }


_WORDS: Mapping[type, Callable[..., object]] = {
    bool: lambda value, _setting: value,
    int: lambda value, _setting: Count(value),
    date: lambda value, _setting: in_full(value),
    Decimal: lambda value, _setting: w.number(value),
    Reference: lambda value, setting: cited(value, setting.config.office, memo=setting.memo),
    Unit: lambda value, _setting: value.name,
    Fault: _fault,
    Remark: _remark,
    ProjectLine: _project,
    KpiLine: _kpi,
    PlanFacts: _plan_facts,
    PlanKpis: _plan_kpis,
}
