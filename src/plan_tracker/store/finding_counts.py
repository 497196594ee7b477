"""How many findings of a quarter weigh, counted by the database: to read them all takes a second a thousand units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from plan_tracker.analysis.basis.returns import UnitStanding
from plan_tracker.checking.findings import FindingStatus, Severity
from plan_tracker.fiscal import Period
from plan_tracker.lineage import Lineage
from plan_tracker.store.database.connection import Database

_Counted = Mapping[int, Mapping[str, Counter[str]]]  # by return and project: how many of each kind


class FindingCounts:
    """The counts of one quarter, of the answers of any unit. ``lineage`` tells under which codes answers came."""

    def __init__(self, database: Database, period: Period, lineage: Lineage) -> None:
        self._lineage = lineage
        open_ = "status = ? AND severity IN (?, ?)", (FindingStatus.OPEN, Severity.ERROR, Severity.WARNING)
        settled = "status IN (?, ?)", (FindingStatus.WAIVED, FindingStatus.CONFIRMED)
        self._open = _counted(database, period, "severity", *open_)
        self._settled = _counted(database, period, "status", *settled)

    def open(self, standing: UnitStanding) -> Counter[str]:
        """What the unit is still to mend or confirm, by severity: as many as ``Answers.open_findings`` has."""
        found: Counter[str] = Counter()
        for answer in standing.open:
            counted = self._open.get(answer.told_by.return_id) if answer.told_by else None
            if counted:
                of_file = {""} if answer.code == standing.unit else set()
                _add(found, counted, {answer.code} | of_file)
        return found

    def settled(self, standing: UnitStanding) -> Counter[str]:
        """What has been waived or confirmed, by status, in what counts of the unit's answers, else in what waits."""
        found: Counter[str] = Counter()
        if not self._settled:
            return found
        mine: dict[int, set[str]] = {}
        for code, answer in standing.answers.items():
            told = answer.counting or answer.waiting
            for own, _unit, said in told.with_its_parts(code, standing.unit) if told else ():
                if said.return_id in self._settled:
                    mine.setdefault(said.return_id, set()).update(self._lineage.renamed_from(own))
        for number, codes in mine.items():
            _add(found, self._settled[number], codes)
        return found


def _counted(database: Database, period: Period, kind: str, where: str, values: tuple[str, ...]) -> _Counted:
    rows = database.execute(
        f"SELECT return_id, project, {kind}, count(*) FROM returns JOIN findings ON return_id = id"  # noqa: S608
        f" WHERE fiscal_year = ? AND quarter = ? AND {where} GROUP BY return_id, project, {kind}",
        (period.fiscal_year, period.quarter, *values),
    )
    found: dict[int, dict[str, Counter[str]]] = {}
    for number, project, name, count in rows:
        found.setdefault(number, {}).setdefault(project, Counter())[name] = count
    return found


def _add(found: Counter[str], counted: Mapping[str, Counter[str]], codes: Collection[str]) -> None:
    for code in codes:
        found.update(counted.get(code, {}))
