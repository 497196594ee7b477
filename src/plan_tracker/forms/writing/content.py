"""What goes into one issued workbook, before it is laid out."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from plan_tracker.config import Config
from plan_tracker.fiscal import Period, long_date, short_date
from plan_tracker.forms.definition.spec import Field, FieldKind, Form, Prefill
from plan_tracker.forms.definition.versions import FormVersion, field_of
from plan_tracker.forms.definition.workbook.identity import Identity
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM2_SHEET
from plan_tracker.register import Unit
from plan_tracker.values import Value, plain


class Mark(NamedTuple):
    """What is wrong with a cell. A warning can also be answered in the field ``note``."""

    message: str
    note: str = ""


class Update(NamedTuple):
    """What the register has changed since the unit last answered; ``before`` is that answer, None where it is blank."""

    before: Value | None
    after: Value


class LiveCheck(NamedTuple):
    """A check that runs in the workbook: ``formula`` is true while ``code`` is to be told of ``field``.

    Names of fields, of other sheets with their code, stand in its braces (see ``checking.live``), and in ``{#0}`` …
    its ``texts``, which are too long for a formula; ``note`` is where the unit explains itself. ``message`` is what it
    reads. With ``alone`` it is told only where nothing else is told of the field.
    """

    code: str
    field: str
    formula: str
    note: str
    is_error: bool
    message: str
    texts: tuple[str, ...] = ()
    alone: bool = False


class SharedChecks(tuple[LiveCheck, ...]):
    """Checks that many parts share. They are one object in another process too, and read there once."""

    def __reduce__(self) -> tuple[object, ...]:
        return _as_known, (self._pickled,)

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(tuple(self))


@lru_cache(maxsize=256)
def _as_known(pickled: bytes) -> SharedChecks:
    return SharedChecks(pickle.loads(pickled))  # noqa: S301 - what ``SharedChecks`` were sent as


_NO_CHECKS = SharedChecks()


@dataclass(frozen=True, slots=True)
class Part:
    """One project's sheet or one KPI's row.

    ``values`` are by field key, locked ones included; ``marks`` says what is wrong with a field, in a
    correction form, ``updates`` what the register has changed since. ``closed``: the project ended
    in an earlier quarter, only its money is asked. ``last``: what was answered in the quarter before; ``checks`` run
    live, the same for all parts of a kind, and ``own_checks`` of this one alone; ``open`` are those that tell something
    as issued, by code and field. ``unread`` fields hold what nothing
    can be made of (in a correction form), each with the code of its finding.
    """

    code: str
    name: str
    values: Mapping[str, Value]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    closed: bool = False
    updates: Mapping[str, Update] = field(default_factory=dict)
    last: Mapping[str, Value] = field(default_factory=dict)
    checks: SharedChecks = _NO_CHECKS
    own_checks: tuple[LiveCheck, ...] = ()
    open: frozenset[tuple[str, str]] = frozenset()
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """One unit's workbook. ``texts`` fill the slots (``title``, ``period``, ``due`` …) of its sheets."""

    identity: Identity
    texts: Mapping[str, str]
    projects: Sequence[Part]
    kpis: Sequence[Part]
    orders: Sequence[Part] = ()
    unit: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that the workbook asks of: the unit itself, its projects, KPIs and orders."""
        return (*((self.unit,) if self.unit else ()), *self.projects, *self.kpis, *self.orders)


OWN_ENTRY = "แผ่นงานนี้: ผู้ประสานงาน ข้อสั่งการ ผู้รายงานและผู้รับรอง"  # the cover in its own list
UPDATES_HEAD = "เปลี่ยนตามทะเบียน (ช่องสีฟ้า)"
_SHOWN = 100  # characters of a long text


def update_message(key: str, update: Update) -> str:
    """What is said beside a cell that the register has changed."""
    field = field_of(key)
    before = "(ว่าง)" if update.before is None else _shown(update.before)
    label = field.label if field else key
    return f"{label} เปลี่ยนตามทะเบียน จากเดิม “{before}” เป็น “{_shown(update.after)}”"


def _shown(value: Value) -> str:
    """A value as the unit would write it; of a long text its beginning."""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


def told_before(form: Form, part: Part) -> dict[str, str]:
    """What was answered last quarter to what is asked anew, as it stands beside the question."""
    return {f.key: _told(f, part.last[f.key]) for f in _asked(form) if f.key in part.last}


@cache
def _asked(form: Form) -> list[Field]:
    """The fields that are asked anew each quarter, but for notes."""
    return [f for f in form.fields.values() if f.prefill is Prefill.ASKED and not f.key.endswith(".note")]


def _told(f: Field, value: Value) -> str:
    """A value of last quarter as it is read; its label where several amounts stand in one row."""
    if isinstance(value, Decimal):
        return f"{f.label} {value:,.2f}" if f.kind is FieldKind.MONEY else plain(value)
    return short_date(value) if isinstance(value, date) else value


def _texts_before(content: Content, version: FormVersion) -> Iterator[str]:
    """Those of each row, and joined, since a row may hold several."""
    for form, parts in ((version.form1, content.projects), (version.form2, content.kpis)):
        for part in parts if form.columns.before else ():
            told = told_before(form, part)
            yield from told.values()
            rows: dict[str, list[str]] = {}
            for key, text in told.items():
                rows.setdefault(key.rpartition(".")[0], []).append(text)
            yield from ("\n".join(texts) for texts in rows.values())


def shown_texts(content: Content, version: FormVersion) -> tuple[str, ...]:
    """What a form shows outside its fields that is of this form alone."""
    parts = content.parts
    names = [text for part in parts for text in (part.code, part.name, heading_of(part))]
    marks = [mark.message for part in parts for mark in part.marks.values()]
    updates = [update_message(key, update) for part in content.projects for key, update in part.updates.items()]
    beside = [*marks, *updates, UPDATES_HEAD if updates else ""]
    shown = [*content.texts.values(), *names, kpi_count(content), FORM2_SHEET, COVER_SHEET, OWN_ENTRY, *beside]
    shown += _texts_before(content, version)
    return tuple(dict.fromkeys(text for text in shown if text))


def heading_of(part: Part) -> str:
    """What heads a project's sheet."""
    return f"{part.code}  {part.name}"


def kpi_count(content: Content) -> str:
    """What the cover's list calls Form 2."""
    return f"ตัวชี้วัด {len(content.kpis)} ตัว"


def cover_texts(config: Config, unit: Unit, period: Period, due: date, banner: str = "") -> dict[str, str]:
    """The texts of the cover and of the sheets' heads."""
    office = config.office
    reach = " ".join(
        part
        for part in (
            office.contact,
            f"โทร. {office.phone}" if office.phone else "",
            f"อีเมล {office.email}" if office.email else "",
        )
        if part
    )
    return {
        "title": f"แบบรายงานผลการดำเนินงานตาม{config.report.plan_title} {period.title}",
        "unit": f"{unit.name} ({unit.short})" if unit.short else unit.name,
        "banner": banner,
        "due": f"ส่งคืนภายในวันที่ {long_date(due)} ทางอีเมล {office.email}",
        "contact": f"สอบถามได้ที่ {office.division} {reach}".strip(),
        "period": f"{period.title} ({period.span})",
    }
