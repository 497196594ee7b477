"""What became of each file that was in the inbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plan_tracker.analysis.basis.returns import ACCEPTED, INCOMPLETE
from plan_tracker.checking.findings import Finding
from plan_tracker.fiscal import Period
from plan_tracker.store import IssuedForm
from plan_tracker.values import Entry

REJECTED, DUPLICATE, IGNORED = "rejected", "duplicate", "ignored"


class Understood(NamedTuple):
    """Answers that were understood and can't be taken, by code: those of ``form``, had they come on it.

    ``findings``: what would hold them back.
    """

    form: IssuedForm
    entries: Mapping[str, Entry]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. ``file`` is its name as it was dropped, ``container`` what it came in.

    ``understood``: what of it is to be offered, since it was not taken in.
    """

    file: str
    outcome: str
    unit: str = ""
    period: Period | None = None
    version: int | None = None
    findings: Sequence[Finding] = ()
    container: str = ""
    understood: Sequence[Understood] = ()

    @property
    def is_busy(self) -> bool:
        """Whether it was left for the next run: open in another program, being written, gone."""
        return self.outcome == IGNORED and any(found.code == "FILE-BUSY" for found in self.findings)

    @property
    def needs_a_person(self) -> bool:
        return self.outcome in (INCOMPLETE, REJECTED) or self.is_busy


def count_file_outcomes(results: Sequence[FileResult]) -> Iterator[tuple[str, int]]:
    """How many files came to each outcome, in the order of the outcomes."""
    for outcome in (ACCEPTED, INCOMPLETE, REJECTED, DUPLICATE, IGNORED):
        count = sum(1 for result in results if result.outcome == outcome)
        if count:
            yield outcome, count
