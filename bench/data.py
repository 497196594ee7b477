"""Made-up material for the measurements: registers of any size, and returns as units would send them."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from docxtpl import DocxTemplate

from bench.running import plantrack
from plan_tracker.analysis.report import report_figures
from plan_tracker.demo.answers import answers_of
from plan_tracker.demo.units import fill_form
from plan_tracker.documents.report.context import build_context, template_name, write_report
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.merging.datasets import take_bases
from plan_tracker.merging.years import merge_year
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.store import IssuedForm, Store, Volume
from plan_tracker.store.event_names import EventName
from plan_tracker.store.records import form_row
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace, open_workspace

PERIOD = Period(2569, 1)
PROJECTS_PER_UNIT = 8
FIRST = "U00000"
T = TypeVar("T")
_LOADED_AT = "2026-01-01T09:00:00+07:00"
_OFFICE = {"phone": "0 2000 0000", "email": "plans@office.test", "contact": "กลุ่มงานติดตามแผน"}


def make_workspace(root: Path, units: int, projects: int = PROJECTS_PER_UNIT) -> None:
    """A workspace whose register has ``units`` units of so many projects and a KPI each, and an office of its own."""
    init_workspace(root)
    settings = (root / "config.toml").read_text(encoding="utf-8")
    for key, value in _OFFICE.items():  # what is marked as a sample is never published
        settings = re.sub(f"(?m)^{key} = .*$", f'{key} = "{value}"', settings, count=1)
    (root / "config.toml").write_text(settings, encoding="utf-8")
    place, store = _open(root)
    register = Register(
        2569,
        (Plan("ops", "แผนปฏิบัติราชการ (ตัวอย่าง)", "หน่วยงาน (ตัวอย่าง)"),),
        tuple(_unit(number) for number in range(units)),
        tuple(_project(unit, number) for unit in range(units) for number in range(projects)),
        tuple(_kpi(number) for number in range(units)),
    )
    with store.transaction():
        number = store.add_register(register, loaded_at=_LOADED_AT, source="bench", sha256="")
        store.add_event(_LOADED_AT, EventName.REGISTER_LOAD, version=str(number), file="bench")
    store.close()
    assert place.root == root


def play(root: Path, units: int) -> None:
    """A quarter up to the returns of all ``units``, which are taken in."""
    make_workspace(root, units)
    plantrack("issue-forms", "q1", "--json", cwd=root)
    fill_inbox(root)
    plantrack("ingest", "--json", cwd=root)


def units_options(count: int) -> Iterator[str]:
    """``--unit U00000 --unit U00001 …``."""
    for number in range(count):
        yield from ("--unit", f"U{number:05}")


def fill_inbox(root: Path, count: int | None = None, *, faulty: bool = False) -> None:
    """Fills in the newest form of each unit, or of the first ``count``, as units do, and drops it into the inbox."""
    place, store = _open(root)
    newest = store.newest_form_ids(PERIOD)
    register = store.register()
    assert register is not None
    for unit in register.units[:count]:
        form = store.form(newest[unit.code])
        assert form is not None
        typed = answers_of(form)
        if faulty:
            wrong = {"f14.progress_percent": "ประมาณ 50", "f10.scope": "ทั่วไป", "f8.end_date": "31/2/2569"}
            typed |= {f"{code}/{key}": value for code in form.projects for key, value in wrong.items()}
        fill_form(root / form.path, typed, place.inbox / f"{unit.code}-{time.time_ns()}.xlsx")
    store.close()


def answer_all(root: Path) -> None:
    """Makes the store hold a form of every unit and its clean return: copies of what the first unit got and sent.

    Nothing of it lies in the workspace's folders; what looks at the store alone finds it as if it had been played.
    """
    plantrack("issue-forms", "q1", "--unit", FIRST, "--json", cwd=root)
    fill_inbox(root, 1)
    plantrack("ingest", "--json", cwd=root)
    _place, store = _open(root)
    register, sent = store.register(), store.returns(PERIOD)[0]
    form, told = store.form(sent.form_id), store.last_event(EventName.INGEST_ACCEPTED, PERIOD)
    entries, states = store.answers.entries(sent.id), store.answers.states(sent.id)
    assert register is not None
    assert form is not None
    assert told is not None
    with store.transaction():
        for unit in register.units[1:]:
            own = _copied_form(form, unit.code)
            store.add_forms([form_row(own)])
            kept = sent._replace(unit=unit.code, form_id=own.identity.form_id, sha256=_digest(unit.code))
            store.add_return(kept, _named_after(unit.code, entries), _named_after(unit.code, states), ())
            store.add_event(told.at, EventName.INGEST_ACCEPTED, **{**told.details, "unit": unit.code})
    store.close()


def _copied_form(form: IssuedForm, unit: str) -> IssuedForm:
    """What ``unit`` would have got where the first unit got ``form``."""
    return form._replace(
        identity=form.identity._replace(form_id=_digest(unit)[:16], unit=unit),
        values=_named_after(unit, form.values),
        projects=tuple(_named_after(unit, dict.fromkeys(form.projects))),
        kpis=tuple(_named_after(unit, dict.fromkeys(form.kpis))),
    )


def _named_after(unit: str, by_code: Mapping[str, T]) -> dict[str, T]:
    """The same by the codes of ``unit`` in place of the first one's."""
    return {code.replace(FIRST[1:], unit[1:]): value for code, value in by_code.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def count_returns(root: Path) -> int:
    """How many returns are kept."""
    _place, store = _open(root)
    count = len(store.returns(PERIOD))
    store.close()
    return count


def time_report(root: Path) -> tuple[float, float]:
    """Processor seconds of writing both volumes, and of docxtpl's bare render of the same templates and context."""
    place, store = _open(root)
    register = store.register()
    assert register is not None
    merged = merge_year(store, take_bases(store, place.config, PERIOD, place.today), PERIOD)
    report = report_figures(merged.plan_year(register.plans[0]), place.config)
    store.close()
    begun = time.process_time()
    for volume in Volume:
        write_report(report, place, root / "report.docx", volume=volume)
    ours = time.process_time() - begun
    built = build_context(report, place)
    context = {**built.by_tag(), "sheets": list(built.sheets), "charts": {}}
    begun = time.process_time()
    for volume in Volume:
        bare = DocxTemplate(place.template("docx", template_name(PERIOD, volume)))
        bare.render(context)
        bare.save(root / "report.docx")
    return ours, time.process_time() - begun


def permit(root: Path) -> None:
    """The report of the quarter goes through the hands of all until it may be published."""
    for act in ("submit", "approve", "submit", "approve", "submit"):
        plantrack("review", act, "q1", cwd=root)
    plantrack("review", "permit", "q1", "--reference", "1", "--date", date.today().isoformat(), cwd=root)


def time_bare_copy(package: Path, target: Path) -> float:
    """Processor seconds of writing the files below ``package`` once more."""
    contents = {path.relative_to(package): path.read_bytes() for path in package.rglob("*") if path.is_file()}
    begun = time.process_time()
    for place, content in contents.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        (target / place).write_bytes(content)
    return time.process_time() - begun


def _open(root: Path) -> tuple[Workspace, Store]:
    place = open_workspace(root)
    return place, Store(place.database)


def _unit(number: int) -> Unit:
    return Unit(f"U{number:05}", f"หน่วยงานที่ {number} (ตัวอย่าง)", "", "memo", "ผู้อำนวยการ (ตัวอย่าง)")


def _project(unit: int, number: int) -> Project:
    known: dict[str, Value] = {
        "f3.source[1]": c.ANNUAL_BUDGET,
        "f4.objectives": "1. เพื่อพัฒนาบริการดิจิทัลของหน่วยงานให้ประชาชนเข้าถึงได้สะดวก (ตัวอย่าง)",
        "f6.summary": "โครงการพัฒนาบริการดิจิทัลของหน่วยงาน ประกอบด้วยการวิเคราะห์ ออกแบบ พัฒนา ทดสอบ และเผยแพร่ (ตัวอย่าง) " * 5,
        "f8.start_date": date(2025, 10, 1),
        "f8.end_date": date(2026, 9, 30),
        "f9.recurrent.act_budget": Decimal("4500000.00"),
        "f9.recurrent.budget": Decimal("4500000.00"),
    }
    known["f6.summary"] = str(known["f6.summary"]).strip()
    code = f"P{unit:05}-{number}"
    return Project(code, f"โครงการที่ {number} ของหน่วยงานที่ {unit} (ตัวอย่าง)", ("ops",), f"U{unit:05}", known)


def _kpi(number: int) -> Kpi:
    return Kpi(f"K{number:05}", f"ตัวชี้วัดที่ {number} (ตัวอย่าง)", "ops", f"U{number:05}", "ร้อยละ", c.HIGHER, Decimal(80))
