"""The form's live formulas: what is still missing, counted by the unit's own spreadsheet program.

Only functions that Excel, LibreOffice, WPS and Google Sheets agree on.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.forms.definition.names import COUNT, MARKS
from plan_tracker.forms.definition.spec import Field, Test, When


def count_to_zero(form: str, first: int, last: int) -> str:
    """What the counts of the rows ``first`` to ``last`` come to; in a correction form at least its red cells."""
    column = COUNT[form]
    return f"=MAX(SUM({column}{first}:{column}{last}),{MARKS[form]}2)"


def missing(field: Field, cells: Mapping[str, str]) -> str:
    """1 where ``field`` is due and blank, else 0. ``cells`` maps field keys to addresses."""
    if field.due is None:
        return "0"
    conditions = [_blank(cells[field.key]), *_due(field.due, cells)]
    return f"IF(AND({','.join(conditions)}),1,0)"


def _due(when: When, cells: Mapping[str, str]) -> list[str]:
    conditions = [_blank(cells[key]) for key in when.unless]
    if when.test is not Test.ALWAYS:
        conditions.append(_holds(when, [cells[key] for key in when.keys]))
    return conditions


def _holds(when: When, refs: list[str]) -> str:
    if when.test is Test.FILLED:
        return "OR(" + ",".join(_filled(ref) for ref in refs) + ")"
    if when.test is Test.POSITIVE:
        return "OR(" + ",".join(f"N({ref})>0" for ref in refs) + ")"
    equal = "OR(" + ",".join(f'TRIM({ref})="{value}"' for ref in refs for value in when.values) + ")"
    if when.test is Test.ONE_OF:
        return equal
    if when.test is Test.NONE_OF:
        return f"NOT({equal})"
    return "AND(" + ",".join(_filled(ref) for ref in refs) + f",NOT({equal}))"


def _blank(ref: str) -> str:
    return f"LEN(TRIM({ref}))=0"


def _filled(ref: str) -> str:
    return f"LEN(TRIM({ref}))>0"
