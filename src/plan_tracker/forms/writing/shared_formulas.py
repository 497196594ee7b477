"""Formulas of a column that say the same of their own rows, written once, as spreadsheet programs write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

_PART = re.compile(r"""("[^"]*"|'[^']*'!|[A-Za-z_]\w*!?\()|(?<![\w$!])([A-Z]{1,3})([1-9]\d*)(?![\w(])""")


def share(column: str, formulas: Sequence[str]) -> list[str]:
    """The elements of ``formulas``, which stand in ``column`` from row 1 on and speak of their own sheet."""
    alike: dict[str, list[int]] = {}
    for row, formula in enumerate(formulas, 1):
        alike.setdefault(_relative(formula, row), []).append(row)
    made = [""] * len(formulas)
    for number, rows in enumerate(alike.values()):
        first, text = rows[0], escape(formulas[rows[0] - 1])
        if len(rows) == 1:
            made[first - 1] = f"<f>{text}</f>"
            continue
        made[first - 1] = f'<f t="shared" ref="{column}{first}:{column}{rows[-1]}" si="{number}">{text}</f>'
        for row in rows[1:]:
            made[row - 1] = f'<f t="shared" si="{number}"/>'
    return made


def _relative(formula: str, row: int) -> str:
    """``formula`` with the rows that it names counted from its own."""
    return _PART.sub(lambda part: part[1] or f"{part[2]}[{int(part[3]) - row}]", formula)
