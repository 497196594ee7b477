"""Step 4, for what came back faulty: a correction list, a correction form and a letter per unit (R10).

Reads incomplete returns from the store; writes ``outbox/…/corrections``. What has been written once is not
written again, so that a run that was cut off goes on where it stopped. A unit whose correction can't be written is
reported, and tried again by the next run; the others get theirs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.checking.catalogue import note_of, words
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.documents.letters import faults_of, write_correction
from plan_tracker.documents.workbooks.correction_list import CorrectionList, write_correction_list
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.drafts import Drafts
from plan_tracker.due import correction_due
from plan_tracker.errors import PlantrackError
from plan_tracker.forms.definition.identity import new_identity, signing_key
from plan_tracker.forms.definition.names import CORRECTION
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.writing.build import FormWriters
from plan_tracker.forms.writing.content import Content, Mark, Part, cover_texts
from plan_tracker.intake.faults import note_fault
from plan_tracker.register import Register
from plan_tracker.store import IssuedForm, Store, StoredReturn
from plan_tracker.store.event_names import EventName
from plan_tracker.values import Entry, Value
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Correction:
    """What was written for one unit, by paths in the workspace."""

    unit: str
    list: str
    form: str
    letter: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A unit whose correction could not be written, why, and what a person can do about it."""

    unit: str
    reason: str
    advice: str = ""


def write_corrections(workspace: Workspace, store: Store) -> tuple[list[Correction], list[Unwritten]]:
    """Writes what is due for every incomplete return that is its unit's newest; gives what could not be, too."""
    due = store.to_correct()
    newest = {
        (kept.unit, kept.period): kept for kept in due if store.next_version(kept.unit, kept.period) == kept.version + 1
    }
    store.set_corrected({kept.id for kept in due} - {kept.id for kept in newest.values()})
    if not newest:
        return [], []
    template, key = workspace.template("xlsx", "form.xlsx"), signing_key(workspace.data)
    writers = FormWriters(template, key)
    ended = [_trapped(workspace, store, writers, kept) for kept in newest.values()]
    written = [item for item in ended if isinstance(item, Correction)]
    return written, [item for item in ended if isinstance(item, Unwritten)]


def _trapped(workspace: Workspace, store: Store, writers: FormWriters, kept: StoredReturn) -> Correction | Unwritten:
    """One unit's correction; what goes wrong over it never stops the others."""
    try:
        return _write(workspace, store, writers, kept)
    except PlantrackError as error:
        return Unwritten(kept.unit, error.what, error.advice)
    except OSError as error:  # open in another program, the disk full
        return Unwritten(kept.unit, f"{error.filename or ''} {error.strerror or error}".strip())
    except sqlite3.OperationalError:  # the store can't be written: no unit's fault
        raise
    except Exception as error:
        log = note_fault(workspace, f"{kept.period} {kept.unit} v{kept.version}")
        return Unwritten(kept.unit, f"{type(error).__name__}, {log}")


def _write(workspace: Workspace, store: Store, writers: FormWriters, kept: StoredReturn) -> Correction:
    form = store.form(kept.form_id)
    assert form is not None
    register = store.register(form.register_version)
    assert register is not None
    unit = register.unit_by_code[kept.unit]
    findings = store.findings(kept.id)
    pending = [finding for finding in findings if finding.holds_back]
    folder = workspace.outbox(kept.period, "corrections")
    base = f"{kept.period}-{kept.unit}-v{kept.version}"
    paths = {kind: folder / f"{base}-{kind}" for kind in ("list.xlsx", "form.xlsx")}
    drafts = Drafts(workspace, store, kept.period, "corrections")
    letter = drafts.path("L3", kept.unit, f"v{kept.version}")
    content = _content(workspace, register, form, kept, store.entries(kept.id), pending)
    places = {
        cell.field: (cell.sheet, cell.cell) for cell in writers.of(form.version).write(content, paths["form.xlsx"])
    }
    due = correction_due(workspace.config, workspace.today)
    parts = (*content.projects, *content.kpis, *content.orders)
    names = {part.code: part.name for part in parts}
    write_correction_list(
        CorrectionList(
            unit, kept.period, kept.version, kept.file, due, pending, names, paths["form.xlsx"].name, places
        ),
        paths["list.xlsx"],
    )
    attachments = [paths["list.xlsx"].name, paths["form.xlsx"].name]
    write_correction(
        workspace,
        register,
        unit,
        kept.period,
        due,
        faults_of(pending, names),
        attachments,
        workspace.root / letter,
        refers=cited(precedent(store, "L3", kept.unit, kept.period)),
    )
    relative = workspace.relative(paths["form.xlsx"])
    values = {part.code: _issued_values(part, form) for part in parts}
    issued = IssuedForm(
        content.identity, form.register_version, relative, values, form.projects, form.kpis, form.closed, form.orders
    )
    with store.transaction():
        store.add_forms([issued])
        store.set_corrected([kept.id])
        drafts.note("L3", kept.unit, letter, f"v{kept.version}")
        store.add_event(
            workspace.timestamp(),
            EventName.CORRECTION,
            period=str(kept.period),
            unit=kept.unit,
            version=str(kept.version),
            file=relative,
        )
    return Correction(kept.unit, workspace.relative(paths["list.xlsx"]), relative, letter)


def _content(
    workspace: Workspace,
    register: Register,
    form: IssuedForm,
    kept: StoredReturn,
    entries: Mapping[str, Entry],
    pending: Sequence[Finding],
) -> Content:
    """The form anew, holding what the unit typed, its faults marked."""
    identity = new_identity(
        CORRECTION, form.version.number, kept.unit, kept.period, workspace.timestamp(), kept.version
    )
    banner = (
        f"แบบแก้ไขของฉบับที่ {kept.version}: ขอให้แก้ไขช่องสีแดงตามคำอธิบายท้ายแถว จำนวน {len(pending)} รายการ "
        "ข้อมูลอื่นที่กรอกไว้คงอยู่ครบ"
    )
    due = correction_due(workspace.config, workspace.today)
    texts = cover_texts(workspace.config, register.unit_by_code[kept.unit], kept.period, due, banner)
    projects, kpis, orders = (
        [
            Part(
                code,
                _name(register, form, code),
                _typed(of, form, code, entries),
                _marks(pending, code),
                code in form.closed,
            )
            for code in codes
        ]
        for of, codes in zip(form.version.forms, (form.projects, form.kpis, form.orders), strict=True)
    )
    return Content(identity, texts, projects, kpis, orders)


def _name(register: Register, form: IssuedForm, code: str) -> str:
    if code in form.orders:
        return str(form.values[code]["o.text"])
    project = register.project_by_code.get(code)
    return project.name if project else register.kpi_by_code[code].name


def _typed(form: Form, issued: IssuedForm, code: str, entries: Mapping[str, Entry]) -> dict[str, Value]:
    """What the unit typed: read where it could be, else as it stands. Locked facts as they were issued."""
    before = issued.values.get(code, {})
    entry = entries.get(code)
    if entry is None:
        return dict(before)
    values: dict[str, Value] = {key: value for key, value in before.items() if key not in form.inputs}
    for key, answer in entry.answers.items():
        values[key] = answer.typed if answer.value is None else answer.value
    return values


def _marks(pending: Sequence[Finding], code: str) -> dict[str, Mark]:
    """What is wrong with each field of one project or KPI, in the unit's language."""
    marks: dict[str, Mark] = {}
    for finding in pending:
        if finding.project == code and finding.field:
            said = words(finding, "th")
            text = f"{said.message} {said.fix}" + (f" เช่น {said.example}" if said.example else "")
            before = marks.get(finding.field)
            note = note_of(finding.field) if finding.severity is Severity.WARNING else ""
            marks[finding.field] = (
                Mark(f"{before.message}\n{text}", before.note and note) if before else Mark(text, note)
            )
    return marks


def _issued_values(part: Part, form: IssuedForm) -> dict[str, Value]:
    """What stands in the correction form, as the checks will compare with it."""
    locked, inputs = form.values.get(part.code, {}), form.version.inputs
    return {key: value if key in inputs else locked.get(key, value) for key, value in part.values.items()}
