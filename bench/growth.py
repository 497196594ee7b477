"""How time and memory grow with the number of units: ``python -m bench.growth 500 1000 2000 8000``.

For each number a workspace is made whose units have two projects and a KPI each; every form is issued, filled in, taken
in, and what there is told and reported. Seconds are processor time of a command and of all processes that it starts,
memory is what they hold together at most. The workspaces take some 0.4 MB a unit of ``--folder`` while they are played.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import data
from bench.running import Cost, as_installed, plantrack

PROJECTS = 2  # a unit


def played(root: Path, units: int, projects: int, *, report: bool = False) -> Iterator[tuple[str, Cost]]:
    """What each command costs in a new workspace of ``units``, in the order of a quarter."""
    data.make_workspace(root, units, projects)
    yield "issue-forms", plantrack("issue-forms", "q1", "--json", cwd=root)
    data.fill_inbox(root)
    yield "ingest", plantrack("ingest", "--json", cwd=root)
    yield "ingest, nothing new", plantrack("ingest", "--json", cwd=root)
    yield "status --json", plantrack("status", "q1", "--json", cwd=root)
    if report:
        yield "report", plantrack("report", "q1", "--json", cwd=root)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("units", type=int, nargs="+", help="sizes; each is held against the first")
    parser.add_argument("--projects", type=int, default=PROJECTS, help="of each unit")
    parser.add_argument("--folder", type=Path, help="where the workspaces are made; of the system's own if not named")
    parser.add_argument("--report", action="store_true", help="the report, too")
    said = parser.parse_args(arguments)
    os.environ["PLANTRACK_SOFFICE"] = "none"  # how long LibreOffice takes is not ours
    first: dict[str, float] = {}
    print(f"{'units':>6}  {'command':<20} {'s':>9} {'ms a unit':>10} {'to first':>9} {'MB':>7} {'clock, s':>9}")
    for units in said.units:
        with as_installed(), tempfile.TemporaryDirectory(dir=said.folder) as folder:
            data.play(Path(folder, "first"), 1)  # compiles what is measured
            for name, cost in played(Path(folder, "all"), units, said.projects, report=said.report):
                each = cost.processor / units
                ratio = each / first.setdefault(name, each)
                numbers = f"{cost.processor:>9.2f} {each * 1000:>10.2f} {ratio:>9.2f} {cost.memory:>7.0f}"
                print(f"{units:>6}  {name:<20} {numbers} {cost.clock:>9.1f}", flush=True)


if __name__ == "__main__":
    main()
