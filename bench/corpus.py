"""Time and memory of reading the corpus of returned workbooks: of every case by itself, the slowest, and all.

Each case's files are made beforehand (``tests/corpus``), then opened and read in a process of their own, as the
intake's readers do: processor time, and what memory grew by meanwhile. Not on Windows. ``python -m bench.corpus``
takes the cases that need no LibreOffice; ``--office`` takes all, where it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plan_tracker.forms.reading.read import read_book
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.intake.unpacking.containers import is_container, members
from plan_tracker.intake.unpacking.members import UnpackError
from tests.corpus.run import dropped_files
from tests.corpus.table import Case, read_cases
from tests.desk import issue_small_workspace

SLOWEST = 10
_MOST = 300_000_000  # bytes out of one container


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading one case took: processor seconds, and megabytes that memory grew by. ``ended``: not to the end."""

    name: str
    seconds: float
    megabytes: float
    ended: bool = False

    def __str__(self) -> str:
        return f"{self.name:<44} {self.seconds:>10.4f} {self.megabytes:>10.1f}{'  ended' if self.ended else ''}"


def read_files(folder: Path) -> None:
    """Opens every file of a folder as the intake does."""
    for path in sorted(folder.iterdir()):
        try:
            contents = [m.content for m in members(path, _MOST)] if is_container(path) else [path.read_bytes()]
        except UnpackError:
            continue
        for content in contents:
            read_book(content, SheetLimits())


def measure(name: str, folder: Path) -> Cost:
    """Reads a case's files in a process of its own, which may use no more than a reader may."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _measure_here(folder, writing)
    os.close(writing)
    _child, status, used = os.wait4(child, 0)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    if status or not said:
        return Cost(name, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, ended=True)
    seconds, grown = json.loads(said)
    return Cost(name, seconds, grown / 1024)


def _measure_here(folder: Path, writing: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    read_files(folder)
    seconds = time.process_time() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    os.write(writing, json.dumps([seconds, grown]).encode())
    os._exit(0)


def make_files(cases: Sequence[Case], aside: Path) -> Iterator[tuple[str, Path]]:
    """Lays each case's files into a folder of its own."""
    issued = aside / "issued"
    issue_small_workspace(issued)
    for number, (_group, some) in enumerate(groupby(cases, key=lambda case: case.group)):
        for case, files in dropped_files(list(some), issued, aside / f"made-{number}").items():
            folder = aside / "cases" / case.name
            _lay(folder, files)
            yield case.name, folder


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for number, (path, content) in enumerate(files.items()):
        (folder / f"{number}{Path(path).suffix}").write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.corpus", description=__doc__)
    parser.add_argument("--office", action="store_true", help="also the cases that LibreOffice saves")
    parser.add_argument("sections", nargs="*", help="of the table; all where none is named")
    said = parser.parse_args(arguments)
    cases = [
        case
        for case in read_cases()
        if (said.office or "office(" not in case.made) and (not said.sections or case.section in said.sections)
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = list(make_files(cases, Path(folder)))
        read_files(made[0][1])  # what is loaded once is not each case's own
        costs = [measure(name, path) for name, path in made]
    print(f"{'corpus: case':<44} {'CPU, s':>10} {'grown, MB':>10}")
    for cost in sorted(costs, key=lambda cost: -cost.seconds)[:SLOWEST]:
        print(cost)
    largest = max(costs, key=lambda cost: cost.megabytes)
    print(f"{'largest: ' + largest.name:<44} {largest.seconds:>10.4f} {largest.megabytes:>10.1f}")
    total = sum(cost.seconds for cost in costs)
    print(f"{f'all {len(costs)}, and each on average':<44} {total:>10.2f} {total / len(costs):>10.4f}")


if __name__ == "__main__":
    main()
