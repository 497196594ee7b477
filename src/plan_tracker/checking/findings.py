"""What is said of a return, and of whom: a finding is data, never an exception."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; ``REJECTED`` ones refuse the whole file."""

    REJECTED = "rejected"
    ERROR = "error"  # must be mended
    WARNING = "warning"  # must be mended, confirmed in the note, or waived
    NOTICE = "notice"  # tells what was read as what


class FindingStatus(StrEnum):
    """Whether a finding still needs somebody."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, at one place. ``catalogue`` has the words; ``params`` fill them.

    ``project`` is a project's or KPI's code, ``field`` a field key without it, ``cell`` an address
    in the file that came back, ``value`` what stands there as typed.
    """

    code: str
    severity: Severity
    project: str = ""
    field: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""
    status: FindingStatus = FindingStatus.OPEN
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def holds_back(self) -> bool:
        """Whether the answer that it is about can't count because of this."""
        return self.status is FindingStatus.OPEN and self.severity is not Severity.NOTICE


def count_open(findings: Iterable[Finding], severity: Severity) -> int:
    """The open ones of one severity."""
    return sum(1 for found in findings if found.severity is severity and found.status is FindingStatus.OPEN)
