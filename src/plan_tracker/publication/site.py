"""The web site: plain pages that need neither a server nor JavaScript, in Thai, and with an English frame.

Every link is relative, every page carries its language, and nothing is asked of any other place. Writes
``index.html`` and its like, the same below ``en/``, and ``assets/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined

from plan_tracker.config import Config
from plan_tracker.documents.wording import clean
from plan_tracker.fiscal import Period, long_date
from plan_tracker.publication import listings
from plan_tracker.publication.content import Content
from plan_tracker.publication.periods import HOMES, period_list
from plan_tracker.publication.svg import bar_chart, line_chart
from plan_tracker.publication.tablecells import Cells
from plan_tracker.publication.words import frame_words, marked, period_title, say, say_answer, say_label

PAGES = ("index", "projects", "units", "kpis", "problems", "downloads")
YEAR = "year"  # the year-end alone has it
_ASSETS = ("site.css", "site.js")


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the package: where it lies in it, what it is by language, and its size in bytes."""

    path: str
    title: Mapping[str, str]
    format: str
    bytes: int
    is_report: bool = False

    @property
    def size(self) -> str:
        """``12.3 kB``, rounded up."""
        kilo = (self.bytes + 99) // 100 / 10
        return f"{kilo:,.1f} kB" if kilo < 1000 else f"{kilo / 1000:,.1f} MB"


@dataclass(frozen=True)
class Site:
    """What the pages are made from. ``others`` are the year's other published periods, with relative links to them."""

    content: Content
    config: Config
    permitted_on: date | None
    downloads: Sequence[Download]
    has_pdf: bool
    others: Sequence[tuple[Period, str]]

    @property
    def menu(self) -> tuple[str, ...]:
        """The pages that every page links to."""
        return (*PAGES[:-1], YEAR, PAGES[-1]) if self.content.period.is_year_end else PAGES

    def write(self, folder: Path) -> None:
        """Writes every page and what they need into ``folder``."""
        for name in _ASSETS:
            target = folder / "assets" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((files("plan_tracker.publication") / "assets" / name).read_bytes())
        for language, home in HOMES.items():
            for place, page in self._pages(language):
                target = folder / home / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(page, encoding="utf-8")

    def _pages(self, language: str) -> Iterator[tuple[str, str]]:
        """Every page of a language, by its place from the language's home."""
        for name in (*self.menu, "periods"):
            yield f"{name}.html", self._render(f"{name}.html", language, f"{name}.html")
        for project in self.content.projects:
            place = f"projects/{project['code']}.html"
            yield place, self._render("project.html", language, place, project=project)
        for unit in self.content.units:
            place = f"units/{unit.code}.html"
            yield place, self._render("unit.html", language, place, unit=unit)

    def _render(self, template: str, language: str, place: str, **more: object) -> str:
        """A page at ``place``, seen from its language's home."""
        home = "../" * place.count("/")
        root = home + "../" * HOMES[language].count("/")
        other = f"{home}en/{place}" if language == "th" else f"{root}{place}"
        return self._templates.get_template(template).render(
            **self._said(language),
            cells=Cells(language, home, self._known),
            earlier=[
                (period_title(period, language), f"{root}{link}{HOMES[language]}")
                for period, link in self.others
                if period < self.content.period
            ],
            period_list=period_list(self.content.period, self.others, language),
            page=template.removesuffix(".html"),
            home=home,
            root=root,
            other=other,
            **more,
        )

    def _said(self, language: str) -> dict[str, object]:
        """What does not change from page to page."""
        return {
            "language": language,
            "t": SimpleNamespace(**frame_words(language)),
            "say": partial(say, language=language),
            "say_label": partial(say_label, language=language),
            "say_answer": partial(say_answer, language=language),
            "thai": partial(marked, language=language),
            "bars": partial(bar_chart, language=language),
            "lines": partial(line_chart, language=language),
            "period": period_title(self.content.period, language),
            "content": self.content,
            "menu": self.menu,
            "lists": listings,
            "office": self.config.office,
            "license": self.config.publication.license_id,
            "permitted_on": say(long_date(self.permitted_on), language) if self.permitted_on else "",
            "downloads": self.downloads,
            "has_pdf": self.has_pdf,
            "hundred": Decimal(100),
        }

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        """The codes that have a page, by folder; a problem may be of a project that the plan no longer has."""
        return {
            "projects": frozenset(str(project["code"]) for project in self.content.projects),
            "units": frozenset(unit.code for unit in self.content.units),
        }

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=PackageLoader("plan_tracker.publication"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_inert,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def _inert(value: object) -> object:
    """A unit's text without what no page can hold; autoescape does the rest."""
    return clean(value) if type(value) is str else value
