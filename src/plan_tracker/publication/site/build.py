"""The web site: plain pages that need neither a server nor JavaScript, in Thai, and with an English frame.

Every link is relative, every page carries its language, and nothing is asked of any other place. Writes
``index.html`` and its like, the same below ``en/``, and ``assets/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import NO_IMPRINT, Config, Imprint, Office
from plan_tracker.documents.wording import DASH, clean, grouped
from plan_tracker.fiscal import Period, long_date
from plan_tracker.i18n import THAI, Message, Words, _
from plan_tracker.progress import tell
from plan_tracker.publication.proof.page import VERIFIER, with_policy
from plan_tracker.publication.revisions import Edition
from plan_tracker.publication.site import listings
from plan_tracker.publication.site.about_data import TableText, edition_rows
from plan_tracker.publication.site.content import SiteContent, build_content
from plan_tracker.publication.site.english import in_english
from plan_tracker.publication.site.periods import HOMES, period_list
from plan_tracker.publication.site.places import province_map
from plan_tracker.publication.site.sheets import sheet_html
from plan_tracker.publication.site.svg import bar_chart, line_chart
from plan_tracker.publication.site.tablecells import Cells
from plan_tracker.publication.site.timeline import timeline_chart, timeline_words
from plan_tracker.publication.site.words import frame_words, held, is_thai, marked
from plan_tracker.values import inert

_ITSELF = Message("language", "English")  # in each catalogue what its language calls itself
PAGES = ("index", "projects", "units", "kpis", "problems", "downloads")
YEAR = "year"  # the year-end alone has it
PROVINCES = "provinces"  # where a project names any
_FROM_DOWNLOADS = ("dictionary", "revisions")
_FOLDERS = ("projects", "units")  # of pages in great number
_TOLD = 25  # pages after which it is told how far they are
_ASSETS = ("site.css", "site.js")


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the package: where it lies in it, what it is by language, and its size in bytes."""

    path: str
    title: Mapping[str, str]
    format: str
    bytes: int

    @property
    def is_report(self) -> bool:
        return self.path.startswith("reports/")

    @property
    def size(self) -> str:
        """``12.3 kB``, rounded up."""
        kilo = (self.bytes + 99) // 100 / 10
        return f"{kilo:,.1f} kB" if kilo < 1000 else f"{kilo / 1000:,.1f} MB"


@dataclass(frozen=True)
class Site:
    """What the pages are made from. ``others`` are the year's other published periods, with relative links to them.

    ``dictionaries``: what the tables of the open data hold, by language. All of it can be handed to another process.
    """

    reports: Sequence[ReportFigures]
    config: Config
    permitted_on: date | None
    downloads: Sequence[Download]
    has_pdf: bool
    others: Sequence[tuple[Period, str]]
    imprint: Imprint = NO_IMPRINT
    dictionaries: Mapping[str, Sequence[TableText]] = field(default_factory=dict)
    editions: Sequence[Edition] = ()

    @property
    def size(self) -> int:
        """How many pages each language has, but for a few."""
        return sum(len(report.now.projects) + len(report.now.units) for report in self.reports)

    def write_assets(self, folder: Path) -> None:
        """Writes what all pages need into ``folder``, and the page that checks figures."""
        for name in _ASSETS:
            target = folder / "assets" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((files("plan_tracker.publication") / "assets" / name).read_bytes())
        verifier = (files("plan_tracker.publication") / "assets" / VERIFIER).read_text(encoding="utf-8")
        (folder / VERIFIER).write_text(with_policy(verifier), encoding="utf-8")

    def write_pages(self, folder: Path, language: str) -> list[Path]:
        """Writes every page in ``language`` into ``folder``, and gives them."""
        home, written = folder / HOMES[language], []
        for kind in _FOLDERS:
            (home / kind).mkdir(parents=True, exist_ok=True)
        for number, (place, page) in enumerate(self.pages(Words(language))):
            if number % _TOLD == 0:
                self.tell_written(folder)
            target = home / place
            target.write_text(inert(page, ""), encoding="utf-8")
            written.append(target)
        self.tell_written(folder)
        return written

    def tell_written(self, folder: Path) -> None:
        """Tells how many pages of all languages there are in ``folder``, whoever has written them."""
        of = len(HOMES) * self.size
        places = [folder / home / kind for home in HOMES.values() for kind in _FOLDERS]
        done = sum(len(os.listdir(place)) for place in places if place.is_dir())  # noqa: PTH208  # names alone, and fast
        tell(_("Pages written"), min(done, of), of)

    def pages(self, words: Words) -> Iterator[tuple[str, str]]:
        """Every page in the language of ``words``, by its place from the language's home."""
        reports = self.reports if words.language == THAI.language else [in_english(one) for one in self.reports]
        return _Edition(self, words, build_content(reports, words)).pages()


@dataclass(frozen=True)
class _Edition:
    """The site in one language."""

    site: Site
    words: Words
    content: SiteContent

    @property
    def menu(self) -> tuple[str, ...]:
        """The pages that every page links to."""
        where = (PROVINCES,) if self.content.places.has_provinces else ()
        year = (YEAR,) if self.content.period.is_year_end else ()
        return (*PAGES[:-1], *where, *year, PAGES[-1])

    def pages(self) -> Iterator[tuple[str, str]]:
        for name in (*self.menu, *_FROM_DOWNLOADS, "periods"):
            yield f"{name}.html", self._render(f"{name}.html", f"{name}.html")
        for project in self.content.projects:
            place = f"projects/{project.listed.code}.html"
            yield place, self._render("project.html", place, project=project)
        for unit in self.content.units:
            place = f"units/{unit.code}.html"
            yield place, self._render("unit.html", place, unit=unit)

    def _render(self, template: str, place: str, **more: object) -> str:
        """A page at ``place``, seen from its language's home."""
        own = HOMES.get(self.words.language, "")
        home = "../" * place.count("/")
        root = home + "../" * own.count("/")
        return (
            _templates()
            .get_template(template)
            .render(
                **self._said,
                cells=self._cells[home],
                earlier=[
                    (period.title_in(self.words), f"{root}{link}{own}")
                    for period, link in self.site.others
                    if period < self.content.period
                ],
                page=template.removesuffix(".html"),
                permanent=self._permanent(f"{own}{place}"),
                home=home,
                root=root,
                translations=[(one, f"{root}{HOMES[one]}{place}", name) for one, name in self._others],
                **more,
            )
        )

    def _permanent(self, place: str) -> str:
        """The page's address on the web, where the settings say where the package lies."""
        url = self.site.config.publication.url.replace("{period}", str(self.content.period))
        return f"{url.rstrip('/')}/{place}" if url else ""

    @cached_property
    def _others(self) -> list[tuple[str, str]]:
        """The other languages, each with the name that it has for itself."""
        return [(one, Words(one).of(_ITSELF)) for one in HOMES if one != self.words.language]

    @cached_property
    def _said(self) -> dict[str, object]:
        """What does not change from page to page."""
        site, words = self.site, self.words
        return {
            "language": words.language,
            "words": words,
            "t": SimpleNamespace(**self._frame),
            "thai": partial(marked, language=words.language),
            "held": partial(held, language=words.language),
            "says": lambda text: words.language == THAI.language or not is_thai(text),
            "province_map": partial(province_map, words=words),
            "sheet": partial(sheet_html, language=words.language),
            "timeline": partial(timeline_chart, words=words),
            "timeline_words": partial(timeline_words, words=words),
            "bars": partial(bar_chart, language=words.language),
            "lines": line_chart,
            "period": self.content.period.title_in(words),
            "period_list": period_list(self.content.period, site.others, words),
            "content": self.content,
            "menu": self.menu,
            "lists": listings,
            "office": _office(site.config.office, words),
            "license": site.config.publication.license_id,
            "permitted_on": long_date(site.permitted_on, words) if site.permitted_on else "",
            "downloads": site.downloads,
            "has_pdf": site.has_pdf,
            "hundred": Decimal(100),
            "dash": DASH,
            "imprint": site.imprint,
            "data_digest": grouped(site.imprint.data),
            "dictionaries": site.dictionaries.get(words.language, ()),
            "editions": edition_rows(site.editions, words),
        }

    @cached_property
    def _frame(self) -> dict[str, str]:
        return frame_words(self.words)

    @cached_property
    def _cells(self) -> dict[str, Cells]:
        """What makes the cells of tables, by how a page's language home is reached from it.

        The codes that have a page are known: a problem may be of a project that the plan no longer has.
        """
        known = {
            "projects": frozenset(project.listed.code for project in self.content.projects),
            "units": frozenset(unit.code for unit in self.content.units),
        }
        return {home: Cells(self.words.language, home, self._frame, known) for home in ("", "../")}


@cache
def _templates() -> Environment:
    """One for all languages: to compile the templates takes as long as to render a small site."""
    return Environment(
        loader=PackageLoader("plan_tracker.publication"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _office(found: Office, words: Words) -> Office:
    """With its names in the page's language, where the settings have them."""
    if words.language == THAI.language:
        return found
    return found._replace(name=found.name_en or found.name, division=found.division_en or found.division)


def _inert(value: object) -> object:
    """A unit's text without what no page can hold; autoescape does the rest."""
    return clean(value) if type(value) is str else value
