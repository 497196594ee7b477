"""Runs every measurement and prints a row for each: what, against what, what both took, their ratio, the aim.

Seconds are processor time, of all processes of a command together. Short ones are run in turn, A B A B …, and their
medians set against each other; slow yardsticks run on a sample of the same files, and times are per file. Modules are
compiled beforehand, as those of an installation are. Behind the aim stands the change since the last run of as many
units in ``bench/history.csv``, to which the run is added.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bench import data
from bench.forms import measure_form
from bench.history import HISTORY, Row, last_ratios, note
from bench.running import PYTHON, Cost, as_installed, cost_of, in_turn, plantrack
from plan_tracker import __version__

PANDAS = (
    "import sys, pandas as pd, openpyxl\nfor f in sys.argv[1:]: pd.read_excel(f, sheet_name=None, engine='openpyxl')"
)
CALAMINE = (
    "import sys\nfrom python_calamine import CalamineWorkbook\n"
    "for f in sys.argv[1:]:\n    b = CalamineWorkbook.from_path(f)\n"
    "    for n in b.sheet_names: b.get_sheet_by_name(n).to_python()"
)
LOAD_SAVE = "import sys, openpyxl\nfor f in sys.argv[1:]: openpyxl.load_workbook(f).save(f + '.again.xlsx')"
REPORT_UNITS = 125  # of eight projects
MANY = 8000
HELP = "plantrack --help"
BARE = "docxtpl's bare render of both volumes"


def processor(*command: str | Path, cwd: Path | None = None) -> float:
    return cost_of(*command, cwd=cwd).processor


def per_file(script: str, files: Sequence[Path]) -> float:
    """Processor seconds of ``script`` for each of ``files``, less its start."""
    return (processor(PYTHON, "-c", script, *files) - processor(PYTHON, "-c", script)) / len(files)


def _help() -> float:
    return processor(PYTHON, "-m", "plan_tracker", "--help")


def load_all() -> None:
    """Has every module loaded once that is measured, so that it is compiled."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.play(root, 9)  # more returns than one reader reads
        form = next((root / "outbox" / "2569-q1" / "forms").glob("*.xlsx"))
        for script in (PANDAS, CALAMINE, LOAD_SAVE):
            processor(PYTHON, "-c", script, form)


def measure_start() -> Iterator[Row]:
    a, b = in_turn(_help, lambda: processor(PYTHON, "-c", "import typer, rich"), 7)
    yield Row(HELP, "import typer, rich", a, b, "<= 1.3")


def measure_alone() -> Iterator[Row]:
    """One form and one letter by themselves."""
    (form, bare_form), (letter, bare_letter) = measure_form()
    yield Row("a form of two projects", "openpyxl load + save, 0.1.0 form", form, bare_form, "<= 0.025")
    yield Row("a letter with it", "docxtpl's bare load, render, save", letter, bare_letter, "<= 0.25")


def measure_issue(root: Path, units: int) -> Iterator[Row]:
    """``issue-forms`` without its letters' share is not asked for: both are in the time."""
    whole = plantrack("issue-forms", "q1", "--json", cwd=root).processor
    forms = sorted((root / "outbox" / "2569-q1" / "forms").glob("*.xlsx"))
    bare = per_file(LOAD_SAVE, forms[:20])
    yield Row(
        "issue-forms, per unit (form and letter)", "openpyxl load + save, its form", whole / units, bare, "<= 0.33"
    )


def measure_ingest(root: Path, units: int) -> Iterator[Row]:
    """Clean returns of 8 projects each, less the start of a run, against two bare readers of the same files."""
    start = plantrack("ingest", "--json", cwd=root).processor
    data.fill_inbox(root)
    files = sorted((root / "inbox").glob("*.xlsx"))
    pandas, calamine = per_file(PANDAS, files[:15]), per_file(CALAMINE, files)
    ours = (plantrack("ingest", "--json", cwd=root).processor - start) / units
    yield Row("ingest, per clean return", "pandas.read_excel (openpyxl)", ours, pandas, "<= 0.125")
    yield Row("ingest, per clean return, raw", "calamine's raw read", ours, calamine, "<= 2.0")


def measure_corrections(root: Path, units: int) -> Iterator[Row]:
    """What a faulty return costs, with list, form and letter; against issuing a form and a letter.

    The correction alone is what taking in faulty returns costs more than clean ones of the same units.
    """
    few = max(3, min(30, units))
    issue, clean = _issued_and_taken_in(root, few, faulty=False)
    _issue, faulty = _issued_and_taken_in(root, few, faulty=True)
    against = "issue-forms, per unit"
    yield Row("ingest of a faulty return, corrected", against, faulty / few, issue / few, "<= 1.5")
    yield Row("its list, form and letter alone", against, (faulty - clean) / few, issue / few, "<= 1.5")


def _issued_and_taken_in(root: Path, units: int, *, faulty: bool) -> tuple[float, float]:
    """Seconds of issuing forms anew to the first ``units``, and of taking in what they return on them."""
    issue = plantrack("issue-forms", "q1", "--json", *data.units_options(units), cwd=root).processor
    data.fill_inbox(root, units, faulty=faulty)
    return issue, plantrack("ingest", "--json", cwd=root).processor


def measure_many() -> Iterator[Row]:
    """What looks at so many units before their forms are out, and once all have returned theirs, two projects each."""
    for projects, answered, what in (1, False, ""), (2, True, ", all returned"):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            data.make_workspace(root, MANY, projects)
            if answered:
                data.answer_all(root)
                yield _against_help("ingest, nothing new, 8,000 units returned", "<= 1.5", root, "ingest")
            yield _against_help(f"status --json of 8,000 units{what}", "<= 10", root, "status", "q1")


def _against_help(what: str, aim: str, root: Path, *words: str) -> Row:
    a, b = in_turn(lambda: plantrack(*words, "--json", cwd=root).processor, _help, 5)
    return Row(what, HELP, a, b, aim)


def measure_reporting() -> Iterator[Row]:
    """The whole command, which reads, reckons and records as well as writing both volumes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.play(root, REPORT_UNITS)
        whole = plantrack("report", "q1", "--json", cwd=root).processor
        ours, bare = data.time_report(root)
        yield Row("report of 1,000 projects, written in process", BARE, ours, bare, "<= 1.2")
        yield Row("plantrack report of 1,000 projects", BARE, whole, bare, "<= 1.2")
        data.permit(root)
        published = plantrack("publish", "q1", "--json", cwd=root).processor
        written = data.time_bare_copy(root / "outbox" / "2569-q1" / "publication", root / "copy")
        yield Row("publish of 1,000 projects", "writing the same files", published, written, "<= 5")


def measure_growth(small: int, large: int) -> Iterator[Row]:
    """Time and memory per unit of issuing and taking in: a large workspace against a small one."""
    found: dict[int, list[Cost]] = {}
    for units in (small, large):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            data.make_workspace(root, units)
            issue = plantrack("issue-forms", "q1", "--json", cwd=root)
            data.fill_inbox(root)
            found[units] = [issue, plantrack("ingest", "--json", cwd=root)]
    for name, a, b in zip(("issue-forms", "ingest"), found[large], found[small], strict=True):
        against = f"the same, {small} units"
        yield Row(f"growth: {name}, s per unit", against, a.processor / large, b.processor / small, "<= 1.2")
        yield Row(f"growth: {name}, MB per unit", against, a.memory / large, b.memory / small, "<= 1.2")


def measured(units: int) -> Iterator[Row]:
    """Every row, as it is measured; ``units`` of eight projects each."""
    load_all()
    yield from measure_start()
    yield from measure_alone()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.make_workspace(root, units)
        yield from measure_issue(root, units)
        yield from measure_ingest(root, units)
        yield from measure_corrections(root, units)
    yield from measure_many()
    yield from measure_reporting()
    yield from measure_growth(max(10, units // 8), units)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--units", type=int, default=100, help="units of 8 projects each")
    units: int = parser.parse_args(arguments).units
    os.environ["PLANTRACK_SOFFICE"] = "none"  # how long LibreOffice takes is not ours
    before, rows = last_ratios(HISTORY, units), list[Row]()
    print(f"{'A':<48} {'A':>10} {'B':>10} {'A/B':>8}  {'aim':<8} {'since':>8}  B")
    with as_installed():
        for row in measured(units):
            print(row.line(before.get(row.what)), flush=True)
            rows.append(row)
    note(HISTORY, rows, {"day": date.today().isoformat(), "version": __version__, "units": units})


if __name__ == "__main__":
    main()
