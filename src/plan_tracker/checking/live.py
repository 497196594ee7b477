"""The checks that run live in a form, from the definition and the rules that ``ingest`` goes by (domain §3).

Each is a formula over names in braces: ``{f9.recurrent.budget}`` is what a cell says (a number, a text, ``""`` where
it is blank, else one of ``Sign``), ``{P001/f14.stage}`` one of another sheet, ``{#0}`` a text to compare with. What
was known on the day of issue (the register's figures, last quarter's, the approved plan, the quarter, a project that
is over) stands as constants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from string import Formatter

from plan_tracker.checking.catalogue import CATALOGUE, OTHER_CASES, note_of, words
from plan_tracker.checking.catalogue.cells import IN_FORM
from plan_tracker.checking.computed import RESULT, ComputedFrom, computed_breach
from plan_tracker.checking.expressions import constant
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.parsing.reading import CASE
from plan_tracker.checking.plan_changes import ApprovedValue, plan_breaches, plan_code
from plan_tracker.checking.rules import Rule, compared, rules_of
from plan_tracker.checking.schema import MONEY_SECTION, failing
from plan_tracker.checking.table import CLOSED, LAST, QUARTER, REGISTER, UNREAD, Cell, Subject, build_table
from plan_tracker.forms.definition.plan_fields import naming_field
from plan_tracker.forms.definition.spec import Field, FieldKind, Form, Test, When
from plan_tracker.forms.definition.versions import FormVersion, field_of
from plan_tracker.forms.definition.workbook.signs import Sign
from plan_tracker.forms.writing.content import Content, LiveCheck, Part, SharedChecks
from plan_tracker.register import Register
from plan_tracker.values import Value

Plans = Mapping[str, Mapping[str, ApprovedValue]]  # by project code: what is settled, by field key
_NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT, FieldKind.DATE)
_UNREAD = {
    FieldKind.NUMBER: "NOT-NUMBER",
    FieldKind.MONEY: "NOT-NUMBER",
    FieldKind.PERCENT: "NOT-NUMBER",
    FieldKind.MEASURE: "NOT-NUMBER",
    FieldKind.DATE: "NOT-DATE",
    FieldKind.CHOICE: "NOT-CHOICE",
    FieldKind.EMAIL: "NOT-EMAIL",
    FieldKind.PROVINCES: "UNKNOWN-PROVINCE",
}
_READING_FAULTS = (Sign.UNREAD, Sign.UNCLEAR, Sign.FAULTY, Sign.DASH)


def with_checks(
    content: Content, version: FormVersion, register: Register, plans: Plans, computed: Mapping[str, ComputedFrom]
) -> Content:
    """``content`` with the checks that run live in it: against what ``register`` and ``plans`` say of its projects.

    ``computed``: what its KPIs are worked out from.
    """
    quarter = content.identity.period.quarter

    def checked(form: Form, parts: Sequence[Part]) -> list[Part]:
        subjects = [_subject(part, quarter, register) for part in parts]
        settled = [plans.get(part.code, {}) for part in parts]
        checks, open_now = live_checks(form, subjects, settled), open_checks(form, subjects, settled)
        return [
            replace(part, checks=of_fields, own_checks=own, open=_as_issued(part, now))
            for part, (of_fields, own), now in zip(parts, checks, open_now, strict=True)
        ]

    here = {part.code: _values(part) for part in content.projects}
    kpis = checked(version.form2, content.kpis)
    return replace(
        content,
        projects=checked(version.form1, content.projects),
        kpis=[_with_computed(version.form2, part, computed.get(part.code), here) for part in kpis],
        orders=checked(version.orders, content.orders),
        unit=checked(version.unit, [content.unit])[0] if content.unit else None,
    )


def _values(part: Part) -> dict[str, Cell]:
    return {key: UNREAD if key in part.unread else value for key, value in part.values.items()}


def _subject(part: Part, quarter: int, register: Register) -> Subject:
    project = register.project_by_code.get(part.code)
    return Subject(_values(part), quarter, part.closed, project.known if project else {}, part.last)


def _as_issued(part: Part, found: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """What is ``found``, and what is known of cells that can't be read."""
    sound = {(code, key) for code, key in found if key not in part.unread}
    return frozenset(sound | {(code, key) for key, code in part.unread.items()})


def live_checks(
    form: Form, subjects: Sequence[Subject], plans: Sequence[Mapping[str, ApprovedValue]]
) -> list[tuple[SharedChecks, tuple[LiveCheck, ...]]]:
    """For each of ``subjects`` the checks that are the same for all like it; those that go by what is known of it."""
    if not form.inputs:
        return [(SharedChecks(), ()) for _subject in subjects]
    rules = [rule for rule in rules_of(form) if _goes_by_facts(rule)]
    return [
        (_alike(form, subject.quarter, subject.closed), (*_of_rules(form, rules, subject), *_of_plan(form, plan)))
        for subject, plan in zip(subjects, plans, strict=True)
    ]


def _goes_by_facts(rule: Rule) -> bool:
    """Whether what is known of a project decides if the rule is checked, and how."""
    return any(key.startswith((REGISTER, LAST)) for key in rule.names)


def open_checks(
    form: Form, subjects: Sequence[Subject], plans: Sequence[Mapping[str, ApprovedValue]]
) -> list[set[tuple[str, str]]]:
    """For each of ``subjects``, as it is issued, the code and the field of what its checks tell."""
    found: list[set[tuple[str, str]]] = [set() for _subject in subjects]
    if not subjects or not form.inputs:
        return found
    rules = rules_of(form)
    for row, code, key in failing(form, rules, build_table(form, subjects, compared(rules))):
        found[row].add((code, key))
    for subject, plan, now in zip(subjects, plans, found, strict=True):
        told = {field for _code, field in now}
        now |= {(b.code, b.field) for b in plan_breaches(subject.values, plan) if b.field not in told}
    return found


def _check(
    form: Form, code: str, key: str, formula: str, texts: Sequence[str] = (), *, alone: bool = False
) -> LiveCheck:
    note = note_of(key) if note_of(key) in form.inputs and note_of(key) != key else ""
    is_error = CATALOGUE[code].severity is Severity.ERROR
    return LiveCheck(code, key, formula, note, is_error, _said(code, key), tuple(texts), alone)


@cache
def _said(code: str, key: str) -> str:
    """What is wrong and how to mend it, in Thai, on one line; without figures that only a finding knows."""
    wording, field = CATALOGUE[code], field_of(key)
    wording = OTHER_CASES.get(f"{code} {IN_FORM}", wording)
    known = {"limit": str(field.max_length), "range": field.bounds} if field else {}
    known["choices"] = " · ".join(field.choices) if field else ""
    told = words(Finding(code, wording.severity, field=key, params={CASE: IN_FORM, **known}), "th")
    named = {name for _text, name, _spec, _conversion in Formatter().parse(wording.what) if name}
    return " ".join(f"{told.message if named <= {'label', *known} else ''} {told.fix}".split())


@cache
def _alike(form: Form, quarter: int, closed: bool) -> SharedChecks:
    """What the fields' definitions say of them, and the rules that go by no facts.

    Of a project that is ``closed`` only its money is due. Those of the fields come by code and then column by column,
    so that formulas are alike from row to row.
    """
    codes = {code: place for place, code in enumerate(CATALOGUE)}
    places = {key: place for place, key in enumerate(form.by_column)}
    checks = [check for key, f in form.inputs.items() for check in _of_field(form, key, f, closed)]
    checks.sort(key=lambda check: (codes[check.code], places[check.field]))
    rules = [rule for rule in rules_of(form) if not _goes_by_facts(rule)]
    return SharedChecks((*checks, *_of_rules(form, rules, Subject({}, quarter, closed, {}, {}))))


def _of_field(form: Form, key: str, f: Field, closed: bool) -> Iterator[LiveCheck]:
    name = "{" + key + "}"
    lacking = []
    if f.due is not None and (key.startswith(MONEY_SECTION) or not closed):
        terms = [f'{name}=""', *(f'{{{other}}}=""' for other in f.due.unless), *_due(f.due)]
        lacking.append(f"AND({','.join(terms)})")
    if f.kind is FieldKind.MONEY:
        lacking.append(f'{name}="{Sign.DASH}"')
    if lacking:
        yield _check(form, f.due_code, key, _or(lacking))
    for code, sign in _signs(f):
        yield _check(form, code, key, f'{name}="{sign}"')


def _signs(f: Field) -> Iterator[tuple[str, Sign]]:
    yield "FORMULA", Sign.FAULTY
    if f.kind in _UNREAD and (f.kind is not FieldKind.PROVINCES or f.choices):
        yield _UNREAD[f.kind], Sign.UNREAD
    if f.low is not None or f.high is not None:
        yield "OUT-OF-RANGE", Sign.OUTSIDE
    if f.kind is FieldKind.DATE:
        yield "UNCLEAR-DATE", Sign.UNCLEAR
    if f.kind is FieldKind.PERCENT or f.kind is FieldKind.MEASURE:
        yield "UNCLEAR-PERCENT", Sign.UNCLEAR
    if f.max_length is not None:
        yield "TOO-LONG", Sign.LONG


def _due(when: When) -> list[str]:
    """The condition of ``checking.table.is_due`` as a formula's terms."""
    names = ["{" + key + "}" for key in when.keys]
    if when.test is Test.ALWAYS:
        return []
    if when.test is Test.FILLED:
        return [_or(f'{name}<>""' for name in names)]
    if when.test is Test.POSITIVE:
        return [_or(f"N({name})>0" for name in names)]
    equal = _or(f"{name}={constant(value)}" for name in names for value in when.values)
    if when.test is Test.ONE_OF:
        return [equal]
    known = [_readable(name) for name in names]
    if when.test is Test.NONE_OF:
        return [*known, f"NOT({equal})"]
    return [*known, _or(f'{name}<>""' for name in names), f"NOT({equal})"]


def _or(terms: Iterator[str] | Sequence[str]) -> str:
    listed = list(terms)
    return listed[0] if len(listed) == 1 else f"OR({','.join(listed)})"


def _readable(name: str) -> str:
    return f'LEFT({name},1)<>"{Sign.MARK}"'


def _of_rules(form: Form, rules: Sequence[Rule], subject: Subject) -> Iterator[LiveCheck]:
    """The rules between fields. What was not known when the form was issued breaks no rule."""
    for rule in rules:
        known = _known(rule, subject)
        if any(known.get(key, 0) is None for key in rule.needs):
            continue
        naming = _Naming(form, known)
        said = rule.broken.formula(naming.name)
        guards = [_is_there(form.fields[key]) for key in rule.needs if key in form.inputs]
        guards += [_readable("{" + key + "}") for key in rule.readable if key in form.inputs]
        if rule.field not in (*rule.needs, *rule.readable):  # what can't be read there is told already
            guards += [f'{{{rule.field}}}<>"{sign}"' for sign in _READING_FAULTS]
        formula = f"IF(AND({','.join(guards)}),{said},FALSE)" if guards else said
        yield _check(form, rule.code, rule.field, formula, naming.texts)


def _is_there(f: Field) -> str:
    name = "{" + f.key + "}"
    return f"ISNUMBER({name})" if f.kind in _NUMBERS else f'{name}<>"",{_readable(name)}'


def _known(rule: Rule, subject: Subject) -> Mapping[str, object]:
    """What stands for the names that are no cells: constants of the day of issue; None where nothing is known."""
    known: dict[str, object] = {CLOSED: subject.closed, QUARTER: subject.quarter}
    for key in rule.names:
        if key.startswith(REGISTER):
            known[key] = subject.register.get(key.removeprefix(REGISTER))
        elif key.startswith(LAST):
            known[key] = subject.last.get(key.removeprefix(LAST))
    return known


class _Naming:
    """What the names in a rule's formula stand for; ``texts`` are those that don't fit into one."""

    def __init__(self, form: Form, known: Mapping[str, object]) -> None:
        self._form, self._known = form, known
        self.texts: list[str] = []

    def name(self, key: str) -> str:
        if key not in self._known:
            return "{" + key + "}"
        value = self._known[key]
        if not isinstance(value, str) or self._form.fields[key.partition(":")[2]].choices:
            return constant(value)
        self.texts.append(value)
        return f"{{#{len(self.texts) - 1}}}"


def _with_computed(form: Form, part: Part, source: ComputedFrom | None, here: Mapping[str, Mapping[str, Cell]]) -> Part:
    """A KPI with the check of its result against the projects on the workbook's other sheets, where that is live."""
    if source is None or not source.is_live(list(here)):
        return part

    def name(key: str) -> str:
        code, _slash, own = key.rpartition("/")
        if not code or code in here:
            return "{" + key + "}"
        known = source.known[code].get(own)
        return '""' if known is None else constant(known)

    readable = [_readable(name(key)) for key in source.names if key.partition("/")[0] in here]
    known = [f"ISNUMBER({name(RESULT)})", *readable, source.is_known.formula(name)]
    formula = f"IF(AND({','.join(known)}),{source.differs.formula(name)},FALSE)"
    check = _check(form, "KPI-DIFFERS", RESULT, formula)
    is_open = computed_breach(source, _values(part).get(RESULT), here) is not None
    now = part.open | {(check.code, RESULT)} if is_open else part.open
    return replace(part, own_checks=(*part.own_checks, check), open=now)


def _of_plan(form: Form, plan: Mapping[str, ApprovedValue]) -> Iterator[LiveCheck]:
    """Where an answer leaves the approved plan (``plan_changes.plan_breaches``)."""
    for key, settled in plan.items():
        if key not in form.inputs:
            continue
        names_row = naming_field(key) == key
        if settled.approved is None and not names_row:
            continue
        name = "{" + key + "}"
        texts: list[str] = []
        same = [_same(name, value, texts) for value in dict.fromkeys((settled.approved, *settled.also))]
        guards = [_readable(name), *(() if names_row else (f'{name}<>""',))]
        yield _check(form, plan_code(key), key, f"AND({','.join(guards)},NOT({_or(same)}))", texts, alone=True)


def _same(name: str, value: Value | None, texts: list[str]) -> str:
    if value is None:
        return f'{name}=""'
    if not isinstance(value, str):
        return f"{name}={constant(value)}"
    texts.append(value)
    return f"EXACT({name},TRIM({{#{len(texts) - 1}}}))"
