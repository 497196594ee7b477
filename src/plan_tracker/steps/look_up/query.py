"""Any fields of any projects, KPIs and units over any periods, as one table. Reads the store; writes .xlsx or .csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from plan_tracker.documents.tables import Cell, Column, ColumnType, Table
from plan_tracker.documents.workbooks.sheets import write_data_tables
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import QUARTERS, Period, arabic_digits
from plan_tracker.forms.definition.labels import field_label
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT, field_of
from plan_tracker.i18n import Message, Words, _
from plan_tracker.merging.past_answers import PastAnswers
from plan_tracker.publication.opendata.files import write_csv
from plan_tracker.register import Kpi, Project
from plan_tracker.steps.look_up.new_file import check_new_file
from plan_tracker.store import Store
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace

USUAL: Final = (
    *("f14.stage", "f14.schedule", "f14.progress_percent", "f9.recurrent.budget", "f9.recurrent.disbursed"),
    *("f9.investment.budget", "f9.investment.disbursed", "k.result", "k.not_due"),
)
EVERY: Final = "all"  # the word for every field
_SHAPES: Final = {
    FieldKind.NUMBER: ColumnType.NUMBER,
    FieldKind.MONEY: ColumnType.MONEY,
    FieldKind.PERCENT: ColumnType.PERCENT,
    FieldKind.DATE: ColumnType.DATE,
}


@dataclass(frozen=True, slots=True)
class QueryRow:
    """What counts of one project or KPI in one quarter: the values of the fields that were asked for, by key."""

    period: Period
    unit: str
    code: str
    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The fields by their keys, and the rows: quarter by quarter, in the register's order; the ``path`` written to."""

    fields: Sequence[str]
    rows: Sequence[QueryRow]
    path: str = ""


def query(
    workspace: Workspace,
    store: Store,
    fields: Sequence[str],
    periods: Sequence[Period],
    *,
    units: Sequence[str] = (),
    codes: Sequence[str] = (),
    to: Path | None = None,
    dry_run: bool = False,
) -> QueryResult:
    """The answers that count; ``fields`` as people name them, those most asked for where empty.

    ``units`` and ``codes`` narrow it down; ``to`` is a file that must not exist yet.
    """
    check_new_file(to)
    keys = find_fields(fields) if fields else [key for key in USUAL if field_of(key)]
    rows = [row for period in _spanned(periods) for row in _rows(store, period, keys, units, codes)]
    told = keys if fields and EVERY not in fields else [key for key in keys if any(key in row.values for row in rows)]
    if to and not dry_run:
        _write(workspace, QueryResult(told, rows), to)
    return QueryResult(told, rows, str(to) if to else "")


def find_fields(words: Sequence[str]) -> list[str]:
    """The keys that ``words`` mean: ``f14.stage``, ``stage``, all of ``f14`` or ``14``, what is in the form's labels.

    ``UsageError`` for others.
    """
    known = [key for form in CURRENT.forms[:2] for key, field in form.fields.items() if not field.private]
    return list(dict.fromkeys(key for word in words for key in _meant(word, known)))


def _meant(word: str, known: Sequence[str]) -> list[str]:
    said = arabic_digits(word).strip().strip("()").lower()
    said = f"f{said}" if said.isdigit() else said
    if said == EVERY:
        return list(known)
    found = [key for key in known if key == said] or [
        key
        for key in known
        if key.startswith((f"{said}.", f"{said}[")) or re.sub(r"\[\d+\]", "", key).endswith(f".{said}")
    ]
    found = found or [key for key in known if said and any(said in label for label in _labels(key))]
    if not found:
        endings = {key.rpartition(".")[2] for key in known} | set(known)
        near = get_close_matches(said, endings, 3)
        likely = _("Did you mean {commands}?").format(commands=_(" or ").join(near)) if near else ""
        raise UsageError(
            _("No form has a field {field}.").format(field=word),
            likely or _("Name a field such as f14.stage, a section such as 9, or: all"),
        )
    return found


def _labels(key: str) -> list[str]:
    """What the form calls a field, in each language."""
    field = field_of(key)
    return [field_label(field, Words(language)).lower() for language in ("th", "en")] if field else []


def _spanned(periods: Sequence[Period]) -> list[Period]:
    return list(dict.fromkeys(quarter for period in periods for quarter in period.quarters))


def quarters_of(year: int) -> list[Period]:
    """All of a year's."""
    return [Period(year, quarter) for quarter in QUARTERS]


def _rows(
    store: Store, period: Period, keys: Sequence[str], units: Sequence[str], codes: Sequence[str]
) -> list[QueryRow]:
    register = store.register(fiscal_year=period.fiscal_year)
    if register is None:
        return []
    past, owned = PastAnswers(store), list[Project | Kpi]([*register.projects, *register.kpis])
    wanted = [one for one in owned if (not units or one.unit in units) and (not codes or one.code in codes)]
    told = past.of([one.code for one in wanted], period)
    return [
        QueryRow(period, told[one.code].unit, one.code, one.name, values)
        for one in wanted
        if one.code in told and (values := {key: v for key, v in told[one.code].values.items() if key in keys})
    ]


def _write(workspace: Workspace, found: QueryResult, to: Path) -> None:
    table = Table("query", Message("table", "Answers"), [*_ABOUT, *map(_column, found.fields)], list(found.rows), 5)
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.suffix.lower() == ".csv":
        write_csv(table, to)
    else:
        write_data_tables([table], workspace.config.office.name, to)


_ABOUT: Final[Sequence[Column[QueryRow]]] = (
    Column(
        "fiscal_year", Message("column", "Fiscal year (B.E.)"), lambda row: row.period.fiscal_year, ColumnType.WHOLE
    ),
    Column("quarter", Message("column", "Quarter"), lambda row: row.period.quarter, ColumnType.WHOLE),
    Column("unit_code", Message("column", "Unit code"), lambda row: row.unit, ColumnType.CODE),
    Column("project_code", Message("column", "Project code"), lambda row: row.code, ColumnType.CODE),
    Column("name", Message("column", "Project"), lambda row: row.name, ColumnType.LONG),
)


def _column(key: str) -> Column[QueryRow]:
    field = field_of(key)
    assert field is not None, "keys are those of a form"
    return Column(key, _title(field), _value(key), _SHAPES.get(field.kind, ColumnType.TEXT), field=key)


def _title(field: Field) -> Callable[[Words], str]:
    return lambda words: field_label(field, words)


def _value(key: str) -> Callable[[QueryRow], Cell]:
    return lambda row: row.values.get(key)
