"""Tables whose Thai lines end between words, where rich knows of spaces alone.

The words are BudouX's guess: a small model and no dictionary, so that a screen is not kept waiting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, chop_cells
from rich.table import Table
from rich.text import Text

from plan_tracker.i18n import _

if TYPE_CHECKING:
    from budoux.parser import Parser
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.containers import Lines

_WORD = re.compile(r"\s*\S+?(?:\s+|(?<=/)(?![\d/]*(?:\s|$))|$)")  # to a space, or the end of a folder's name
_THAI = re.compile(r"([\u0e01-\u0e5b]+)")
_BETWEEN, _EDGES = 3, 2  # cells between columns, and at both sides
_BEGINS = re.compile(r"[\u0e01-\u0e2e\u0e40-\u0e44].")  # a consonant or a leading vowel, and not alone


class ThaiTable(Table):
    """A table whose cells, texts or markup, end their lines between words; columns are as wide as their words.

    ``most``: how many rows it has at the most; of those beyond it is told how many there are.
    """

    def __init__(self, *heads: str, most: int | None = None, **settings: Any) -> None:
        super().__init__(*heads, caption_justify="left", caption_style="", **settings)
        self._most, self._beyond = most, 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self._fit(options.max_width)
        return super().__rich_console__(console, options)

    def _fit(self, width: int) -> None:
        """Gives columns their widths where they don't all fit as they are: file names and amounts stay in one piece.

        Where even that is too wide it is left to rich.
        """
        texts = [[cell for cell in (column.header, *column.cells) if isinstance(cell, Text)] for column in self.columns]
        widest = [max((cell_len(line) for text in own for line in text.plain.split("\n")), default=0) for own in texts]
        room = width - _BETWEEN * (len(self.columns) - 1) - _EDGES
        if sum(widest) <= room:
            return
        least = [
            max((cell_len(word.rstrip()) for text in own for word in _words(text.plain)), default=0) for own in texts
        ]
        if sum(least) <= room:
            for column, fitting in zip(self.columns, shared_out(room, least, widest), strict=True):
                column.width = fitting

    def add_column(self, header: RenderableType = "", *names: Any, **settings: Any) -> None:
        super().add_column(_thai(header) or "", *names, **settings)

    def add_row(self, *cells: RenderableType | None, **settings: Any) -> None:
        if self._most is not None and self.row_count >= self._most:
            self._beyond += 1
            self.caption = _("… and {count} more; to see all: {option}").format(count=self._beyond, option="> FILE.txt")
        else:
            super().add_row(*map(_thai, cells), **settings)


class _ThaiText(Text):
    def wrap(self, console: Any, width: int, **settings: Any) -> Lines:
        """As rich does, once its lines are short enough for it to leave them as they are."""
        lines = [part for line in self.split(allow_blank=True) for part in line.divide(line_ends(line.plain, width))]
        for line in lines:
            line.rstrip()
        return Text("\n").join(lines).wrap(console, width, **settings)


def shared_out(room: int, least: Sequence[int], most: Sequence[int]) -> list[int]:
    """``room`` cells for columns that need ``least`` and want ``most``: those that want little more get it first."""
    widths, spare = list(least), room - sum(least)
    wanting = sorted(range(len(least)), key=lambda column: most[column] - least[column])
    for left, column in zip(range(len(wanting), 0, -1), wanting, strict=True):
        more = min(most[column] - least[column], spare // left)
        widths[column] += more
        spare -= more
    return widths


def line_ends(text: str, width: int) -> list[int]:
    """Where the one line ``text`` is cut for no part to be wider than ``width`` cells, spaces at its end apart.

    What is wider by itself, such as a checksum, is cut where the line is full.
    """
    if cell_len(text) <= width:
        return []
    found: list[int] = []
    at = used = 0
    for word in _words(text):
        wide = cell_len(word.rstrip())
        for part in chop_cells(word, width) if wide > width else [word]:
            if used and used + cell_len(part.rstrip()) > width:
                found.append(at)
                used = 0
            at += len(part)
            used += cell_len(part)
    return found


def _words(text: str) -> Iterator[str]:
    """What a line may end after, spaces included."""
    for word in _WORD.findall(text) or [text]:
        yield from _thai_words(word) if _THAI.search(word) else [word]


def _thai_words(word: str) -> list[str]:
    """The words of Thai that stands between spaces, with the signs and brackets around them."""
    found: list[str] = []
    glued = True  # the first, and what follows a sign
    for number, part in enumerate(_THAI.split(word)):
        for phrase in _parser().parse(part) if number % 2 else [part]:
            if found and (glued or not number % 2 or not _BEGINS.match(phrase)):
                found[-1] += phrase
            else:
                found.append(phrase)
            glued = not number % 2
    return found


def _thai(cell: RenderableType | None) -> RenderableType | None:
    if not isinstance(cell, str | Text):
        return cell
    text = Text(cell) if isinstance(cell, str) else cell  # never as markup: much of it is others'
    return _ThaiText(text.plain, style=text.style, justify=text.justify, overflow=text.overflow, spans=list(text.spans))


@cache
def _parser() -> Parser:
    from budoux import load_default_thai_parser

    return load_default_thai_parser()
