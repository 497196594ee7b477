"""The store: one SQLite file in ``data/``, where the steps meet.

A rollback journal, because workspaces live on shared drives. Everything that one returned file brings is written in
one transaction. ``user_version`` numbers the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.names import CORRECTION, ISSUE
from plan_tracker.i18n import _
from plan_tracker.store.parts import Parts
from plan_tracker.store.records import (
    RegisterLoad,
    StoredReturn,
    answer_rows,
    finding_rows,
    form_from_row,
    kept_from_row,
    kept_row,
    state_rows,
)

if TYPE_CHECKING:
    from plan_tracker.analysis.basis.returns import States
    from plan_tracker.checking.findings import Finding
    from plan_tracker.forms.definition.versions import FormVersion
    from plan_tracker.lineage import Lineage
    from plan_tracker.register import Register
    from plan_tracker.store.answers import Answers
    from plan_tracker.store.correspondence.ledger import Letter
    from plan_tracker.store.correspondence.orders import Order
    from plan_tracker.store.quarter_loads import QuarterLoads
    from plan_tracker.store.records import Event, FormRow, IssuedForm, Known
    from plan_tracker.store.reporting.reports import Document, ReportRecord, Volume
    from plan_tracker.store.reporting.reviews import Comment, Recorded, Submitted, SubmittedReport
    from plan_tracker.values import Entry

__all__ = [
    "Comment",
    "Document",
    "Event",
    "IssuedForm",
    "Known",
    "Letter",
    "Order",
    "Recorded",
    "RegisterLoad",
    "ReportRecord",
    "Store",
    "StoredReturn",
    "Submitted",
    "SubmittedReport",
    "Volume",
]

_KEPT_BY: Final = {  # the part that has it
    "correspondence.ledger": ("Letter",),
    "correspondence.orders": ("Order",),
    "records": ("Event", "IssuedForm", "Known"),
    "reporting.reports": ("Document", "ReportRecord", "Volume"),
    "reporting.reviews": ("Comment", "Recorded", "Submitted", "SubmittedReport"),
}


def __getattr__(name: str) -> Any:
    """What a part of the store keeps, loaded when it is asked for."""
    for part, names in _KEPT_BY.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{part}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Store(Parts):
    """The workspace's database at ``path``, made at the first opening."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._registers: dict[int, Register] = {}
        self._lineages: dict[int, Lineage] = {}

    @cached_property
    def answers(self) -> Answers:
        from plan_tracker.store.answers import Answers

        return Answers(self._db, self.over_in, self.lineage)

    @cached_property
    def quarter_loads(self) -> QuarterLoads:
        from plan_tracker.store.quarter_loads import QuarterLoads

        return QuarterLoads(self.reports, self.form_register_versions)

    def close(self) -> None:
        self._db.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside stands, or nothing of it. Inside another one, it is part of that."""
        return self._db.transaction()

    # Documents

    def set_written(self, path: str, sha256: str) -> None:
        """Notes the bytes of a document as plantrack wrote it."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO written (path, sha256) VALUES (?, ?)", (path, sha256))

    def is_as_written(self, path: str, sha256: str) -> bool:
        """Whether nobody has edited a document since."""
        return bool(self._db.execute("SELECT 1 FROM written WHERE path = ? AND sha256 = ?", (path, sha256)).fetchone())

    def is_closed(self, period: Period) -> bool:
        """Whether returns for ``period`` are no longer taken: its report, or its year's, may be published."""
        return self.reviews.closed_by(period) is not None

    # The register

    def add_register(self, register: Register, *, loaded_at: str, source: str, sha256: str, because: str = "") -> int:
        """Keeps a load of the register; gives its version. The same content again is no new version."""
        from plan_tracker.store.register_json import register_to_json

        content = register_to_json(register)
        newest = self._db.execute("SELECT version, content FROM registers ORDER BY version DESC LIMIT 1").fetchone()
        if newest and newest["content"] == content:
            with self.transaction():
                self._db.execute("UPDATE registers SET sha256 = ? WHERE version = ?", (sha256, newest["version"]))
            return int(newest["version"])
        version = (newest["version"] if newest else 0) + 1
        with self.transaction():
            self._db.execute(
                "INSERT INTO registers (version, fiscal_year, loaded_at, source, sha256, content, because)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (version, register.fiscal_year, loaded_at, source, sha256, content, because),
            )
        return int(version)

    def register(self, version: int | None = None, *, fiscal_year: int | None = None) -> Register | None:
        """The register's load ``version``, else the newest, of one year where that is said; None without one."""
        if version is None:
            row = self._db.execute(
                "SELECT max(version) FROM registers WHERE ? IS NULL OR fiscal_year = ?", (fiscal_year, fiscal_year)
            ).fetchone()
            version = row[0]
        if version is None:
            return None
        if version not in self._registers:
            from plan_tracker.store.register_json import register_from_json

            row = self._db.execute("SELECT content FROM registers WHERE version = ?", (version,)).fetchone()
            self._registers[version] = register_from_json(row["content"], version)
        return self._registers[version]

    def register_loads(self) -> list[RegisterLoad]:
        """Every load of the register, the oldest first."""
        sql = "SELECT version, fiscal_year, loaded_at, source, because FROM registers ORDER BY version"
        return [RegisterLoad(*row) for row in self._db.execute(sql)]

    def newest_load(self) -> int:
        """The version of the newest load of the register; 0 without any."""
        return int(self._db.execute("SELECT coalesce(max(version), 0) FROM registers").fetchone()[0])

    def lineage(self, version: int | None = None) -> Lineage:
        """Under which codes everything has gone, as the loads up to ``version`` say, else all."""
        last = self.newest_load() if version is None else version
        if last not in self._lineages:
            from plan_tracker.lineage import lineage_of

            loads = (self.register(load.version) for load in self.register_loads() if load.version <= last)
            self._lineages[last] = lineage_of(register for register in loads if register)
        return self._lineages[last]

    def has_loaded(self, sha256: str) -> bool:
        """Whether a register workbook with these bytes is the newest that has been loaded."""
        row = self._db.execute("SELECT sha256 FROM registers ORDER BY version DESC LIMIT 1").fetchone()
        return bool(row) and row["sha256"] == sha256

    def register_for(self, period: Period) -> Register:
        """The newest load of the register of the period's year; ``OrderError`` where there is none."""
        register = self.register(fiscal_year=period.fiscal_year)
        if register is None:
            raise OrderError(
                _("No register of fiscal year {year} has been loaded.").format(year=period.fiscal_year),
                _("Set fiscal_year in config.toml, and load that year's register with: plantrack register load"),
            )
        return register

    def over_in(self, period: Period) -> set[str]:
        """The codes of projects and KPIs that have been cancelled or have ended, by the loads of the quarter."""
        register = self.register(fiscal_year=period.fiscal_year)
        if register and register.over and (last := self.quarter_loads.last(period)):
            register = self.register(last)
        return set(register.over) if register else set()

    # Forms

    def add_forms(self, rows: Iterable[FormRow]) -> None:
        """Keeps forms, each as ``form_row`` has it. Of thousands ``PackedRows`` take the least memory."""
        with self.transaction():
            self._db.executemany(
                "INSERT INTO forms (form_id, kind, based_on_version, form_version, unit, fiscal_year, quarter,"
                " issued_at, register_version, path, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def form(self, form_id: str) -> IssuedForm | None:
        row = self._db.execute("SELECT * FROM forms WHERE form_id = ?", (form_id,)).fetchone()
        return form_from_row(row) if row else None

    def issued_form(self, unit: str, period: Period) -> IssuedForm | None:
        """The newest form that asked the unit for all that it has to report; correction forms ask for a part."""
        row = self._db.execute(
            "SELECT * FROM forms WHERE fiscal_year = ? AND quarter = ? AND unit = ? AND kind = ?"
            " AND withdrawn_at = '' ORDER BY rowid DESC LIMIT 1",
            (period.fiscal_year, period.quarter, unit, ISSUE),
        ).fetchone()
        return form_from_row(row) if row else None

    def correction_form(self, unit: str, period: Period, version: int) -> IssuedForm | None:
        """The form that asked for what was open when the unit's newest return was ``version``."""
        row = self._db.execute(
            "SELECT * FROM forms WHERE fiscal_year = ? AND quarter = ? AND unit = ? AND kind = ?"
            " AND based_on_version = ? ORDER BY rowid DESC LIMIT 1",
            (period.fiscal_year, period.quarter, unit, CORRECTION, version),
        ).fetchone()
        return form_from_row(row) if row else None

    def forms_of(self, unit: str, period: Period) -> list[IssuedForm]:
        """Every form of the quarter that the unit was given and that stands, the oldest first."""
        rows = self._db.execute(
            "SELECT * FROM forms WHERE fiscal_year = ? AND quarter = ? AND unit = ? AND withdrawn_at = ''"
            " ORDER BY rowid",
            (period.fiscal_year, period.quarter, unit),
        )
        return [form_from_row(row) for row in rows]

    def withdraw_forms(self, form_ids: Iterable[str], at: str, paths: Mapping[str, str]) -> None:
        """Marks forms as taken back; ``paths`` says where files lie that have been put aside, by where they lay."""
        with self.transaction():
            self._db.executemany(
                "UPDATE forms SET withdrawn_at = ? WHERE form_id = ?", [(at, number) for number in form_ids]
            )
            self._db.executemany(
                "UPDATE forms SET path = ? WHERE path = ? AND withdrawn_at = ?",
                [(now, before, at) for before, now in paths.items()],
            )

    def form_registers(self, period: Period) -> dict[str, int]:
        """The register's version that each form of the quarter was made from, by the form's id."""
        rows = self._db.execute(
            "SELECT form_id, register_version FROM forms WHERE fiscal_year = ? AND quarter = ?",
            (period.fiscal_year, period.quarter),
        )
        return dict(rows.fetchall())

    def newest_issued_period(self, unit: str = "", fiscal_year: int | None = None) -> Period | None:
        """The latest quarter that has forms, of ``unit`` alone or of one year where that is named, whenever they were
        written: an earlier one may be corrected late.
        """
        row = self._db.execute(
            "SELECT fiscal_year, quarter FROM forms WHERE ? IN ('', unit) AND withdrawn_at = ''"
            " AND (? IS NULL OR fiscal_year = ?) ORDER BY fiscal_year DESC, quarter DESC LIMIT 1",
            (unit, fiscal_year, fiscal_year),
        ).fetchone()
        return Period(row["fiscal_year"], row["quarter"]) if row else None

    def issued_periods(self) -> list[Period]:
        """The quarters that forms went out for and stand, of every year."""
        rows = self._db.execute(
            "SELECT DISTINCT fiscal_year, quarter FROM forms WHERE withdrawn_at = '' ORDER BY fiscal_year, quarter"
        )
        return [Period(row["fiscal_year"], row["quarter"]) for row in rows]

    def newest_form_ids(self, period: Period) -> dict[str, str]:
        """The newest form of each unit, issued or for correction."""
        rows = self._db.execute(
            "SELECT unit, form_id FROM forms WHERE fiscal_year = ? AND quarter = ? AND withdrawn_at = ''"
            " ORDER BY rowid",
            (period.fiscal_year, period.quarter),
        )
        return {row["unit"]: row["form_id"] for row in rows}

    def form_register_versions(self, period: Period) -> dict[str, int]:
        """For each unit, the register's version that the newest form issued to it was made from."""
        rows = self._db.execute(
            "SELECT unit, register_version FROM forms WHERE fiscal_year = ? AND quarter = ? AND kind = ?"
            " AND withdrawn_at = '' ORDER BY rowid",
            (period.fiscal_year, period.quarter, ISSUE),
        )
        return {row["unit"]: row["register_version"] for row in rows}

    def form_versions(self, period: Period) -> dict[str, FormVersion]:
        """The version of each form that has been issued for ``period``, by the form's id."""
        from plan_tracker.forms.definition.versions import form_version

        rows = self._db.execute(
            "SELECT form_id, form_version FROM forms WHERE fiscal_year = ? AND quarter = ?",
            (period.fiscal_year, period.quarter),
        )
        return {form_id: version for form_id, number in rows if (version := form_version(number))}

    # Returns

    def kept_with_bytes(self, sha256: str) -> StoredReturn | None:
        """The return that has these very bytes."""
        row = self._db.execute("SELECT * FROM kept WHERE sha256 = ?", (sha256,)).fetchone()
        return kept_from_row(row) if row else None

    def next_version(self, unit: str, period: Period) -> int:
        row = self._db.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM returns WHERE fiscal_year = ? AND quarter = ? AND unit = ?",
            (period.fiscal_year, period.quarter, unit),
        ).fetchone()
        return int(row[0])

    def add_return(
        self,
        kept: StoredReturn,
        entries: Mapping[str, Entry],
        states: States,
        findings: Iterable[Finding],
    ) -> int:
        """Keeps a return with its answers, how each stands, and its findings, in one transaction.

        Gives its id (``kept.id`` is not used).
        """
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO returns (unit, fiscal_year, quarter, version, form_id, sha256, file, original,"
                " received_at, outcome, errors, warnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                kept_row(kept),
            )
            number = int(cursor.lastrowid or 0)
            self._db.executemany(
                "INSERT INTO answers (return_id, code, sheet, answers) VALUES (?, ?, ?, ?)",
                answer_rows(number, entries),
            )
            self._db.executemany(
                "INSERT INTO answer_states (return_id, code, state) VALUES (?, ?, ?)", state_rows(number, states)
            )
            self._add_findings(number, findings)
        return number

    def set_settled(self, kept: StoredReturn, findings: Iterable[Finding]) -> None:
        """Keeps what a return's findings have come to, once all that came with it has been read."""
        with self.transaction():
            self._db.execute(
                "UPDATE returns SET outcome = ?, errors = ?, warnings = ? WHERE id = ?",
                (kept.outcome, kept.errors, kept.warnings, kept.id),
            )
            self._db.execute("DELETE FROM findings WHERE return_id = ?", (kept.id,))
            self._add_findings(kept.id, findings)

    def _add_findings(self, number: int, findings: Iterable[Finding]) -> None:
        rows = finding_rows(number, findings)
        self._db.executemany(
            "INSERT INTO findings (return_id, number, code, severity, project, field, sheet, cell, value, status,"
            " params) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def returns(self, period: Period, unit: str = "") -> list[StoredReturn]:
        """Every return of the quarter, or of one ``unit`` in it, by unit and version."""
        rows = self._db.execute(
            "SELECT * FROM kept WHERE fiscal_year = ? AND quarter = ? AND unit BETWEEN ? AND ? ORDER BY unit, version",
            (period.fiscal_year, period.quarter, unit, unit or "\U0010ffff"),
        )
        return [kept_from_row(row) for row in rows]

    def kept(self, return_id: int) -> StoredReturn:
        """The return with this id, which is known to be there."""
        return kept_from_row(self._db.execute("SELECT * FROM kept WHERE id = ?", (return_id,)).fetchone())

    def originals(self) -> set[str]:
        """The paths, in the workspace, of the originals of every return."""
        return {row["original"] for row in self._db.execute("SELECT original FROM kept")}

    def to_correct(self) -> list[StoredReturn]:
        """The incomplete returns for which no correction list has been written, the oldest first."""
        sql = "SELECT * FROM kept WHERE outcome = 'incomplete' AND corrected = 0 ORDER BY id"
        return list(map(kept_from_row, self._db.execute(sql)))

    def set_corrected(self, return_ids: Iterable[int]) -> None:
        with self.transaction():
            self._db.executemany("UPDATE returns SET corrected = 1 WHERE id = ?", [(i,) for i in return_ids])
