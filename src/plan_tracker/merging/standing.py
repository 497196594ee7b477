"""Step 4: where every unit's answers stand (R6). Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.basis.returns import AnswerStanding, State, UnitStanding, unit_standing
from plan_tracker.checking.findings import Finding, FindingStatus, Severity
from plan_tracker.due import return_due
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.register import Kpi, Project, Register, Unit
from plan_tracker.store import Store, StoredReturn
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit's line. ``form1`` and ``form2`` are states, blank where the unit has no such form.

    ``errors`` and ``warnings`` are what it still has to mend or confirm; ``version`` is that of its newest return.
    ``days_late`` counts to the day from which all of it counted, else to today, or to the day that the period was
    closed. ``waived`` and ``confirmed`` are findings of the answers that count, else of those that wait. ``sender``:
    who mailed the newest return, where it was fetched from a mailbox.
    """

    unit: Unit
    state: State
    form1: str
    form2: str
    errors: int
    warnings: int
    version: int | None
    days_late: int
    answers: Sequence[AnswerStanding]
    waived: int
    confirmed: int
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One return of a unit, what of it counts (codes), why some of that was waived, all that was found in it, and who
    mailed it.
    """

    kept: StoredReturn
    counting: Sequence[str]
    waived_because: str
    findings: Sequence[Finding]
    sender: str = ""


def units_asked(store: Store, period: Period, standings: Mapping[str, UnitStanding] | None = None) -> dict[str, int]:
    """Every unit that reports in the quarter, in the register's order, with the register's version that says so of it.

    ``standings``: how units stand, where that is known already.

    That is the version that its form was made from. A quarter stands on the newest of these, whatever has been loaded
    since; to units that a newer load brings into the running quarter a form is still to go. A unit all of whose
    projects and KPIs are over since is not asked any more.
    """
    newest, versions = store.register_for(period), store.form_register_versions(period)
    base = max(versions.values(), default=newest.version)
    asked = {unit.code: base for unit in registered(store, base).reporting_units()} | versions
    if period == store.newest_issued_period():
        lineage = store.lineage(newest.version)  # a unit under a new code is no new one
        new = (unit.code for unit in newest.reporting_units() if not lineage.past(unit.code, versions))
        asked = dict.fromkeys(new, newest.version) | asked
    place = {unit.code: i for i, unit in enumerate(registered(store, base).units)}
    known = store.answers.standings(period) if standings is None else standings
    excused = {unit for unit, standing in known.items() if not standing.answers}
    left = ((unit, version) for unit, version in asked.items() if unit not in excused)
    return dict(sorted(left, key=lambda item: place.get(item[0], len(place))))


def registered(store: Store, version: int) -> Register:
    """The register's load ``version``, which forms and reports refer to."""
    register = store.register(version)
    assert register is not None, "forms and reports refer to loads that are kept"
    return register


def unit_statuses(workspace: Workspace, store: Store, period: Period) -> list[UnitStatus]:
    """Every unit that reports, in the register's order."""
    standings, counts = store.answers.standings(period), store.answers.finding_counts(period)
    newest, senders = store.answers.newest_returns(period), store.mails.senders()
    due = return_due(workspace.config, period)
    until = store.reviews.closed_on(period) or workspace.today
    lines = []
    for code, version in units_asked(store, period, standings).items():
        register = registered(store, version)
        unit, (number, newest_version) = register.unit_by_code[code], newest.get(code, (None, None))
        standing = standings.get(unit.code) or unit_standing(unit.code, None, {}, came=False)
        projects = _asked(standing, register.projects_by_unit.get(unit.code, ()))
        kpis = _asked(standing, register.kpis_by_unit.get(unit.code, ()))
        pending, settled = counts.open(standing), counts.settled(standing)
        lines.append(
            UnitStatus(
                unit,
                standing.state,
                str(standing.state_of(projects)) if projects else "",
                str(standing.state_of(kpis)) if kpis else "",
                pending[Severity.ERROR],
                pending[Severity.WARNING],
                newest_version,
                standing.days_late(due, until),
                list(standing.answers.values()),
                settled[FindingStatus.WAIVED],
                settled[FindingStatus.CONFIRMED],
                senders.get(number, "") if number else "",
            )
        )
    return lines


def _asked(standing: UnitStanding, owned: Sequence[Project] | Sequence[Kpi]) -> list[str]:
    """The codes of what the unit has to report, less what is over since its form went out."""
    return [one.code for one in owned if one.code in standing.answers or not standing.issued]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A return on the form of a quarter that is past, with the codes of what an officer has to accept or decline."""

    kept: StoredReturn
    codes: Sequence[str]


def undecided(store: Store) -> list[Undecided]:
    """What waits for an officer's decision in all quarters, the oldest first."""
    codes: dict[int, list[str]] = {}
    for number, code in store.answers.undecided():
        codes.setdefault(number, []).append(code)
    return [Undecided(store.kept(number), found) for number, found in codes.items()]


def unit_versions(store: Store, period: Period, unit: str) -> list[Version]:
    """What a unit has returned, the oldest first; ``UsageError`` where there is no such unit."""
    if unit not in store.register_for(period).unit_by_code.keys() | units_asked(store, period).keys():
        raise UsageError(
            _("There is no unit {unit} in the register.").format(unit=unit),
            _("See the units' codes with: plantrack register show"),
        )
    standing = store.answers.standing(unit, period)
    return [_version(store, standing, kept) for kept in store.returns(period, unit)]


def _version(store: Store, standing: UnitStanding, kept: StoredReturn) -> Version:
    counting = {code: one for code, one in standing.counting.items() if one.return_id == kept.id}
    reasons = dict.fromkeys(one.waived_because for one in counting.values() if one.waived_because)
    sender = store.mails.senders().get(kept.id, "")
    return Version(kept, list(counting), " · ".join(reasons), store.answers.findings(kept.id), sender)


def current_period(workspace: Workspace, store: Store, year: int | None = None) -> Period:
    """The quarter that forms were last issued for, of ``year`` where one is named, else the year's first."""
    first = Period(year or workspace.config.fiscal_year, 1)
    return store.newest_issued_period(fiscal_year=year) or first
