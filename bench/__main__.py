"""Runs every measurement and prints a row for each: what, against what, the two times, their ratio, the aim.

Whole processes are timed from outside, A and B in turn; the medians are set against each other. Slow yardsticks run
on a sample of the same files, and times are per file.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import data
from bench.forms import measure_form

PYTHON = sys.executable
PANDAS = "import sys, pandas as pd\nfor f in sys.argv[1:]: pd.read_excel(f, sheet_name=None, engine='openpyxl')"
CALAMINE = (
    "import sys\nfrom python_calamine import CalamineWorkbook\n"
    "for f in sys.argv[1:]:\n    b = CalamineWorkbook.from_path(f)\n"
    "    for n in b.sheet_names: b.get_sheet_by_name(n).to_python()"
)
REPORT_UNITS = 125  # of eight projects
LOAD_SAVE = "import sys, openpyxl\nfor f in sys.argv[1:]: openpyxl.load_workbook(f).save(f + '.again.xlsx')"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: seconds of A and of B, and the aim that their ratio is held against."""

    what: str
    against: str
    a: float
    b: float
    aim: str

    def __str__(self) -> str:
        return f"{self.what:<44} {self.a:>10.4f} {self.b:>10.4f} {self.a / self.b:>8.2f}  {self.aim:<10} {self.against}"


def timed(*command: str | Path, cwd: Path | None = None) -> float:
    """Wall seconds of a whole process. Exit codes 0 and 1 are both success: 1 says that somebody is needed."""
    begun = time.perf_counter()
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    return time.perf_counter() - begun


def weighed(*words: str, cwd: Path) -> tuple[float, float]:
    """Wall seconds of a plantrack command, and the most memory in MB that its process held (not its readers')."""
    begun = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        started = subprocess.Popen([PYTHON, "-m", "plan_tracker", *words], cwd=cwd, stdout=nowhere, stderr=nowhere)
        _pid, status, used = os.wait4(started.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit(f"plantrack {' '.join(words)} failed")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def in_turn(a: Callable[[], float], b: Callable[[], float], times: int) -> tuple[float, float]:
    """The medians of A and B, run A B A B …"""
    pairs = [(a(), b()) for _round in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def plantrack(*words: str | Path, cwd: Path) -> float:
    return timed(PYTHON, "-m", "plan_tracker", *words, cwd=cwd)


def measure_start() -> Row:
    a, b = in_turn(
        lambda: timed(PYTHON, "-m", "plan_tracker", "--help"), lambda: timed(PYTHON, "-c", "import typer, rich"), 7
    )
    return Row("plantrack --help", "import typer, rich", a, b, "<= 1.3")


def measure_issue(root: Path, units: int) -> list[Row]:
    """``issue-forms`` without its letters' share is not asked for: both are in the time."""
    whole = plantrack("issue-forms", "q1", "--json", cwd=root)
    forms = sorted((root / "outbox" / "2569-q1" / "forms").glob("*.xlsx"))
    sample = forms[: max(3, min(20, units))]
    b = timed(PYTHON, "-c", LOAD_SAVE, *sample) / len(sample)
    return [
        Row("issue-forms, per unit (form and letter)", "openpyxl load + save, per form", whole / units, b, "<= 0.33")
    ]


def measure_alone() -> list[Row]:
    """One form and one letter by themselves."""
    (form, bare_form), (letter, bare_letter) = measure_form()
    return [
        Row("a form, of two projects", "openpyxl load + save of the 0.1.0 form", form, bare_form, "<= 0.025"),
        Row("a letter with it", "docxtpl's bare load, render, save", letter, bare_letter, "<= 0.25"),
    ]


def measure_ingest(root: Path, units: int) -> list[Row]:
    """Clean returns of 8 projects each, against two bare readers of the same files."""
    data.fill_inbox(root)
    files = sorted((root / "inbox").glob("*.xlsx"))
    sample = files[: max(3, min(15, units))]
    pandas = timed(PYTHON, "-c", PANDAS, *sample) / len(sample)
    calamine = timed(PYTHON, "-c", CALAMINE, *files) / units
    ours = plantrack("ingest", "--json", cwd=root) / units
    return [
        Row("ingest, per clean return", "pandas.read_excel (openpyxl), per file", ours, pandas, "<= 0.10"),
        Row("ingest, per clean return", "calamine's raw read, per file", ours, calamine, "<= 2.0"),
    ]


def measure_corrections(root: Path, units: int) -> Row:
    """What a faulty return costs beyond reading it: list, form and letter; against issuing a form and a letter."""
    few = max(3, min(30, units))
    data.fill_inbox(root, few, faulty=True)
    issue = plantrack("issue-forms", "q1", "--json", *data.units_options(few), cwd=root)
    data.fill_inbox(root, few, faulty=True)
    ours = plantrack("ingest", "--json", cwd=root)
    return Row(
        "ingest of a faulty return, with its correction", "issue-forms, per unit", ours / few, issue / few, "~ 1"
    )


def measure_report() -> list[Row]:
    """A report of 1,000 projects: writing it, and the whole command, which reads, reckons and records as well."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.make_workspace(root, REPORT_UNITS)
        plantrack("issue-forms", "q1", "--json", cwd=root)
        data.fill_inbox(root)
        plantrack("ingest", "--json", cwd=root)
        whole = plantrack("report", "q1", "--json", cwd=root)
        ours, bare = data.time_report(root)
    against = "docxtpl's bare render of the same context"
    return [
        Row("report of 1,000 projects, in process", against, ours, bare, "<= 2.0"),
        Row("plantrack report q1, 1,000 projects", against, whole, bare, "<= 2.0"),
    ]


def measure_growth(small: int, large: int) -> list[Row]:
    """Time and memory per unit of issuing and taking in: a large workspace against a small one. Not on Windows."""
    found = {}
    for units in (small, large):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            data.make_workspace(root, units)
            issue = weighed("issue-forms", "q1", "--json", cwd=root)
            data.fill_inbox(root)
            found[units] = [*issue, *weighed("ingest", "--json", cwd=root)]
    names = ("issue-forms, s", "issue-forms, MB", "ingest, s", "ingest, MB")
    per_unit = {units: [value / units for value in values] for units, values in found.items()}
    return [
        Row(f"growth: {name} per unit, {large} units", f"the same, {small} units", a, b, "<= 1.2")
        for name, a, b in zip(names, per_unit[large], per_unit[small], strict=True)
    ]


def measure_nothing_new(root: Path) -> Row:
    """A workspace in which 8,000 returns are kept already."""
    data.keep_returns(root, 8000)
    a, b = in_turn(
        lambda: plantrack("ingest", "--json", cwd=root), lambda: timed(PYTHON, "-m", "plan_tracker", "--help"), 5
    )
    return Row("ingest with nothing new among 8,000 kept", "plantrack --help", a, b, "<= 2.0")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--units", type=int, default=1000, help="units of 8 projects each")
    units: int = parser.parse_args(arguments).units
    os.environ["PLANTRACK_SOFFICE"] = "none"  # how long LibreOffice takes is not ours
    print(f"{'A':<44} {'A, s':>10} {'B, s':>10} {'A/B':>8}  {'aim':<10} B")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.make_workspace(root, units)
        print(measure_start(), flush=True)
        for row in measure_alone():
            print(row, flush=True)
        for row in (*measure_issue(root, units), *measure_ingest(root, units)):
            print(row, flush=True)
        print(measure_corrections(root, units), flush=True)
        print(measure_nothing_new(root), flush=True)
    for row in (*measure_report(), *measure_growth(max(10, units // 8), units)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
