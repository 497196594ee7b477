"""What people type into cells, and how programs write it down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils.datetime import to_excel

from tests.corpus.piece import Piece

Step = Callable[[Piece], object]
__all__ = ["boolean", "cell", "comment", "cut", "empty", "fill", "formula", "inline", "iso_date"]


def fill(name: str, value: Any, number_format: str = "") -> Step:
    """``value`` typed into a field's cell."""

    def step(piece: Piece) -> None:
        known = isinstance(value, str | int | float) or (isinstance(value, date) and number_format)
        if known and not piece.is_open and str(value)[:1] != "=":  # the same, ten times as fast as opening the workbook
            written = to_excel(value) if isinstance(value, date) else value  # type: ignore[no-untyped-call]
            (inline(name, value) if isinstance(value, str) else cell(name, f"<c {{at}}><v>{written}</v></c>"))(piece)
            if number_format:
                piece.format_cell(name, number_format)
            return
        target = piece.cell(name)
        target.value = value
        if number_format:
            target.number_format = number_format

    return step


def empty(*names: str) -> Step:
    def step(piece: Piece) -> None:
        for name in names:
            piece.cell(name).value = None

    return step


def comment(name: str) -> Step:
    """A person's remark on a field's cell."""
    return lambda piece: setattr(piece.cell(name), "comment", Comment("ตรวจแล้ว (ตัวอย่าง)", "ผู้ตรวจ"))


def cut(name: str, other: str) -> Step:
    """An answer cut from one field's cell and pasted into another's."""

    def step(piece: Piece) -> None:
        piece.cell(other).value, piece.cell(name).value = piece.cell(name).value, None

    return step


def cell(name: str, xml: str) -> Step:
    """The cell's XML, in which ``{at}`` stands for its address and style, and ``{r}`` for the bare address."""

    return lambda piece: piece.edit_cell(name, lambda at, r: xml.replace("{at}", at).replace("{r}", r))


def formula(name: str, text: str, result: str | None = None, kind: str = "") -> Step:
    """A formula with the result that was stored with it; None: without one. ``kind``: ``e`` error, ``str`` text."""
    stored = "" if result is None else f"<v>{escape(result)}</v>"
    typed = f' t="{kind}"' if kind else ""
    return cell(name, f"<c {{at}}{typed}><f>{escape(text)}</f>{stored}</c>")


def inline(name: str, *runs: str) -> Step:
    """A text inside the sheet itself; in several pieces where it is partly bold."""
    text = f'<t xml:space="preserve">{escape(runs[0])}</t>'
    if len(runs) > 1:
        text = "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(run)}</t></r>' for run in runs)
    return cell(name, f'<c {{at}} t="inlineStr"><is>{text}</is></c>')


def boolean(name: str, value: int) -> Step:
    return cell(name, f'<c {{at}} t="b"><v>{value}</v></c>')


def iso_date(name: str, text: str) -> Step:
    """A day written as ISO 8601, as the Strict kind of workbook may."""
    return cell(name, f'<c {{at}} t="d"><v>{text}</v></c>')
