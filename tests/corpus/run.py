"""Makes the files of a group of cases, takes them in with one ``ingest``, and tells what became of each case."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from plan_tracker.store import Store
from plan_tracker.values import Value, plain
from tests.corpus.making import make
from tests.corpus.piece import Piece, Places, full, read_places
from tests.corpus.table import Case
from tests.desk import Q1, Desk

OF_THE_GROUP = {"FORM-SUPERSEDED"}  # the cases of a group are one unit's versions, and many say the same
PLACELESS = {"FIELD-MISSING", "SHEET-MISSING"}
Answers = dict[str, dict[str, str]]  # by unit and field, as text
SECONDS, MEMORY = 600, 3_000_000_000  # for files that are taken in apart; a hang alone takes so long


@dataclass
class Told:
    """What became of a case's files: of each that was kept, the ``values`` stored and the ``good`` return's."""

    outcomes: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    values: list[dict[str, str]] = field(default_factory=list)
    good: list[dict[str, str]] = field(default_factory=list)
    places: Places = field(default_factory=dict)

    def expected_findings(self, case: Case) -> list[str]:
        """The case's findings, with ``@SHEET+rows+columns`` made an address of the file that came back."""
        return sorted(self._placed(said) for said in case.findings)

    def _placed(self, said: str) -> str:
        code, *rest = said.split("@")
        if len(rest) == 2 and "!" not in rest[1]:
            sheet, rows, columns = rest[1].rsplit("+", 2)
            issued = self.places[full(rest[0])][1]
            return f"{code}@{full(rest[0])}@{sheet}!{chr(ord(issued[0]) + int(columns))}{int(issued[1:]) + int(rows)}"
        if rest:
            rest[0] = rest[0] if rest[0].startswith(("P0", "K0", "O0", "YS")) else full(rest[0])
        return "@".join((code, *rest))

    def strays(self, case: Case) -> dict[str, tuple[str, str]]:
        """Stored values that are neither what the unit typed nor named by a finding: (should be, is), by field.

        What should be is the good return's answers, but for what the case's ``reads`` say.
        """
        named = {said.split("@")[1] for said in self.findings if "@" in said and not said.startswith("READ-AS")}
        typed = {full(name): _meant(value) for name, value in (read.split(" = ", 1) for read in case.reads)}
        strays = {}
        for values, good in zip(self.values, self.good, strict=True):
            wanted = good | typed
            for name in wanted.keys() | values.keys():
                is_now, should = values.get(name, ""), wanted.get(name, "")
                excused = not is_now and bool({name, name.partition("/")[0]} & named)
                if is_now != should and not excused:
                    strays[name] = (should, is_now)
        return strays


def _meant(value: str) -> str:
    """A value as the table writes it: ``-`` is none, ``ก*3001`` a letter so many times, ``↵`` a line break."""
    value = value.replace("↵", "\n")
    letter, star, times = value.partition("*")
    return letter * int(times) if star and times.isdigit() else "" if value == "-" else value


def tell(case: Case, cases: Sequence[Case], issued_root: Path, base: Path) -> Told:
    """What became of ``case``. Its group is taken in once, by whichever test process comes first."""
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return _tell_group(case.group, tuple(c for c in cases if c.group == case.group), issued_root, shared)[case.name]


@cache
def _tell_group(group: str, cases: tuple[Case, ...], issued_root: Path, shared: Path) -> dict[str, Told]:
    folder = shared / f"corpus-{group}"
    done = folder / "told.json"
    try:
        folder.mkdir()
    except FileExistsError:
        return _await(done)
    try:
        told = _take_in(cases, issued_root)
    except BaseException as error:
        _write(done, {"error": repr(error)})
        raise
    _write(done, {name: asdict(found) for name, found in told.items()})
    return told


def _write(path: Path, told: Mapping[str, Any]) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(told), encoding="utf-8")
    unfinished.replace(path)


def _await(done: Path) -> dict[str, Told]:
    """What another test process, which was first, found out."""
    for _attempt in range(3000):
        if done.exists():
            told = json.loads(done.read_text(encoding="utf-8"))
            assert "error" not in told, told["error"]
            return {
                name: Told(**found | {"places": {k: tuple(v) for k, v in found["places"].items()}})
                for name, found in told.items()
            }
        time.sleep(0.1)
    raise AssertionError("the other test process never came to an end")


@cache
def _base(issued_root: Path) -> tuple[bytes, bytes, Places, bytes, Answers]:
    """Two units' good returns, where the first one's cells are, its form, and what each unit answers."""
    desk = Desk(issued_root)
    with tempfile.TemporaryDirectory() as folder:
        returned = []
        for unit in ("YS", "ETDA"):
            path = Path(folder) / f"{unit}.xlsx"
            desk.send_back(unit, name=str(path))
            returned.append(path.read_bytes())
    form = desk.form_path("YS").read_bytes()
    good = {
        unit: {name: _as_text(value) for name, value in desk.answers(unit).items() if value is not None}
        for unit in ("YS", "ETDA")
    }
    return returned[0], returned[1], read_places(form), form, good


def _as_text(value: Value | float) -> str:
    """A value as the table says it."""
    number = Decimal(str(value)) if isinstance(value, int | float) else value
    return format(number.normalize(), "f") if isinstance(number, Decimal) else plain(number)


def dropped_files(cases: Sequence[Case], issued_root: Path, folder: Path) -> dict[Case, dict[str, bytes]]:
    """What each of the cases drops into the inbox, by its path there; made in ``folder``."""
    desk = Desk(folder / "งาน")
    shutil.copytree(issued_root, desk.root)
    return {case: piece.dropped() for case, piece in _made(cases, issued_root, desk, folder).items()}


def _made(cases: Sequence[Case], issued_root: Path, desk: Desk, folder: Path) -> dict[Case, Piece]:
    good, other, places, form, _answers = _base(issued_root)
    pieces = {case: Piece(f"{case.name}.xlsx", good, places, form, other, desk) for case in cases}
    make(pieces, folder)
    return pieces


def _take_in(cases: Sequence[Case], issued_root: Path) -> dict[str, Told]:
    _good, _other, places, _form, answers = _base(issued_root)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "งาน")
        shutil.copytree(issued_root, desk.root)
        pieces = _made(cases, issued_root, desk, Path(folder))
        for piece in pieces.values():
            for path, content in piece.dropped().items():
                target = desk.inbox / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        files = (
            _ingest_apart(desk)
            if cases[0].how == "apart"
            else desk.run("ingest").get("files", [{"outcome": "crashed"}])
        )
        stored = _stored(desk)
    told = {}
    for case, piece in pieces.items():
        own = {piece.told_as or piece.name, None}  # None: what is said of the whole run
        mine = files if len(cases) == 1 else [file for file in files if file.get("file") in own]
        told[case.name] = _told(mine, stored, answers, places)
    return told


def _told(
    files: Iterable[dict[str, Any]], stored: Mapping[tuple[str, int], dict[str, str]], good: Answers, places: Places
) -> Told:
    told = Told(places=places)
    for file in files:
        told.outcomes.append(file["outcome"])
        told.findings.extend(
            _as_said(finding, places) for finding in file.get("findings", ()) if finding["code"] not in OF_THE_GROUP
        )
        if file["outcome"] in ("accepted", "incomplete"):
            told.values.append(stored[file["unit"], file["version"]])
            told.good.append(good[file["unit"]])
    told.outcomes.sort()
    told.findings.sort()
    return told


def _as_said(finding: Mapping[str, str], places: Places) -> str:
    """A finding as the table says it: without its place where that is where the field was issued."""
    code, name = finding["code"], "/".join(filter(None, (finding["project"], finding["field"])))
    if not name:
        return code
    place = (finding["sheet"], finding["cell"])
    if (not finding["cell"] and code in PLACELESS) or places.get(name) == place:
        return f"{code}@{name}"
    return f"{code}@{name}@{place[0]}!{place[1]}" if finding["cell"] else f"{code}@{name}@nowhere"


def _stored(desk: Desk) -> dict[tuple[str, int], dict[str, str]]:
    """Everything that was kept: by unit and version, what can be read by field, as plain text."""
    store = Store(desk.root / "data" / "plantrack.db")
    kept = {}
    for found in store.returns(Q1):
        kept[found.unit, found.version] = {
            f"{code}/{key}": _as_text(answer.value)
            for code, entry in store.answers.entries(found.id).items()
            for key, answer in entry.answers.items()
            if answer.value is not None
        }
    store.close()
    return kept


def _ingest_apart(desk: Desk) -> list[dict[str, Any]]:
    """Runs ``ingest`` in a process of its own, which may neither hang nor swell."""
    environment = os.environ | {"PLANTRACK_WORKSPACE": str(desk.root), "PLANTRACK_TODAY": desk.today.isoformat()}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "plan_tracker", "ingest", "--json"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env=environment,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        )
    except subprocess.TimeoutExpired:
        return [{"outcome": "hangs"}]
    if done.returncode not in (0, 1):
        return [{"outcome": f"exit code {done.returncode}"}]
    files = json.loads(done.stdout)["files"]
    assert isinstance(files, list)
    return files
