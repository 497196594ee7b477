"""The kinds of settings: what pydantic takes for one, and how an officer is told what is expected.

pydantic itself is loaded where a kind is first asked for its schema.
"""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Protocol, get_args, get_origin

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import parse_date
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Quarterly = tuple[Decimal | None, ...]  # a number for each quarter, None where there is none


class ValueKind(Protocol):
    """What a setting's annotation says of it; only TOML's own type is taken: "15" is no number, 1 no ``true``."""

    def expected(self) -> str:
        """The words for what may stand there."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text: what is annotated ``str``."""

    def expected(self) -> str:
        return _('text in straight double quotes, such as "…"')


@dataclass(frozen=True, slots=True)
class YesNo:
    """``true`` or ``false``."""

    def expected(self) -> str:
        return _("true or false, without quotes")

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.bool_schema(strict=True)


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from ``low`` to ``high``, both included; ``words`` say so."""

    low: int
    high: int
    words: str = N_("a whole number from {low} to {high}, without quotes")

    def expected(self) -> str:
        return _(self.words).format(low=self.low, high=self.high)

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.int_schema(strict=True, ge=self.low, le=self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few texts; blank only where ``""`` is one of them."""

    options: tuple[str, ...]

    def expected(self) -> str:
        return _("one of: {choices}").format(choices=", ".join(f'"{option}"' for option in self.options))

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.literal_schema(list(self.options))


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts: what is annotated as a tuple of ``str``."""

    def expected(self) -> str:
        return _('a list of texts in square brackets, such as ["…", "…"]')


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Headings, each with a text for where its cells come from; they stand in a table of their own."""

    def expected(self) -> str:
        return _('a heading and where its cells come from, each in straight double quotes: "…" = "…"')

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.dict_schema(core_schema.str_schema(), core_schema.str_schema())


@dataclass(frozen=True, slots=True)
class Days:
    """A list of days, as TOML has them or as people write them."""

    def expected(self) -> str:
        return _('a list of days in square brackets, such as ["2 ม.ค. 2569", "2569-06-01"]')

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(_days)


@dataclass(frozen=True, slots=True)
class PerCents:
    """Four per cents from 0 to 100, one for each quarter; ``""`` is none."""

    def expected(self) -> str:
        return _(
            'four per cents from 0 to 100, one for each quarter, such as [30, 52, 75, 93], and "" where there is none'
        )

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(_quarterly)


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """Settings under a heading."""

    name: str

    def expected(self) -> str:
        return _("a heading on a line of its own, [{name}], with its settings on the lines below").format(
            name=self.name
        )


def _quarterly(value: Any) -> Quarterly:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise ValueError(value)
    return tuple(None if item in ("", None) else _percent(item) for item in value)


def _days(value: Any) -> tuple[date, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(value)
    return tuple(item if type(item) is date else _day(item) for item in value)


def _day(item: Any) -> date:
    if not isinstance(item, str):
        raise ValueError(item)
    try:
        return parse_date(item)
    except UsageError as error:
        raise ValueError(item) from error


def _percent(item: Any) -> Decimal:
    """A number of TOML, exact."""
    if type(item) is Decimal:  # a default
        return item
    if type(item) not in (int, float) or not 0 <= item <= 100:
        raise ValueError(item)
    return Decimal(str(item))


def setting_kind(annotation: Any, name: str) -> ValueKind:
    """The kind of the setting ``name``, by its annotation."""
    if get_origin(annotation) is Annotated:
        kind: ValueKind = get_args(annotation)[1]
        return kind
    if is_dataclass(annotation):
        return SettingsTable(name)
    return Text() if annotation is str else Texts()
