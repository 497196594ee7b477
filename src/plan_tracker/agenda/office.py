"""Tasks that belong to no quarter: the register, the inbox, decisions, letters, orders, the year's turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from plan_tracker.agenda.tasks import Task, days_late
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import is_no_return, shown_name, waiting
from plan_tracker.merging.progress.rejections import rejections
from plan_tracker.merging.standing import undecided
from plan_tracker.registerbook import ERROR, read_register
from plan_tracker.store import Letter, Order, Store
from plan_tracker.workspace.folders import Workspace, file_sha256

_NAMED = 3  # files and the like that a reason names
SOON = timedelta(days=7)  # before its day a task is told


def office_tasks(workspace: Workspace, store: Store) -> Iterator[Task]:
    """What is to be done apart from the quarters' own steps."""
    yield from unfinished_tasks(workspace, store)
    yield from _register(workspace, store)
    yield from _year(workspace, store)


def unfinished_tasks(workspace: Workspace, store: Store) -> Iterator[Task]:
    """What was begun and is still to be ended: files, decisions, orders, letters, mails."""
    yield from _inbox(workspace, store)
    yield from _decisions(store)
    yield from _orders(workspace, store)
    yield from _rejected(workspace, store)
    yield from _letters(store)
    yield from _mails(store)


def unread(workspace: Workspace) -> list[str]:
    """The names of what lies in the inbox, and was not taken in."""
    if not workspace.inbox.is_dir():
        return []
    found = waiting(workspace.inbox, workspace.rejected)
    return [shown_name(path) for path in found.files if not is_no_return(path)]


def _inbox(workspace: Workspace, store: Store) -> Iterator[Task]:
    files = unread(workspace)
    if files:
        what = _("Take in what lies in the inbox")
        yield Task(what, _("{count} files: {names}").format(count=len(files), names=_few(files)), "plantrack ingest")
    elif store.to_correct():
        units = list(dict.fromkeys(kept.unit for kept in store.to_correct()))
        what = _("Write the corrections that could not be written")
        yield Task(what, _("{count} units: {names}").format(count=len(units), names=_few(units)), "plantrack ingest")


def _decisions(store: Store) -> Iterator[Task]:
    for one in undecided(store):
        kept = one.kept
        why = _("{file} of {unit} came on the form of {period}, whose answers count already.")
        yield Task(
            _("Decide on a late correction: accept it, or put it aside"),
            why.format(file=kept.file, unit=kept.unit, period=kept.period.spoken),
            f"plantrack accept {kept.period.typed} {kept.unit} --because TEXT",
        )


def _register(workspace: Workspace, store: Store) -> Iterator[Task]:
    year, book = workspace.config.fiscal_year, workspace.register_book
    if store.register(fiscal_year=year) is None:
        wrong = _wrong_cells(workspace) if book.is_file() else []
        command = "plantrack register load" if book.is_file() else "plantrack register load FILE"
        yield Task(
            _("Load the register of fiscal year {year}").format(year=year),
            _("In register.xlsx {count} cells are still to be filled in or mended: {cells}").format(
                count=len(wrong), cells=_few(wrong)
            )
            if wrong
            else _("Forms, letters and reports are made from it."),
            "plantrack register check" if wrong else command,
        )
    elif book.is_file() and not store.has_loaded(file_sha256(book)):
        what = _("Check register.xlsx, then load it")
        yield Task(what, _("It has been changed since it was loaded."), "plantrack register check")


def _wrong_cells(workspace: Workspace) -> list[str]:
    """Where ``register.xlsx`` is not to be loaded as it stands, such as the blanks of a new year."""
    _register, problems, _cells = read_register(workspace.register_book, workspace.config.fiscal_year)
    return [f"{one.sheet}!{one.cell}".strip("!") for one in problems if one.level == ERROR]


def _year(workspace: Workspace, store: Store) -> Iterator[Task]:
    year = workspace.config.fiscal_year
    begins = Period(year, YEAR_END).last_day + timedelta(days=1)
    if workspace.today >= begins and store.register(fiscal_year=year) is not None:
        yield Task(
            _("Begin fiscal year {year}").format(year=year + 1),
            _("Fiscal year {year} is over; what is open in it goes on being asked for.").format(year=year),
            f"plantrack new-year {year + 1}",
            begins,
            days_late(begins, workspace.today),
        )


def _orders(workspace: Workspace, store: Store) -> Iterator[Task]:
    """One task for the orders that no letter has gone out on, and one for those that are due."""
    open_ = [order for order in store.orders.all() if not order.done_at]
    told = {letter.about for letter in store.letters.all() if letter.kind == "L7" and not letter.withdrawn_at}
    untold = [order for order in open_ if order.code not in told]
    due = [order for order in open_ if order.due <= workspace.today + SOON and order.code in told]
    if untold:
        command = " ".join(["plantrack orders letters", *(order.code for order in untold)])
        yield _order_task(workspace, untold, _("Write the executives' orders to their units"), command)
    if due:
        what = _("Ask after the executives' orders, and close what is done")
        yield _order_task(workspace, due, what, "plantrack orders list")


def _order_task(workspace: Workspace, orders: list[Order], what: str, command: str) -> Task:
    first = min(order.due for order in orders)
    names = _few([order.code for order in orders])
    why = _("{count} orders: {names}").format(count=len(orders), names=names)
    return Task(what, why, command, first, days_late(first, workspace.today))


def _rejected(workspace: Workspace, store: Store) -> Iterator[Task]:
    found = rejections(workspace, store)
    if found:
        why = _("{count} files: {names}").format(count=len(found), names=_few([one.file for one in found]))
        periods = {one.period for one in found if one.period}
        about = f" {periods.pop().typed}" if len(periods) == 1 and all(one.period for one in found) else ""
        yield Task(_("Look at the files that were rejected"), why, f"plantrack status{about}")


def _letters(store: Store) -> Iterator[Task]:
    """Per period, the drafts that no number has been recorded for."""
    drafts: dict[Period, list[Letter]] = {}
    for letter in store.letters.all():
        if letter.is_draft:
            drafts.setdefault(letter.period, []).append(letter)
    for period, letters in drafts.items():
        kinds = Counter(letter.kind for letter in letters)
        counted = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
        why = _("{count} drafts without a number: {kinds}").format(count=len(letters), kinds=counted)
        what = _("Send the letters of {period}, and record their numbers").format(period=period.spoken)
        yield Task(what, why, f"plantrack letters list {period.typed} --unnumbered")


def _mails(store: Store) -> Iterator[Task]:
    """Per period, the mails of which nobody knows whether they went out."""
    doubtful: dict[Period, list[str]] = {}
    for mail in store.mails.of(store.letters.all()):
        if mail.is_doubtful:
            doubtful.setdefault(mail.letter.period, []).append(mail.file)
    for period, files in doubtful.items():
        what = _("Find out whether these mails went out, and settle them")
        why = _("{count} files: {names}").format(count=len(files), names=_few(files))
        yield Task(what, why, f"plantrack mail list {period.typed}")


def _few(names: list[str]) -> str:
    """The first of them."""
    more = _(" and {count} more").format(count=len(names) - _NAMED) if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
