"""Projects of every unit by the stage they are in, those behind their plan apart: a row for each unit.

Units that have the most projects behind their plan, then without a report, come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plan_tracker.analysis.figures.plans import PlanFigures, Summary, UnitFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report.charts.labels import bars_told
from plan_tracker.documents.report.terms import lacking, short
from plan_tracker.documents.word.charts.chart import Chart, Look, Shape
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Message, Words

_LONG: Final = 24  # letters of a name beside its row
_LATE: Final = Message("chart", "Behind plan")
_LOOKS: Final[Mapping[str, Look]] = {
    c.COMPLETED: Look.GREY,
    c.UNDER_WAY: Look.LIGHT,
    c.NOT_STARTED: Look.DOTS,
    c.SUSPENDED: Look.GRID,
    c.CANCELLED: Look.CROSSES,
    "": Look.LINES,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Projects that are counted together: what they are called and how they are drawn."""

    name: str
    look: Look


def stages_chart(figures: PlanFigures, words: Words) -> Chart | None:
    """None where the plan has no projects."""
    units = sorted((one for one in figures.units if one.projects), key=_by_weight)
    if not units:
        return None
    counted = [_parts(one.summary, words) for one in units]
    parts = [part for part in _all_parts(figures.summary, words) if any(part in of_unit for of_unit in counted)]
    title = _title(figures, units, words)
    told = [
        f"{short(one.source.unit)} {p.spread({part.name: number for part, number in found.items()}, p.PROJECTS, words)}"
        for one, found in zip(units, counted, strict=True)
    ]
    return Chart(
        words.say("chart", "Projects of the units by stage"),
        title,
        [w.fitted(short(one.source.unit), _LONG) for one in units],
        {part.name: [found.get(part) for found in counted] for part in parts},
        bars_told(title, told, words),
        looks={part.name: part.look for part in parts},
        shape=Shape.COLUMNS,
        beside=(words.say("chart", "figure"), words.say("chart", "room")),
    )


def _by_weight(unit: UnitFigures) -> tuple[int, int, int]:
    found = unit.summary
    return -found.on_schedule(c.LATE), -found.missing, -found.total


def _all_parts(whole: Summary, words: Words) -> list[_Part]:
    """In the order in which they stand below one another."""
    return list(_parts(whole, words))


def _parts(found: Summary, words: Words) -> dict[_Part, int]:
    """How many projects there are of each part that has any, those behind their plan first."""
    counted = {_Part(words.of(_LATE), Look.ACCENT): found.on_schedule(c.LATE)}
    for stage in (*c.STAGES, ""):
        name = choice_label(stage, words) if stage else words.of(w.NOT_STATED)
        counted[_Part(name, _LOOKS[stage])] = found.in_stage(stage) - found.counted(stage, c.LATE)
    for message, number in lacking(found):
        look = Look.OUTLINE if message is w.NOT_RECEIVED else Look.STRIPES
        counted[_Part(words.of(message), look)] = number
    return {part: number for part, number in counted.items() if number}


def _title(figures: PlanFigures, by_weight: Sequence[UnitFigures], words: Words) -> str:
    found = figures.summary
    if not found.reported:
        return words.say("chart", "No project has been reported")
    late = found.on_schedule(c.LATE)
    if late:
        said = words.say("chart", "{late} of {projects} behind plan", late=late, projects=_projects(found, words))
        most = [one for one in by_weight if one.summary.on_schedule(c.LATE)]
        numbers = [one.summary.on_schedule(c.LATE) for one in most]
        if len(most) > 1 and numbers[0] > numbers[1]:
            unit = short(most[0].source.unit)
            said = words.say(
                "chart", "{said}, most of them of {unit} ({number})", said=said, unit=unit, number=numbers[0]
            )
    else:
        said = words.say("chart", "No project is reported to be behind plan")
    if not found.missing:
        return said
    lacking_too = words.counted(p.PROJECTS, found.missing)
    return words.say("chart", "{said}; {projects} without a report that counts", said=said, projects=lacking_too)


def _projects(found: Summary, words: Words) -> str:
    return words.counted(p.PROJECTS, found.total)
