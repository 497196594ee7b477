"""Step 4, for what was understood of a file and can't be taken: a form that is filled with it, to be confirmed (R10).

The unit, or the officer who knows what it meant, looks it through and returns it as any form; nothing of it counts
before. Reads what became of the files of a run; writes ``outbox/…/corrections``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from plan_tracker.atomic import write_bytes
from plan_tracker.checking.findings import Finding
from plan_tracker.drafting.as_issued import as_issued
from plan_tracker.drafting.asking_again import AskedAgain, AskingAgain
from plan_tracker.drafting.unwritten import Unwritten, trapped
from plan_tracker.due import correction_due
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.identity import new_identity
from plan_tracker.forms.definition.workbook.names import CORRECTION
from plan_tracker.forms.writing.build import FormWriters
from plan_tracker.forms.writing.content import Content, cover_texts, shown_texts
from plan_tracker.forms.writing.office_template import read_template
from plan_tracker.intake.files import free_name
from plan_tracker.intake.outcome import FileResult, Understood
from plan_tracker.register import Register
from plan_tracker.store import IssuedForm, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.store.records import form_row
from plan_tracker.values import Entry
from plan_tracker.workspace.folders import Workspace, file_sha256


@dataclass(frozen=True, slots=True)
class Offer:
    """A form (a path in the workspace) that says what was understood for a unit of ``files`` (names)."""

    unit: str
    period: Period
    form: str
    files: Sequence[str]


@dataclass(frozen=True, slots=True)
class _UnitCopies:
    """What is understood for one unit, of which files, and the form that asked for it."""

    files: Sequence[str]
    form: IssuedForm
    understood: Sequence[Understood]

    @property
    def entries(self) -> Mapping[str, Entry]:
        """By code; what came later goes before."""
        return {code: entry for one in self.understood for code, entry in one.entries.items()}

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with them; of a code that came twice, with what came later."""
        last = {code: one for one in self.understood for code in one.entries}
        return [found for code, one in last.items() for found in one.findings if found.project == code]


def write_offers(
    workspace: Workspace, store: Store, results: Sequence[FileResult]
) -> tuple[list[Offer], list[Unwritten]]:
    """Writes a form for each unit of which something was understood; what can't be written is told, and stops no other.

    None where all of it has come in the same run.
    """
    found = list(_gathered(results))
    if not found:
        return [], []
    writers = FormWriters(read_template(workspace.template("xlsx", "form.xlsx")))
    again = AskingAgain(store)
    ended = [
        trapped(
            workspace,
            one.form.identity.unit,
            " ".join(one.files),
            partial(_offer, workspace, store, writers, again, one),
        )
        for one in found
    ]
    return [one for one in ended if isinstance(one, Offer)], [one for one in ended if isinstance(one, Unwritten)]


def _gathered(results: Iterable[FileResult]) -> Iterable[_UnitCopies]:
    every = [(result.file, one) for result in results for one in result.understood]
    every.sort(key=lambda pair: (str(pair[1].form.identity.period), pair[1].form.identity.unit))
    for _form, group in groupby(every, lambda pair: pair[1].form.identity.form_id):
        pairs = list(group)
        yield _UnitCopies(
            tuple(dict.fromkeys(file for file, _one in pairs)), pairs[0][1].form, [one for _file, one in pairs]
        )


def _offer(
    workspace: Workspace, store: Store, writers: FormWriters, again: AskingAgain, found: _UnitCopies
) -> Offer | None:
    """None where all of it counts by now."""
    unit, period = found.form.identity.unit, found.form.identity.period
    counting = store.answers.standing(unit, period).counting.keys()
    if found.entries.keys() <= counting:
        return None
    register = store.register(found.form.register_version)
    assert register is not None
    path = _path(workspace, store, unit, period)
    content = _content(workspace, again, register, found, counting)
    writer = writers.of(found.form.version)
    signed = content.identity.rows(store.log.require_key())
    write_bytes(store.placing.aside(path), writer.workbook(content, signed))
    with store.transaction():
        layout = store.layouts.add(writer.layout)
        store.add_forms([form_row(_issued(content, found.form, path, layout))])
        store.placing.place(path)
        about = {"period": str(period), "unit": unit, "file": path, "of": ", ".join(found.files)}
        store.add_event(workspace.timestamp(), EventName.OFFER, **about)
    return Offer(unit, period, path, found.files)


def _path(workspace: Workspace, store: Store, unit: str, period: Period) -> str:
    """Where the form is to lie: in the place of an earlier one, unless somebody has worked on that."""
    path = workspace.root / f"outbox/{period}/corrections/{period}-{unit}-understood-form.xlsx"
    if path.exists() and not store.is_as_written(workspace.relative(path), file_sha256(path)):
        path = free_name(path)
    return workspace.relative(path)


def _content(
    workspace: Workspace, again: AskingAgain, register: Register, found: _UnitCopies, counting: Collection[str]
) -> Content:
    """A form for all that does not count yet: what was understood is filled in, the rest as it was issued."""
    form = found.form
    unit, period = form.identity.unit, form.identity.period
    identity = new_identity(CORRECTION, form.version.number, unit, period, workspace.timestamp())
    banner = (
        f"กรอกไว้ให้ตามที่อ่านได้จากไฟล์ {', '.join(found.files)} ซึ่งรับเข้าโดยตรงไม่ได้: ขอให้ตรวจสอบทุกช่อง "
        "แก้ไขช่องสีแดงตามคำอธิบายท้ายแถว กรอกช่องที่ยังว่าง บันทึก แล้วส่งไฟล์นี้กลับ"
    )
    day = correction_due(workspace.config, workspace.today)
    texts = cover_texts(workspace.config, register.unit_by_code[unit], period, day, banner)
    said = AskedAgain([code for code in form.asked if code not in counting], found.entries, found.findings)
    return again.content(register, form, identity, texts, said)


def _issued(content: Content, form: IssuedForm, path: str, layout: str) -> IssuedForm:
    """What the store remembers of it: it asks what ``form`` did, so that what is filled in is an answer."""
    made = as_issued(content, form.register_version, path)
    values = {code: values for code, values in form.values.items() if code in made.asked}
    texts = shown_texts(content, form.version)
    return made._replace(values=values, layout=layout, texts=texts, updates=form.updates)
