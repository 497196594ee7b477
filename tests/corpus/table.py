"""Reads the corpus' table, ``cases.txt``: one case a line, in sections that say how their files are taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("cases.txt")
_SECTION = re.compile(r"\[(\w[\w-]*): (together|alone|apart)\]")


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table; README.md explains its columns."""

    name: str
    made: str
    outcomes: tuple[str, ...]
    findings: tuple[str, ...]
    reads: tuple[str, ...]
    requirement: str
    fails_today: str
    section: str
    how: str

    @property
    def group(self) -> str:
        """The cases that are taken in by one ``ingest``."""
        return self.name if self.how == "alone" else self.section


def read_cases() -> list[Case]:
    """Every case of the table, in its order."""
    return list(_cases(TABLE.read_text(encoding="utf-8").splitlines()))


def _cases(lines: list[str]) -> Iterator[Case]:
    section = how = ""
    for line in lines:
        if found := _SECTION.fullmatch(line.strip()):
            section, how = found.groups()
        elif line.strip() and not line.startswith("#"):
            name, made, outcome, findings, reads, requirement, *today = (cell.strip() for cell in line.split("|"))
            assert section, line
            yield Case(
                name,
                made,
                _listed(outcome),
                tuple(sorted(_listed(findings))),
                _listed(reads),
                requirement,
                today[0].removeprefix("fails: ") if today else "",
                section,
                how,
            )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())
