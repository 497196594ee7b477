"""``config.toml``: what an office sets once. Reads the file; says by name what is wrong in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import LANGUAGES, _

URGENCIES = ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
LETTER_TYPES = ("memo", "external")
_LETTER_KIND = re.compile(r"L[1-9][0-9]?")  # which there are, ``documents.letters.kinds`` says


@dataclass(frozen=True, slots=True)
class Office:
    """Who sends the forms and letters. ``letterhead``: its name in lines, at the head of external letters."""

    name: str = "สำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    letterhead: str = ""
    ministry: str = "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    division: str = "กองยุทธศาสตร์และแผนงาน"
    address: str = ""
    phone: str = ""
    email: str = "plan@example.go.th"
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Due dates, in days. The manual sets none.

    ``days_for_…`` count from the day that a letter goes out, all others from the quarter's last day.
    """

    days_after_quarter: int = 15
    days_for_correction: int = 7
    days_for_reminder: int = 5
    days_for_comments: int = 7
    issue: int = -15
    circulation: int = 30
    report: int = 35
    monitoring: int = 40
    strategy: int = 45
    executives: int = 55
    publication: int = 60


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
class LetterKind:
    """What one kind of letter has of its own. Blank: as ``Letters`` says for all."""

    signatory_name: str = ""
    signatory_position: str = ""
    memo_signatory_name: str = ""
    memo_signatory_position: str = ""
    urgency: str = ""
    copies: str = ""
    number_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters are headed, worded and signed; ``of_kinds``: what is said of a kind (``L1`` …), by its name.

    A memo within the Office is its division's, and ``memo_signatory_position`` signs it; blank: who signs the letters.
    ``emblem`` is an image in the workspace; blank leaves room for it. ``owner`` is the ส่วนราชการเจ้าของเรื่อง;
    blank: the office's division. ``number_prefix`` stands before a number that is recorded without one.
    ``executives`` are whom L6 goes to, ``kpi_addressee`` whom L8 goes to.
    """

    signatory_name: str = ""
    signatory_position: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    memo_signatory_name: str = ""
    memo_signatory_position: str = "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน"
    emblem: str = ""
    urgency: str = ""
    owner: str = ""
    copies: str = ""
    number_prefix: str = ""
    permanent_secretary: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    by_order: str = "ตามบัญชาปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    monitoring_director: str = "ผอ.กตจ."
    strategy_director: str = "ผอ.ยศ."
    executives: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม ผ่านรองปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    kpi_addressee: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    kpi_letter_type: str = "memo"
    of_kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """``thai_digits``: ๑ ๒ ๓ in Word documents."""

    plan_title: str = "แผนปฏิบัติราชการประจำปี"
    thai_digits: bool = True


Quarterly = tuple[Decimal | None, ...]  # a number for each quarter, None where there is none
_NONE: Quarterly = (None,) * 4


@dataclass(frozen=True, slots=True)
class Targets:
    """Cumulative disbursement, in per cent of the budget, due by the end of each quarter; and who set it so.

    It is for projects funded by the annual budget alone. Blank means: not compared.
    """

    source: str = ""
    overall: Quarterly = _NONE
    recurrent: Quarterly = _NONE
    investment: Quarterly = _NONE

    def of(self, kind: str, quarter: int) -> Decimal | None:
        """The target of ``overall``, ``recurrent`` or ``investment`` in ``quarter`` (1–4)."""
        by_kind = {"overall": self.overall, "recurrent": self.recurrent, "investment": self.investment}
        return by_kind[kind][quarter - 1]


@dataclass(frozen=True, slots=True)
class Kpis:
    """Whether KPIs of these directions get a per cent of achievement, too, beside met or not met."""

    lower_proportional: bool = False  # target ÷ result × 100
    levels_proportional: bool = False  # result ÷ target × 100


@dataclass(frozen=True, slots=True)
class Publication:
    """The open data catalogue's entry. Blank maintainer and e-mail: those of ``Office``.

    ``owner_org`` is the organisation's id in the catalogue, ``url`` where the package of ``{period}`` lies on the web;
    the entry does without what is blank. ``objective`` may list several, with commas between them. ``earlier`` is the
    relative link to another period's package, with ``{period}`` for its name.
    """

    owner_org: str = ""
    maintainer: str = ""
    maintainer_email: str = ""
    license_id: str = "Open Data Common"
    tags: str = "แผนปฏิบัติราชการ, โครงการ, ตัวชี้วัด, การเบิกจ่ายงบประมาณ"
    notes: str = ""
    objective: str = "พันธกิจหน่วยงาน"
    data_type: str = "ข้อมูลระเบียน"
    data_source: str = ""
    url: str = ""
    earlier: str = "../../{period}/publication/"


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
    targets: Targets = field(default_factory=Targets)
    kpis: Kpis = field(default_factory=Kpis)
    publication: Publication = field(default_factory=Publication)


def read_config(path: Path) -> Config:
    """The configuration in ``path``; ``ConfigError`` names the setting that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(_("{path} can't be read: {error}").format(path=path.name, error=error)) from error
    except UnicodeDecodeError as error:
        raise _not_toml(path.name, error) from error
    return parse_config(text, path.name)


def _not_toml(name: str, error: ValueError) -> ConfigError:
    return ConfigError(
        _("{path} is not valid TOML: {error}").format(path=name, error=error),
        _("Texts stand in straight double quotes, and the file is saved as UTF-8."),
    )


def parse_config(text: str, name: str) -> Config:
    """The configuration in ``text``, the content of the file ``name``; errors as ``read_config``'s."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(name, error) from error
    config = _fill(Config, raw, "")
    assert isinstance(config, Config)
    if not 2400 <= config.fiscal_year <= 2999:
        raise ConfigError(_("fiscal_year must be a Buddhist year such as 2569."))
    if config.language not in LANGUAGES:
        raise ConfigError(_("language must be one of: {choices}").format(choices=", ".join(LANGUAGES)))
    _check_letters(config.letters)
    _check_targets(config.targets)
    return config


def _check_letters(letters: Letters) -> None:
    """``ConfigError`` for a speed of delivery or a type of letter that the regulation does not know."""
    of_kinds = {f"{kind}.urgency": said.get("urgency", "") for kind, said in letters.of_kinds.items()}
    for name, value, allowed in (
        *((name, value, URGENCIES) for name, value in {"urgency": letters.urgency, **of_kinds}.items()),
        ("kpi_letter_type", letters.kpi_letter_type, LETTER_TYPES),
    ):
        if value and value not in allowed:
            raise ConfigError(
                _("letters.{name} must be one of: {choices}").format(name=name, choices=", ".join(allowed))
            )


def _check_targets(targets: Targets) -> None:
    """A target without its source would stand in a report as plantrack's own opinion."""
    kinds = (targets.overall, targets.recurrent, targets.investment)
    if any(target is not None for kind in kinds for target in kind) and not targets.source.strip():
        raise ConfigError(
            _("config.toml sets disbursement targets without their source."),
            _('Name the resolution or circular that sets them: source = "…" under [targets].'),
        )


def _fill(kind: type, raw: dict[str, Any], where: str, default: Any = None) -> Any:
    """An instance of the dataclass ``kind`` from a TOML table, every name and type checked, else as ``default``."""
    hints = get_type_hints(kind)
    if kind is Letters:
        raw, of_kinds = _without_kinds(raw, where)
        default = replace(Letters() if default is None else default, of_kinds=of_kinds)
        del hints["of_kinds"]
    unknown = sorted(set(raw) - set(hints))
    if unknown:
        raise ConfigError(
            _("config.toml has a setting that does not exist: {name}").format(name=where + unknown[0]),
            _("It may be misspelt. These exist here: {names}").format(names=", ".join(sorted(hints))),
        )
    values: dict[str, Any] = {}
    for item in fields(kind):
        if item.name not in raw or item.name not in hints:
            continue
        expected, value = hints[item.name], raw[item.name]
        if is_dataclass(expected) and isinstance(expected, type) and isinstance(value, dict):
            values[item.name] = _fill(expected, value, f"{where}{item.name}.", _default(item))
        elif expected == Quarterly:
            values[item.name] = _quarterly(value, where + item.name)
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
    return kind(**values) if default is None else replace(default, **values)


def _without_kinds(raw: dict[str, Any], where: str) -> tuple[dict[str, Any], Mapping[str, Mapping[str, str]]]:
    """The settings of all letters, and those of a kind, whose names and types are checked."""
    of_kinds = {name: said for name, said in raw.items() if _LETTER_KIND.fullmatch(name) and isinstance(said, dict)}
    for name, said in of_kinds.items():
        _fill(LetterKind, said, f"{where}{name}.")
    return {name: said for name, said in raw.items() if name not in of_kinds}, of_kinds


def _default(item: Field[Any]) -> Any:
    return None if item.default_factory is MISSING else item.default_factory()


def _quarterly(value: Any, name: str) -> Quarterly:
    """Four per cents, ``""`` for none."""
    if isinstance(value, list) and len(value) == 4:
        numbers = [None if item == "" else _percent(item) for item in value]
        if all(number is not None or item == "" for number, item in zip(numbers, value, strict=True)):
            return tuple(numbers)
    raise ConfigError(
        _("config.toml: {name} should be four per cents from 0 to 100, one for each quarter.").format(name=name),
        _('Write "" where there is none: ["", "", "", 93].'),
    )


def _percent(item: Any) -> Decimal | None:
    """A number of TOML from 0 to 100, exact; None for anything else."""
    if type(item) not in (int, float) or not 0 <= item <= 100:
        return None
    return Decimal(str(item))
