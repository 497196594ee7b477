"""The cells of the web site's tables as HTML: escaped, linked, labelled, and in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from plan_tracker.documents.wording import clean
from plan_tracker.i18n import Words
from plan_tracker.publication.site.listings import Listing, ListingColumn, ListingKind, text_of
from plan_tracker.publication.site.words import frame_words, held, is_thai, marked

_CODES = {"projects": "code", "units": "unit_code"}  # where a row has the code of the page that it links to
_LINE = 24  # characters that stay on one line at most, such as a stage; results may be told in words


@dataclass(frozen=True)
class Cells:
    """Makes cells for a page in the language of ``words``; ``known`` has the codes that have a page, by folder."""

    words: Words
    home: str
    known: Mapping[str, frozenset[str]]

    def of(self, row: object, listing: Listing) -> Markup:
        """All cells of a row. On a phone each is a line of a card, with its column's heading before it."""
        return Markup("").join(self._cell(row, column, listing) for column in listing.columns)

    def head(self, column: ListingColumn) -> Markup:
        return held(self._frame[column.head], self.words.language)

    def _cell(self, row: object, column: ListingColumn, listing: Listing) -> Markup:
        is_name, is_card = column.key == listing.names, bool(listing.width)
        made = {
            "role": ("rowheader" if is_name else "cell") if is_card else "",
            "scope": "row" if is_name else "",
            "class": self._look(row, column),
            "data-label": self._frame[column.head] if is_card and self._needs_head(row, column, is_name) else "",
        }
        # A year's site has a hundred thousand of these: Markup's own format takes three times as long.
        said = "".join(f' {name}="{escape(value)}"' for name, value in made.items() if value)
        tag = "th" if is_name else "td"
        return Markup(f"<{tag}{said}>{escape(self._linked(row, column))}</{tag}>")  # noqa: S704  # all of it is escaped

    def _needs_head(self, row: object, column: ListingColumn, is_name: bool) -> bool:
        """Whether a card says the cell's heading: a name says by itself what it is, but for the number of a quarter."""
        return not is_name or self.text(row, column).isdigit()

    def _look(self, row: object, column: ListingColumn) -> str:
        if column.kind in (ListingKind.NUMBER, ListingKind.SHORT) and len(self.text(row, column)) > _LINE:
            return f"{column.kind} told"
        return "" if column.kind is ListingKind.TEXT else column.kind

    def _linked(self, row: object, column: ListingColumn) -> Markup:
        shown = marked(self.text(row, column), self.words.language)
        code = text_of(row, _CODES[column.page]) if column.page else ""
        if code not in self.known.get(column.page, ()):
            return shown
        return Markup('<a href="{}{}/{}.html">{}</a>').format(self.home, column.page, code, shown)

    def text(self, row: object, column: ListingColumn) -> str:
        """What a cell says."""
        return clean(text_of(row, column.key))

    def choices(self, rows: Iterable[object], listing: Listing, key: str) -> list[str]:
        """The different texts of a column, in their order."""
        column = next(column for column in listing.columns if column.key == key)
        return list(dict.fromkeys(self.text(row, column) for row in rows))

    def option(self, text: str, value: str) -> Markup:
        """A choice of a filter; an option can't hold a ``span``, so that it says itself in what language it is."""
        lang = Markup(' lang="th"') if self.words.language != "th" and is_thai(text) else ""
        return Markup('<option value="{}"{}>{}</option>').format(value, lang, text)

    @cached_property
    def _frame(self) -> dict[str, str]:
        return frame_words(self.words)
