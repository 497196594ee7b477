"""Step 4, for what came back faulty: a correction list, a correction form and a letter per unit (R10).

They ask for what is still open, project by project, filled with the newest that was typed. Reads incomplete returns
from the store; writes ``outbox/…/corrections``. What has been written once is not written again, so that a run that was
cut off goes on where it stopped. A unit whose correction can't be written is reported, and tried again by the next run;
the others get theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plan_tracker.analysis.basis.returns import Received, owner_of
from plan_tracker.atomic import write_bytes
from plan_tracker.checking.findings import Finding
from plan_tracker.documents.letters import faults_of, write_correction
from plan_tracker.documents.workbooks.correction_list import CorrectionList, write_correction_list
from plan_tracker.drafting.as_issued import as_issued
from plan_tracker.drafting.asking_again import AskedAgain, AskingAgain
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.drafting.unwritten import Unwritten, trapped
from plan_tracker.due import correction_due
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.identity import new_identity
from plan_tracker.forms.definition.workbook.names import CORRECTION
from plan_tracker.forms.writing.build import FormWriters
from plan_tracker.forms.writing.content import Content, cover_texts, shown_texts
from plan_tracker.forms.writing.office_template import read_template
from plan_tracker.i18n import _
from plan_tracker.progress import counted
from plan_tracker.register import Register
from plan_tracker.store import IssuedForm, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.store.records import form_row
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class WrittenCorrection:
    """What was written for one unit, by paths in the workspace."""

    unit: str
    list: str
    form: str
    letter: str


@dataclass(frozen=True, slots=True)
class _Due:
    """What is open of one unit: ``form`` asked for it, ``told`` says by code which return has the newest of it.

    ``returns`` are those that no correction has been written for; ``version`` is that of the unit's newest.
    """

    unit: str
    period: Period
    version: int
    form: IssuedForm
    told: Mapping[str, Received]
    findings: Sequence[Finding]
    returns: Sequence[int]

    @property
    def about(self) -> str:
        return f"v{self.version}"


def write_corrections(workspace: Workspace, store: Store) -> tuple[list[WrittenCorrection], list[Unwritten]]:
    """Writes what is due for every unit with a return that came back incomplete; gives what could not be, too."""
    returns: dict[tuple[str, Period], list[int]] = {}
    for kept in store.to_correct():
        returns.setdefault((kept.unit, kept.period), []).append(kept.id)
    found = [_due(store, unit, period, numbers) for (unit, period), numbers in returns.items()]
    due = [one for one in found if one]
    waiting = {number for one in due for number in one.returns}
    store.set_corrected({number for numbers in returns.values() for number in numbers} - waiting)
    if not due:
        return [], []
    writers = FormWriters(read_template(workspace.template("xlsx", "form.xlsx")))
    again = AskingAgain(store)
    ended = [
        trapped(
            workspace,
            one.unit,
            f"{one.period} {one.unit} {one.about}",
            partial(_write, workspace, store, writers, again, one),
        )
        for one in counted(_("Corrections written"), due)
    ]
    written = [item for item in ended if isinstance(item, WrittenCorrection)]
    return written, [item for item in ended if isinstance(item, Unwritten)]


def _due(store: Store, unit: str, period: Period, returns: Sequence[int]) -> _Due | None:
    """What there is to ask of a unit; None where other files have brought all of it.

    What an officer has to decide on first is not asked of the unit, and what is said of a whole file alone is the
    officer's to look at: no form could ask for it.
    """
    form, standing = store.issued_form(unit, period), store.answers.standing(unit, period)
    undecided = set(store.answers.undecided())
    told = {
        answer.code: one
        for answer in standing.open
        if (one := answer.told_by) and (one.return_id, answer.code) not in undecided
    }
    findings = [found for found in store.answers.open_findings(standing) if owner_of(found, unit) in told]
    if form is None or not any(found.project for found in findings):
        return None
    return _Due(unit, period, store.next_version(unit, period) - 1, form, told, findings, returns)


def _write(
    workspace: Workspace, store: Store, writers: FormWriters, again: AskingAgain, due: _Due
) -> WrittenCorrection:
    register = store.register(due.form.register_version)
    assert register is not None
    unit = register.unit_by_code[due.unit]
    base = f"outbox/{due.period}/corrections/{due.period}-{due.unit}-{due.about}"
    paths = {kind: f"{base}-{kind}" for kind in ("list.xlsx", "form.xlsx")}
    aside = {kind: store.placing.aside(path) for kind, path in paths.items()}
    drafts = LetterDrafts(workspace, store, due.period, "corrections")
    letter = drafts.path("L3", due.unit, due.about)
    content = _content(workspace, store, again, register, due)
    writer = writers.of(due.form.version)
    signed = content.identity.rows(store.log.require_key())
    write_bytes(aside["form.xlsx"], writer.workbook(content, signed))
    places = writer.places(content)
    day = correction_due(workspace.config, workspace.today)
    names = {part.code: part.name for part in content.parts}
    files = _files(store, due)
    form = aside["form.xlsx"].name
    write_correction_list(
        CorrectionList(unit, due.period, due.version, files, day, due.findings, names, form, places),
        aside["list.xlsx"],
    )
    write_correction(
        workspace,
        register,
        unit,
        due.period,
        day,
        faults_of(due.findings, names),
        [aside["list.xlsx"].name, form],
        drafts.aside(letter),
        refers=cited(precedent(store, "L3", due.unit, due.period)),
    )
    relative = paths["form.xlsx"]
    with store.transaction():
        layout = store.layouts.add(writer.layout)
        store.add_forms([form_row(_issued(content, due.form, relative, layout))])
        store.set_corrected(due.returns)
        for path in paths.values():
            store.placing.place(path)
        drafts.note("L3", due.unit, letter, due.about)
        store.add_event(
            workspace.timestamp(),
            EventName.CORRECTION,
            period=str(due.period),
            unit=due.unit,
            version=str(due.version),
            file=relative,
        )
    return WrittenCorrection(due.unit, paths["list.xlsx"], relative, letter)


def _files(store: Store, due: _Due) -> dict[str, str]:
    """The file, by its name as it was dropped, that the findings on each code are of."""
    names = {kept.id: kept.file for kept in store.returns(due.period, due.unit)}
    return {code: names[one.return_id] for code, one in due.told.items()}


def _content(workspace: Workspace, store: Store, again: AskingAgain, register: Register, due: _Due) -> Content:
    """A form for what is open alone, holding what the unit typed, its faults marked."""
    number = due.form.version.number
    identity = new_identity(CORRECTION, number, due.unit, due.period, workspace.timestamp(), due.version)
    banner = (
        f"แบบแก้ไขของฉบับที่ {due.version} มีเฉพาะส่วนที่ยังไม่ครบถ้วนถูกต้อง: ขอให้แก้ไขช่องสีแดงตามคำอธิบายท้ายแถว "
        f"จำนวน {len(due.findings)} รายการ ข้อมูลที่กรอกไว้คงอยู่ครบ"
    )
    day = correction_due(workspace.config, workspace.today)
    texts = cover_texts(workspace.config, register.unit_by_code[due.unit], due.period, day, banner)
    returns = {number: store.answers.entries(number) for number in {one.return_id for one in due.told.values()}}
    said = {code: returns[one.return_id].get(code) for code, one in due.told.items()}
    entries = {code: entry for code, entry in said.items() if entry}
    return again.content(register, due.form, identity, texts, AskedAgain(due.told, entries, due.findings))


def _issued(content: Content, form: IssuedForm, path: str, layout: str) -> IssuedForm:
    """What the store remembers of a correction form that asks again for a part of ``form``."""
    made = as_issued(content, form.register_version, path)
    values = {code: _locked_as_before(code, told, form) for code, told in made.values.items()}
    return made._replace(values=values, layout=layout, texts=shown_texts(content, form.version), updates={})


def _locked_as_before(code: str, told: Mapping[str, Value], form: IssuedForm) -> dict[str, Value]:
    """What stands in the correction form, as the checks will compare with it."""
    locked, inputs = form.values.get(code, {}), form.version.inputs
    return {key: value if key in inputs else locked.get(key, value) for key, value in told.items()}
