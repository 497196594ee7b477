"""What a cell says, as a formula: a number, a text, ``""`` where it is blank, else a ``Sign`` that it can't be read.

The sheet ``_v`` holds one for each keyed cell, so that the checks can go by short names; and at the top of its columns
C and D the ``LISTS`` in which formulas look things up: one that is shared may name no other sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS
from plan_tracker.forms.definition.choices import DIRECTIONS, NONE, PERCENT_WORDS, QUALITATIVE
from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.forms.definition.spec import Field, FieldKind, Form
from plan_tracker.forms.definition.workbook.signs import Sign

LISTS = (PROVINCES, (*MONTHS, *SHORT_MONTHS))
_NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT, FieldKind.DATE)
_PLACEHOLDERS = ("n/a", "na", "n.a.", "?", "(ระบุ)", "ระบุ")
_DASHES = "-–—._…"
_TOO_LARGE = "1000000000000000"
_BUDDHIST = 2400  # years from here on are of the Buddhist era
_DAY_1930, _DAY_2000, _DAY_2157, _DAY_2543, _DAY_2700 = 10959, 36526, 93870, 234853, 292196  # first days of years


def value_formula(form: Form, key: str, places: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The formula for the field ``key``; by field, ``places`` say what cells hold, and ``names`` what that says."""
    field, cell = form.fields[key], places[key]
    if not field.is_input:
        return cell
    read = _number(form, field, places) if field.kind in _NUMBERS else _words(field, cell, names)
    return f'IF(ISERROR({cell}),"{Sign.FAULTY}",{read})'


def _number(form: Form, field: Field, places: Mapping[str, str]) -> str:
    cell = places[field.key]
    typed = _typed_day(cell) if field.kind is FieldKind.DATE else f'"{Sign.UNREAD}"'
    blank = f"IF({_is_blank(field, cell)},{_blank_number(form, field, places)},{typed})"
    return f"IF(ISNUMBER({cell}),{_figure(field, cell)},{blank})"


def _blank_number(form: Form, field: Field, places: Mapping[str, str]) -> str:
    """Blank; but a dash beside amounts of its kind of money leaves open what it means."""
    if field.kind is not FieldKind.MONEY:
        return '""'
    row = field.key.rpartition(".")[0] + "."
    cell, others = places[field.key], [places[k] for k in form.inputs if k.startswith(row) and k != field.key]
    amounts = ",".join(f"IF(ISERROR({other}),TRUE,LEN({_bare(other)})>0)" for other in others)
    return f'IF(AND(LEN({cell})>0,LEN({_bare(cell)})=0,OR({amounts})),"{Sign.DASH}","")'


def _figure(field: Field, cell: str) -> str:
    if field.kind is FieldKind.DATE:
        return _day(cell)
    shown = f"ROUND({cell},2)" if field.kind is FieldKind.MONEY else cell
    outside = [f"{shown}<{field.low}"] if field.low is not None else []
    outside += [f"{shown}>{field.high}"] if field.high is not None else []
    if outside:
        shown = f'IF(OR({",".join(outside)}),"{Sign.OUTSIDE}",{shown})'
    if field.kind is FieldKind.PERCENT:
        shown = f'IF(AND({cell}>0,{cell}<1),"{Sign.UNCLEAR}",{shown})'
    return f'IF(ABS({cell})>={_TOO_LARGE},"{Sign.UNREAD}",{shown})'


def _words(field: Field, cell: str, names: Mapping[str, str]) -> str:
    return f'IF({_is_blank(field, cell)},"",{_text(field, cell, names)})'


def _text(field: Field, cell: str, names: Mapping[str, str]) -> str:
    trimmed = f"TRIM({cell})"
    if field.kind is FieldKind.CHOICE:
        known = ",".join(f'{trimmed}="{choice}"' for choice in field.choices)
        return f'IF(OR({known}),{trimmed},"{Sign.UNREAD}")'
    if field.kind is FieldKind.PROVINCES and field.choices:
        listed = f"$C$1:$C${len(PROVINCES)}"
        return f'IF(SUMPRODUCT(--({listed}={trimmed}))>0,{trimmed},"{Sign.UNREAD}")'
    if field.kind is FieldKind.EMAIL:
        return f'IF({_is_email(trimmed)},{trimmed},"{Sign.UNREAD}")'
    if field.kind is FieldKind.MEASURE:
        return _measure(cell, names.get(field.direction, '""'), names.get(field.unit, '""'))
    if field.max_length is not None:
        return f'IF(LEN({trimmed})>{field.max_length},"{Sign.LONG}",{trimmed})'
    return trimmed


def _measure(cell: str, direction: str, unit: str) -> str:
    """A number, or text where the direction is qualitative; between 0 and 1 it is unclear in per cent."""
    figures = ",".join(f'{direction}="{said}"' for said in DIRECTIONS if said != QUALITATIVE)
    per_cent = ",".join(f'ISNUMBER(SEARCH("{word}",{unit}))' for word in PERCENT_WORDS)
    number = f'IF(AND({cell}>0,{cell}<1,OR({per_cent})),"{Sign.UNCLEAR}",{cell})'
    number = f'IF({direction}="{QUALITATIVE}",{cell}&"",{number})'
    return f'IF(ISNUMBER({cell}),{number},IF(OR({figures}),"{Sign.UNREAD}",{cell}))'


def _day(cell: str) -> str:
    """A day's number; a year of the Buddhist era is counted back."""
    era = f"DATE(YEAR({cell})-{BUDDHIST_OFFSET},MONTH({cell}),DAY({cell}))"
    era = f'IF(DAY({era})=DAY({cell}),{era},"{Sign.UNREAD}")'
    late = f'IF(OR({cell}<{_DAY_2543},{cell}>={_DAY_2700}),"{Sign.UNREAD}",{era})'
    known = f"IF({cell}<{_DAY_2157},INT({cell}),{late})"
    return f'IF({cell}<{_DAY_1930},"{Sign.UNREAD}",IF({cell}<{_DAY_2000},"{Sign.UNCLEAR}",{known}))'


def _typed_day(cell: str) -> str:
    """The number of a day that stands in words, as "31 ธ.ค. 2568": few programs make a date of that."""
    text = f"TRIM({cell})"
    month = f'MID({text},FIND(" ",{text})+1,LEN({text})-FIND(" ",{text})-5)'
    known = f"MOD(MATCH({month},$D$1:$D${2 * len(MONTHS)},0)-1,12)+1"
    year, day = f"VALUE(RIGHT({text},4))", f'VALUE(LEFT({text},FIND(" ",{text})-1))'
    number = f"DATE({year}-IF({year}>={_BUDDHIST},{BUDDHIST_OFFSET},0),{known},{day})"
    fits = f'AND(LEFT(RIGHT({text},5),1)=" ",DAY({number})={day},{number}>={_DAY_2000},{number}<{_DAY_2157})'
    return f'IFERROR(IF({fits},{number},"{Sign.UNREAD}"),"{Sign.UNREAD}")'


def _is_email(text: str) -> str:
    at = f'FIND("@",{text})'
    return f'IFERROR(AND({at}>1,FIND(".",{text},{at}+2)>0,ISERROR(FIND(" ",{text})),RIGHT({text},1)<>"."),FALSE)'


def _bare(cell: str) -> str:
    """What stands in ``cell`` without dashes, dots and spaces."""
    for char in _DASHES:
        cell = f'SUBSTITUTE({cell},"{char}","")'
    return f'TRIM(SUBSTITUTE({cell},CHAR(10),""))'


def _is_blank(field: Field, cell: str) -> str:
    """Nothing but spaces, dashes and dots; or a word that only keeps the place."""
    words = (*_PLACEHOLDERS, *(() if field.none_is_answer else (NONE,)))
    kept = ",".join(f'LOWER(TRIM({cell}))="{word}"' for word in words)
    return f"OR(LEN({_bare(cell)})=0,{kept})"
