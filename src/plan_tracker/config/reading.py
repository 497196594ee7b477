"""Reads ``config.toml`` into ``Config``, by pydantic; every mistake in it is told at once, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_tracker.config.mistakes import Mistake, config_error, missing, unfit, unknown
from plan_tracker.config.tables import LETTER_KIND, Config, ExportLayout, Exports, LetterKind
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.system import describe_os_error

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_LAYOUT_DEPTH = 3  # export, the layout, its setting
_UNKNOWN, _MISSING = "unexpected_keyword_argument", "missing"  # pydantic's names


def read_config(path: Path) -> Config:
    """The configuration in ``path``; ``ConfigError`` names every setting that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        known = describe_os_error(error)
        if known is None:
            raise
        raise ConfigError(*known) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(
            _("{path}, line {line}: the file is not saved as UTF-8.").format(path=path.name, line=line),
            _("Save it as UTF-8: in Notepad by Save As, Encoding: UTF-8."),
        ) from error
    return parse_config(text, path.name)


def parse_config(text: str, name: str) -> Config:
    """The configuration in ``text``, the content of the file ``name``; errors as ``read_config``'s."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(name, text, str(error)) from error
    config, mistakes = build_config(raw)
    mistakes += _check_targets(raw)
    if mistakes or config is None:
        raise config_error(mistakes, text, name)
    return config


def build_config(raw: Mapping[str, Any]) -> tuple[Config | None, list[Mistake]]:
    """The configuration that ``raw``, as TOML has it, comes to; None where there are mistakes."""
    common, of_kinds = _apart(raw)
    exports = common.pop("export", {})
    config, mistakes = _validated(Config, _merged(_defaults(), common), ())
    for kind, said in of_kinds.items():
        mistakes += _validated(LetterKind, said, ("letters", kind))[1]
    layouts, wrong = _layouts(exports)
    mistakes += wrong
    if mistakes or config is None:
        return None, mistakes
    return replace(config, letters=replace(config.letters, of_kinds=of_kinds), export=Exports(layouts)), []


def _layouts(raw: object) -> tuple[dict[str, ExportLayout], list[Mistake]]:
    """The layouts of central forms by their names, and the mistakes in them; a column's stands for them all."""
    if not isinstance(raw, dict):
        return {}, [unfit(("export",), raw)]
    read = {name: _validated(ExportLayout, said, ("export", name)) for name, said in raw.items()}
    return {name: layout for name, (layout, _mistakes) in read.items()}, [
        mistake for _layout, mistakes in read.values() for mistake in mistakes
    ]


def _apart(raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """``raw`` without what it says of single kinds of letters, and that by the kind; which there are, letters know."""
    letters = raw.get("letters")
    if not isinstance(letters, dict):
        return dict(raw), {}
    of_kinds = {name: said for name, said in letters.items() if LETTER_KIND.fullmatch(name)}
    return {**raw, "letters": {name: said for name, said in letters.items() if name not in of_kinds}}, of_kinds


def _validated(kind: Any, raw: object, above: tuple[str, ...]) -> tuple[Any, list[Mistake]]:
    """``raw`` as a ``kind``, or the mistakes in it; ``above`` is the path of the table that it is."""
    from pydantic import ValidationError

    try:
        return _schema(kind).validate_python(raw), []
    except ValidationError as error:
        return None, [_mistake(found["type"], (*above, *found["loc"]), found["input"]) for found in error.errors()]


@cache
def _schema(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _defaults() -> dict[str, Any]:
    """Every setting's default."""
    defaults = asdict(Config(fiscal_year=0))
    del defaults["fiscal_year"], defaults["letters"]["of_kinds"], defaults["export"]
    return defaults


def _merged(defaults: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """``raw`` over ``defaults``, table by table."""
    merged = dict(defaults)
    for name, value in raw.items():
        before = merged.get(name)
        merged[name] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def _mistake(kind: str, place: tuple[str | int, ...], value: Any) -> Mistake:
    path = tuple(part for part in place if isinstance(part, str))  # an item of a list is told as its list
    path = path[:_LAYOUT_DEPTH] if path[0] == "export" else path  # and a column as the map that it stands in
    if kind == _UNKNOWN or path == ("letters", "of_kinds"):  # a table of each kind, not a setting of that name
        return unknown(path)
    return missing(path) if kind == _MISSING else unfit(path, value)


def _check_targets(raw: Mapping[str, Any]) -> Iterator[Mistake]:
    """A target without its source would stand in a report as plantrack's own opinion."""
    targets = raw.get("targets")
    if not isinstance(targets, dict) or str(targets.get("source", "")).strip():
        return
    numbers = [item for name in ("overall", "recurrent", "investment") for item in _items(targets.get(name))]
    if any(item not in ("", None) for item in numbers):
        yield Mistake(
            ("targets", "source"),
            _('targets are set without their source. Name the resolution or circular that sets them: source = "…"'),
        )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _not_toml(name: str, text: str, error: str) -> ConfigError:
    """What breaks TOML's grammar: the line, as it stands there."""
    found = _LINE.search(error)
    lines = text.split("\n")
    line = int(found[1]) if found and found[1] else len(text.rstrip().split("\n"))
    reason = _LINE.sub("", error).strip()
    return ConfigError(
        _("{path}, line {line}, is not valid TOML: {text} ({error})").format(
            path=name, line=line, text=lines[line - 1].strip()[:80], error=reason
        ),
        _(
            "Texts stand in straight double quotes, numbers in the digits 0–9, and each setting only once; what is"
            " opened by [ is closed by ]."
        ),
    )
