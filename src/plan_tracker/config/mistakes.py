"""Mistakes in ``config.toml`` as an officer is told them: line, setting, what is expected, the likely name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from plan_tracker.config.kinds import is_table, setting_kind
from plan_tracker.config.tables import LETTER_KIND, Config, ExportLayout, Exports, LetterKind, Letters
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _

Path = tuple[str, ...]  # ``("due", "issue")``
_LONGEST = 40  # characters of a wrong value that are told
_ALIKE = 0.6
_BY_NAME = ("of_kinds", "layouts")  # tables of their own, by the kind of letter or the name of the layout


class Mistake(NamedTuple):
    """What is wrong with the setting at ``path``."""

    path: Path
    message: str


def unknown(path: Path) -> Mistake:
    """A setting that does not exist: the likely name beside it, else where it stands, else what there is."""
    beside, everywhere = _names(path[:-1]), list(_paths(Config))
    near = get_close_matches(path[-1], beside, 1, _ALIKE)
    elsewhere = [known for known in everywhere if known[-1] == path[-1]]
    if near:
        advice = _("Did you mean {name}?").format(name=near[0])
    elif elsewhere:
        advice = _("{name} stands under [{table}].").format(name=path[-1], table=".".join(elsewhere[0][:-1]))
        if len(elsewhere[0]) == 1:
            advice = _("{name} stands at the top, above the first [ ].").format(name=path[-1])
    else:
        advice = _("These exist here: {names}").format(names=", ".join(beside))
    return Mistake(path, _("there is no such setting. {advice}").format(advice=advice))


def missing(path: Path) -> Mistake:
    return Mistake(path, _("it is missing. It should be {expected}.").format(expected=_expected(path)))


def unfit(path: Path, value: Any) -> Mistake:
    """A value of the wrong kind or out of range."""
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    return Mistake(path, _("it should be {expected}; it is {value}.").format(expected=_expected(path), value=shown))


def config_error(mistakes: Sequence[Mistake], text: str, name: str) -> ConfigError:
    """All ``mistakes`` in ``text``, the content of the file ``name``, in the order of their lines."""
    lines = setting_lines(text)
    places = sorted((_line(lines, mistake.path), ".".join(mistake.path), mistake.message) for mistake in mistakes)
    said = [_said(name, line, setting, message) for line, setting, message in places]
    if len(said) > 1:
        said.insert(0, _("{path} has {count} mistakes:").format(path=name, count=len(said)))
    return ConfigError("\n".join(said), _("Correct it in a text editor, save it, and run the command again."))


def every_setting() -> Iterator[tuple[Path, str]]:
    """Each setting that stands alone in a table or at the top, and what it should be."""
    for path in _paths(Config):
        if not is_table(settings_of(_table(path[:-1]))[path[-1]]):
            yield path, _expected(path)


def _said(name: str, line: int, setting: str, message: str) -> str:
    if not line:
        return _("{path}: {setting}: {message}").format(path=name, setting=setting, message=message)
    return _("{path}, line {line}: {setting}: {message}").format(path=name, line=line, setting=setting, message=message)


def _line(lines: dict[Path, int], path: Path) -> int:
    """The line of the setting, else of the nearest table around it; 0 where the file has neither."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def setting_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and setting of ``text``, which is TOML.

    A statement is as many lines as it takes to be TOML by itself, so that no syntax need be known here.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    begun, pending = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        pending = f"{pending}\n{line}" if pending else line
        try:
            said = tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue
        if pending.lstrip().startswith("["):
            table = max(_within(said, ()), key=len, default=())
            found.setdefault(table, begun)
        else:
            for path in _within(said, table):
                found.setdefault(path, begun)
        begun, pending = number + 1, ""
    return found


def _within(said: Any, above: Path) -> Iterator[Path]:
    """The path of everything in a table, the outer before the inner."""
    for key, value in said.items() if isinstance(said, dict) else ():
        yield (*above, key)
        yield from _within(value, (*above, key))


def _expected(path: Path) -> str:
    return setting_kind(_annotation(_table(path[:-1]), path[-1]), ".".join(path)).expected()


def _table(path: Path) -> Any:
    """The class whose settings stand in the table ``path``."""
    kind: Any = Config
    for name in path:
        kind = _annotation(kind, name)
    return kind


def _annotation(kind: Any, name: str) -> Any:
    """What the setting ``name`` of the table ``kind`` is annotated as; it may be a table itself."""
    if kind is Letters and LETTER_KIND.fullmatch(name):
        return LetterKind
    return ExportLayout if kind is Exports else settings_of(kind)[name]


def settings_of(kind: Any) -> dict[str, Any]:
    """The settings of a table by name, as they are annotated; without its tables whose names the office chooses."""
    return {name: annotation for name, annotation in kind.__annotations__.items() if name not in _BY_NAME}


def _names(path: Path) -> list[str]:
    return list(settings_of(_table(path)))


def _paths(kind: Any, above: Path = ()) -> Iterator[Path]:
    """Every setting that there is, but for those of a kind of letter."""
    for name, annotation in settings_of(kind).items():
        yield (*above, name)
        if is_table(annotation) and not above:
            yield from _paths(annotation, (*above, name))
