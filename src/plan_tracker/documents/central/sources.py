"""Where a column of a central form comes from, as its map says: a field, a figure, the office's own fact, fixed words.

``f11.result_quarter`` is an answer, ``f13.problems.problem`` all answers of a table's column below each other,
``row.target`` the answer in the row's own table, ``disbursed`` a figure, ``x.emenscr`` a column that the office has
added to its register, ``= สป.ดศ.`` fixed words. ``@q1`` behind it asks for another quarter than the form's. Nothing is
read or written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Final

from plan_tracker.documents.central.rows import CentralRow
from plan_tracker.documents.tables import Cell, ColumnType
from plan_tracker.errors import ConfigError
from plan_tracker.forms.definition.labels import field_label
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import N_, Words, _, current_language
from plan_tracker.rounding import stated_percent
from plan_tracker.values import plain

FIXED, OWN, IN_ROW = "=", "x.", "row."
_QUARTER: Final = re.compile(r"@q([1-4])$")
_INDEX: Final = re.compile(r"\[\d+\]")
_TYPES: Final[Mapping[FieldKind, ColumnType]] = {
    FieldKind.NUMBER: ColumnType.NUMBER,
    FieldKind.MEASURE: ColumnType.NUMBER,
    FieldKind.MONEY: ColumnType.MONEY,
    FieldKind.PERCENT: ColumnType.PERCENT,
    FieldKind.DATE: ColumnType.DATE,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A ``value`` that a row has in a quarter, answered or worked out, and what it is called."""

    label: str
    value: Callable[[CentralRow, int], Cell]
    type: ColumnType = ColumnType.TEXT


@dataclass(frozen=True, slots=True)
class Source:
    """Where cells come from; ``about`` says so in the language in use."""

    value: Callable[[CentralRow], Cell]
    type: ColumnType
    about: str


def _money(name: str) -> Callable[[CentralRow, int], Cell]:
    def value(row: CentralRow, quarter: int) -> Cell:
        money = row.money(quarter)
        found: Cell = getattr(money, name) if money and money.is_stated else row.registered(name)
        return found

    return value


def _disbursed_percent(row: CentralRow, quarter: int) -> Cell:
    money = row.money(quarter)
    return stated_percent(money.disbursed_percent) if money else None


FIGURES: Final[Mapping[str, Figure]] = {
    "code": Figure(N_("The project's code"), lambda row, _quarter: row.project.code, ColumnType.CODE),
    "name": Figure(N_("The project's name"), lambda row, _quarter: row.project.name, ColumnType.LONG),
    "unit": Figure(N_("The unit's code"), lambda row, _quarter: row.project.unit, ColumnType.CODE),
    "unit_name": Figure(N_("The unit's name"), lambda row, _quarter: row.unit_name),
    "plans": Figure(N_("The plans that the project is in"), lambda row, _quarter: row.plans),
    "fiscal_year": Figure(N_("The fiscal year (B.E.)"), lambda row, _quarter: row.period.fiscal_year, ColumnType.WHOLE),
    "quarter": Figure(N_("The quarter, 1 to 4"), lambda row, _quarter: row.period.quarter, ColumnType.WHOLE),
    "planned": Figure(
        N_("Planned progress to date (per cent)"),
        lambda row, quarter: row.value(f"f8.planned_q{quarter}", row.period.quarter),
        ColumnType.PERCENT,
    ),
    "act_budget": Figure(N_("Budget by the act (baht)"), _money("act_budget"), ColumnType.MONEY),
    "budget": Figure(N_("Budget after transfers (baht)"), _money("budget"), ColumnType.MONEY),
    "committed": Figure(N_("Committed, not yet paid (baht)"), _money("committed"), ColumnType.MONEY),
    "disbursed": Figure(N_("Disbursed to date (baht)"), _money("disbursed"), ColumnType.MONEY),
    "disbursed_in_quarter": Figure(
        N_("Disbursed in the quarter alone (baht)"),
        lambda row, quarter: row.disbursed_in(quarter),
        ColumnType.MONEY,
    ),
    "remaining": Figure(N_("Remaining (baht)"), _money("remaining"), ColumnType.MONEY),
    "disbursed_percent": Figure(N_("Disbursed (per cent)"), _disbursed_percent, ColumnType.PERCENT),
    "row": Figure(N_("The number or name of the row in its table"), lambda row, _quarter: row.label, ColumnType.CODE),
}


def parse_source(said: str) -> Source | None:
    """What a column's map says; None where it leaves the column blank. ``ConfigError`` where nothing is called so."""
    text = said.strip()
    if text.startswith(FIXED):
        words = text.removeprefix(FIXED).strip()
        return Source(lambda _row: words, ColumnType.TEXT, _("always: {words}").format(words=words))
    found = _QUARTER.search(text)
    name, other = _QUARTER.sub("", text).lower(), int(found[1]) if found else None
    if not name:
        return None
    of_quarter = _named(name, said)
    about = (
        of_quarter.label
        if other is None
        else _("{what}, quarter {quarter}").format(what=of_quarter.label, quarter=other)
    )
    return Source(lambda row: of_quarter.value(row, other or row.period.quarter), of_quarter.type, about)


def _named(name: str, said: str) -> Figure:
    if name in FIGURES:
        figure = FIGURES[name]
        return replace(figure, label=_(figure.label))
    if name.startswith(OWN):
        about = _("the register's column {key}").format(key=name)
        return Figure(about, lambda row, _quarter: row.project.known.get(name))
    keys = _in_row(name.removeprefix(IN_ROW)) if name.startswith(IN_ROW) else answer_keys().get(name)
    if not keys:
        raise _unknown(name, said)
    field = CURRENT.form1.fields[keys[0]]
    if name.startswith(IN_ROW):
        ending = name.removeprefix(IN_ROW)
        return Figure(_label(field), lambda row, quarter: row.value(f"{row.row}.{ending}", quarter), _type(field))
    if len(keys) == 1:
        return Figure(_label(field), lambda row, quarter: row.value(keys[0], quarter), _type(field))
    return Figure(_label(field), lambda row, quarter: _below_each_other(row, keys, quarter), ColumnType.LONG)


def _in_row(ending: str) -> tuple[str, ...]:
    return tuple(key for key in CURRENT.form1.fields if "[" in key and key.endswith(f"].{ending}"))


@cache
def answer_keys() -> Mapping[str, tuple[str, ...]]:
    """The keys of Form 1's answers by what a map may call them: each alone, and a table's column without its rows."""
    fields = [key for key, field in CURRENT.form1.fields.items() if not field.private and not field.part_of]
    found: dict[str, tuple[str, ...]] = {key: (key,) for key in fields}
    for key in fields:
        if "[" in key:
            whole = _INDEX.sub("", key)
            found[whole] = (*found.get(whole, ()), key)
    return found


def _below_each_other(row: CentralRow, keys: tuple[str, ...], quarter: int) -> Cell:
    told = [plain(value) for key in keys if (value := row.value(key, quarter)) is not None]
    if len(told) < 2:
        return told[0] if told else None
    return "\n".join(f"{number}. {text}" for number, text in enumerate(told, 1))


def _type(field: Field) -> ColumnType:
    return _TYPES.get(field.kind, ColumnType.TEXT if field.choices else ColumnType.LONG)


def _label(field: Field) -> str:
    section = CURRENT.form1.section_of[field.key]
    return f"({section.number}) {field_label(field, Words(current_language())) or section.title}"


def _unknown(name: str, said: str) -> ConfigError:
    known = [*FIGURES, *answer_keys(), *(f"{IN_ROW}{key.rpartition('.')[2]}" for key in answer_keys() if "[" in key)]
    near = list(dict.fromkeys(get_close_matches(name, known, 3)))
    likely = _("Did you mean {commands}?").format(commands=_(" or ").join(near)) if near else ""
    return ConfigError(_("No answer and no figure is called {name}.").format(name=said.strip()), likely)
