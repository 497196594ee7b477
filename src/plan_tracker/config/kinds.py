"""The kinds of settings: how one is read, and how an officer is told what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, Protocol, get_args, get_origin

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import parse_date
from plan_tracker.i18n import N_, _

Quarterly = tuple[Decimal | None, ...]  # a number for each quarter, None where there is none


class SettingKind(Protocol):
    """What may stand under a name."""

    def expected(self) -> str:
        """The words for what may stand there."""


class ValueKind(SettingKind, Protocol):
    """What a setting's annotation says of it; only TOML's own type is taken: "15" is no number, 1 no ``true``."""

    def read(self, value: Any) -> Any:
        """The setting, from ``value`` as TOML has it; ``UnfitError`` where it can't be that."""


class UnfitError(ValueError):
    """A value is not of its kind. ``values``: what of it does not fit, each of which is told."""

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self.values = values


def _fitting(value: Any, *, is_fit: bool) -> Any:
    if not is_fit:
        raise UnfitError(value)
    return value


class Text:
    """A text: what is annotated ``str``."""

    def read(self, value: Any) -> str:
        return str(_fitting(value, is_fit=isinstance(value, str)))

    def expected(self) -> str:
        return _('text in straight double quotes, such as "…"')


class YesNo:
    """``true`` or ``false``."""

    def read(self, value: Any) -> bool:
        return bool(_fitting(value, is_fit=isinstance(value, bool)))

    def expected(self) -> str:
        return _("true or false, without quotes")


class WholeNumber(NamedTuple):
    """A whole number from ``low`` to ``high``, both included; ``words`` say so."""

    low: int
    high: int
    words: str = N_("a whole number from {low} to {high}, without quotes")

    def read(self, value: Any) -> int:
        return int(_fitting(value, is_fit=type(value) is int and self.low <= value <= self.high))

    def expected(self) -> str:
        return _(self.words).format(low=self.low, high=self.high)


class Choice(NamedTuple):
    """One of a few texts; blank only where ``""`` is one of them."""

    options: tuple[str, ...]

    def read(self, value: Any) -> str:
        return str(_fitting(value, is_fit=isinstance(value, str) and value in self.options))

    def expected(self) -> str:
        return _("one of: {choices}").format(choices=", ".join(f'"{option}"' for option in self.options))


class Texts:
    """A list of texts: what is annotated as a tuple of ``str``."""

    def read(self, value: Any) -> tuple[str, ...]:
        _check_texts(_fitting(value, is_fit=isinstance(value, list)))
        return tuple(value)

    def expected(self) -> str:
        return _('a list of texts in square brackets, such as ["…", "…"]')


class ColumnMap:
    """Headings, each with a text for where its cells come from; they stand in a table of their own."""

    def read(self, value: Any) -> dict[str, str]:
        _check_texts(_fitting(value, is_fit=isinstance(value, dict)).values())
        return dict(value)

    def expected(self) -> str:
        return _('a heading and where its cells come from, each in straight double quotes: "…" = "…"')


class Days:
    """A list of days, as TOML has them or as people write them."""

    def read(self, value: Any) -> tuple[date, ...]:
        try:
            return tuple(item if type(item) is date else _day(item) for item in _list(value))
        except ValueError as error:
            raise UnfitError(value) from error

    def expected(self) -> str:
        return _('a list of days in square brackets, such as ["2 ม.ค. 2569", "2569-06-01"]')


class PerCents:
    """Four per cents from 0 to 100, one for each quarter; ``""`` is none."""

    def read(self, value: Any) -> Quarterly:
        try:
            four = _fitting(_list(value), is_fit=len(value) == 4)
            return tuple(None if item in ("", None) else _percent(item) for item in four)
        except ValueError as error:
            raise UnfitError(value) from error

    def expected(self) -> str:
        return _(
            'four per cents from 0 to 100, one for each quarter, such as [30, 52, 75, 93], and "" where there is none'
        )


class SettingsTable(NamedTuple):
    """Settings under a heading."""

    name: str

    def expected(self) -> str:
        return _("a heading on a line of its own, [{name}], with its settings on the lines below").format(
            name=self.name
        )


def _check_texts(items: Iterable[Any]) -> None:
    wrong = [item for item in items if not isinstance(item, str)]
    if wrong:
        raise UnfitError(*wrong)


def _list(value: Any) -> Any:
    return _fitting(value, is_fit=isinstance(value, list))


def _day(item: Any) -> date:
    if not isinstance(item, str):
        raise ValueError(item)
    try:
        return parse_date(item)
    except UsageError as error:
        raise ValueError(item) from error


def _percent(item: Any) -> Decimal:
    """A number of TOML, exact."""
    if type(item) not in (int, float) or not 0 <= item <= 100:
        raise ValueError(item)
    return Decimal(str(item))


def is_table(annotation: Any) -> bool:
    """Whether a setting is annotated as a table of settings."""
    return hasattr(annotation, "_fields")


def setting_kind(annotation: Any, name: str) -> SettingKind:
    """The kind of the setting ``name``, by its annotation."""
    return SettingsTable(name) if is_table(annotation) else value_kind(annotation)


def value_kind(annotation: Any) -> ValueKind:
    """The kind of a setting that is no table, by its annotation."""
    if get_origin(annotation) is Annotated:
        kind: ValueKind = get_args(annotation)[1]
        return kind
    return Text() if annotation is str else Texts()
