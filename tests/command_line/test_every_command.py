"""What holds for every command, walked one by one: JSON, exit codes, dry runs, languages, where its work is done."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command
from typer.testing import CliRunner

from plan_tracker import cli, steps
from plan_tracker.cli import running
from plan_tracker.cli.app import app
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.i18n import translate
from plan_tracker.workspace.folders import file_sha256
from tests.desk import TODAY, Desk

DAY = "2569-01-05"
# Every command in a form that means something on the desk below.
SAID: dict[str, tuple[str, ...]] = {
    "init": ("ที่ใหม่",),
    "demo": ("ตัวอย่าง",),
    "register check": (),
    "register load": (),
    "register show": (),
    "templates check": (),
    "templates update": (),
    "templates restore": ("L1-memo",),
    "config check": (),
    "new-year": ("2570",),
    "issue-forms": ("q2",),
    "ingest": (),
    "inbox decline": ("YS.xlsx", "--because", "ผิดไตรมาส"),
    "inbox retry": (),
    "status": ("q1",),
    "remind": ("q1",),
    "accept": ("q1", "YS", "--because", "ทดสอบ"),
    "report": ("q1", "--xlsx"),
    "circulate": ("q1", "--order", "ทราบ", "--date", DAY),
    "export": ("emenscr", "q1"),
    "review submit": ("q1",),
    "review comment": ("q1", "ขอแก้", "--unit", "YS"),
    "review resolve": ("q1", "1", "--because", "แก้แล้ว"),
    "review approve": ("q1", "--date", DAY),
    "review permit": ("q1", "--reference", "ดศ 1", "--date", DAY),
    "review refuse": ("q1", "--because", "ไม่"),
    "review reopen": ("q1", "--because", "ใหม่"),
    "review show": ("q1",),
    "plan approve": ("q1", "--all", "--because", "มติ"),
    "plan list": ("q1",),
    "plan show": ("q1", "P001"),
    "publish": ("q1",),
    "orders add": ("เร่งรัด", "--date", DAY, "--due", DAY, "--unit", "YS"),
    "orders list": (),
    "orders letters": (),
    "orders done": ("1", "--because", "เสร็จ"),
    "letters list": (),
    "letters number": ("L1", "YS", "ดศ 0205/1", "--date", DAY),
    "board": (),
    "calendar": (),
    "problems": (),
    "trace": ("q1", "P003"),
    "register history": ("P001",),
    "compare": ("q1", "ETDA"),
    "query": ("stage",),
    "completion": ("bash",),
    "key renew": ("--because", "ครบปี"),
    "backup": (),
    "restore": ("สำรอง.zip",),
    "verify": (),
    "rebuild": (),
    "doctor": (),
    "log": (),
    "mail draft": ("q1",),
    "mail send": ("q1",),
    "mail list": ("q1",),
    "mail settle": ("2569-q1-YS-L1.eml", "--sent"),
    "mail fetch": (),
    "watch": (),
    "help": ("register", "load"),
    "version": (),
}
# The report lies with the first director, as it was submitted, with an open comment.
# The office has no mail server, and has mailed nothing.
OUT_OF_ORDER = {
    *("inbox decline", "review submit", "review approve", "review permit", "review refuse", "publish"),
    *("mail send", "mail settle", "mail fetch", "restore"),
}
READING = {
    *(
        "register check",
        "register show",
        "register history",
        "templates check",
        "status",
        "review show",
        "plan list",
        "plan show",
        "orders list",
        "letters list",
        "mail list",
    ),
    *("calendar", "problems", "trace", "log", "help", "version", "config check", "compare", "completion"),
    *("verify", "doctor"),
}
_TYPED = {  # what stands in Thai help as it is typed, or as it is called in Thai too
    *("plantrack", "q1", "q2", "q3", "q4", "year-end", "disbursed", "monitoring", "strategy", "executives", "O01"),
    *("all", "JSON", "standard", "output", "SHA-256", "Word", "Excel", "L1", "L2", "L9", "L3-memo", "inbox", "xlsx"),
    *("csv", "bash", "zsh", "fish", "powershell", "eMENSCR", "emenscr", "outbox"),
}
THAI = re.compile("[ก-๎]")


def _walk() -> Iterator[tuple[str, Any]]:
    """Every command by its words."""
    program = get_command(app)
    for name in COMMANDS:
        found = program.get_command(None, name)  # type: ignore[attr-defined]
        if hasattr(found, "commands"):
            yield from ((f"{name} {below}", command) for below, command in found.commands.items())
        else:
            yield name, found


EVERY = dict(_walk())


@dataclass
class Said:
    """What a command has said: its exit code, and the one object that scripts get."""

    code: int
    content: dict[str, Any]
    stderr: str


def _choices() -> Iterator[tuple[str, Any]]:
    """What may be chosen of each step with yes or no, and what goes where nothing is said."""
    for found in pkgutil.walk_packages(steps.__path__, f"{steps.__name__}."):
        for name, step in inspect.getmembers(importlib.import_module(found.name), inspect.isfunction):
            if step.__module__ == found.name and not name.startswith("_"):
                for choice in inspect.signature(step).parameters.values():
                    if isinstance(choice.default, bool):
                        yield f"{found.name}.{name} {choice.name}", choice.default


def test_a_step_does_what_it_is_for_and_no_more_where_nothing_is_said() -> None:
    """Neither is it only a dry run, nor is what has to be asked for taken as asked for."""
    choices = dict(_choices())
    assert len(choices) > 30
    assert [choice for choice, is_taken in choices.items() if is_taken] == []


def say(root: Path, *words: str, charset: str = "cp874") -> Said:
    """Runs a command with --json on a console of ``charset``; what is on standard output must be UTF-8 all the same."""
    environment = {"PLANTRACK_WORKSPACE": str(root), "PLANTRACK_TODAY": TODAY.isoformat()}
    result = CliRunner(charset=charset).invoke(app, [*words, "--json"], env=environment)
    content = json.loads(result.stdout_bytes.decode("utf-8"))
    assert isinstance(content, dict)
    return Said(result.exit_code, content, result.stderr_bytes.decode(charset, errors="replace"))


@pytest.fixture(scope="module")
def busy_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean return and a faulty one, a report before the first director with a comment on it, and an order."""
    root = tmp_path_factory.mktemp("busy") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    desk.run("ingest", expect=1)
    desk.report("q1")
    desk.run("review", "submit", "q1", expect=0)
    desk.run("review", *("comment", "q1", "ขอแก้"), expect=0)
    desk.run("orders", *("add", "เร่งรัด", "--date", DAY, "--due", DAY, "--unit", "YS"), expect=0)
    desk.send_back("YS")  # and one that waits
    return root


def test_every_command_is_walked() -> None:
    assert set(EVERY) == set(SAID)


def _contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): file_sha256(path) for path in files}


@pytest.mark.parametrize("name", SAID)
def test_what_only_looks_changes_nothing_and_the_rest_has_a_dry_run(
    name: str, busy_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(busy_root, root)
    monkeypatch.chdir(tmp_path)
    before = _contents(tmp_path)
    dry = () if name in READING else ("--dry-run",)
    said = say(root, *name.split(), *SAID[name], *dry)
    assert said.code in ((2,) if name in OUT_OF_ORDER else (0, 1)), said
    assert ("error" in said.content) == (name in OUT_OF_ORDER)
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("name", SAID)
def test_wrong_use_gives_scripts_one_object(name: str, issued_root: Path) -> None:
    words = name.split()
    for wrong in (("--no-such-thing",), (*SAID[name], "--json=1"), ("q1", *("ส่วนเกิน",) * 9)):
        if name == "help" and wrong[0] == "q1":
            continue  # takes any number of words
        said = say(issued_root, *words, *wrong)
        assert said.code == 2, (wrong, said)
        assert said.content["error"]
        assert f"plantrack {name} --help" in said.content["advice"] or name in (
            "calendar",
            "inbox retry",
            "orders letters",
            "plan list",
            "query",
            "templates restore",
        )


# What people type for one and the same: a period, a unit, a project, a day, a year.
SPELT = {
    "q1": ("๑", "ไตรมาสที่ 1", "Q1/2569"),
    "YS": ("ys", "ยศ", "กองยุทธศาสตร์ (ตัวอย่าง)"),
    "P001": ("p001", "P๐๐๑", "ระบบติดตามแผนงาน (ตัวอย่าง)"),
    DAY: ("5/1/2569", "5 ม.ค. 2569", "๒๐๒๖-๐๑-๐๕"),
    "2569": ("69", "2026", "ปีงบประมาณ ๒๕๖๙"),
    "2570": ("70", "2027", "๒๕๗๐"),
}
NAMING = {"quarter", "period", "periods", "unit", "project", "projects", "code", "date", "due", "year", "following"}
# Every command that takes any of these, with all of them.
ON_YS = ("q1", "--unit", "YS")
NAMED: dict[str, tuple[str, ...]] = {
    "new-year": ("2570",),
    "register history": ("P001",),
    "issue-forms": ON_YS,
    "status": ON_YS,
    "remind": ("q1",),
    "accept": ("q1", "YS", "--project", "P001", "--because", "ทดสอบ"),
    "report": ON_YS,
    "circulate": ("q1", "--order", "ทราบ", "--date", DAY),
    "export": ("emenscr", *ON_YS),
    "review submit": ("q1",),
    "review comment": ("q1", "ขอแก้", "--unit", "YS", "--project", "P001"),
    "review resolve": ("q1", "1", "--because", "แก้แล้ว"),
    "review approve": ("q1", "--date", DAY),
    "review permit": ("q1", "--reference", "ดศ 1", "--date", DAY),
    "review refuse": ("q1", "--because", "ไม่", "--date", DAY),
    "review reopen": ("q1", "--because", "ใหม่"),
    "review show": ("q1",),
    "plan approve": ("q1", "P001", "--because", "มติ"),
    "plan list": ("q1", "P001"),
    "plan show": ("q1", "P001"),
    "publish": ("q1",),
    "orders add": ("สั่ง", "--date", DAY, "--due", DAY, "--unit", "YS", "--period", "q1"),
    "letters list": ("q1",),
    "letters number": ("L1", "YS", "ดศ 0205/1", "--date", DAY, "--period", "q1"),
    "calendar": ("q1",),
    "problems": ("q1",),
    "trace": ("q1", "P001", "f14.stage"),
    "compare": ("q1", "YS"),
    "query": ("stage", "--period", "q1", "--unit", "YS", "--project", "P001"),
    "mail draft": ON_YS,
    "mail send": ON_YS,
    "mail list": ("q1",),
}


def naming(name: str) -> list[str]:
    """The words of a command that name a period, a unit, a project, a day or a year."""
    return [param.name for param in EVERY[name].params if param.name in NAMING]


def test_every_command_that_names_something_is_told_so_in_all_its_words() -> None:
    assert {name for name in EVERY if naming(name)} == set(NAMED)
    for name, words in NAMED.items():
        given = [word for word in words if word in SPELT]
        assert len(given) == len([one for one in naming(name) if one != "year"]), name


@pytest.mark.parametrize("name", NAMED)
def test_however_it_is_spelt_it_means_the_same(name: str, busy_root: Path) -> None:
    dry = () if name in READING else ("--dry-run",)
    words = (*NAMED[name], *(("--year", "2569") if "year" in naming(name) else ()), *dry)
    meant = said_without_time(busy_root, *name.split(), *words)
    for spelling in range(3):
        spelt = [SPELT[word][spelling] if word in SPELT else word for word in words]
        assert said_without_time(busy_root, *name.split(), *spelt) == meant, spelt


def said_without_time(root: Path, *words: str) -> tuple[int, str]:
    said = say(root, *words)
    return said.code, re.sub(r"\d\d:\d\d:\d\d", "", json.dumps(said.content, ensure_ascii=False))


@pytest.mark.parametrize("name", [name for name in SAID if any(param.required for param in EVERY[name].params)])
def test_what_is_missing_is_named(name: str, issued_root: Path) -> None:
    for language, said in (("th", "ยังไม่ได้ระบุ"), ("en", "is missing")):
        told = _in(language, issued_root, *name.split(), "--json")
        assert told.exit_code == 2
        assert said in json.loads(told.stdout_bytes)["error"]


@pytest.mark.parametrize("name", SAID)
def test_a_fault_of_ours_gives_scripts_one_object(
    name: str, issued_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(running, "Run", fail)
    said = say(issued_root, *name.split(), *SAID[name])
    assert said.code == 3
    log = Path(said.content["traceback"])
    assert "boom" in log.read_text(encoding="utf-8")
    assert str(log) in said.content["advice"]
    log.unlink()


def _in(language: str, root: Path, *words: str) -> Any:
    """What is said where the settings say the language, and the environment nothing."""
    config = root / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r'(?m)^#?\s*language = "\w+"', f'language = "{language}"', text), encoding="utf-8")
    assert f'language = "{language}"' in config.read_text(encoding="utf-8")
    try:
        environment = {"PLANTRACK_WORKSPACE": str(root), "PLANTRACK_LANG": None}
        return CliRunner().invoke(app, list(words), env=environment)
    finally:
        config.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("words", ["", *SAID, *dict.fromkeys(name.partition(" ")[0] for name in SAID if " " in name)])
def test_help_is_whole_in_the_language_of_the_settings(words: str, issued_root: Path) -> None:
    thai, english = (_in(language, issued_root, *words.split(), "-h").stdout for language in ("th", "en"))
    assert thai.startswith(f"วิธีใช้: plantrack {words}".rstrip())
    assert english.startswith(f"Usage: plantrack {words}".rstrip())
    assert max(cell_len(line) for line in (thai + english).splitlines()) < 80
    assert not THAI.search(english.replace("ดศ 0205/123", ""))
    headings = [line for line in thai.splitlines() if line.endswith(":")]
    assert headings
    assert all(THAI.match(line) for line in headings)
    command = EVERY.get(words)
    texts = [command.help, *(param.help for param in command.params)] if command else []
    assert all(THAI.search(translate(text, "th")) for text in texts)
    typed = {*COMMANDS, *(name.rpartition(" ")[2] for name in SAID)} | _TYPED
    left = re.sub(r"(?<!\w)--?[\w-]+|[\w-]+\.\w+", " ", thai)
    assert set(re.findall(r"[A-Za-z][A-Za-z0-9-]+", left)) <= typed


@pytest.mark.parametrize("charset", ["ascii", "cp874", "utf-8"])
def test_json_is_utf_8_whatever_the_console_speaks(charset: str, issued_root: Path) -> None:
    said = say(issued_root, "register", "show", charset=charset)
    assert said.content["units"][0]["name"] == "กองยุทธศาสตร์ (ตัวอย่าง)"


def _is_for_types(node: ast.AST) -> bool:
    """Whether ``node`` is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def test_commands_import_steps_alone() -> None:
    """The command line parses, calls a step, and tells: what it knows of the rest, it knows from the step's result."""
    folder = Path(cli.__file__).parent / "commands"
    allowed = re.compile(r"plan_tracker$|plan_tracker\.(cli|steps|demo|i18n|errors)\b")
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for_types = {id(below) for node in ast.walk(tree) if _is_for_types(node) for below in ast.walk(node)}
        imported = [
            node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and id(node) not in for_types
        ]
        ours = [module for module in imported if module.startswith("plan_tracker")]
        assert not [module for module in ours if not allowed.match(module)], path.name


def test_commands_stand_where_their_steps_do() -> None:
    """cli/commands, and the steps that they call, are divided by the same parts of the work."""
    folder = Path(cli.__file__).parent / "commands"
    for path in folder.glob("*.py"):
        steps = set(re.findall(r"from plan_tracker\.steps\.(\w+)", path.read_text(encoding="utf-8")))
        both = {"keep", "look_up"}  # which --help lists under one heading
        assert steps <= (both if path.stem == "keep" else {path.stem}), path.name
