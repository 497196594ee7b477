"""The list of a year's published periods, which every package has on a page of its own.

A package is never built anew because a later one came: that list alone is replaced in it, a page at a time, each as a
whole. Reads and writes ``periods.html`` and ``en/periods.html`` of the packages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from plan_tracker import atomic
from plan_tracker.fiscal import Period
from plan_tracker.i18n import LANGUAGES, Words
from plan_tracker.publication.site.words import FRAME

PAGE = "periods.html"
HOMES = {language: f"{language}/" if number else "" for number, language in enumerate(LANGUAGES)}  # their folders
_LIST = re.compile("<!-- periods -->.*?<!-- /periods -->", re.DOTALL)
Linked = Sequence[tuple[Period, str]]


def period_list(own: Period, linked: Linked, words: Words) -> Markup:
    """``own`` and the ``linked`` periods in their order, between the marks by which ``relist`` finds them.

    Links are relative to a package; the list stands at the top of its language's pages.
    """
    home = HOMES.get(words.language, "")
    links = {
        own: "",
        **{period: f"{'../' * home.count('/')}{link}{home}" for period, link in linked},
    }
    items = Markup("\n").join(
        Markup('<li><a href="{}index.html">{}</a>{}</li>').format(
            links[period], period.title_in(words), _here(words) if period == own else ""
        )
        for period in sorted(links)
    )
    return Markup('<!-- periods -->\n<ul class="periods">\n{}\n</ul>\n<!-- /periods -->').format(items)


def _here(words: Words) -> Markup:
    return Markup(" ({})").format(words.of(FRAME["this_period"]))


def relist(package: Path, own: Period, linked: Linked) -> tuple[list[Path], list[Path]]:
    """Puts the list into a published package. One without such a page stays as it is.

    Gives the pages that have changed, and those that should have and could not be written.
    """
    changed: list[Path] = []
    failed: list[Path] = []
    for language, home in HOMES.items():
        path = package / home / PAGE
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            new = _with_list(text, period_list(own, linked, Words(language)))
            if new != text:
                try:
                    atomic.write_text(path, new)
                except OSError:
                    failed.append(path)
                else:
                    changed.append(path)
    return changed, failed


def relist_all(packages: Iterable[tuple[Path, Period, Linked]]) -> tuple[list[Path], list[Path]]:
    """``relist`` of each; what is wrong with one page keeps no other from its list."""
    done = [relist(*package) for package in packages]
    return [path for changed, _failed in done for path in changed], [path for _c, failed in done for path in failed]


def without_list(text: str) -> str:
    """A page without what later publications change in it."""
    return _LIST.sub("", text)


def _with_list(text: str, said: str) -> str:
    return _LIST.sub(lambda _old: said, text)
