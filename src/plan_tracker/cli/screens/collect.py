"""What people see of forms that go out and returns that come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import OUTCOMES, console_on, new_table, say, state_text
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from rich.console import Console

    from plan_tracker.analysis.totals import Total
    from plan_tracker.checking.findings import Finding
    from plan_tracker.drafting.corrections import Correction, Unwritten
    from plan_tracker.fiscal import Period
    from plan_tracker.intake.outcome import FileResult
    from plan_tracker.merging.standing import UnitStatus, Version
    from plan_tracker.steps.keep.trace import Trace
    from plan_tracker.steps.keep.trace_totals import TracedTotals
    from plan_tracker.steps.prepare.issue_forms import Issued
    from plan_tracker.store import Event, StoredReturn

_HOW = {"sum": N_("sum"), "count": N_("count"), "mean": N_("mean")}
_SEVERITIES = {
    "rejected": (N_("REJECTED"), "red"),
    "error": (N_("ERROR"), "red"),
    "warning": (N_("WARNING"), "yellow"),
    "notice": (N_("NOTICE"), "dim"),
}


def show_issued(issued: Sequence[Issued], *, to_stderr: bool, dry_run: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    table = new_table(_("Unit"), _("Projects"), _("KPIs"), _("Form"), _("Letter"))
    for item in issued:
        names = (item.path.rpartition("/")[2], item.letter.rpartition("/")[2])
        table.add_row(item.unit, str(item.projects), str(item.kpis), *names)
    console.print(table)
    if issued:
        folder = issued[0].path.rpartition("/")[0].rpartition("/")[0]
        console.print(
            (_("Would write {count} forms under {folder}") if dry_run else _("{count} forms are in {folder}")).format(
                count=len(issued), folder=folder
            ),
            markup=False,
        )


def show_ingest(
    results: Sequence[FileResult], corrections: Sequence[Correction], *, to_stderr: bool, dry_run: bool
) -> None:
    from rich.text import Text

    if not results and not corrections:
        say(_("The inbox is empty: nothing to do."), to_stderr=to_stderr)
        return
    console = console_on(to_stderr=to_stderr)
    table = new_table(_("File"), _("Unit"), _("Outcome"), _("Version"), _("Errors"), _("Warnings"), _("Notices"))
    for result in results:
        counts = (_open_count(result.findings, severity) for severity in ("error", "warning", "notice"))
        version = str(result.version or "")
        table.add_row(
            Text(_inside(result)), result.unit, state_text(result.outcome), version, *(str(c or "") for c in counts)
        )
    console.print(table)
    for result in results:
        if result.findings:
            _show_findings(console, f"{_inside(result)}  {result.unit}", result.findings)
    if corrections:
        written = new_table(_("Unit"), _("Correction list"), _("Correction form"), _("Letter"), title=_("Written"))
        for c in corrections:
            written.add_row(c.unit, *(path.rpartition("/")[2] for path in (c.list, c.form, c.letter)))
        console.print(written)
        console.print(_("They are in {folder}").format(folder=corrections[0].list.rpartition("/")[0]), markup=False)
    _show_sum(console, results, dry_run=dry_run)


def _inside(result: FileResult) -> str:
    """A file's name, behind that of what it came in."""
    return f"{result.container} › {result.file}" if result.container else result.file


def _open_count(findings: Sequence[Finding], severity: str) -> int:
    return sum(1 for f in findings if f.severity == severity and f.status == "open")


def _show_findings(console: Console, title: str, findings: Sequence[Finding]) -> None:
    """Each finding of one file: where, what, how to mend it, and who has settled it."""
    from rich.text import Text

    from plan_tracker.checking.catalogue import words

    table = new_table(_("Place"), _("Finding"), title=title)
    table.columns[0].no_wrap = True
    for finding in findings:
        text, colour = _SEVERITIES[finding.severity]
        said = words(finding)
        line = Text.assemble(
            (f"{_(text)} {finding.code}{_settled(finding)} ", colour), said.message, (f" → {said.fix}", "dim")
        )
        table.add_row(Text(f"{finding.sheet} {finding.cell}".strip() or finding.project), line)
    console.print(table)


def _settled(finding: Finding) -> str:
    """What has been said to a finding that is open no more."""
    if finding.status == "confirmed":
        return " (" + _("confirmed") + f": {finding.params.get('note', '')})"
    return " (" + _("waived") + ")" if finding.status == "waived" else ""


def show_unwritten(unwritten: Sequence[Unwritten], *, to_stderr: bool) -> None:
    for item in unwritten:
        said = _("The correction for {unit} could not be written ({reason}); the next plantrack ingest tries again.")
        say(said.format(unit=item.unit, reason=item.reason), to_stderr=to_stderr)


def _show_sum(console: Console, results: Sequence[FileResult], *, dry_run: bool) -> None:
    from plan_tracker.intake.outcome import count_outcomes

    parts = [f"{_(OUTCOMES[outcome][0])} {count}" for outcome, count in count_outcomes(results)]
    if parts:
        console.print(f"{_('Files')}: " + " · ".join(parts), markup=False)
    if dry_run:
        console.print(_("Nothing was kept or moved: this was a dry run."))


def show_status(period: Period, lines: Sequence[UnitStatus], *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    table = new_table(
        _("Unit"), _("Name"), _("Form 1"), _("Form 2"), _("Errors"), _("Warnings"), _("Days late"), title=period.spoken
    )
    for line in lines:
        numbers = (str(number or "") for number in (line.errors, line.warnings, line.days_late))
        name = Text(line.unit.short or line.unit.name)
        table.add_row(line.unit.code, name, state_text(line.form1), state_text(line.form2), *numbers)
    console.print(table)
    for line in lines:
        for said in _versions_story(line):
            console.print(f"{line.unit.code}: {said}", markup=False)
    accepted = sum(1 for line in lines if line.state.counts)
    late = sum(1 for line in lines if not line.state.counts and line.days_late)
    console.print(
        _("{accepted} of {count} units have a return that counts; {late} are late.").format(
            accepted=accepted, count=len(lines), late=late
        )
    )


def _versions_story(line: UnitStatus) -> Iterator[str]:
    """What the table has no room for: which version counts, which one waits, what has been settled."""
    if line.waiting_version:
        said = _("v{waiting} waits with {count} places to mend; v{counts} counts")
        count = line.errors + line.warnings
        yield said.format(waiting=line.waiting_version, count=count, counts=line.counts_version)
    if line.waived:
        yield _("v{counts} counts as it is; {count} findings are waived").format(
            counts=line.counts_version, count=line.waived
        )
    if line.confirmed:
        yield _("the unit has confirmed {count} warnings in its notes").format(count=line.confirmed)


def show_versions(versions: Sequence[Version], *, to_stderr: bool) -> None:
    """A unit's returns, one below the other, with all that was found in each."""
    console = console_on(to_stderr=to_stderr)
    for version in versions:
        kept = version.kept
        state = "waived" if kept.waived_because else kept.outcome
        parts = [f"v{kept.version}", _(OUTCOMES[state][0]), kept.received_at[:16].replace("T", " "), kept.file]
        if version.counts:
            parts.insert(2, _("counts"))
        if kept.waived_because:
            parts.append(kept.waived_because)
        title = " · ".join(parts)
        if version.findings:
            _show_findings(console, title, version.findings)
        else:
            console.print(title, markup=False)


def show_accepted(kept: StoredReturn, waived: Sequence[Finding], *, to_stderr: bool, dry_run: bool) -> None:
    text = (
        _("Would accept version {version} of {unit} as it is, waiving {count} findings.")
        if dry_run
        else _("Accepted version {version} of {unit} as it is; {count} findings are waived, on the record.")
    )
    say(text.format(version=kept.version, unit=kept.unit, count=len(waived)), to_stderr=to_stderr)


def show_trace(found: Trace, *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    facts = (
        (_("File"), found.source.file),
        (_("Unit"), f"{found.unit} v{found.source.version}"),
        ("SHA-256", found.source.sha256),
        (_("Original"), found.source.original),
    )
    for name, fact in facts:
        console.print(f"{name}: {fact}", markup=False)
    if not found.original_is_whole:
        console.print(_("The original is missing, or is not what came back: its SHA-256 differs."), style="red")
    table = new_table(_("Field"), _("Value"), _("Place"))
    for value in found.values:
        table.add_row(Text(value.field), Text(value.value), Text(f"{value.sheet} {value.cell}".strip()))
    console.print(table)


def show_totals(found: Sequence[TracedTotals], *, in_full: bool, to_stderr: bool) -> None:
    """Each total; ``in_full``, with the answers that it is made of and the files that they came in."""
    console = console_on(to_stderr=to_stderr)
    for one in found:
        title = " · ".join(filter(None, (one.period.spoken, one.plan, one.unit)))
        if in_full:
            _show_parts(console, one, title)
        else:
            table = new_table(_("Figure"), _("How"), _("Total"), _("Answers"), title=title)
            for total in one.totals:
                table.add_row(total.figure, _(_HOW[total.how]), _total_text(total), str(len(total.parts)))
            console.print(table)
            for left_out, figures in _left_out(one).items():
                said = _("Reported, but not in {figures}, since an answer is missing or unreadable: {codes}")
                console.print(said.format(figures=", ".join(figures), codes=", ".join(left_out)), markup=False)
        if one.missing:
            missing = ", ".join(one.missing)
            console.print(_("Without a return, and in no total: {units}").format(units=missing), markup=False)
        if one.changed:
            console.print(
                _("The original is missing or changed: {units}").format(units=", ".join(one.changed)), style="red"
            )
    if not in_full:
        console.print(_("Name a figure to see each answer with its file and cell."))


def _left_out(found: TracedTotals) -> dict[tuple[str, ...], list[str]]:
    """The figures that lack the same projects or KPIs, by these."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for total in found.totals:
        if total.left_out:
            lacking.setdefault(total.left_out, []).append(total.figure)
    return lacking


def _show_parts(console: Console, found: TracedTotals, title: str) -> None:
    from rich.text import Text

    from plan_tracker.values import plain

    for total in found.totals:
        table = new_table(_("Code"), _("Field"), _("Value"), _("Place"), _("Return"), title=title)
        table.columns[2].justify = "right"
        for part in total.parts:
            value, place = plain(part.value), f"{part.sheet} {part.cell}"
            table.add_row(part.code, part.field, Text(value), Text(place), f"{part.unit} v{part.source.version}")
        console.print(table)
        console.print(f"{total.figure} · {_(_HOW[total.how])}: {_total_text(total)}", markup=False, style="bold")
        if total.left_out:
            said = _("Not in it, since its answer is missing or unreadable: {codes}")
            console.print(said.format(codes=", ".join(total.left_out)), markup=False)
        for unit in dict.fromkeys(part.unit for part in total.parts):
            source = found.returns[unit]
            console.print(f"{unit} v{source.version}: {source.file}\n  SHA-256 {source.sha256}", markup=False)


def _total_text(total: Total) -> str:
    """As the report rounds it, but money to the satang."""
    from plan_tracker.fiscal import half_up

    if total.value is None:
        return "–"
    return f"{total.value:,f}" if total.how == "count" else f"{half_up(total.value):,f}"


def show_events(events: Sequence[Event], broken: int | None, *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    table = new_table("#", _("When"), _("Who"), _("What"), _("Details"))
    for event in events:
        shown = {name: value[:12] if name == "sha256" else value for name, value in event.details.items()}
        details = " ".join(f"{name}={value}" for name, value in shown.items() if value)
        table.add_row(str(event.number), event.at[:16].replace("T", " "), Text(event.who), event.what, Text(details))
    console.print(table)
    if broken:
        console.print(_("The log has been changed: entry {number} does not fit what it says.").format(number=broken))
