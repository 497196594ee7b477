"""How the cells of one sheet (or row) are checked, worked out once for all that are checked alike.

A block is so many rows of ``_v`` (see ``check_sheets``). In each row stands one check; beside the first of them stand
the cells that have a say, and the rows of the form. Formulas name other rows of their block by their distance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from plan_tracker.forms.definition.signs import Sign
from plan_tracker.forms.writing.cell_values import value_formula
from plan_tracker.forms.writing.content import LiveCheck
from plan_tracker.forms.writing.pages import Page
from plan_tracker.forms.writing.shared_formulas import mark

OPEN, WORDS, HELD, SAID, CONFIRMED, FIRST, MESSAGE, STATE, COMPARED = "ABCDEFGHI"  # the columns of a block
EXPLAIN, WELL = 1_000_000, 9_000_000
PREFIX = {0: "", 1: "✗ ต้องแก้: ", 2: "! ควรชี้แจง: "}
_NAME = re.compile(r"\{(#?)([^{}]+)\}")
_RANK, _HERE = mark(FIRST, 0), mark(SAID, 0)
_WORDS_OF = f"INDEX(${WORDS}:${WORDS},{_RANK}"
STATES = f"IF({_RANK}<{EXPLAIN},1,IF({_RANK}<{WELL},2,0))"
MESSAGES = (
    f'IF({_RANK}<{EXPLAIN},"{PREFIX[1]}"&{_WORDS_OF}),IF({_RANK}<{WELL},"{PREFIX[2]}"&{_WORDS_OF}-{EXPLAIN}),""))'
)
CONFIRMS = f'IF(AND({_HERE}<>"",{_HERE}<>"{Sign.FAULTY}"),1,0)'


class FormRow(NamedTuple):
    """A row of the form: its number, the places of its checks in the block, and the rank of the first that tells."""

    number: int
    checks: tuple[int, ...]
    formula: str


@dataclass(frozen=True, eq=False)
class Block:
    """The inputs of ``page`` and the ``checks`` of their fields, which are the same for all that share the block.

    ``locked`` are the facts that other checks go by; there are never more cells than checks.
    """

    page: Page
    checks: tuple[LiveCheck, ...]
    locked: frozenset[str]

    @cached_property
    def fields(self) -> dict[str, int]:
        """By field the row that says what its cell holds."""
        named = self.locked.union(*(names_in(check) for check in self.checks))
        inputs = self.page.form.inputs
        return {key: place for place, key in enumerate(key for key in self.page.order if key in inputs or key in named)}

    @cached_property
    def notes(self) -> frozenset[str]:
        """The fields in which a unit explains itself."""
        return frozenset(key for key in self.fields if key.endswith(".note"))

    @cached_property
    def values(self) -> list[str]:
        """What each of the fields' cells says."""

        def near(column: str, own: int) -> dict[str, str]:
            return {key: mark(column, place - own) for key, place in self.fields.items()}

        return [
            value_formula(self.page.form, key, near(HELD, place), near(SAID, place))
            for key, place in self.fields.items()
        ]

    @cached_property
    def opens(self) -> list[str]:
        """The formula of each check."""
        return [self.opens_at(check, place) for place, check in enumerate(self.checks)]

    def opens_at(self, check: LiveCheck, place: int, told: Sequence[int] = (), compared: int = 0) -> str:
        """The formula of ``check`` in the row ``place``: 0 is well, 1 an error, 2 a warning, 3 one that is confirmed.

        ``told`` are the places of what may be told of the same field already, ``compared`` that of its first text.
        """

        def named(found: re.Match[str]) -> str:
            if found[1]:
                return mark(COMPARED, compared + int(found[2]) - place)
            return mark(SAID, self.fields[found[2]] - place)

        tells = "1" if check.is_error else "2"
        if not check.is_error and check.note in self.fields:
            tells = f"IF({mark(CONFIRMED, self.fields[check.note] - place)}=1,3,2)"
        formula = f"IF({_NAME.sub(named, check.formula)},{tells},0)"
        if check.alone and told:
            formula = f"IF(SUM({','.join(mark(OPEN, other - place) for other in told)})=0,{formula},0)"
        return formula

    def rows(self, own: Iterable[LiveCheck]) -> tuple[FormRow, ...]:
        """The rows of the form in which something is checked, ``own`` checks included, from the top."""
        return _rows(self, tuple((check.field, check.is_error) for check in own))


@lru_cache(maxsize=20_000)
def names_in(check: LiveCheck) -> frozenset[str]:
    """The fields that the formula of ``check`` goes by."""
    return frozenset(name for sign, name in _NAME.findall(check.formula) if not sign)


@lru_cache(maxsize=1000)
def _rows(block: Block, own: tuple[tuple[str, bool], ...]) -> tuple[FormRow, ...]:
    rows: dict[int, list[tuple[int, bool]]] = {}
    checks = (*((check.field, check.is_error) for check in block.checks), *own)
    for place, (field, is_error) in enumerate(checks):
        rows.setdefault(block.page.slots[field].row, []).append((place, is_error))
    made = []
    for place, (number, found) in enumerate(sorted(rows.items())):
        formula = ",".join(_rank(other - place, is_error) for other, is_error in found)
        made.append(FormRow(number, tuple(other for other, _is_error in found), f"MIN({formula})"))
    return tuple(made)


def _rank(down: int, is_error: bool) -> str:
    """The rank of the check so many rows below: its row, those to be explained behind all errors."""
    state, row = mark(OPEN, down), f"ROW({mark(OPEN, down)})"
    return f"IF({state}=1,{row},{WELL})" if is_error else f"IF({state}=2,{EXPLAIN}+{row},{WELL})"
