"""Step 9 of the manual: executive orders, followed until they are done (R20). Reads and writes the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from plan_tracker.documents.letters import write_order
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.dates import check_day
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.drafting.withdrawing import withdraw_letter
from plan_tracker.due.working_days import is_working_day, working_day
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period, quarter_of, spoken_date
from plan_tracker.forms.definition.orders import DONE
from plan_tracker.i18n import _
from plan_tracker.register import DIVISION, Register, Unit
from plan_tracker.remarks import remark
from plan_tracker.review import Stage
from plan_tracker.store import Letter, Order, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as it stands: ``state`` is open, late or done, ``answers`` what units say they did, by unit."""

    order: Order
    state: str
    answers: Mapping[str, str] = field(default_factory=dict)


def add_order(
    workspace: Workspace,
    store: Store,
    text: str,
    day: date,
    due: date,
    units: Sequence[str],
    *,
    period: Period | None = None,
    dry_run: bool = False,
) -> OrderLine:
    """Keeps an order to ``units`` (codes); the next forms of theirs ask what was done.

    ``period``: the report that led to it; if not said, the newest that the executives have had, else the quarter
    that had ended by ``day``. The very same order once more is that one: a run may have been cut off once it had
    kept it. That the office does not work on ``due`` is told, and left as the executives have said it.
    """
    about = period or _period_of(store, day)
    check_day(workspace, day, since=about.first_day, event=_("on that day the quarter begins"))
    register = store.register_for(about)
    codes = _codes(register, units)
    if not text.strip():
        raise UsageError(_("An order needs its text."), _("Write it in quotes after: plantrack orders add"))
    if due < day:
        raise UsageError(
            _("The order would be due before it was given."), _("--due must be a later day than --date, or the same.")
        )
    if not is_working_day(workspace.config, due):
        said = _("{due}, when the order is due, is a day off; the next working day is {working}. It is kept as typed.")
        following = working_day(workspace.config, due)
        remark(said.format(due=spoken_date(due, in_full=True), working=spoken_date(following, in_full=True)))
    taken = {*register.project_by_code, *register.kpi_by_code}
    order = Order(store.orders.next_number(taken), text.strip(), day, due, tuple(codes), about)
    known = next((one for one in store.orders.all() if _is_said_again(one, order)), None)
    if known:
        return OrderLine(known, known.state(workspace.today))
    if not dry_run:
        with store.transaction():
            at = workspace.timestamp()
            order = store.orders.add(order.text, day, due, codes, about, at, taken=taken)
            store.add_event(
                at, EventName.ORDERS_ADD, order=order.code, about=str(about), units=" ".join(codes), due=due.isoformat()
            )
    return OrderLine(order, order.state(workspace.today))


def _is_said_again(known: Order, order: Order) -> bool:
    return replace(known, number=order.number, added_at="") == order


def _period_of(store: Store, day: date) -> Period:
    """What an order of the day ``day`` is most likely about."""
    current = quarter_of(day)
    years = (current.fiscal_year, current.fiscal_year - 1)
    for period in (Period(year, number) for year in years for number in (YEAR_END, *reversed(QUARTERS))):
        submitted = store.reviews.submitted(period)
        told = store.reviews.review(period).stage in (Stage.WITH_EXECUTIVES, Stage.PERMITTED, Stage.REFUSED)
        if submitted and told and datetime.fromisoformat(submitted.at).date() <= day:
            return period
    ended = quarter_of(current.first_day - timedelta(days=1))
    return ended if store.register(fiscal_year=ended.fiscal_year) else current


def list_orders(workspace: Workspace, store: Store) -> list[OrderLine]:
    """Every order, with what units' newest answers that count say was done."""
    orders = store.orders.all()
    years = {quarter_of(order.day).fiscal_year for order in orders}
    periods = [Period(year + later, quarter) for year in sorted(years) for later in (0, 1) for quarter in (1, 2, 3, 4)]
    answers: dict[str, dict[str, str]] = {}
    for period in dict.fromkeys(periods):
        for unit, standing in store.answers.standings(period).items():
            for code, said in store.answers.counting_answers(standing).items():
                if DONE in said:
                    answers.setdefault(code, {})[unit] = str(said[DONE])
    return [OrderLine(order, order.state(workspace.today), answers.get(order.code, {})) for order in orders]


def close_order(workspace: Workspace, store: Store, code: str, because: str, *, dry_run: bool = False) -> OrderLine:
    """Records that an order (``O01``, or its number) is done, and how; drafts of letters on it are withdrawn."""
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    order = find_order(store, code)
    if order.done_at:
        raise OrderError(_("Order {code} is done already.").format(code=order.code), _("There is nothing to close."))
    if not dry_run:
        at = workspace.timestamp()
        with store.transaction():
            store.orders.close(order, because.strip(), at)
            store.add_event(at, EventName.ORDERS_DONE, order=order.code, because=because.strip())
            for letter in store.letters.not_withdrawn("L7"):
                if letter.about == order.code and letter.is_draft:
                    withdraw_letter(workspace, store, letter)
        return next(line for line in list_orders(workspace, store) if line.order.code == order.code)
    return OrderLine(order, "done")


def write_order_letters(
    workspace: Workspace, store: Store, codes: Sequence[str] = (), *, executive: str = "", dry_run: bool = False
) -> list[Letter]:
    """Drafts L7 to the units of every order that is not done, or of the orders ``codes``."""
    orders = [find_order(store, code) for code in codes] or [o for o in store.orders.all() if not o.done_at]
    to = [(order, _units_of(store, order)) for order in orders]  # whatever is wrong with one, before any is written
    with store.transaction() if not dry_run else nullcontext():
        written = [
            letter
            for order, units in to
            for letter in _letters_of(workspace, store, order, units, executive, dry_run=dry_run)
        ]
        if written and not dry_run:
            said = {"orders": " ".join(o.code for o in orders), "files": " ".join(letter.path for letter in written)}
            store.add_event(workspace.timestamp(), EventName.ORDERS_LETTERS, **said)
    return written


def _units_of(store: Store, order: Order) -> list[Unit]:
    """The units that ``order`` is to, by whom they are now; ``OrderError`` where the register has one no more."""
    known, lineage = store.register_for(order.period).unit_by_code, store.lineage()
    codes = dict.fromkeys(heir if (heir := lineage.now(code)) in known else code for code in order.units)
    gone = [code for code in codes if code not in known]
    if gone:
        raise OrderError(
            _("Order {code} is to {units}, which the register has no more.").format(
                code=order.code, units=" ".join(gone)
            ),
            _("Load a register with it, close the order with orders done, or name other orders: orders letters O01"),
        )
    return [known[code] for code in codes]


def _letters_of(
    workspace: Workspace, store: Store, order: Order, units: Sequence[Unit], executive: str, *, dry_run: bool
) -> Iterator[Letter]:
    """A letter to each unit that has not been sent one about ``order``."""
    period = order.period
    register, drafts = store.register_for(period), LetterDrafts(workspace, store, period)
    for unit in units:
        if any(letter.about == order.code and letter.is_sent for letter in store.letters.to("L7", unit.code, period)):
            continue
        if dry_run:
            yield drafts.plan("L7", unit.code, order.code)
            continue
        before = precedent(store, "L7", unit.code, period)
        if before and before.kind == "L6" and unit.unit_type != DIVISION:
            before = None  # a memo within the Office is nothing to cite to others
        write = partial(
            write_order,
            workspace,
            register,
            unit,
            period,
            executive,
            order.text,
            order.day,
            order.due,
            others=units,
            refers=cited(before),
            circulated=before is None or before.kind == "L4",
        )
        yield drafts.write("L7", unit.code, write, order.code)


def find_order(store: Store, code: str) -> Order:
    """The order ``O01`` (or ``1``); ``UsageError`` where there is none."""
    wanted = code.strip().upper().removeprefix("O")
    for order in store.orders.all():
        if wanted.isdecimal() and int(wanted) == order.number:
            return order
    raise UsageError(_("There is no order {code}.").format(code=code), _("See the orders with: plantrack orders list"))


def _codes(register: Register, units: Sequence[str]) -> tuple[str, ...]:
    by_code = {unit.code.upper(): unit.code for unit in register.units}
    for unit in units:
        if unit.upper() not in by_code:
            raise UsageError(
                _("Unit {code} is not in the register.").format(code=unit),
                _("Units: {codes}").format(codes=" ".join(by_code.values())),
            )
    return tuple(dict.fromkeys(by_code[unit.upper()] for unit in units))
