"""A filled body in portions: a document of thousands of pages is never in memory as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

PORTION = 4_000_000  # characters, some 150 pages
_END = "</w:p>"
_HOLDER = re.compile(r"<(/?)w:(?:tbl|sdt|txbxContent|customXml)[ >]")  # what holds paragraphs of its own


def portions(pieces: Iterable[str], size: int) -> Iterator[str]:
    """What ``pieces`` are together, in portions of about ``size`` characters, each of whole paragraphs and tables.

    A portion ends after a paragraph, never after a table, since what stands below a table may belong to it.
    """
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length < size:
            continue
        text = "".join(waiting)
        if at := _last_end(text):
            yield text[:at]
        waiting, length = [text[at:]], 0  # what is left over counts with the next
    yield "".join(waiting)


def _last_end(text: str) -> int:
    """Where the last paragraph ends that stands in nothing else; 0 where there is none."""
    depth = begin = last = 0
    for holder in _HOLDER.finditer(text):
        if holder[1]:
            depth -= 1
            begin = holder.end() if not depth else begin
        else:
            last = last if depth else _end_in(text, begin, holder.start()) or last
            depth += 1
    return last if depth else _end_in(text, begin, len(text)) or last


def _end_in(text: str, begin: int, end: int) -> int:
    found = text.rfind(_END, begin, end)
    return 0 if found < 0 else found + len(_END)
