"""The command line as scripts and officers meet it: JSON, exit codes, calm sentences."""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from rich.cells import cell_len

from plan_tracker import __version__
from plan_tracker.cli.command_table import COMMANDS, PARTS
from plan_tracker.demo.quarter import MARK
from plan_tracker.i18n import translate
from plan_tracker.registerbook import write_register
from plan_tracker.steps.collect import status as status_step
from plan_tracker.store import Store
from tests.desk import PLANS, TABLES, Desk

FORM_KEYS = {"unit", "path", "letter"}
FILE_KEYS = {"file", "outcome", "unit", "quarter", "version", "findings"}
FINDING_KEYS = {
    *("code", "severity", "status", "project", "field", "sheet", "cell", "value", "message", "fix", "example"),
}
STATUS_KEYS = {"unit", "state", "form1", "form2", "errors", "warnings", "version", "days_late"}


def _plantrack(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plan_tracker", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80", **environment},
    )


def test_json_has_the_agreed_keys(desk: Desk) -> None:
    assert all(set(form) >= FORM_KEYS for form in desk.run("issue-forms", "q1", expect=0)["forms"])
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    result = desk.run("ingest", expect=1)
    assert all(set(file) >= FILE_KEYS for file in result["files"])
    assert all(set(f) >= FINDING_KEYS for file in result["files"] for f in file["findings"])
    assert all(set(c) == {"unit", "list", "form", "letter"} for c in result["corrections"])
    assert all(set(line) >= STATUS_KEYS for line in desk.run("status", "q1", expect=0)["units"])
    assert all(set(r) >= {"plan", "path"} for r in desk.report("q1")["reports"])


def test_paths_are_told_from_the_workspace_with_forward_slashes(desk: Desk) -> None:
    assert desk.run("issue-forms", "q1")["forms"][0]["path"] == "outbox/2569-q1/forms/2569-q1-YS.xlsx"


@pytest.mark.parametrize(
    ("words", "is_seldom"), [(("status",), True), (("report", "q1", "--dry-run"), False), (("ingest",), False)]
)
def test_only_what_reads_alone_looks_for_cycles_seldom_and_only_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], is_seldom: bool
) -> None:
    """What writes, or would, makes objects in cycles, which would fill the memory of a long run."""
    before, meanwhile, real = gc.get_threshold(), list[tuple[int, ...]](), Store.close

    def note(store: Store) -> None:
        meanwhile.append(gc.get_threshold())
        real(store)

    monkeypatch.setattr(Store, "close", note)
    desk.run(*words)
    assert (meanwhile[-1] != before, gc.get_threshold()) == (is_seldom, before)


def test_a_report_per_plan_names_who_has_not_returned(desk: Desk) -> None:
    """R12; a missing return is named, never a zero."""
    desk.send_back("YS")
    desk.ingest_one()
    reports = desk.report("q1")["reports"]
    assert [report["plan"] for report in reports] == ["ops", "ministry"]
    document = Document(str(desk.root / reports[1]["path"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([p.text for p in document.paragraphs] + cells)
    assert "ยังไม่ได้รับรายงาน" in text
    assert "สพธอ. (ตัวอย่าง)" in text
    assert not {"None", "nan", "NaN"} & set(text.split())


def test_a_report_needs_issued_forms(desk: Desk) -> None:
    result = desk.invoke("report", "q2")
    assert result.exit_code == 2
    assert "issue-forms q2" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("issue-forms", "q5"), "q1, q2, q3"),
        (("status", "ไตรมาสหนึ่ง"), "q1, q2, q3"),
        (("issue-forms",), ""),
        (("no-such-command",), ""),
        (("register", "load", "missing.xlsx"), "missing.xlsx"),
        (("report", "q1", "--year", "2570"), ""),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(desk: Desk, words: tuple[str, ...], said: str) -> None:
    result = desk.invoke(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.strip()


def test_no_workspace_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = _plantrack("status", cwd=tmp_path)
    assert done.returncode == 2
    assert "plantrack init" in done.stderr
    assert "Traceback" not in done.stderr


def test_our_own_fault_leaves_a_traceback_in_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object, **_named: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(status_step, "status", fail)
    result = desk.invoke("status", "q1")
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    path = Path(result.stderr.rpartition(": ")[2].strip().splitlines()[0])
    assert "boom" in path.read_text(encoding="utf-8")
    path.unlink()


def test_an_interrupted_command_exits_with_130(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_words: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status_step, "status", interrupt)
    assert desk.invoke("status", "q1").exit_code == 130


def test_init_makes_a_workspace_that_works_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "สำนักงาน ก"
    assert _plantrack("init", str(folder), cwd=tmp_path).returncode == 0
    for name in (
        "config.toml",
        "register.xlsx",
        "inbox",
        "outbox",
        "templates/xlsx/form.xlsx",
        "templates/docx/report.docx",
    ):
        assert (folder / name).exists(), name
    assert _plantrack("register", "check", cwd=folder).returncode == 0
    assert _plantrack("register", "load", cwd=folder).returncode == 0
    shown = _plantrack("register", "show", cwd=folder / "inbox").stdout
    assert "กองยุทธศาสตร์และแผนงาน" in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_init_again_changes_nothing(tmp_path: Path) -> None:
    _plantrack("init", ".", cwd=tmp_path)
    (tmp_path / "config.toml").write_text("fiscal_year = 2570\n", encoding="utf-8")
    assert _plantrack("init", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "fiscal_year = 2570\n"


def test_the_repository_is_a_workspace_with_the_sample_settings() -> None:
    root = Path(__file__).parents[2]
    sample = root / "src" / "plan_tracker" / "sample" / "config.toml"
    assert (root / "config.toml").read_bytes() == sample.read_bytes()


def test_a_broken_register_is_not_loaded(desk: Desk) -> None:
    (desk.root / "register.xlsx").write_bytes(b"")
    assert desk.invoke("register", "check").exit_code == 1
    assert desk.invoke("register", "load").exit_code == 2


def test_loading_the_same_register_again_is_no_new_version(desk: Desk) -> None:
    assert desk.run("register", "load", expect=0)["version"] == 1


def test_the_demo_plays_a_quarter(tmp_path: Path) -> None:
    demo = tmp_path / "ทดลอง"
    demo.mkdir()
    done = _plantrack("demo", ".", cwd=demo)
    assert done.returncode == 0, done.stderr
    assert tomllib.loads((demo / "config.toml").read_text("utf-8"))["demo"] is True  # nothing is ever sent from it
    assert len(list((demo / "outbox" / "2569-q1" / "forms").glob("*.xlsx"))) == 18
    for folder, units in {"corrections": ["ETDA", "PT"], "withdrawn": ["DJ"]}.items():
        lists = sorted((demo / "outbox" / "2569-q1" / folder).glob("*-list.xlsx"))
        assert [path.name for path in lists] == [f"2569-q1-{unit}-v1-list.xlsx" for unit in units]
    volumes = {path.name for path in (demo / "outbox" / "2569-q1" / "reports").glob("*.docx")}
    assert volumes == {f"2569-q1-{plan}{volume}.docx" for plan in ("ops", "ministry") for volume in ("", "-sheets")}
    assert re.search(r"รายงาน Word +4 ", done.stdout), "both volumes of each plan"
    assert len(list((demo / "inbox" / "rejected").glob("*.txt"))) == 2
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= 80


def test_the_demo_plays_a_year(tmp_path: Path) -> None:
    """R1–R18, R20 on sample data: four quarters and the year-end, each up to the permission to publish.

    A minute, for what it writes: 72 forms, 20 volumes, 170 letters, 660 pages. An earlier demo may be played over.
    """
    earlier = tmp_path / "demo" / "outbox" / "earlier.docx"
    earlier.parent.mkdir(parents=True)
    earlier.touch()
    (tmp_path / "demo" / MARK).touch()
    done = _plantrack("demo", "--year", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not earlier.exists()
    outbox = tmp_path / "demo" / "outbox"
    for period in ("q1", "q2", "q3", "q4", "year-end"):
        assert len(list((outbox / f"2569-{period}" / "reports").glob("*.docx"))) == 4, period
        assert list((outbox / f"2569-{period}" / "letters").glob("*-L6.docx")), period
        assert (outbox / f"2569-{period}" / "publication" / "index.html").is_file(), period
    assert list((outbox / "2569-year-end" / "letters").glob("*-L8.docx"))
    assert list(outbox.rglob("*-L7.docx"))
    shown = _plantrack("orders", "list", "--json", cwd=tmp_path / "demo")
    (order,) = json.loads(shown.stdout)["orders"]
    assert set(order["answers"]) == set(order["units"]), "the next quarters' forms ask what was done"


def test_the_demo_never_touches_another_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "สำคัญ.txt").write_text("x", encoding="utf-8")
    assert _plantrack("demo", cwd=tmp_path).returncode == 2
    assert (tmp_path / "demo" / "สำคัญ.txt").exists()


def test_the_wheel_brings_its_templates_and_sample(tmp_path: Path) -> None:
    """An installed plantrack makes workspaces anywhere: templates, sample and catalogue travel in the wheel."""
    pytest.importorskip("hatchling")
    root = Path(__file__).parents[2]
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("templates/xlsx/form.xlsx", "templates/docx/report.docx", "sample/projects.csv", "sample/config.toml"):
        assert f"plan_tracker/{name}" in names
    assert "plan_tracker/locale/th/LC_MESSAGES/plantrack.mo" in names


def test_an_edited_report_is_never_overwritten(desk: Desk) -> None:
    path = desk.root / desk.report("q1")["reports"][0]["path"]
    again = desk.root / desk.report("q1")["reports"][0]["path"]
    assert again == path  # as plantrack wrote it: it may be written anew
    document = Document(str(path))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่")
    document.save(str(path))
    edited = path.read_bytes()
    third = desk.root / desk.report("q1")["reports"][0]["path"]
    assert third.name == "2569-q1-ops-2.docx"
    assert path.read_bytes() == edited


def test_what_can_not_be_done_is_said_to_scripts_too(desk: Desk) -> None:
    assert desk.run("report", "q3", expect=2)["error"]


@pytest.mark.parametrize("words", ["--version", "version"])
def test_the_version_is_told(tmp_path: Path, words: str) -> None:
    done = _plantrack(words, cwd=tmp_path)
    assert (done.returncode, done.stdout.split()) == (0, ["plantrack", __version__])


def test_help_can_be_asked_for_as_people_do(tmp_path: Path) -> None:
    asked = [
        _plantrack(*words, cwd=tmp_path).stdout
        for words in (("letters", "number", "-h"), ("help", "letters", "number"))
    ]
    assert asked[0] == asked[1]
    assert "--date" in asked[0]
    assert _plantrack("help", cwd=tmp_path).stdout == _plantrack("--help", cwd=tmp_path).stdout
    assert _plantrack("help", "nothing", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ingst", "plantrack ingest"),
        ("opendata", "plantrack publish"),
        ("units", "plantrack register show"),
        ("next", "plantrack"),
    ],
)
def test_a_command_that_is_not_there_leads_to_the_likely_one(tmp_path: Path, typed: str, offered: str) -> None:
    done = _plantrack(typed, cwd=tmp_path)
    assert done.returncode == 2
    assert offered in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp874"])
def test_scripts_get_utf_8_and_people_what_the_console_has(desk: Desk, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plan_tracker", "register", "show", "--json"],
        cwd=desk.root,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["units"][0]["name"] == "กองยุทธศาสตร์ (ตัวอย่าง)"
    assert ("หน่วยงาน" in done.stderr.decode(encoding)) == (encoding == "cp874")


def test_a_register_changed_since_its_load_is_said(desk: Desk) -> None:
    assert "register load" not in desk.invoke("issue-forms", "q1").stderr
    with (desk.root / "register.xlsx").open("ab") as book:
        book.write(b" ")
    result = desk.invoke("issue-forms", "q1")
    assert (result.exit_code, "register load" in result.stderr) == (0, True)


def test_another_years_register_does_not_hide_this_years(desk: Desk) -> None:
    config = desk.root / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("2569", "2570"), encoding="utf-8")
    tables = {**TABLES, "plans": [{**plan, "fiscal_year": Decimal(2570)} for plan in PLANS]}
    write_register(desk.root / "register.xlsx", tables)
    assert desk.run("register", "load", expect=0)["version"] == 2
    assert len(desk.run("status", "q1", "--year", "2569", expect=0)["units"]) == 2
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"


def test_a_formula_that_gives_nothing_is_named_in_the_register(desk: Desk) -> None:
    book = load_workbook(desk.root / "register.xlsx")
    sheet = book["โครงการ"]
    column = next(c.column for c in sheet[2] if c.value == "f9.recurrent.budget")
    sheet.cell(3, column).value = "=1/0"
    place = sheet.cell(3, column).coordinate
    book.save(desk.root / "register.xlsx")
    problems = desk.run("register", "check", expect=1)["problems"]
    assert [(p["sheet"], p["cell"]) for p in problems] == [("โครงการ", place)]


def test_help_lists_commands_in_the_order_of_the_work(tmp_path: Path) -> None:
    """Each on a line of its own, cut nowhere, under the part of the work that it belongs to."""
    for language in ("th", "en"):
        told = _plantrack("--help", cwd=tmp_path, PLANTRACK_LANG=language).stdout.splitlines()
        lines = [f"  {name:<11}  {translate(listed.help, language)}" for name, listed in COMMANDS.items()]
        headings = [f"{translate(heading, language)}:" for heading in PARTS.values()]
        assert [line for line in told if line in lines] == lines
        assert [line for line in told if line in headings] == headings


@pytest.mark.parametrize("words", [("ingest", "--json"), ("status", "q1"), ("log",)])
def test_a_command_loads_no_library_that_it_can_do_without(desk: Desk, words: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom plan_tracker.cli import main\ntry:\n    main()\nfinally:\n"
        "    print(*({'pydantic', 'pandas', 'docx', 'openpyxl', 'psutil'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=desk.root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "")
