"""``config.toml``: what an office sets once. Reads the file; says by name what is wrong in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import LANGUAGES, _


@dataclass(frozen=True, slots=True)
class Office:
    """Who sends the forms and letters."""

    name: str = "สำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    ministry: str = "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    division: str = "กองยุทธศาสตร์และแผนงาน"
    address: str = ""
    phone: str = ""
    email: str = "plan@example.go.th"
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Due dates, in days. The manual sets none."""

    days_after_quarter: int = 15
    days_for_correction: int = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """What a returned file may weigh, in millions of bytes (``unpacked_mb`` once unzipped), and its filled cells.

    ``memory_mb`` and ``seconds`` are what reading it may take before it is given up.
    """

    file_mb: int = 20
    unpacked_mb: int = 300
    cells: int = 500_000
    memory_mb: int = 1000
    seconds: int = 10


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters are headed and signed. ``emblem`` is an image in the workspace; blank leaves room for it."""

    signatory_name: str = ""
    signatory_position: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    emblem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``thai_digits``: ๑ ๒ ๓ in Word documents."""

    plan_title: str = "แผนปฏิบัติราชการประจำปี"
    thai_digits: bool = True


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file. Everything has a default but the fiscal year."""

    fiscal_year: int
    language: str = "th"
    office: Office = field(default_factory=Office)
    due: Due = field(default_factory=Due)
    limits: Limits = field(default_factory=Limits)
    letters: Letters = field(default_factory=Letters)
    report: Report = field(default_factory=Report)


def read_config(path: Path) -> Config:
    """The configuration in ``path``; ``ConfigError`` names the setting that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(_("{path} can't be read: {error}").format(path=path.name, error=error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("{path} is not valid TOML: {error}").format(path=path.name, error=error),
            _("Texts stand in straight double quotes, and the file is saved as UTF-8."),
        ) from error
    config = _fill(Config, raw, "")
    assert isinstance(config, Config)
    if not 2400 <= config.fiscal_year <= 2999:
        raise ConfigError(_("fiscal_year must be a Buddhist year such as 2569."))
    if config.language not in LANGUAGES:
        raise ConfigError(_("language must be one of: {choices}").format(choices=", ".join(LANGUAGES)))
    return config


def _fill(kind: type, raw: dict[str, Any], where: str) -> Any:
    """An instance of the dataclass ``kind`` from a TOML table, every name and type checked."""
    hints = get_type_hints(kind)
    unknown = sorted(set(raw) - set(hints))
    if unknown:
        raise ConfigError(
            _("config.toml has a setting that does not exist: {name}").format(name=where + unknown[0]),
            _("It may be misspelt. These exist here: {names}").format(names=", ".join(sorted(hints))),
        )
    values: dict[str, Any] = {}
    for item in fields(kind):
        if item.name not in raw:
            continue
        expected, value = hints[item.name], raw[item.name]
        if is_dataclass(expected) and isinstance(expected, type) and isinstance(value, dict):
            values[item.name] = _fill(expected, value, f"{item.name}.")
        elif type(value) is expected:
            values[item.name] = value
        else:
            raise ConfigError(
                _("config.toml: {name} should be {expected}, not {value!r}").format(
                    name=where + item.name, expected=getattr(expected, "__name__", expected), value=value
                )
            )
    if kind is Config and "fiscal_year" not in values:
        raise ConfigError(_("config.toml does not say the fiscal_year, such as fiscal_year = 2569."))
    return kind(**values)
