"""What people see of returns that come in, and of where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import (
    MOST_LINES,
    OUTCOMES,
    day_text,
    in_short,
    new_console,
    new_table,
    say,
    say_more,
    state_text,
)
from plan_tracker.forms.definition.workbook.names import COVER_SHEET
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from rich.console import Console

    from plan_tracker.analysis.basis.returns import AnswerStanding
    from plan_tracker.checking.findings import Finding
    from plan_tracker.drafting.unwritten import Unwritten
    from plan_tracker.fiscal import Period
    from plan_tracker.intake.outcome import FileResult
    from plan_tracker.merging.progress.milestones import Progress
    from plan_tracker.merging.progress.rejections import Rejection
    from plan_tracker.merging.standing import Undecided, UnitStatus, Version
    from plan_tracker.steps.collect.accept import Waiver
    from plan_tracker.steps.collect.decline import Declined
    from plan_tracker.steps.collect.ingest import Ingested
    from plan_tracker.steps.collect.status import QuarterStatus

_SEVERITIES = {
    "rejected": (N_("REJECTED"), "red"),
    "error": (N_("ERROR"), "red"),
    "warning": (N_("WARNING"), "yellow"),
    "notice": (N_("NOTICE"), "dim"),
}


def show_ingest(ingested: Ingested, *, dry_run: bool, in_full: bool = False) -> None:
    """A line per file, those that need somebody first where there are many, and why any was not taken in.

    ``in_full``: each finding, too.
    """
    results, corrections = ingested.files, ingested.corrections
    if not results and not corrections and not ingested.unwritten:
        say(_("The inbox is empty: nothing to do."))
        return
    console = new_console()
    _show_files(console, results, in_full=in_full)
    for result in results:
        if result.findings and (in_full or result.is_busy or result.outcome == "rejected"):
            _show_findings(console, f"{_inside(result)}  {result.unit}", result.findings)
    _show_written(console, ingested)
    if ingested.withdrawn:
        stale = ", ".join(letter.file for letter in ingested.withdrawn)
        console.print(_("Withdrawn, since the answers have come: {letters}").format(letters=stale))
    _show_sum(console, results, dry_run=dry_run)
    if not in_full:
        _say_where_findings_are(results, dry_run=dry_run)
    for item in ingested.unwritten:
        said = _("The correction for {unit} could not be written ({reason}); the next plantrack ingest tries again.")
        _show_unwritten(item, said)
    for item in ingested.unsaid:
        _show_unwritten(item, _("The letter or form that answers the file of {unit} could not be written ({reason})."))


def _show_files(console: Console, results: Sequence[FileResult], *, in_full: bool) -> None:
    from rich.text import Text

    table = new_table(
        _("File"), _("Unit"), _("Outcome"), _("Version"), _("Errors"), _("Warnings"), _("Notices"), limited=False
    )
    shown = list(results)
    if len(shown) > MOST_LINES and not in_full:
        shown = sorted(results, key=lambda result: not result.needs_a_person)[:MOST_LINES]
    for result in shown:
        counts = (_open_count(result.findings, severity) for severity in ("error", "warning", "notice"))
        version = str(result.version or "")
        table.add_row(
            Text(_inside(result)), result.unit, state_text(result.outcome), version, *(str(c or "") for c in counts)
        )
    console.print(table)
    say_more(len(results) - len(shown))


def _say_where_findings_are(results: Sequence[FileResult], *, dry_run: bool) -> None:
    """Where each finding can be read, of what was taken in with something open."""
    first = next((one for one in results if one.outcome == "incomplete" and one.period), None)
    if dry_run and any(result.findings for result in results):
        say(_("Each finding: {command}").format(command="plantrack ingest --dry-run --all"))
    elif first and first.period:
        command = f"plantrack status {first.period.typed} --unit {first.unit}"
        say(_("Each finding, unit by unit: {command}").format(command=command))


def _show_written(console: Console, ingested: Ingested) -> None:
    """Corrections, and letters on rejected files."""
    corrections = ingested.corrections
    if corrections:
        written = new_table(_("Unit"), _("Correction list, form and letter"), title=_("Written"))
        for c in corrections:
            written.add_row(c.unit, " ".join(path.rpartition("/")[2] for path in (c.list, c.form, c.letter)))
        console.print(written)
        console.print(_("They are in {folder}").format(folder=corrections[0].list.rpartition("/")[0]))
    if ingested.offers:
        filled = new_table(
            _("Unit"), _("Form"), _("Of the file"), title=_("Filled with what was understood, to be confirmed")
        )
        for offer in ingested.offers:
            filled.add_row(offer.unit, offer.form.rpartition("/")[2], ", ".join(offer.files))
        console.print(filled)
        console.print(_("They are in {folder}").format(folder=ingested.offers[0].form.rpartition("/")[0]))
    if ingested.letters:
        drafted = new_table(_("Unit"), _("Letter"), title=_("On rejected files"))
        for letter in ingested.letters:
            drafted.add_row(letter.unit, letter.file)
        console.print(drafted)
        console.print(_("They are in {folder}").format(folder=ingested.letters[0].path.rpartition("/")[0]))


def _inside(result: FileResult) -> str:
    """A file's name, behind that of what it came in."""
    return f"{result.container} › {result.file}" if result.container else result.file


def _open_count(findings: Sequence[Finding], severity: str) -> int:
    return sum(1 for f in findings if f.severity == severity and f.status == "open")


def _show_findings(console: Console, title: str, findings: Sequence[Finding]) -> None:
    """Each finding of one file: where, what, how to mend it, and who has settled it."""
    from rich.text import Text

    from plan_tracker.checking.catalogue import words

    table = new_table(_("Place"), _("Finding"), title=title, limited=False)
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


def _show_unwritten(item: Unwritten, said: str) -> None:
    say(said.format(unit=item.unit, reason=item.reason))
    if item.advice:
        say(f"→ {item.advice}")


def _show_sum(console: Console, results: Sequence[FileResult], *, dry_run: bool) -> None:
    from plan_tracker.intake.outcome import count_file_outcomes

    parts = [f"{_(OUTCOMES[outcome][0])} {count}" for outcome, count in count_file_outcomes(results)]
    if parts:
        console.print(f"{_('Files')}: " + " · ".join(parts))
    if dry_run:
        console.print(_("Nothing was kept or moved: this was a dry run."))


def show_retried(ingested: Ingested, *, dry_run: bool) -> None:
    if ingested.files:
        show_ingest(ingested, dry_run=dry_run)
    else:
        say(_("No rejected file waits: there is nothing to take up again."))


def show_status(found: QuarterStatus, *, in_full: bool = False) -> None:
    if found.units:
        show_units(found.period, found.units, of=found.asked, in_full=in_full)
    _show_undecided(found.undecided)
    if found.rejected:
        _show_rejected(found.rejected)
    if found.versions is None:
        _show_steps("" if found.units else found.period.spoken, found.steps)
    else:
        _show_versions(found.versions)


def _show_undecided(found: Sequence[Undecided]) -> None:
    for one in found:
        kept = one.kept
        said = _("{file} ({unit} v{version}) came on the form of {period}, whose answers count already: {codes}")
        codes = in_short(one.codes)
        say(said.format(file=kept.file, unit=kept.unit, version=kept.version, period=kept.period.spoken, codes=codes))
        advice = _(
            "A late correction? plantrack accept {period} {unit} --because TEXT\n"
            '  The wrong form? plantrack inbox decline "{file}" --because TEXT'
        )
        say("→ " + advice.format(period=kept.period.typed, unit=kept.unit, file=kept.file))


def show_declined(made: Declined, *, dry_run: bool) -> None:
    text = (
        _("Would put aside {codes} of {file} ({unit}, {period}).")
        if dry_run
        else _("Put aside {codes} of {file} ({unit}, {period}), on the record; what counted before counts on.")
    )
    for one in made.returns:
        about = {"file": one.kept.file, "unit": one.kept.unit, "period": one.kept.period.spoken}
        say(text.format(codes=in_short(one.codes), **about))


def show_units(
    period: Period, lines: Sequence[UnitStatus], *, of: Sequence[UnitStatus] = (), in_full: bool = False
) -> None:
    """A line per unit; of more than fit on a screen those with something left to do, unless all are wanted.

    ``of``: every unit that is asked, where ``lines`` are some of them.
    """
    from rich.text import Text

    console = new_console()
    heads = (_("Unit"), _("Name"), _("Form 1"), _("Form 2"), _("Errors"), _("Warnings"), _("Days late"))
    table = new_table(*heads, title=period.spoken, limited=False)
    shown = list(lines)
    if len(shown) > MOST_LINES and not in_full:
        shown = sorted(lines, key=lambda line: (line.state.counts, -line.days_late))[:MOST_LINES]
    for line in shown:
        numbers = (str(number or "") for number in (line.errors, line.warnings, line.days_late))
        name = Text(line.unit.short or line.unit.name)
        table.add_row(line.unit.code, name, state_text(line.form1), state_text(line.form2), *numbers)
    console.print(table)
    say_more(len(lines) - len(shown))
    for line in shown:
        for said in _answers_story(line):
            console.print(f"{line.unit.code}: {said}")
    every = of or lines
    accepted = sum(1 for line in every if line.state.counts)
    late = sum(1 for line in every if not line.state.counts and line.days_late)
    console.print(
        _("{accepted} of {count} units are complete; {late} are late.").format(
            accepted=accepted, count=len(every), late=late
        )
    )


def _show_rejected(rejected: Sequence[Rejection]) -> None:
    """Files that could not be taken in: what, of whom, since when, why, and what the unit is to do."""
    from rich.text import Text

    from plan_tracker.checking.catalogue import words

    console = new_console()
    table = new_table(_("File"), _("Unit"), _("Date"), _("Reason"), title=_("Rejected, and waiting"))
    for one in rejected:
        said = words(one.finding)
        name = f"{one.container} › {one.file}" if one.container else one.file
        letter = f"\n{one.letter.file}" if one.letter else ""
        why = Text.assemble(said.message, (f" → {said.fix}{letter}", "dim"))
        table.add_row(Text(name), one.unit, day_text(one.day), why)
    console.print(table)
    console.print(_("After mending what was wrong here: {command}").format(command="plantrack inbox retry"))


def _answers_story(line: UnitStatus) -> Iterator[str]:
    """What the table has no room for: what counts, waits and is missing by code, and what has been settled."""
    counting = [answer for answer in line.answers if answer.state.counts]
    waiting = [_waiting(line, answer) for answer in line.answers if answer.waiting]
    missing = [_shown_code(line, answer) for answer in line.answers if answer.state == "missing"]
    if line.version and (waiting or missing):
        parts = [_("{counts} of {count} answers count").format(counts=len(counting), count=len(line.answers))]
        parts += [_("to be mended: {answers}").format(answers=", ".join(waiting))] if waiting else []
        parts += [_("missing: {codes}").format(codes=in_short(missing))] if missing else []
        yield " · ".join(parts)
    for answer in line.answers:
        if answer.counting and answer.counting.parts:
            yield _("{code} counts with what was answered of {parts} before the merging, until it answers anew").format(
                code=answer.code, parts=", ".join(part.code for part in answer.counting.parts)
            )
    if line.waived:
        yield _("{count} findings are waived").format(count=line.waived)
    if line.confirmed:
        yield _("the unit has confirmed {count} warnings in its notes").format(count=line.confirmed)
    if line.sender:
        yield _("v{version} was mailed by {sender}").format(version=line.version, sender=line.sender)


def _shown_code(line: UnitStatus, answer: AnswerStanding) -> str:
    """The unit's own code stands for what the cover asks of it."""
    return COVER_SHEET if answer.code == line.unit.code else answer.code


def _waiting(line: UnitStatus, answer: AnswerStanding) -> str:
    """``P002 v2``, and the version that counts beside it."""
    assert answer.waiting is not None
    waits = f"{_shown_code(line, answer)} v{answer.waiting.version}"
    if answer.counting is None:
        return waits
    return waits + " (" + _("v{version} counts").format(version=answer.counting.version) + ")"


def _show_versions(versions: Sequence[Version]) -> None:
    """A unit's returns, one below the other, with all that was found in each."""
    console = new_console()
    for version in versions:
        kept = version.kept
        state = "waived" if version.waived_because else kept.outcome
        parts = [f"v{kept.version}", _(OUTCOMES[state][0]), kept.received_at[:16].replace("T", " "), kept.file]
        if version.sender:
            parts.append(_("mailed by {sender}").format(sender=version.sender))
        if version.counting:
            parts.insert(2, _("counts: {codes}").format(codes=", ".join(version.counting)))
        if version.waived_because:
            parts.append(version.waived_because)
        title = " · ".join(parts)
        if version.findings:
            _show_findings(console, title, version.findings)
        else:
            console.print(title)


def _show_steps(title: str, steps: Sequence[Progress]) -> None:
    """The nine steps of the manual, and the command that is next."""
    from rich.text import Text

    console = new_console()
    table = new_table("#", _("Step"), _("State"), _("Due"), _("Detail"), title=title)
    for step in steps:
        table.add_row(str(step.step), step.name, state_text(step.standing), day_text(step.due), Text(step.detail))
    console.print(table)
    following = next((step for step in steps if step.command and step.standing != "done"), None)
    if following:
        console.print(_("Next: {command}").format(command=following.command))


def show_accepted(made: Waiver, *, dry_run: bool) -> None:
    text = (
        _("Would accept {answers} of {unit} as it is, waiving {count} findings.")
        if dry_run
        else _("Accepted {answers} of {unit} as it is; {count} findings are waived, on the record.")
    )
    if made.versions:
        answers = ", ".join(f"{code} v{version}" for code, version in made.versions.items())
        say(text.format(answers=answers, unit=made.unit, count=len(made.waived)))
    if made.missing:
        missing = _("Nothing has come of {codes}: it stays missing, since there is nothing to accept.")
        say(missing.format(codes=in_short(made.missing)))
