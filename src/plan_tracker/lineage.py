"""Under which codes a unit, project or KPI has gone over time (R23): the one place that knows it.

Learned from the loads of the register: a row's former codes are what it goes on from. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from plan_tracker.register import Kpi, Project, Register, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lineage:
    """``former`` has by code all that it goes on from, the first named first; ``heirs`` by code what goes on from it.

    Codes of units, projects and KPIs are looked up alike: each register keeps them apart.
    """

    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)

    def back(self, code: str) -> list[str]:
        """``code`` and all that it goes on from: the nearest first, of those merged the first named first."""
        line = [code]
        for own in line:  # it grows meanwhile
            line += [old for old in self.former.get(own, ()) if old not in line]
        return line

    def renamed_from(self, code: str) -> list[str]:
        """``code`` and what it goes on from by another name alone: what was merged is not one with its parts."""
        line = [code]
        while len(old := self.former.get(line[-1], ())) == 1 and old[0] not in line:
            line.append(old[0])
        return line

    def now(self, code: str) -> str:
        """What ``code`` goes under now."""
        seen = {code}
        while (heir := self.heirs.get(code)) and heir not in seen:
            seen.add(code := heir)
        return code

    def life(self, code: str) -> list[str]:
        """All that was or is one with ``code``, the oldest first."""
        return list(dict.fromkeys(self._up_to(self.now(code), set())))

    def _up_to(self, code: str, seen: set[str]) -> Iterator[str]:
        seen.add(code)
        for old in self.former.get(code, ()):
            if old not in seen:
                yield from self._up_to(old, seen)
        yield code

    def whole(self, code: str) -> list[str]:
        """All that was or is one with ``code``: itself, then what it goes on from, then what goes on from it."""
        return list(dict.fromkeys((*self.back(code), *self.back(self.now(code)))))

    def find(self, code: str, known: Mapping[str, T]) -> T | None:
        """What ``known`` has of ``code``, else of the nearest that it goes on from; None without any."""
        return next((known[own] for own in self.back(code) if own in known), None)

    def past(self, code: str, then: Container[str], now: Container[str] = ()) -> str | None:
        """What ``code`` went under ``then``: itself, else the nearest that it goes on from.

        What goes on by itself ``now`` is nobody's past.
        """
        return next((own for own in self.back(code) if own in then and (own == code or own not in now)), None)

    def parts(self, code: str, then: Container[str], now: Container[str] = ()) -> list[str]:
        """All that ``code`` went under ``then``: itself, else what it goes on from, of what was merged each part.

        What goes on by itself ``now`` is nobody's past.
        """
        return list(dict.fromkeys(self._parts(code, then, now, {code})))

    def _parts(self, code: str, then: Container[str], now: Container[str], seen: set[str]) -> Iterator[str]:
        if code in then:
            yield code
            return
        for old in self.former.get(code, ()):
            if old not in seen and old not in now:
                seen.add(old)
                yield from self._parts(old, then, now, seen)


NOTHING_RENAMED: Final = Lineage()


def lineage_of(registers: Iterable[Register]) -> Lineage:
    """What the loads of the register say, the oldest first; what was said once stays so."""
    former: dict[str, dict[str, None]] = {}
    heirs: dict[str, str] = {}
    for register in registers:
        for code, old in _former_codes(register):
            former.setdefault(code, {})[old] = None
            heirs[old] = code
    return Lineage({code: tuple(old) for code, old in former.items()}, heirs)


def _former_codes(register: Register) -> Iterator[tuple[str, str]]:
    rows: Sequence[Unit | Project | Kpi] = (*register.units, *register.projects, *register.kpis)
    yield from ((row.code, old) for row in rows for old in row.lifecycle.former_codes)
