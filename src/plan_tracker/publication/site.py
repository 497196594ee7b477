"""The web site: plain pages that need neither a server nor JavaScript, in Thai, and with an English frame.

Every link is relative, every page carries its language, and nothing is asked of any other place. Writes
``index.html`` and its like, the same below ``en/``, and ``assets/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plan_tracker.config import Config
from plan_tracker.documents.wording import clean
from plan_tracker.fiscal import Period, long_date
from plan_tracker.publication.charts import Bar, bar_chart, line_chart
from plan_tracker.publication.content import Content
from plan_tracker.publication.words import frame_words, period_title, say

LANGUAGES = ("th", "en")
PAGES = ("index", "projects", "units", "kpis", "problems", "downloads")
_ASSETS = ("site.css", "site.js")


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the package: where it lies in it, what it is, and its size in bytes."""

    path: str
    title: str
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
    """What the pages are made from. ``earlier`` are other periods with the relative links to their packages."""

    content: Content
    config: Config
    permitted_on: date | None
    downloads: Sequence[Download]
    has_pdf: bool
    earlier: Sequence[tuple[Period, str]]

    def write(self, folder: Path) -> None:
        """Writes every page and what they need into ``folder``."""
        for name in _ASSETS:
            target = folder / "assets" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((files("plan_tracker.publication") / "assets" / name).read_bytes())
        for language in LANGUAGES:
            self._write_language(folder, language)

    def _write_language(self, folder: Path, language: str) -> None:
        home = folder if language == "th" else folder / language
        (home / "projects").mkdir(parents=True, exist_ok=True)
        for name in PAGES:
            page = self._render(f"{name}.html", language, f"{name}.html")
            (home / f"{name}.html").write_text(page, encoding="utf-8")
        for project in self.content.projects:
            place = f"projects/{project['code']}.html"
            (home / place).write_text(self._render("project.html", language, place, project=project), encoding="utf-8")

    def _render(self, template: str, language: str, place: str, **more: object) -> str:
        """A page at ``place``, seen from its language's home."""
        home = "../" * place.count("/")
        root = home if language == "th" else f"{home}../"
        other = f"{home}en/{place}" if language == "th" else f"{root}{place}"
        return self._templates.get_template(template).render(
            language=language,
            t=SimpleNamespace(**frame_words(language)),
            say=partial(say, language=language),
            period=period_title(self.content.period, language),
            content=self.content,
            known_codes=self._codes,
            office=self.config.office,
            plan_title=self.config.report.plan_title,
            license=self.config.publication.license_id,
            permitted_on=long_date(self.permitted_on) if self.permitted_on else "",
            downloads=self.downloads,
            has_pdf=self.has_pdf,
            earlier=[(period_title(period, language), root + link) for period, link in self.earlier],
            page=template.removesuffix(".html"),
            home=home,
            root=root,
            other=other,
            bars=partial(_bars, language=language),
            lines=line_chart,
            hundred=Decimal(100),
            **more,
        )

    @cached_property
    def _codes(self) -> frozenset[object]:
        """Projects that have a page; a problem may be of one that the plan no longer has."""
        return frozenset(project["code"] for project in self.content.projects)

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


def _bars(bars: Sequence[Bar], name: str, unit: str, most: Decimal | None = None, *, language: str) -> Markup:
    return bar_chart([replace(bar, label=say(bar.label, language)) for bar in bars], name, unit, most)


def _inert(value: object) -> object:
    """A unit's text without what no page can hold; autoescape does the rest."""
    return clean(value) if type(value) is str else value
