"""What people see of the calendar, the problems, where a figure comes from, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import (
    MOST_LINES,
    day_text,
    in_short,
    new_console,
    new_table,
    say,
    say_more,
    say_wrapped,
    state_text,
)
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from rich.console import Console

    from plan_tracker.analysis.figures.totals import Total, TotalPart
    from plan_tracker.fiscal import Period
    from plan_tracker.steps.keep.keys import RenewedKey
    from plan_tracker.steps.look_up.calendar import Calendar
    from plan_tracker.steps.look_up.compare import AnswerComparison
    from plan_tracker.steps.look_up.log import LogExtract
    from plan_tracker.steps.look_up.problems import ProblemRegister
    from plan_tracker.steps.look_up.query import QueryResult
    from plan_tracker.steps.look_up.trace import Trace
    from plan_tracker.steps.look_up.trace_totals import Totals, TracedTotals
    from plan_tracker.values import Value


_NEWEST, _DETAILS = 20, 120  # entries of the log that a screen shows, and characters of each
_COLUMNS = 4  # fields that fit beside each other
_HOW = {"sum": N_("sum"), "count": N_("count"), "mean": N_("mean")}


def show_board(path: str, *, dry_run: bool) -> None:
    said = _("Would write: {path}") if dry_run else _("Written: {path}. Open it in a browser; it is kept up to date.")
    new_console().print(said.format(path=path), soft_wrap=True)


def show_calendar(found: Calendar) -> None:
    """Per period: by when, what, and how it stands."""
    console = new_console()
    for period, steps in found.periods:
        table = new_table(_("Due"), "#", _("Step"), _("State"), _("Done on"), _("Days late"), title=period.spoken)
        for step in steps:
            if step.standing == "not asked":
                continue
            late = str(step.days_late(found.today) or "")
            table.add_row(
                day_text(step.due), str(step.step), step.name, state_text(step.standing), day_text(step.done_on), late
            )
        console.print(table)
    behind = [step for _period, steps in found.periods for step in steps if step.standing == "late"]
    console.print(
        _("{count} are late as of {today}. Due dates are settings: [due] in config.toml.").format(
            count=len(behind), today=spoken_date(found.today)
        ),
    )


def show_problems(found: ProblemRegister) -> None:
    """Each problem: since when, how it stands, its cause and remedy, whose it is."""
    from rich.text import Text

    console = new_console()
    if not found.lines:
        console.print(_("No problem has been told in {period} so far.").format(period=found.period.spoken))
        return
    table = new_table(_("Project"), _("State"), _("Since"), _("Problem"), title=found.period.spoken)
    for line in found.lines:
        history, problem = line.history, line.history.problem
        details = ((_("Cause"), problem.cause), (_("Remedy"), problem.recommendation), (_("Owner"), problem.owner))
        said = "\n".join([problem.problem, *(f"{name}: {text}" for name, text in details if text)])
        place = f"{line.project.code} {line.project.unit}"
        table.add_row(place, state_text(history.standing or "earlier"), history.first.name, Text(said))
    console.print(table)


def show_trace(found: Trace | Totals) -> None:
    from plan_tracker.steps.look_up.trace import Trace

    if isinstance(found, Trace):
        _show_answers(found)
    else:
        _show_totals(found)


def _show_answers(found: Trace) -> None:
    from rich.text import Text

    console = new_console()
    facts = (
        (_("File"), found.source.file),
        (_("Unit"), f"{found.unit} v{found.source.version}"),
        ("SHA-256", found.source.sha256),
        (_("Original"), found.source.original),
    )
    for name, fact in facts:
        console.print(f"{name}: {fact}")
    if found.other_parts:
        others = ", ".join(found.other_parts)
        console.print(
            _("This is the answer of {code} alone; merged with it since: {others}").format(
                code=found.code, others=others
            ),
        )
    if not found.originals_are_whole:
        console.print(_("The original is missing, or is not what came back: its SHA-256 differs."), style="red")
    table = new_table(_("Field"), _("Value"), _("Place"))
    for value in found.values:
        table.add_row(Text(value.field), Text(value.value), Text(f"{value.sheet} {value.cell}".strip()))
    console.print(table)


def _show_totals(found: Totals) -> None:
    """Each total; of a single figure, with the answers that it is made of and the files that they came in."""
    console = new_console()
    for one in found.scopes:
        title = " · ".join(filter(None, (one.period.spoken, one.plan, one.unit)))
        if found.figure:
            _show_parts(console, one, title)
        else:
            table = new_table(_("Figure"), _("How"), _("Total"), _("Answers"), title=title)
            for total in one.totals:
                table.add_row(total.figure, _(_HOW[total.how]), _total_text(total), str(len(total.parts)))
            console.print(table)
            for left_out, figures in _left_out(one).items():
                said = _("Reported, but not in {figures}, since an answer is missing or unreadable: {codes}")
                console.print(said.format(figures=in_short(figures), codes=in_short(left_out)))
        if one.missing:
            missing = in_short(one.missing)
            console.print(_("Without a return, and in no total: {units}").format(units=missing))
        if one.changed:
            console.print(
                _("The original is missing or changed: {units}").format(units=in_short(one.changed)), style="red"
            )
    if not found.figure:
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
            table.add_row(part.code, part.field, Text(value), Text(place), _return_of(part, found.period))
        console.print(table)
        console.print(f"{total.figure} · {_(_HOW[total.how])}: {_total_text(total)}", style="bold")
        if total.left_out:
            said = _("Not in it, since its answer is missing or unreadable: {codes}")
            console.print(said.format(codes=in_short(total.left_out)))
        if total.from_register:
            said = _("Counted by the register, which has them as cancelled: {codes}")
            console.print(said.format(codes=in_short(total.from_register)))
        if total.told_before:
            said = _("Cancelled, with what they told before: {codes}")
            console.print(said.format(codes=in_short(total.told_before)))
        sources = {_return_of(part, found.period): part.source for part in total.parts}
        for name, source in sources.items():
            console.print(f"{name}: {source.file}\n  SHA-256 {source.sha256}")


def _return_of(part: TotalPart, period: Period) -> str:
    """The return that an answer came in, with its quarter where that is an earlier one."""
    quarter = part.source.period
    name = f"{part.unit} v{part.source.version}"
    return f"{quarter.name} {name}" if quarter and quarter != period.quarters[-1] else name


def _total_text(total: Total) -> str:
    """As the report rounds it, but money to the satang."""
    from plan_tracker.rounding import half_up

    if total.value is None:
        return "–"
    return f"{total.value:,f}" if total.how == "count" else f"{half_up(total.value):,f}"


def show_comparison(found: AnswerComparison) -> None:
    """Field by field what was said before and now."""
    from rich.text import Text

    console = new_console()
    table = new_table(_("Project"), _("Field"), _("Before"), _("Now"), title=f"{found.unit} · {found.period.spoken}")
    for change in found.changes:
        place = f"{change.code}\n{change.since.name}"
        table.add_row(place, Text(_field_name(change.field)), Text(change.before or "–"), Text(change.after or "–"))
    if found.changes:
        console.print(table)
    for said, codes in (
        (_("Told for the first time: {codes}"), found.new),
        (_("The same as before: {codes}"), found.same),
    ):
        if codes:
            say(said.format(codes=in_short(codes, " ")))


def show_query(found: QueryResult, *, dry_run: bool) -> None:
    """One project field by field over the periods, else a row for each project and period."""
    if found.path:
        said = _("Would write {count} rows: {path}") if dry_run else _("Written, {count} rows: {path}")
        say(said.format(count=len(found.rows), path=found.path))
    elif not found.rows:
        say(_("No answer that counts has come of it."))
    elif len({row.code for row in found.rows}) == 1:
        _show_one(found)
    else:
        _show_rows(found)


def _show_one(found: QueryResult) -> None:
    from rich.text import Text

    first = found.rows[0]
    table = new_table(_("Field"), *(str(row.period) for row in found.rows), title=f"{first.code} {first.name}")
    for field in found.fields:
        table.add_row(Text(_field_name(field)), *(Text(_plain(row.values.get(field))) for row in found.rows))
    new_console().print(table)


def _show_rows(found: QueryResult) -> None:
    """A column for each field; of more than fit on a line, all of them below each other."""
    from rich.text import Text

    apart = len(found.fields) <= _COLUMNS
    heads = [field.removeprefix("f") for field in found.fields] if apart else [_("Answers")]
    table = new_table(_("Period"), _("Unit"), _("Project"), *heads)
    for row in found.rows[:MOST_LINES]:
        told = [(field.removeprefix("f"), _plain(row.values.get(field))) for field in found.fields]
        values = [text for _field, text in told]
        if not apart:
            values = ["\n".join(f"{field}: {text}" for field, text in told if text)]
        table.add_row(str(row.period), row.unit, row.code, *map(Text, values))
    new_console().print(table)
    say_more(len(found.rows) - MOST_LINES, "--to FILE.xlsx")


def _field_name(key: str) -> str:
    """What the form calls a field, and its key, by which it is asked for."""
    from plan_tracker.forms.definition.labels import field_label
    from plan_tracker.forms.definition.versions import field_of
    from plan_tracker.i18n import Words, current_language

    field = field_of(key)
    return f"{field_label(field, Words(current_language()))} ({key})" if field else key


def _plain(value: Value | None) -> str:
    from plan_tracker.values import plain

    return "" if value is None else plain(value)


def show_log(log: LogExtract) -> None:
    """The whole log; on a screen that scrolls its end, with the beginning of what each entry says.

    What it says stands below an entry, in the whole width: beside it paths had to be broken anywhere.
    """
    console = new_console()
    events = log.events[-_NEWEST:] if console.is_terminal else log.events
    if len(events) < len(log.events):
        said = _("The newest {count} of {all}; to see all: {option}")
        say(said.format(count=len(events), all=len(log.events), option="plantrack log > FILE.txt"))
    for event in events:
        shown = {name: value[:12] if name == "sha256" else value for name, value in event.details.items()}
        details = " ".join(f"{name}={value}" for name, value in shown.items() if value)
        if console.is_terminal and len(details) > _DETAILS:
            details = f"{details[:_DETAILS]} …"
        begins = f"{event.number:>4}  "
        say_wrapped(f"{event.at[:16].replace('T', ' ')}  {event.who}  {event.what}", begins)
        if details:
            say_wrapped(details, " " * len(begins))
    if log.broken_at:
        console.print(
            _("The log has been changed: entry {number} does not fit what it says.").format(number=log.broken_at)
        )


def show_publishing_key(made: str) -> None:
    """``made``: its fingerprint, blank where it would be made."""
    if not made:
        say(_("A new key would be made."))
        return
    say(_("A new key signs what is published from now on: {fingerprint}").format(fingerprint=made))
    say(_("Tell readers of it. Reports that are to bear it are made anew: plantrack report PERIOD"))


def show_renewed(renewed: RenewedKey, *, dry_run: bool) -> None:
    say(_("A new key would be made.") if dry_run else _("A new key signs the forms to come; it is on record."))
    if renewed.lost:
        say(_("Forms that are out can't be told from forgeries any more. Issue them anew: plantrack issue-forms"))
    else:
        say(_("Forms that are out stay good: {count} earlier keys are known.").format(count=renewed.known))
