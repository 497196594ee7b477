"""An officer's desk for tests: a small register, and the commands as scripts run them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from plan_tracker.cli.app import app
from plan_tracker.demo.answers import answers_of
from plan_tracker.demo.units import fill_form
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.registerbook import write_register
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.steps.prepare.register import load_register
from plan_tracker.store import IssuedForm, Store
from plan_tracker.values import Value
from plan_tracker.workspace.folders import open_workspace

Q1, Q2 = Period(2569, 1), Period(2569, 2)
TODAY = date(2026, 1, 5)
Typed = Mapping[str, Value | int | float | None]

PLANS: list[dict[str, Value]] = [
    {"code": code, "name": name, "owner": owner, "fiscal_year": Decimal(2569)}
    for code, name, owner in (
        ("ops", "แผนปฏิบัติราชการประจำปีของ สป. (ตัวอย่าง)", "สำนักงานปลัดกระทรวง"),
        ("ministry", "แผนปฏิบัติราชการประจำปีของกระทรวง (ตัวอย่าง)", "กระทรวง"),
    )
]
UNITS: list[dict[str, Value]] = [
    {
        "code": "YS",
        "name": "กองยุทธศาสตร์ (ตัวอย่าง)",
        "short": "ยศ.",
        "letter_type": "memo",
        "unit_type": "division",
        "addressee": "ผู้อำนวยการกอง",
    },
    {"code": "ETDA", "name": "สพธอ. (ตัวอย่าง)", "short": "สพธอ.", "letter_type": "external", "addressee": "ผู้อำนวยการ"},
    {
        "code": "TS",
        "name": "กลุ่มตรวจสอบ (ตัวอย่าง)",
        "short": "ตส.",
        "letter_type": "memo",
        "unit_type": "division",
        "addressee": "หัวหน้ากลุ่ม",
    },
]
PROJECTS: list[dict[str, Value]] = [
    {
        "code": "P001",
        "name": "ระบบติดตามแผนงาน (ตัวอย่าง)",
        "plans": "ops, ministry",
        "unit": "YS",
        "f3.source[1]": c.ANNUAL_BUDGET,
        "f4.objectives": "1. เพื่อติดตามแผนงาน\n2. เพื่อลดงานซ้ำ",
        "f8.start_date": date(2025, 10, 1),
        "f8.end_date": date(2026, 9, 30),
        "f9.recurrent.act_budget": Decimal("4500000.00"),
        "f9.recurrent.budget": Decimal("4500000.00"),
    },
    {
        "code": "P002",
        "name": "จัดทำแผน (ตัวอย่าง)",
        "plans": "ops",
        "unit": "YS",
        "f3.source[1]": c.NO_BUDGET,
    },
    {"code": "P003", "name": "เอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)", "plans": "ministry", "unit": "ETDA"},
]
KPIS: list[dict[str, Value]] = [
    {
        "code": "K01",
        "name": "ร้อยละโครงการที่บรรลุ (ตัวอย่าง)",
        "plan": "ops",
        "unit": "YS",
        "measure": "ร้อยละ",
        "direction": c.HIGHER,
        "target": Decimal(80),
        "target_q1": Decimal(20),
    },
    {
        "code": "K02",
        "name": "ระดับความสำเร็จ (ตัวอย่าง)",
        "plan": "ministry",
        "unit": "ETDA",
        "measure": "ระดับ",
        "direction": c.LEVELS,
        "target": Decimal(5),
    },
]
TABLES = {"plans": PLANS, "units": UNITS, "projects": PROJECTS, "kpis": KPIS}


OWN_CONTACTS = {
    '"ศูนย์ราชการเฉลิมพระเกียรติฯ ถนนแจ้งวัฒนะ เขตหลักสี่ กรุงเทพฯ ๑๐๒๑๐"': '"120 หมู่ 3 ถนนแจ้งวัฒนะ กรุงเทพฯ 10210"',
    '"0 2000 0000 (ตัวอย่าง)"': '"0 2141 6000"',
    '"plan@example.go.th"': '"plan@office.go.th"',
    '"นายติดตาม แผนงาน (ตัวอย่าง)"': '"งานติดตาม"',
}


def settle_contacts(root: Path) -> None:
    """Puts an office's own contacts in place of the sample's."""
    config = root / "config.toml"
    text = config.read_text(encoding="utf-8")
    for sample, own in OWN_CONTACTS.items():
        text = text.replace(sample, own)
    config.write_text(text, encoding="utf-8")


def issue_small_workspace(
    root: Path, tables: Mapping[str, Sequence[Mapping[str, Value]]] = TABLES, *, forms: bool = True
) -> None:
    """Makes the small register's workspace at ``root``, an office's own, loaded, with Q1's ``forms`` issued."""
    init_workspace(root)
    settle_contacts(root)
    write_register(root / "register.xlsx", tables)
    place = replace(open_workspace(root), today=TODAY)
    store = Store(place.database)
    loaded = load_register(place, store)
    assert loaded.version, loaded.problems
    store.close()
    if forms:
        Desk(root).run("issue-forms", "q1", expect=0)


@dataclass
class Desk:
    """An officer's desk: a workspace, and the commands run in it as scripts run them."""

    root: Path
    today: date = TODAY

    def run(self, *words: str, expect: int | None = None) -> dict[str, Any]:
        """Runs ``plantrack WORDS --json``; gives the object on standard output."""
        result = self.invoke(*words, "--json")
        if expect is not None:
            assert result.exit_code == expect, result.output
        loaded = json.loads(result.stdout) if result.stdout else {}
        assert isinstance(loaded, dict)
        return loaded

    def report(self, *words: str) -> dict[str, Any]:
        """Runs ``plantrack report WORDS --json``: 1 where a unit or the template is missing."""
        result = self.invoke("report", *words, "--json")
        assert result.exit_code in (0, 1), result.output
        made = json.loads(result.stdout)
        needed = made["template"] == "lost" or any(report["missing"] for report in made["reports"])
        assert result.exit_code == int(needed), result.output
        assert isinstance(made, dict)
        return made

    def invoke(self, *words: str, today: str | None = None) -> Any:
        """Runs ``plantrack WORDS`` on the day that is played; ``today=""`` on the computer's own."""
        day = self.today.isoformat() if today is None else today
        environment = {"PLANTRACK_WORKSPACE": str(self.root), "PLANTRACK_TODAY": day}
        return CliRunner().invoke(app, list(words), env=environment)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def form_path(self, unit: str, period: Period = Q1) -> Path:
        return self.root / "outbox" / str(period) / "forms" / f"{period}-{unit}.xlsx"

    def newest_form(self, unit: str, period: Period = Q1) -> IssuedForm:
        store = Store(self.root / "data" / "plantrack.db")
        form = store.form(store.newest_form_ids(period)[unit])
        store.close()
        assert form is not None
        return form

    def answers(self, unit: str, period: Period = Q1) -> dict[str, Value | int | float | None]:
        """Good answers to the unit's newest form, by ``CODE/field``."""
        return answers_of(self.newest_form(unit, period))

    def send_back(
        self, unit: str, changes: Typed | None = None, *, name: str = "", form: Path | None = None, period: Period = Q1
    ) -> Path:
        """Puts the unit's form, filled in well but for ``changes``, into the inbox."""
        returned = self.inbox / (name or f"{unit}.xlsx")
        typed = dict(changes or {}) if form else self.answers(unit, period) | dict(changes or {})
        fill_form(form or self.form_path(unit, period), typed, returned)
        return returned

    def permit(self, period: str) -> None:
        """Takes the period's report through both directors to the executives' permission, given today, to publish."""
        day = f"{self.today.year + 543}-{self.today:%m-%d}"
        for act in ("submit", "approve", "submit", "approve", "submit"):
            self.run("review", act, period, expect=0)
        self.run("review", "permit", period, "--reference", "ดศ 0200/9", "--date", day, expect=0)

    def ingest_one(self) -> dict[str, Any]:
        """Runs ``ingest`` and gives the one file's result."""
        files = self.run("ingest")["files"]
        assert len(files) == 1, files
        assert isinstance(files[0], dict)
        return files[0]


def codes(file: Mapping[str, Any], *severities: str) -> set[tuple[str, str, str]]:
    """(code, project, field) of a file's findings, but for notices unless asked for."""
    wanted = severities or ("error", "warning", "rejected")
    return {(f["code"], f["project"], f["field"]) for f in file["findings"] if f["severity"] in wanted}
