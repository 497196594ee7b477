"""What Word and Excel would open: every file that a year leaves behind, held to the format by Microsoft's Open XML SDK.

Reads files with ``ooxml-validator``, the SDK's validator as a program of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from plan_tracker.analysis.report import ReportFigures
from tests.desk import Desk
from tests.report.test_report_extremes import REPORTS, written

HOSTILE = '"เร่งรัด" </w:t> & {{ 7*7 }} {% for %}\n๑) ข้อแรก\t๒) ข้อสอง \x0b'


@pytest.fixture(scope="module")
def validator() -> str:
    """The program; the tests are skipped where it is missing, which in CI it must not be."""
    program = shutil.which("ooxml-validator")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("ooxml-validator is missing in CI")
        pytest.skip("ooxml-validator is not installed")
    return program


def faults(validator: str, path: Path) -> list[str]:
    done = subprocess.run([validator, str(path)], capture_output=True, check=False)
    found = json.loads(done.stdout)["errors"]
    return [f"{path.name} {fault.get('path')} {fault.get('xPath')}: {fault['description']}" for fault in found]


def all_faults(validator: str, paths: Iterable[Path]) -> list[str]:
    with ThreadPoolExecutor(2) as pool:
        return [fault for found in pool.map(lambda path: faults(validator, path), paths) for fault in found]


def made(root: Path, *kinds: str) -> list[Path]:
    return [path for kind in kinds for path in sorted(root.rglob(f"*.{kind}"))]


def test_the_validator_finds_what_is_wrong(validator: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    source = written(REPORTS["nothing in the plan"], tmp_path)
    with ZipFile(source) as whole, ZipFile(bad, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content.replace(b"</w:body>", b"<w:t/></w:body>"))
    assert [fault for fault in faults(validator, bad) if "invalid child element" in fault]


def test_all_that_a_published_year_left_behind_is_sound(validator: str, published_year: Path) -> None:
    """The validator takes one file and a second or two for it, so that it is given those that ``unlike`` leaves."""
    files = made(published_year, "docx", "xlsx")
    folders = {path.parent.name for path in files}
    # templates; a waived return's correction
    assert {"docx", "xlsx", "forms", "withdrawn", "letters", "reports"} <= folders
    chosen = unlike(files)
    assert {path.parent.name for path in chosen} >= {"withdrawn", "letters", "reports"}
    assert all_faults(validator, chosen) == []


def unlike(paths: Iterable[Path]) -> list[Path]:
    """The fewest of ``paths``, near enough, that have between them every shape that an element of any of them has."""
    once = {path.read_bytes(): path for path in paths}  # what was submitted and published are copies
    shapes = {path: shapes_of(path) for path in once.values()}
    seen: set[object] = set()
    chosen = []
    for path, has in sorted(shapes.items(), key=lambda one: -len(one[1])):
        if has - seen:
            chosen.append(path)
            seen |= has
    return chosen


def shapes_of(path: Path) -> set[object]:
    """Each element with its part, its attributes, and its children as they follow on one another, once or often."""
    with ZipFile(path) as whole:
        names = [name for name in whole.namelist() if name.endswith((".xml", ".rels"))]
        return set().union(*(_shapes(re.sub(r"\d+", "", name), whole.read(name)) for name in names))


@cache  # styles and themes are alike in many files
def _shapes(part: str, content: bytes) -> frozenset[object]:
    elements = etree.fromstring(content).iter(etree.Element)
    return frozenset(
        (part, element.tag, *sorted(element.keys()), *(str(tag) for tag, _group in groupby(element, _tag)))
        for element in elements
    )


def _tag(element: etree._Element) -> object:
    return element.tag


def test_the_master_workbook_with_its_charts_is_sound(validator: str, desk: Desk) -> None:
    desk.send_back("YS", {"P001/f11.result_quarter": HOSTILE.replace("\x0b", "")})
    desk.run("ingest")
    desk.run("issue-forms", "q2")
    for period in ("q1", "year-end"):
        made = desk.root / str(desk.report(period, "--xlsx")["workbook"])
        assert faults(validator, made) == []


def test_letters_with_texts_of_any_kind_are_sound(validator: str, desk: Desk) -> None:
    desk.today = date(2026, 1, 25)
    desk.send_back("YS", {"P001/f11.result_quarter": "<b> & {{ x }}", "P001/f14.progress_percent": "ครึ่งหนึ่ง"})
    desk.run("ingest", expect=1)
    desk.run("circulate", "q1", "--order", HOSTILE, "--date", "2569-01-20", expect=0)
    desk.run("orders", "add", HOSTILE, "--date", "2569-01-20", "--due", "2569-02-20", "--unit", "YS", "--unit", "ETDA")
    desk.run("orders", "letters", expect=0)
    desk.run("remind", "q1", expect=0)
    desk.run("report", "q1")
    desk.run("review", "submit", "q1")
    desk.run("review", "comment", "q1", HOSTILE, "--unit", "YS")
    letters = made(desk.root / "outbox", "docx")
    kinds = {found.group() for path in letters if (found := re.search(r"L\d", path.name))}
    assert {"L1", "L2", "L3", "L4", "L5", "L7", "L9"} <= kinds
    assert all_faults(validator, unlike(letters)) == []


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_reports_and_the_workbooks_of_their_charts_are_sound(
    validator: str, report: ReportFigures, tmp_path: Path
) -> None:
    path = written(report, tmp_path)
    with ZipFile(path) as whole:
        charts = [name for name in whole.namelist() if name.startswith("word/embeddings/")]
        whole.extractall(tmp_path, charts)
    assert all_faults(validator, [path, *unlike(tmp_path / name for name in charts)]) == []
