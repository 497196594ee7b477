"""Reads ``config.toml`` into ``Config``; every mistake in it is told at once, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plan_tracker.config.kinds import UnfitError, is_table, value_kind
from plan_tracker.config.mistakes import Mistake, config_error, missing, settings_of, unfit, unknown
from plan_tracker.config.tables import LETTER_KIND, Config, ExportLayout, Exports, LetterKind
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.system import describe_os_error

_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


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
    config, mistakes = _read_table(Config, common, ())
    for kind, said in of_kinds.items():
        mistakes += _read_table(LetterKind, said, ("letters", kind))[1]
    layouts, wrong = _layouts(exports)
    mistakes += wrong
    if mistakes or config is None:
        return None, mistakes
    return config._replace(letters=config.letters._replace(of_kinds=of_kinds), export=Exports(layouts)), []


def _layouts(raw: object) -> tuple[dict[str, ExportLayout], list[Mistake]]:
    """The layouts of central forms by their names, and the mistakes in them; a column's stands for them all."""
    if not isinstance(raw, dict):
        return {}, [unfit(("export",), raw)]
    read = {name: _read_table(ExportLayout, said, ("export", name)) for name, said in raw.items()}
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


def _read_table(kind: Any, raw: object, path: tuple[str, ...]) -> tuple[Any, list[Mistake]]:
    """``raw``, which stands at ``path``, as a ``kind``, or the mistakes in it. What it doesn't say is as by default."""
    if not isinstance(raw, dict):
        return None, [unfit(path, raw)]
    known, said = settings_of(kind), dict[str, Any]()
    mistakes = [unknown((*path, name)) for name in raw if name not in known]
    mistakes += [
        missing((*path, name)) for name in kind._fields if name not in raw and name not in kind._field_defaults
    ]
    for name in raw.keys() & known.keys():
        said[name], wrong = _read_setting(known[name], raw[name], (*path, name))
        mistakes += wrong
    return None if mistakes else kind(**said), mistakes


def _read_setting(annotation: Any, raw: object, path: tuple[str, ...]) -> tuple[Any, list[Mistake]]:
    if is_table(annotation):
        return _read_table(annotation, raw, path)
    try:
        return value_kind(annotation).read(raw), []
    except UnfitError as error:
        return None, [unfit(path, value) for value in error.values]


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
