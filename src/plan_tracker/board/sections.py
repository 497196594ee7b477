"""The parts of the board's page, each from the facts to HTML. Colours are never the only difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from plan_tracker.board.facts import Facts
from plan_tracker.fiscal import Period, spoken_date
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import N_, _
from plan_tracker.merging.progress.milestones import MilestoneStatus, Progress
from plan_tracker.merging.standing import UnitStatus
from plan_tracker.publication.site.svg import Bar, bar_chart
from plan_tracker.rounding import per_cent, rounded_percent

MOST_ROWS = 300  # of units, those that are not complete first
MOST_LINES = 12  # of tasks, orders and problems
_MILLION = Decimal(1_000_000)
_STAGES = (c.NOT_STARTED, c.UNDER_WAY, c.SUSPENDED, c.COMPLETED, c.CANCELLED)
_SCHEDULES = (c.AHEAD, c.ON_TIME, c.LATE)
_STATES = {
    "none": N_("not issued"),
    "issued": N_("outstanding"),
    "incomplete": N_("incomplete"),
    "accepted": N_("accepted"),
    "waived": N_("waived"),
    "": N_("–"),
}
_STANDINGS = {
    MilestoneStatus.DONE: ("✓", N_("done")),
    MilestoneStatus.LATE: ("!", N_("late")),
    MilestoneStatus.UNDER_WAY: ("…", N_("under way")),
    MilestoneStatus.WAITING: ("", N_("waiting")),
}


def cards(facts: Facts) -> Markup:
    """The figures that are read from across a room."""
    complete = sum(1 for line in facts.units if line.state.counts)
    late = sum(1 for line in facts.units if not line.state.counts and line.days_late)
    total = facts.total
    shown = (
        (_("Units complete"), f"{complete}/{len(facts.units)}", ""),
        (_("Units late"), str(late), "late" if late else ""),
        (_("Money covered by returns"), _percent(total.covered, total.budget), ""),
        (_("Disbursed of what is reported"), _percent(total.disbursed, total.reported), ""),
        (_("Projects behind their plan"), str(facts.schedules.get(c.LATE, 0)), ""),
        (_("Open orders"), str(len(facts.orders)), ""),
    )
    card = Markup('<div class="{kind}"><dt>{name}</dt><dd>{value}</dd></div>')
    drawn = Markup("").join(card.format(name=name, value=value, kind=kind) for name, value, kind in shown)
    return Markup('<dl class="cards">{}</dl>').format(drawn)


def tasks(facts: Facts) -> Markup:
    """What is to be done now."""
    found = facts.agenda.tasks
    if not found:
        return _section(_("To do now"), Markup("<p>{}</p>").format(_("There is nothing to do now.")))
    item = Markup('<li class="{kind}"><b>{what}</b>{late} <span>{why}</span> <code>{command}</code></li>')
    drawn = (
        item.format(
            kind="late" if one.days_late else "",
            what=one.what,
            late=_(" – days late: {days}").format(days=one.days_late) if one.days_late else "",
            why=one.why,
            command=one.command,
        )
        for one in found[:MOST_LINES]
    )
    return _section(_("To do now"), Markup("<ol>{}</ol>").format(Markup("").join(drawn)), _more(len(found)))


def charts(facts: Facts) -> Markup:
    """Disbursement of each unit, and the projects by stage and schedule."""
    spent = [
        Bar(line.unit.short or line.unit.name, _share(money.disbursed, money.reported), "–")
        for line in facts.units
        if (money := facts.money.get(line.unit.code)) and money.reported
    ]
    said = [Bar(bar.label, bar.value, str(bar.value)) for bar in spent][:MOST_LINES]
    drawn = [
        _chart(_("Disbursed, per cent of the budget"), said, "%", Decimal(100)),
        _chart(_("Projects by stage"), _bars(facts.stages, _STAGES), "", _all(facts.stages)),
        _chart(_("Projects by schedule"), _bars(facts.schedules, _SCHEDULES), "", _all(facts.schedules)),
    ]
    return Markup("").join(filter(None, drawn))


def units(facts: Facts) -> Markup:
    """Units and their states, those with something left to do first."""
    lines = sorted(facts.units, key=lambda line: (line.state.counts, -line.days_late))
    heads = (_("Unit"), _("Form 1"), _("Form 2"), _("Errors"), _("Warnings"), _("Days late"))
    rows = [_unit_row(line) for line in lines[:MOST_ROWS]]
    return _section(_("Units"), _table(heads, rows), _more(len(lines), MOST_ROWS))


def calendar(facts: Facts) -> Markup:
    """The year's steps by period: by when, and how each stands."""
    if not facts.calendar:
        return Markup("")
    names = [step.name for step in facts.calendar[0][1]]
    heads = (_("Step"), *(_period(period) for period, _steps in facts.calendar))
    rows = [
        Markup("<tr><th scope=row>{name}</th>{cells}</tr>").format(
            name=name, cells=Markup("").join(_step(steps[number]) for _period_of, steps in facts.calendar)
        )
        for number, name in enumerate(names)
    ]
    return _section(_("Calendar"), _table(heads, rows))


def orders(facts: Facts) -> Markup:
    """The executives' orders that are not done."""
    if not facts.orders:
        return Markup("")
    heads = (_("Order"), _("What"), _("Units"), _("Due"))
    rows = [
        _row(
            "late" if order.due < facts.today else "",
            order.code,
            order.text,
            " ".join(order.units),
            spoken_date(order.due) + (f" {_('late')}" if order.due < facts.today else ""),
        )
        for order in facts.orders[:MOST_LINES]
    ]
    return _section(_("Executive orders"), _table(heads, rows), _more(len(facts.orders)))


def problems(facts: Facts) -> Markup:
    """What units say stands in the way."""
    if not facts.problems:
        return Markup("")
    heads = (_("Unit"), _("Project"), _("Problem"))
    rows = [_row("", one.unit, one.project, one.text) for one in facts.problems[:MOST_LINES]]
    return _section(_("Problems told this quarter"), _table(heads, rows), _more(len(facts.problems)))


def _unit_row(line: UnitStatus) -> Markup:
    kind = "late" if line.days_late and not line.state.counts else "done" if line.state.counts else ""
    numbers = (str(number or "") for number in (line.errors, line.warnings, line.days_late))
    name = f"{line.unit.code} · {line.unit.short or line.unit.name}"
    return _row(kind, name, _(_STATES[line.form1]), _(_STATES[line.form2]), *numbers)


def _step(step: Progress) -> Markup:
    if step.standing is MilestoneStatus.NOT_ASKED:
        return Markup("<td>–</td>")
    sign, said = _STANDINGS[step.standing]
    due = spoken_date(step.due) if step.due else ""
    cell = Markup('<td class="{kind}"><span aria-hidden=true>{sign}</span> {due} <small>{said}</small></td>')
    return cell.format(kind=str(step.standing).replace(" ", "-"), sign=sign, due=due, said=_(said))


def _period(period: Period) -> str:
    return _("year-end") if period.is_year_end else _("Q{quarter}").format(quarter=period.quarter)


def _section(title: str, content: Markup, more: str = "") -> Markup:
    after = Markup('<p class="more">{}</p>').format(more) if more else ""
    return Markup("<section><h2>{title}</h2>{content}{after}</section>").format(
        title=title, content=content, after=after
    )


def _more(count: int, most: int = MOST_LINES) -> str:
    return _("and {count} more").format(count=count - most) if count > most else ""


def _table(heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    head = Markup("").join(Markup("<th scope=col>{}</th>").format(name) for name in heads)
    body = Markup("\n").join(rows)
    return Markup(
        '<div class="wide" tabindex=0><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(head, body)


def _row(kind: str, first: str, *cells: str) -> Markup:
    drawn = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    return Markup('<tr class="{}"><th scope=row>{}</th>{}</tr>').format(kind, first, drawn)


def _bars(counts: Mapping[str, int], order: Sequence[str]) -> list[Bar]:
    return [Bar(name, Decimal(counts[name]), str(counts[name])) for name in order if counts.get(name)]


def _all(counts: Mapping[str, int]) -> Decimal:
    """What the rails of a chart of ``counts`` stand for."""
    return Decimal(sum(counts.values()))


def _chart(name: str, bars: Sequence[Bar], unit: str, whole: Decimal) -> Markup:
    if not bars:
        return Markup("")
    return Markup("<section><h2>{}</h2>{}</section>").format(name, bar_chart(bars, name, unit, whole, language="th"))


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    found = per_cent(part, whole)
    return None if found is None else rounded_percent(found)


def _percent(part: Decimal, whole: Decimal) -> str:
    found = _share(part, whole)
    if found is None:
        return "–"
    million = _("{part} of {whole} million baht").format(
        part=f"{part / _MILLION:,.1f}", whole=f"{whole / _MILLION:,.1f}"
    )
    return f"{found}% ({million})"
