"""Checks returns: from the cells that came back to typed answers and findings (R7, R8).

Many returns at a time: each cell is read by itself, then all of them are validated as two tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from plan_tracker.checking.catalogue import CATALOGUE, note_of
from plan_tracker.checking.computed import RESULT, computed_breach
from plan_tracker.checking.findings import Finding, FindingStatus, Severity
from plan_tracker.checking.parsing.normalise import CellContext, decimal_of, is_dash, read_value, typed
from plan_tracker.checking.parsing.reading import CASE, Reading
from plan_tracker.checking.plan_changes import ApprovedValue, plan_breaches
from plan_tracker.checking.rules import compared, rules_of
from plan_tracker.checking.schema import Failure, validate
from plan_tracker.checking.strays import check_strays, strays_joined
from plan_tracker.checking.submission import Checked, Submission
from plan_tracker.checking.table import MISSING, UNREAD, Cell, Subject, build_table
from plan_tracker.fiscal import short_date
from plan_tracker.forms.definition.choices import QUALITATIVE
from plan_tracker.forms.definition.spec import Field, FieldKind, Form
from plan_tracker.forms.reading.raw import FaultyCell, RawCell, RawEntry
from plan_tracker.rounding import half_up
from plan_tracker.thai_text import mend
from plan_tracker.values import Answer, Entry, Value, plain


@dataclass(slots=True)
class _Read:
    """One project's or KPI's cells on their way through the checks."""

    owner: Checked
    code: str
    entry: RawEntry
    subject: Subject
    faulty: set[str]
    plan: Mapping[str, ApprovedValue]


def check_submissions(submissions: Sequence[Submission]) -> list[Checked]:
    """Checks all of ``submissions`` together; gives one ``Checked`` each, in their order."""
    results = [Checked() for _submission in submissions]
    for version in dict.fromkeys(submission.version for submission in submissions):
        pairs = [pair for pair in zip(submissions, results, strict=True) if pair[0].version is version]
        reads = [read for form in version.forms for read in _check_form(form, pairs)]
        for submission, result in pairs:
            if submission.computed:
                _hold_against_projects(submission, [read for read in reads if read.owner is result])
    for submission, result in zip(submissions, results, strict=True):
        places = {code: i for i, code in enumerate(submission.asked)}
        fields = {key: i for i, key in enumerate(submission.version.fields)}
        _take_up_strays(submission, result)
        result.findings = [_confirmed(finding, result.entries) for finding in result.findings]
        _set_untouched_aside(submission, result)
        result.findings.sort(key=partial(_order, places, fields))
    return results


def _check_form(form: Form, submissions: Sequence[tuple[Submission, Checked]]) -> list[_Read]:
    """Checks what came back on ``form`` in all of ``submissions``, as one table; adds to what is said of each."""
    reads = [read for submission, result in submissions for read in _read_form(form, submission, result)]
    rules = rules_of(form)
    if reads:
        table = build_table(form, [read.subject for read in reads], compared(rules))
        for failure in validate(form, rules, table):
            _take_up(form, reads[failure.row], failure)
    for read in reads:
        _hold_against_plan(read)
    return reads


def _take_up_strays(submission: Submission, result: Checked) -> None:
    """What stands beside the fields: somebody has typed it, so that what it is nearest to was not left untouched.

    Where a whole sheet has lost its keys, that is said, and not of each of its cells.
    """
    missing = [finding for finding in result.findings if finding.code == "FIELD-MISSING"]
    others = [finding for finding in result.findings if finding.code != "FIELD-MISSING"]
    strays, missing = strays_joined(list(check_strays(submission)), missing)
    lost = {finding.project for finding in others if finding.code == "SHEET-MISSING"}
    strays = [finding for finding in strays if finding.project not in lost]
    result.findings = [*others, *missing, *strays]
    result.touched |= {finding.project for finding in strays if finding.code == "STRAY"}


def _set_untouched_aside(submission: Submission, result: Checked) -> None:
    """What nobody has touched is no answer, unless nothing is due there: it is said once, not for thirty blank cells.

    A correction form says nothing new of it: what was found before stands. What the cover asks is due, touched or not.
    Where cells or their keys are gone, what was typed may have gone with them: that is a fault, and not left untouched.
    """
    faulty = {finding.project for finding in result.findings if finding.holds_back}
    damaged = {finding.project for finding in result.findings if finding.code == "FIELD-MISSING"}
    candidates = (faulty & result.entries.keys()) - result.touched - damaged
    untouched = [code for code in submission.asked if code in candidates]
    entries = {code: result.entries.pop(code) for code in untouched}
    if submission.corrects:
        result.left = set(untouched)
    on_cover = {*submission.asked_orders, *submission.asked_units}
    said = set(untouched) if submission.corrects else set(untouched) - on_cover
    result.findings = [finding for finding in result.findings if finding.project not in said]
    if not submission.corrects:
        result.findings += [_finding("PART", code, sheet=entries[code].sheet) for code in untouched if code in said]


def _read_form(form: Form, submission: Submission, result: Checked) -> Iterator[_Read]:
    """Reads the cells of everything that ``form`` asked for; what is missing becomes a finding."""
    came, asked = submission.of(form)
    for code in asked:
        entry = came.get(code)
        if entry is None:
            result.findings.append(_finding("SHEET-MISSING", code))
            continue
        issued = submission.issued.get(code, {})
        values, faulty = _read_entry(form, code, entry, issued, result)
        subject = Subject(
            values,
            submission.quarter,
            code in submission.closed,
            submission.register.get(code, {}),
            submission.last.get(code, {}),
        )
        yield _Read(result, code, entry, subject, faulty, submission.plan.get(code, {}))


def _read_entry(
    form: Form, code: str, entry: RawEntry, issued: Mapping[str, Value], result: Checked
) -> tuple[dict[str, Cell], set[str]]:
    """The values of one entry for the table, and the fields that have a fault already."""
    values: dict[str, Cell] = {}
    faulty: set[str] = set()
    answers: dict[str, Answer] = {}
    cells = entry.cells
    for key, f in form.fields.items():
        cell = cells.get(key)
        if cell is None:
            result.findings.append(_finding("FIELD-MISSING", code, key, entry.sheet))
            values[key] = MISSING if f.is_input else issued.get(key)
            continue
        if not f.is_input:
            values[key] = issued.get(key)
            _compare_locked(f, code, cell, issued.get(key), result)
            continue
        if cell.value is None or (cell.value == "" and not isinstance(cell.value, FaultyCell)):
            if key in issued:
                result.touched.add(code)
            continue
        reading = _read_input(form, f, cell, cells, issued)
        if reading.problem or reading.note:
            faulty |= _say(reading, code, f, cell, result)
        values[key] = UNREAD if reading.problem else reading.value
        address = cell.address if cell.sheet == entry.sheet else f"'{cell.sheet}'!{cell.address}"
        answers[key] = Answer(reading.value, address, _shown(cell) if reading.value is None else "")
        if cell.value != issued.get(key) and (reading.problem or reading.value != issued.get(key)):
            result.touched.add(code)
    _say_twice(code, entry, result)
    _gather_lists(form, answers, faulty)
    known = result.entries.get(code)  # a unit's code may be a project's too
    result.entries[code] = Entry(known.sheet, {**known.answers, **answers}) if known else Entry(entry.sheet, answers)
    return values, faulty


def _gather_lists(form: Form, answers: dict[str, Answer], faulty: set[str]) -> None:
    """What is picked in several cells is kept as one list, where all of it could be read."""
    parts: dict[str, list[str]] = {}
    for f in form.fields.values():
        if f.part_of and f.key in answers:
            parts.setdefault(f.part_of, []).append(f.key)
    for whole, keys in parts.items():
        picked = [answers[key] for key in (*keys, whole) if key in answers]
        names = [name for answer in picked if answer.value for name in str(answer.value).split(", ")]
        if names and faulty.isdisjoint((*keys, whole)):
            for key in keys:
                del answers[key]
            answers[whole] = Answer(", ".join(dict.fromkeys(names)), ", ".join(answer.cell for answer in picked))


def _read_input(
    form: Form, f: Field, cell: RawCell, cells: Mapping[str, RawCell], issued: Mapping[str, Value]
) -> Reading:
    """An input's answer. What was issued so is not asked about again, such as 0.5 per cent that was typed as 0.5%."""
    raw = cell.value
    direction = _direction(form, f, cells, issued)
    setting = CellContext(direction == QUALITATIVE, _unit(form, f, cells, issued), cell.shown)
    reading = read_value(f, raw, setting)
    if reading.problem == "UNCLEAR-PERCENT" and isinstance(raw, int | float) and decimal_of(raw) == issued.get(f.key):
        return Reading(issued.get(f.key))
    if reading.problem == "NOT-NUMBER" and f.direction and direction is None:
        return read_value(f, raw, replace(setting, qualitative=True))  # the direction is wrong, and only that is said
    if f.kind is FieldKind.MONEY and is_dash(raw) and _has_amounts(form, f, cells):
        return Reading(None, "REQUIRED", params=_AMOUNT)
    return reading


def _has_amounts(form: Form, f: Field, cells: Mapping[str, RawCell]) -> bool:
    """Whether anything but dashes stands in the row of ``f``: one of dashes says that there is no money of its kind."""
    row = f.key.rpartition(".")[0] + "."
    values = (cell.value for key, cell in cells.items() if key.startswith(row) and key in form.inputs)
    return any(value not in (None, "") and not is_dash(value) for value in values)


def _unit(form: Form, f: Field, cells: Mapping[str, RawCell], issued: Mapping[str, Value]) -> str:
    """The unit of measure of a row, from the sheet where it is an input."""
    if f.unit in form.inputs:
        cell = cells.get(f.unit)
        return mend(cell.value) if cell and isinstance(cell.value, str) else ""
    return plain(issued.get(f.unit, ""))


def _direction(form: Form, f: Field, cells: Mapping[str, RawCell], issued: Mapping[str, Value]) -> Value | None:
    """The direction of a MEASURE's row, from the sheet where it is an input; None where it can't be told."""
    cell = cells.get(f.direction)
    if f.direction in form.inputs:
        return read_value(form.fields[f.direction], cell.value).value if cell else None
    return issued.get(f.direction)


def _say(reading: Reading, code: str, f: Field, cell: RawCell, result: Checked) -> set[str]:
    """Takes up what there is to say of one reading; gives the fields that are faulty by it."""
    shown = _shown(cell)
    if not reading.problem:
        result.findings.append(
            _finding("READ-AS", code, f.key, cell.sheet, cell.address, shown, {"reading": reading.note})
        )
        return set()
    result.findings.append(_finding(reading.problem, code, f.key, cell.sheet, cell.address, shown, reading.params))
    return {f.key}


def _compare_locked(f: Field, code: str, cell: RawCell, issued: Value | None, result: Checked) -> None:
    """A locked fact that differs from what was issued; the issued one stands."""
    came = read_value(f, cell.value, CellContext(qualitative=isinstance(issued, str))).value
    before = mend(issued) or None if isinstance(issued, str) else issued
    if came != before:
        shown = "" if issued is None else plain(issued)
        result.findings.append(
            _finding("LOCKED-CHANGED", code, f.key, cell.sheet, cell.address, typed(cell.value), {"issued": shown})
        )


def _say_twice(code: str, entry: RawEntry, result: Checked) -> None:
    """Fields found twice, said once for each sheet that repeats them."""
    said: dict[str, tuple[str, str]] = {}
    for key, sheet, address in entry.twice:
        said.setdefault(sheet, (key, address))
    for sheet, (key, address) in said.items():
        result.findings.append(
            _finding("FIELD-TWICE", code, key, sheet, address, params={"sheet": entry.sheet, "other": sheet})
        )


def _leave_unread(read: _Read, key: str, shown: str) -> None:
    """What can't be is kept as what can't be read: in a waived return no figure is made of it."""
    entry = read.owner.entries[read.code]
    answer = Answer(None, entry.answers[key].cell, shown)
    read.owner.entries[read.code] = entry._replace(answers={**entry.answers, key: answer})


def _take_up(form: Form, read: _Read, failure: Failure) -> None:
    """Turns a failure of the table into a finding, unless the cell has a fault already."""
    key = failure.field
    if key in read.faulty:
        return
    cell = read.entry.cells.get(key)
    shown = typed(cell.value) if cell else ""
    if failure.code in _IMPOSSIBLE:
        _leave_unread(read, key, shown)
    params = failure.params or _limits(form.fields[key], shown)
    read.owner.findings.append(
        _finding(failure.code, read.code, key, *((cell.sheet, cell.address) if cell else ("", "")), shown, params)
    )


def _hold_against_plan(read: _Read) -> None:
    """Takes up where a project leaves its approved plan; what is found faulty in the same cell says enough."""
    said = {finding.field for finding in read.owner.findings if finding.project == read.code and finding.holds_back}
    for breach in plan_breaches(read.subject.values, read.plan):
        if breach.field not in said:
            cell = read.entry.cells.get(breach.field)
            place = (cell.sheet, cell.address) if cell else ("", "")
            shown = _shown(cell) if cell else ""
            before = "–" if breach.approved is None else _as_said(breach.approved)
            read.owner.findings.append(_finding(breach.code, read.code, breach.field, *place, shown, {"other": before}))


def _hold_against_projects(submission: Submission, reads: Sequence[_Read]) -> None:
    """Takes up where a KPI's result is not what follows from projects' answers, be they here or counted already."""
    said = {read.code: _sound_values(read) for read in reads if read.code in submission.asked_projects}
    for read in reads:
        source = submission.computed.get(read.code)
        if source is None:
            continue
        here = {
            code: values
            for code, values in said.items()
            if code in read.owner.touched or code not in source.known  # untouched: another file has it
        }
        follows = computed_breach(source, read.subject.values.get(RESULT), here)
        if follows is not None:
            cell = read.entry.cells[RESULT]
            shown = {"other": f"{half_up(follows):,f}"}
            read.owner.findings.append(
                _finding("KPI-DIFFERS", read.code, RESULT, cell.sheet, cell.address, _shown(cell), shown)
            )


def _sound_values(read: _Read) -> dict[str, Cell]:
    """A project's answers; what can't be is as good as unread."""
    out = {one.field for one in read.owner.findings if one.project == read.code and one.code in _UNSOUND}
    return {key: UNREAD if key in out else value for key, value in read.subject.values.items()}


def _as_said(value: Value) -> str:
    """A value as people write it."""
    if isinstance(value, date):
        return short_date(value)
    return f"{value:,f}" if isinstance(value, Decimal) else value


def _limits(f: Field, shown: str) -> dict[str, str]:
    """What the words of OUT-OF-RANGE and TOO-LONG need."""
    limits = {"range": f.bounds, "length": str(len(shown)), "limit": str(f.max_length)}
    return limits | _AMOUNT if f.kind is FieldKind.MONEY else limits


def _finding(
    code: str,
    project: str,
    key: str = "",
    sheet: str = "",
    cell: str = "",
    value: str = "",
    params: Mapping[str, str] | None = None,
) -> Finding:
    return Finding(code, CATALOGUE[code].severity, project, key, sheet, cell, value, params=params or {})


def _confirmed(finding: Finding, entries: Mapping[str, Entry]) -> Finding:
    """A warning is confirmed by the unit's note on the field that it is put on."""
    entry = entries.get(finding.project)
    if finding.severity is not Severity.WARNING or entry is None:
        return finding
    note = entry.text(note_of(finding.field))
    if not note:
        return finding
    return replace(finding, status=FindingStatus.CONFIRMED, params={**finding.params, "note": note})


_AMOUNT = {CASE: "amount"}
_UNSOUND = {"OUT-OF-RANGE", "NOT-CHOICE"}
_IMPOSSIBLE = {"OUT-OF-RANGE", "KPI-LEVEL"}
_WEIGHT = {Severity.REJECTED: 0, Severity.ERROR: 1, Severity.WARNING: 2, Severity.NOTICE: 3}


def _order(places: Mapping[str, int], fields: Mapping[str, int], finding: Finding) -> tuple[int, int, int]:
    """By project, then KPI, as the workbook goes; within each worst first, then as the form goes."""
    return places.get(finding.project, -1), _WEIGHT[finding.severity], fields.get(finding.field, -1)


def _shown(cell: RawCell) -> str:
    """What a person sees in a cell."""
    return cell.shown or typed(cell.value)
