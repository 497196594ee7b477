"""Where projects are carried out, by field (10): the provinces, and the map of them.

Reads the provinces' outlines beside this module, which ``tools.province_outline`` makes of those of the npm package
``@svg-maps/thailand`` (CC BY 4.0, after MapSVG); writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.analysis.over_time.outcomes import areas_of_project
from plan_tracker.documents import wording as w
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.i18n import THAI, Words
from plan_tracker.publication.site.words import LinkText, as_html

_VIEW = "0 0 280 513"  # of the outlines' drawing
_SHADES = ("s1", "s2", "s3")  # of one project, of a few, of more
_FEW = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """A province by its names, and its border as an SVG path."""

    name: str
    name_en: str
    path: str

    def name_in(self, words: Words) -> str:
        return self.name if words.language == THAI.language else self.name_en


@dataclass(frozen=True, slots=True)
class AreaText:
    """A province, or the scope of projects that name none, with the pages of its projects."""

    name: str
    count: str
    projects: tuple[LinkText, ...]
    is_province: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The areas in the order of the list: whole scopes first, then provinces by how many projects they have."""

    areas: tuple[AreaText, ...]
    counts: Mapping[str, int]  # of provinces, by their Thai names
    silent: int  # projects of which nothing is known

    @property
    def has_provinces(self) -> bool:
        return bool(self.counts)


@cache
def outlines() -> tuple[Outline, ...]:
    told = json.loads((files(__package__) / "provinces.json").read_text(encoding="utf-8"))
    return tuple(Outline(**one) for one in told)


def places_of(projects: Sequence[ProjectFigures], words: Words) -> Places:
    """Of ``projects``, each once; one in several provinces is in each of them."""
    found: dict[str, list[LinkText]] = {}
    silent = 0
    for project in projects:
        areas = areas_of_project(project.source.entry) if project.source.entry else []
        silent += not areas
        for name in areas:
            found.setdefault(name, []).append(LinkText(project.code, project.source.project.name))
    counts = {name: len(found[name]) for name in PROVINCES if name in found}
    order = [name for name in found if name not in counts] + sorted(counts, key=lambda name: -counts[name])
    return Places(tuple(_area(name, found[name], words) for name in order), counts, silent)


def _area(name: str, projects: Sequence[LinkText], words: Words) -> AreaText:
    named = {one.name: one.name_in(words) for one in outlines()}
    shown = named.get(name) or choice_label(name, words)
    return AreaText(shown, w.count(len(projects)), tuple(projects), name in named)


def province_map(found: Places, name: str, words: Words) -> Markup:
    """Every province, darker the more projects it has; each says its name and its projects when pointed at."""
    drawn = "".join(_province(one, found.counts.get(one.name, 0), words) for one in outlines())
    return as_html(f'<svg class="map" role="img" aria-label="{escape(name)}" viewBox="{_VIEW}">{drawn}</svg>')


def _province(found: Outline, projects: int, words: Words) -> str:
    shade = _SHADES[(projects > 1) + (projects > _FEW)] if projects else "s0"
    title = escape(f"{found.name_in(words)}: {w.count(projects)}")
    return f'<path class="{shade}" d="{found.path}"><title>{title}</title></path>'
