"""The store: one SQLite file in ``data/``, where the steps meet.

A rollback journal, because workspaces live on shared drives. Everything that one returned file
brings is written in one transaction. ``user_version`` numbers the schema.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_tracker.checking.findings import Finding, Severity, Status
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period
from plan_tracker.forms.identity import Identity
from plan_tracker.i18n import _
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.values import Entry, Value, decode, decode_answer, encode, encode_answer

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE registers (
    version INTEGER PRIMARY KEY, fiscal_year INTEGER NOT NULL, loaded_at TEXT NOT NULL,
    source TEXT NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE forms (
    form_id TEXT PRIMARY KEY, kind TEXT NOT NULL, based_on_version INTEGER NOT NULL, form_version TEXT NOT NULL,
    unit TEXT NOT NULL, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, issued_at TEXT NOT NULL,
    register_version INTEGER NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX forms_of_unit ON forms (fiscal_year, quarter, unit);
CREATE TABLE returns (
    id INTEGER PRIMARY KEY, unit TEXT NOT NULL, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL,
    version INTEGER NOT NULL, form_id TEXT NOT NULL REFERENCES forms, sha256 TEXT NOT NULL, file TEXT NOT NULL,
    original TEXT NOT NULL, received_at TEXT NOT NULL, outcome TEXT NOT NULL, errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL, waived_because TEXT NOT NULL DEFAULT '', corrected INTEGER NOT NULL DEFAULT 0,
    UNIQUE (fiscal_year, quarter, unit, version));
CREATE INDEX returns_by_bytes ON returns (sha256);
CREATE INDEX returns_to_correct ON returns (corrected) WHERE outcome = 'incomplete' AND corrected = 0;
CREATE TABLE answers (
    return_id INTEGER NOT NULL REFERENCES returns, code TEXT NOT NULL, sheet TEXT NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (return_id, code)) WITHOUT ROWID;
CREATE TABLE findings (
    return_id INTEGER NOT NULL REFERENCES returns, number INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
    project TEXT NOT NULL, field TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL, value TEXT NOT NULL,
    status TEXT NOT NULL, params TEXT NOT NULL, PRIMARY KEY (return_id, number)) WITHOUT ROWID;
"""

Known = dict[str, dict[str, Value]]  # by project or KPI code: field key to value


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A form as it was issued: ``values`` holds every prefilled field, locked ones included."""

    identity: Identity
    register_version: int
    path: str
    values: Known
    projects: tuple[str, ...]
    kpis: tuple[str, ...]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """A return that has been kept. ``outcome`` is accepted or incomplete."""

    id: int
    unit: str
    period: Period
    version: int
    form_id: str
    sha256: str
    file: str
    original: str
    received_at: str
    outcome: str
    errors: int
    warnings: int
    waived_because: str

    @property
    def is_clean(self) -> bool:
        """Whether its figures count in reports."""
        return self.outcome == "accepted" or bool(self.waived_because)


_KEPT = (
    "id, unit, fiscal_year, quarter, version, form_id, sha256, file, original, received_at, outcome, errors,"
    " warnings, waived_because"
)


class Store:
    """The workspace's database at ``path``, made at the first opening."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._registers: dict[int, Register] = {}
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            with self.transaction():
                for statement in _SCHEMA.split(";")[:-1]:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise ConfigError(
                _("{path} was written by another version of plantrack.").format(path=path.name),
                _("Use the version of plantrack that last opened this workspace, or a newer one."),
            )

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside stands, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # The register

    def add_register(self, register: Register, *, loaded_at: str, source: str, sha256: str) -> int:
        """Keeps a load of the register; gives its version. The same content again is no new version."""
        content = _register_to_json(register)
        newest = self._db.execute("SELECT version, content FROM registers ORDER BY version DESC LIMIT 1").fetchone()
        if newest and newest[1] == content:
            return int(newest[0])
        version = (newest[0] if newest else 0) + 1
        with self.transaction():
            self._db.execute(
                "INSERT INTO registers VALUES (?, ?, ?, ?, ?, ?)",
                (version, register.fiscal_year, loaded_at, source, sha256, content),
            )
        return int(version)

    def register(self, version: int | None = None) -> Register | None:
        """The register's load ``version``, else the newest; None where nothing has been loaded."""
        if version is None:
            version = self._db.execute("SELECT max(version) FROM registers").fetchone()[0]
        if version is None:
            return None
        if version not in self._registers:
            row = self._db.execute("SELECT version, content FROM registers WHERE version = ?", (version,)).fetchone()
            self._registers[version] = _register_from_json(row[1], row[0])
        return self._registers[version]

    # Forms

    def add_forms(self, forms: Iterable[IssuedForm]) -> None:
        rows = [_form_row(form) for form in forms]
        with self.transaction():
            self._db.executemany("INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def form(self, form_id: str) -> IssuedForm | None:
        row = self._db.execute("SELECT * FROM forms WHERE form_id = ?", (form_id,)).fetchone()
        return _form_from_row(row) if row else None

    def form_codes(self, form_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes of the projects and of the KPIs that a form asks for."""
        form = self.form(form_id)
        return (form.projects, form.kpis) if form else ((), ())

    def newest_issued_period(self) -> Period | None:
        row = self._db.execute("SELECT fiscal_year, quarter FROM forms ORDER BY rowid DESC LIMIT 1").fetchone()
        return Period(*row) if row else None

    def newest_form_ids(self, period: Period) -> dict[str, str]:
        """The newest form of each unit, issued or for correction."""
        rows = self._db.execute(
            "SELECT unit, form_id FROM forms WHERE fiscal_year = ? AND quarter = ? ORDER BY rowid",
            (period.fiscal_year, period.quarter),
        )
        return {unit: form_id for unit, form_id in rows}

    # Returns

    def kept_with_bytes(self, sha256: str) -> Kept | None:
        """The return that has these very bytes."""
        row = self._db.execute(f"SELECT {_KEPT} FROM returns WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone()
        return _kept(row) if row else None

    def next_version(self, unit: str, period: Period) -> int:
        row = self._db.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM returns WHERE fiscal_year = ? AND quarter = ? AND unit = ?",
            (period.fiscal_year, period.quarter, unit),
        ).fetchone()
        return int(row[0])

    def add_return(
        self, kept: Kept, entries: Mapping[str, Entry], findings: Iterable[Finding]
    ) -> int:
        """Keeps a return with its answers and findings, in one transaction; gives its id (``kept.id`` is not used)."""
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO returns (unit, fiscal_year, quarter, version, form_id, sha256, file, original, received_at,"
                " outcome, errors, warnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    kept.unit,
                    kept.period.fiscal_year,
                    kept.period.quarter,
                    kept.version,
                    kept.form_id,
                    kept.sha256,
                    kept.file,
                    kept.original,
                    kept.received_at,
                    kept.outcome,
                    kept.errors,
                    kept.warnings,
                ),
            )
            number = int(cursor.lastrowid or 0)
            self._db.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", _answer_rows(number, entries))
            self._db.executemany(
                "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _finding_rows(number, findings)
            )
        return number

    def returns(self, period: Period) -> list[Kept]:
        """Every return of the quarter, by unit and version."""
        rows = self._db.execute(
            f"SELECT {_KEPT} FROM returns WHERE fiscal_year = ? AND quarter = ? ORDER BY unit, version",
            (period.fiscal_year, period.quarter),
        )
        return [_kept(row) for row in rows]

    def newest_clean(self, period: Period) -> dict[str, Kept]:
        """Each unit's newest clean return of the quarter: the one that counts."""
        return {kept.unit: kept for kept in self.returns(period) if kept.is_clean}

    def to_correct(self) -> list[Kept]:
        """The incomplete returns for which no correction list has been written, the oldest first."""
        rows = self._db.execute(
            f"SELECT {_KEPT} FROM returns WHERE outcome = 'incomplete' AND corrected = 0 ORDER BY id"
        )
        return [_kept(row) for row in rows]

    def set_corrected(self, return_ids: Iterable[int]) -> None:
        with self.transaction():
            self._db.executemany("UPDATE returns SET corrected = 1 WHERE id = ?", [(i,) for i in return_ids])

    def entries(self, return_id: int) -> dict[str, Entry]:
        """A return's answers, by project and KPI code."""
        rows = self._db.execute("SELECT code, sheet, answers FROM answers WHERE return_id = ?", (return_id,))
        return {
            code: Entry(sheet, {key: decode_answer(coded) for key, coded in json.loads(answers).items()})
            for code, sheet, answers in rows
        }

    def clean_answers(self, return_id: int) -> Known:
        """A return's answers that could be read, by code and field key."""
        return {
            code: {key: answer.value for key, answer in entry.answers.items() if answer.value is not None}
            for code, entry in self.entries(return_id).items()
        }

    def findings(self, return_id: int) -> list[Finding]:
        rows = self._db.execute(
            "SELECT code, severity, project, field, sheet, cell, value, status, params FROM findings"
            " WHERE return_id = ? ORDER BY number",
            (return_id,),
        )
        return [
            Finding(code, Severity(severity), project, field, sheet, cell, value, Status(status), json.loads(params))
            for code, severity, project, field, sheet, cell, value, status, params in rows
        ]


def _kept(row: tuple[Any, ...]) -> Kept:
    number, unit, fiscal_year, quarter, *rest = row
    return Kept(number, unit, Period(fiscal_year, quarter), *rest)


def _answer_rows(number: int, entries: Mapping[str, Entry]) -> Iterator[tuple[object, ...]]:
    for code, entry in entries.items():
        coded = {key: encode_answer(answer) for key, answer in entry.answers.items()}
        yield number, code, entry.sheet, json.dumps(coded, ensure_ascii=False, separators=(",", ":"))


def _finding_rows(number: int, findings: Iterable[Finding]) -> Iterator[tuple[object, ...]]:
    for index, f in enumerate(findings):
        params = json.dumps(dict(f.params), ensure_ascii=False)
        yield number, index, f.code, f.severity, f.project, f.field, f.sheet, f.cell, f.value, f.status, params


def _form_row(form: IssuedForm) -> tuple[object, ...]:
    i = form.identity
    content = {
        "values": _known_to_json(form.values),
        "projects": form.projects,
        "kpis": form.kpis,
        "closed": sorted(form.closed),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    numbers = int(i.fiscal_year), int(i.quarter)
    head = i.form_id, i.kind, int(i.based_on_version), i.form_version, i.unit, *numbers, i.issued_at
    return *head, form.register_version, form.path, text


def _form_from_row(row: tuple[Any, ...]) -> IssuedForm:
    *said, register_version, path, text = row
    content = json.loads(text)
    return IssuedForm(
        Identity(*(str(value) for value in said)),
        register_version,
        path,
        _known_from_json(content["values"]),
        tuple(content["projects"]),
        tuple(content["kpis"]),
        frozenset(content["closed"]),
    )


def _known_to_json(known: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, list[str]]]:
    return {code: {key: encode(value) for key, value in values.items()} for code, values in known.items()}


def _known_from_json(coded: dict[str, dict[str, list[str]]]) -> Known:
    return {code: {key: decode(*pair) for key, pair in values.items()} for code, values in coded.items()}


def _register_to_json(register: Register) -> str:
    """The register as one JSON text, numbers and dates tagged as in ``values``."""
    return json.dumps(
        {
            "fiscal_year": register.fiscal_year,
            "plans": [[p.code, p.name, p.owner] for p in register.plans],
            "units": [[u.code, u.name, u.short, u.letter_type, u.addressee, u.email] for u in register.units],
            "projects": [
                [p.code, p.name, list(p.plans), p.unit, {key: encode(value) for key, value in p.known.items()}]
                for p in register.projects
            ],
            "kpis": [
                [k.code, k.name, k.plan, k.unit, k.measure, k.direction, encode(k.target)]
                + [{str(q): encode(target) for q, target in k.targets.items()}]
                for k in register.kpis
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _register_from_json(text: str, version: int) -> Register:
    raw = json.loads(text)
    return Register(
        raw["fiscal_year"],
        tuple(Plan(*plan) for plan in raw["plans"]),
        tuple(Unit(*unit) for unit in raw["units"]),
        tuple(
            Project(code, name, tuple(plans), unit, {key: decode(*pair) for key, pair in known.items()})
            for code, name, plans, unit, known in raw["projects"]
        ),
        tuple(
            Kpi(code, name, plan, unit, measure, direction, _target(target), _targets(targets))
            for code, name, plan, unit, measure, direction, target, targets in raw["kpis"]
        ),
        version,
    )


def _target(coded: list[str]) -> Decimal | str:
    value = decode(*coded)
    assert isinstance(value, Decimal | str)
    return value


def _targets(coded: dict[str, list[str]]) -> dict[int, Decimal | str]:
    return {int(quarter): _target(pair) for quarter, pair in coded.items()}
