"""What is on record of reviews (R15–R19): every act, what was submitted with it, and the comments.

Acts are only ever added: where a report stands is what they have led to (``review.review_of``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from plan_tracker.analysis.basis.returns import AnswerState, all_count
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.review import Act, Reader, Review, Stage, review_of
from plan_tracker.store.database.connection import Database
from plan_tracker.store.reporting.reports import Volume
from plan_tracker.system import user_name


@dataclass(frozen=True, slots=True)
class SubmittedReport:
    """A volume of one plan's report as it was submitted.

    ``path`` is where the officer's DOCX lay, ``frozen`` the copy of its bytes, whose ``sha256`` this is; ``record``
    is the number of the report's record, which holds the data that it was made from.
    """

    plan: str
    path: str
    frozen: str
    sha256: str
    record: int
    volume: Volume = Volume.REPORT


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act. ``day`` and ``reference`` are what a permission (or an approval) says of itself."""

    act: Act
    at: str
    who: str = ""
    day: date | None = None
    reference: str = ""
    because: str = ""
    reports: tuple[SubmittedReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Submitted:
    """What lies with a reader, or has been permitted: ``round`` and ``number`` say which submission it is."""

    period: Period
    round: int
    number: int
    at: str
    reports: tuple[SubmittedReport, ...]
    permitted: Recorded | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of each volume, in the plans' order, with spaces between."""
        return " ".join(report.sha256 for report in self.reports)


@dataclass(frozen=True, slots=True)
class Approved:
    """What a director approved, and when."""

    day: date | None
    reports: tuple[SubmittedReport, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's remark, on the report or on a ``unit`` and its ``project`` and ``field``.

    A remark on a unit is answered by a return that came later and whose answers count, one on a project by such an
    answer of it (``answered_by``, its quarter and version); any remark by a reason. ``letter`` is the id of the letter
    that took it to the unit.
    """

    period: Period
    number: int
    round: int
    reader: Reader
    text: str
    unit: str
    project: str
    field: str
    at: str
    who: str
    letter: int | None
    resolved_at: str
    because: str
    answered_by: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.resolved_at or self.answered_by)


class Reviews:
    """The reviews in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def review(self, period: Period) -> Review:
        """Where the period's report stands."""
        open_comments = [comment.number for comment in self.comments(period) if comment.is_open]
        return review_of(period, (recorded.act for recorded in self.acts(period)), open_comments)

    def acts(self, period: Period) -> list[Recorded]:
        rows = self._db.execute(
            "SELECT act, at, who, day, reference, because, content FROM review_acts"
            " WHERE fiscal_year = ? AND quarter = ? ORDER BY id",
            (period.fiscal_year, period.quarter),
        )
        return [_recorded(row) for row in rows]

    def add(self, period: Period, recorded: Recorded) -> None:
        """Adds an act; ``who`` is filled in."""
        day = recorded.day.isoformat() if recorded.day else ""
        content = json.dumps([asdict(report) for report in recorded.reports], ensure_ascii=False)
        said = recorded.act, recorded.at, user_name(), day, recorded.reference, recorded.because, content
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO review_acts (fiscal_year, quarter, act, at, who, day, reference, because, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (period.fiscal_year, period.quarter, *said),
            )

    def submitted(self, period: Period) -> Submitted | None:
        """What was last submitted in the round that is under way; with its permission once it has that."""
        round_, number, found = 1, 0, None
        for recorded in self.acts(period):
            if recorded.act is Act.REOPEN:
                round_, number, found = round_ + 1, 0, None
            elif recorded.act is Act.SUBMIT:
                number += 1
                found = Submitted(period, round_, number, recorded.at, recorded.reports)
            elif recorded.act is Act.PERMIT and found:
                found = Submitted(period, round_, number, found.at, found.reports, recorded)
        return found

    def approvals(self, period: Period) -> list[Approved]:
        """What the directors have approved in the round that is under way, in their order."""
        found: list[Approved] = []
        reports: tuple[SubmittedReport, ...] = ()
        for recorded in self.acts(period):
            if recorded.act is Act.REOPEN:
                found.clear()
            elif recorded.act is Act.SUBMIT:
                reports = recorded.reports
            elif recorded.act is Act.APPROVE:
                found.append(Approved(recorded.day, reports))
        return found

    def permitted(self, period: Period) -> Submitted | None:
        """The submission that may be published; None without a permission that still stands."""
        found = self.submitted(period)
        return found if found and found.permitted else None

    def closed_by(self, period: Period) -> Period | None:
        """The report whose permission closes ``period`` for returns: its own, or its year's; None while it is open."""
        reports = (period, Period(period.fiscal_year, YEAR_END))
        return next((found for found in reports if self.review(found).stage is Stage.PERMITTED), None)

    def closed_on(self, period: Period) -> date | None:
        """The day from which returns for ``period`` were no longer taken; None while they are."""
        closing = self.closed_by(period)
        found = self.permitted(closing) if closing else None
        return found.permitted.day if found and found.permitted else None

    # Comments

    def comments(self, period: Period) -> list[Comment]:
        rows = self._db.execute(
            "SELECT number, round, reader, text, unit, project, field, at, who, letter, resolved_at, because,"
            " after_return FROM comments WHERE fiscal_year = ? AND quarter = ? ORDER BY number",
            (period.fiscal_year, period.quarter),
        ).fetchall()
        return [self._comment(period, row) for row in rows]

    def add_comment(
        self, review: Review, reader: Reader, text: str, *, unit: str, project: str, field: str, at: str
    ) -> Comment:
        """Keeps a comment under the next number of the period."""
        period = review.period
        key = period.fiscal_year, period.quarter
        with self._db.transaction():
            number = 1 + len(self.comments(period))
            newest = self._db.execute("SELECT coalesce(max(id), 0) FROM returns").fetchone()[0]
            said = number, review.round, reader, text, unit, project, field, at, user_name(), newest
            self._db.execute(
                "INSERT INTO comments (fiscal_year, quarter, number, round, reader, text, unit, project, field,"
                " at, who, after_return) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*key, *said),
            )
        return self.comments(period)[-1]

    def resolve(self, comment: Comment, because: str, at: str) -> None:
        with self._db.transaction():
            self._db.execute(
                "UPDATE comments SET resolved_at = ?, because = ? WHERE fiscal_year = ? AND quarter = ? AND number = ?",
                (at, because, comment.period.fiscal_year, comment.period.quarter, comment.number),
            )

    def set_letter(self, comments: Sequence[Comment], letter: int) -> None:
        """Notes which letter takes ``comments`` to their unit."""
        rows = [(letter, c.period.fiscal_year, c.period.quarter, c.number) for c in comments]
        with self._db.transaction():
            self._db.executemany(
                "UPDATE comments SET letter = ? WHERE fiscal_year = ? AND quarter = ? AND number = ?", rows
            )

    def _comment(self, period: Period, row: sqlite3.Row) -> Comment:
        return Comment(
            period,
            number=row["number"],
            round=row["round"],
            reader=Reader(row["reader"]),
            text=row["text"],
            unit=row["unit"],
            project=row["project"],
            field=row["field"],
            at=row["at"],
            who=row["who"],
            letter=row["letter"],
            resolved_at=row["resolved_at"],
            because=row["because"],
            answered_by=self._answer(period, row["unit"], row["project"], row["after_return"]) if row["unit"] else "",
        )

    def _answer(self, period: Period, unit: str, project: str, after_return: int) -> str:
        """The first return of ``unit`` since that answers it, as ``q2 v3``; empty where none has come.

        It holds an answer of the project that counts, or, for a remark on the whole unit, nothing but such answers.
        """
        quarters = [quarter.quarter for quarter in period.quarters]
        rows = self._db.execute(
            "SELECT quarter, version, state FROM returns JOIN answer_states ON return_id = id"
            " WHERE fiscal_year = ? AND quarter BETWEEN ? AND ? AND unit = ? AND id > ? AND ? IN ('', code)"
            " ORDER BY id",
            (period.fiscal_year, quarters[0], quarters[-1], unit, after_return, project),
        )
        for (quarter, version), said in groupby(rows, key=lambda row: (row["quarter"], row["version"])):
            states = [AnswerState(row["state"]) for row in said]
            if all_count([state for state in states if state is not AnswerState.MISSING]):
                return f"q{quarter} v{version}"
        return ""


def _recorded(row: sqlite3.Row) -> Recorded:
    reports = tuple(
        SubmittedReport(**{**report, "volume": Volume(report.get("volume", Volume.REPORT))})
        for report in json.loads(row["content"] or "[]")
    )
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Recorded(Act(row["act"]), row["at"], row["who"], day, row["reference"], row["because"], reports)
