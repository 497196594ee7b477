"""The cells of the web site's tables as HTML: escaped, linked, labelled, and in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from plan_tracker.documents.wording import clean
from plan_tracker.publication.site.listings import Listing, ListingColumn, ListingKind, text_of
from plan_tracker.publication.site.words import as_html, held, language_of, marked

_CODES = {"projects": "code", "units": "unit_code"}  # where a row has the code of the page that it links to
_LINE = 24  # characters that stay on one line at most, such as a stage; results may be told in words


@dataclass(frozen=True)
class Cells:
    """Makes cells for pages in ``language`` from which ``home`` leads to its home; ``frame`` are the frame's words.

    ``known`` has the codes that have a page, by folder.
    """

    language: str
    home: str
    frame: Mapping[str, str]
    known: Mapping[str, frozenset[str]]

    def of(self, row: object, listing: Listing) -> Markup:
        """All cells of a row. On a phone each is a line of a card, with its column's heading before it."""
        return as_html("".join(self._cell(row, column, listing) for column in listing.columns))

    def head(self, column: ListingColumn) -> Markup:
        """The heading of a column; many tables have the same ones."""
        if column.head not in self._heads:
            self._heads[column.head] = held(self.frame[column.head], self.language)
        return self._heads[column.head]

    @cached_property
    def _heads(self) -> dict[str, Markup]:
        return {}

    def _cell(self, row: object, column: ListingColumn, listing: Listing) -> str:
        text, is_name, is_card = self.text(row, column), column.key == listing.names, bool(listing.width)
        # A name says by itself what it is, but for the number of a quarter
        label = self.frame[column.head] if is_card and (not is_name or text.isdigit()) else ""
        made = {
            "role": ("rowheader" if is_name else "cell") if is_card else "",
            "scope": "row" if is_name else "",
            "class": _look(text, column.kind),
            "data-label": escape(label),
        }
        said = "".join(f' {name}="{value}"' for name, value in made.items() if value)
        tag = "th" if is_name else "td"
        return f"<{tag}{said}>{self._linked(text, row, column)}</{tag}>"

    def _linked(self, text: str, row: object, column: ListingColumn) -> str:
        shown = marked(text, self.language)
        code = text_of(row, _CODES[column.page]) if column.page else ""
        if code not in self.known.get(column.page, ()):
            return shown
        return f'<a href="{self.home}{column.page}/{escape(code)}.html">{shown}</a>'

    def text(self, row: object, column: ListingColumn) -> str:
        """What a cell says."""
        return clean(text_of(row, column.key))

    def choices(self, rows: Iterable[object], listing: Listing, key: str) -> list[str]:
        """The different texts of a column, in their order."""
        column = next(column for column in listing.columns if column.key == key)
        return list(dict.fromkeys(self.text(row, column) for row in rows))

    def option(self, text: str, value: str) -> Markup:
        """A choice of a filter; an option can't hold a ``span``, so that it says itself in what language it is."""
        lang = language_of(text, self.language)
        return as_html(f'<option value="{escape(value)}"{lang}>{escape(text)}</option>')


def _look(text: str, kind: ListingKind) -> str:
    """The class of a cell; of one that tells in words what others tell in figures, too."""
    if kind in (ListingKind.NUMBER, ListingKind.SHORT) and len(text) > _LINE:
        return f"{kind} told"
    return "" if kind is ListingKind.TEXT else kind
