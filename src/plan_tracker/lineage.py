"""Under which codes a unit, project or KPI has gone over time (R23): the one place that knows it.

Learned from the loads of the register: a row's former codes are what it goes on from. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from plan_tracker.register import Kpi, Project, Register, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lineage:
    """``former`` has by code all that it goes on from, the first named first; ``heirs`` by code what goes on from it.

    ``absorbed``: the former codes of what stood beside them already when it took them in; ``since``: the load of the
    register that was the first to name a former code. Codes of units, projects and KPIs are looked up alike: each
    register keeps them apart.
    """

    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    absorbed: frozenset[str] = frozenset()
    since: Mapping[str, int] = field(default_factory=dict)

    def back(self, code: str) -> list[str]:
        """``code`` and all that it goes on from: the nearest first, of those merged the first named first."""
        line = [code]
        for own in line:  # it grows meanwhile
            line += [old for old in self.former.get(own, ()) if old not in line]
        return line

    def renamed_from(self, code: str) -> list[str]:
        """``code`` and what it goes on from by another name alone: what was merged is not one with its parts."""
        line = [code]
        while len(old := [one for one in self.former.get(line[-1], ()) if one not in self.absorbed]) == 1:
            if old[0] in line:
                break
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

    def told(self, code: str, newest: Callable[[Sequence[str]], tuple[T, int] | None]) -> list[T]:
        """What ``newest`` finds of ``code``, by all its names, and of each part that this does not speak for yet.

        ``newest`` also gives the load of the register that it stands on: it speaks for all that was merged in by then.
        """
        return list(self._told(code, newest, set()))

    def _told(self, code: str, newest: Callable[[Sequence[str]], tuple[T, int] | None], seen: set[str]) -> Iterator[T]:
        line = [own for own in self.renamed_from(code) if own not in seen]
        found = newest(line)
        if found:
            yield found[0]
        seen.update(line)
        for old in (old for own in line for old in self.former.get(own, ())):
            if old not in seen and not (found and found[1] >= self.since.get(old, 0)):
                yield from self._told(old, newest, seen)

    def parts(self, code: str, then: Container[str], now: Container[str] = ()) -> list[str]:
        """All that ``code`` went under ``then``: itself and what it has taken in since, else what it goes on from.

        Of what was merged that is each part. What goes on by itself ``now`` is nobody's past.
        """
        return list(dict.fromkeys(self._parts(code, then, now, {code})))

    def _parts(self, code: str, then: Container[str], now: Container[str], seen: set[str]) -> Iterator[str]:
        stood = code in then
        if stood:
            yield code
        for old in self.former.get(code, ()):
            if old not in seen and old not in now and (old in self.absorbed or not stood):
                seen.add(old)
                yield from self._parts(old, then, now, seen)


NOTHING_RENAMED: Final = Lineage()


def lineage_of(registers: Iterable[Register]) -> Lineage:
    """What the loads of the register say, the oldest first; what was said once stays so."""
    former: dict[str, dict[str, None]] = {}
    heirs: dict[str, str] = {}
    since: dict[str, int] = {}
    absorbed: set[str] = set()
    before: set[str] = set()
    for register in registers:
        named = [(code, old) for code, row in _rows(register) for old in row.lifecycle.former_codes]
        left = {old for _code, old in named}
        for code, old in named:
            if old not in former.setdefault(code, {}) and {code, old} <= before and code not in left:
                absorbed.add(old)
            former[code][old] = None
            heirs[old] = code
            since.setdefault(old, register.version)
        before = {code for code, _row in _rows(register)}
    return Lineage({code: tuple(old) for code, old in former.items()}, heirs, frozenset(absorbed), since)


def _rows(register: Register) -> Iterator[tuple[str, Unit | Project | Kpi]]:
    rows: Sequence[Unit | Project | Kpi] = (*register.units, *register.projects, *register.kpis)
    yield from ((row.code, row) for row in rows)
