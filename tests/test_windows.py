"""What can be held without a Windows at hand: nothing in the package needs POSIX, and names fit there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import plan_tracker
from plan_tracker import atomic
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.i18n import use_language
from plan_tracker.steps.prepare import init as start_of
from plan_tracker.steps.prepare.start_file import build_start_file
from plan_tracker.system import describe_os_error
from tests.desk import Desk

SOURCE = Path(plan_tracker.__file__).parent
ROOT = Path(__file__).parents[1]
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "crypt", "syslog", "posix"}
CALLS = {
    "os": {
        *("fork", "getuid", "geteuid", "getgid", "chown", "lchown", "fchown", "fchmod", "mkfifo", "uname", "setsid"),
        *("getpgid", "killpg", "symlink", "nice", "wait", "WNOHANG", "O_DIRECTORY", "O_NOFOLLOW", "statvfs"),
    },
    "signal": {"SIGKILL", "SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "alarm", "setitimer", "pause"},
}


def needs_posix(tree: ast.AST) -> Iterator[int]:
    """The lines of what is POSIX alone, but for what stands in a ``try`` or behind a question of the system."""
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Try) or (isinstance(node, ast.If) and _asks_for_system(node.test))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) not in guarded and _is_posix(node):
            yield getattr(node, "lineno", 0)


def _asks_for_system(test: ast.AST) -> bool:
    said = ast.unparse(test)
    return "sys.platform" in said or "os.name" in said or "hasattr(" in said


def _is_posix(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return (node.module or "") in MODULES or bool(names & CALLS.get(node.module or "", set()))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr in CALLS.get(node.value.id, set())
    return False


def test_the_package_calls_nothing_that_is_posix_alone() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in SOURCE.rglob("*.py")
        for line in needs_posix(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_the_lint_finds_what_it_is_for() -> None:
    for text in ("import fcntl", "os.fork()", "from os import getuid", "signal.alarm(1)"):
        assert list(needs_posix(ast.parse(text))), text
    for text in ("try:\n import fcntl\nexcept ImportError: pass", "if sys.platform != 'win32':\n os.fork()"):
        assert not list(needs_posix(ast.parse(text))), text


def test_files_are_read_and_written_with_an_encoding() -> None:
    """Windows' own is cp874 or cp1252: Thai text needs UTF-8 to be said."""
    found = {
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_text_call(node) and not any(k.arg == "encoding" for k in node.keywords)
    }
    assert found == set()


def _is_text_call(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "read_text" and not node.args


def test_the_start_file_is_one_for_windows() -> None:
    content = (ROOT / "plantrack.cmd").read_bytes()
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b'cd /d "%~dp0"' in content  # also where it is started from a shared drive, or with blanks in its path


def test_what_a_maintainer_can_turn_on_names_what_is_there() -> None:
    script = (ROOT / ".ci" / "windows.ps1").read_text(encoding="utf-8-sig")
    assert ".ci/windows.ps1" in (ROOT / ".ci" / "windows.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"plantrack\"? ([a-z]+)", script)) <= set(COMMANDS)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    briefcase = project["tool"]["briefcase"]
    assert briefcase["version"] == plan_tracker.__version__
    [(name, installed)] = briefcase["app"].items()
    assert [ROOT / source for source in installed["sources"]] == [SOURCE]
    assert (SOURCE / "__main__.py").is_file()  # what the installed program starts
    assert name == SOURCE.name


@pytest.mark.parametrize("number", [206, 3])
def test_a_path_that_is_too_long_for_windows_is_told_as_such(number: int) -> None:
    error = OSError(2, "No such file or directory", "C:\\" + "ก" * 300)
    error.winerror = number  # type: ignore[attr-defined]
    use_language("en")
    what, advice = describe_os_error(error) or ("", "")
    assert "too long" in what
    assert "shorter path" in advice


@pytest.mark.parametrize("encoding", ["cp874", "cp1252", "utf-8"])
def test_a_console_of_any_code_page_gets_its_lines(encoding: str, issued_root: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PLANTRACK_TODAY": "2026-01-05"}
    words = [sys.executable, "-m", "plan_tracker", "status", "q1", "--workspace", str(issued_root)]
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode(encoding)
    assert "ETDA" in said
    assert ("ยังไม่ส่ง" in said) == (encoding != "cp1252")


def test_settings_and_lists_saved_with_other_line_ends_are_read(desk: Desk) -> None:
    config = desk.root / "config.toml"
    config.write_bytes(b"\xef\xbb\xbf" + config.read_bytes().replace(b"\n", b"\r\n"))
    numbers = desk.root / "เลขที่.txt"
    numbers.write_bytes("YS\t12\r\nETDA\t13\r\n".encode("utf-8-sig"))
    made = desk.run("letters", "number", "L1", "--list", str(numbers), "--date", "2569-01-05", expect=0)
    assert [(one["unit"], one["number"]) for one in made["letters"]] == [("YS", "12"), ("ETDA", "13")]


def test_a_workspace_on_windows_has_a_file_to_start_by(tmp_path: Path) -> None:
    files = start_of._files(on_windows=True)
    assert "plantrack.cmd" not in start_of._files(on_windows=False)
    files["plantrack.cmd"](tmp_path / "plantrack.cmd")
    content = (tmp_path / "plantrack.cmd").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 7
    programs = "C:\\งาน 100%%\\.venv\\Scripts"
    lines = build_start_file(programs.replace("%%", "%")).decode("utf-8").split("\r\n")
    assert lines[0] == "@echo off"
    assert lines[1].startswith("rem ")  # said to whoever opens it, and run by nobody
    assert lines[2:] == [
        "chcp 65001 >nul",
        'cd /d "%~dp0"',
        f'if exist "{programs}\\plantrack.exe" set "PATH={programs};%PATH%"',
        "plantrack",
        "cmd /k",
        "",
    ]


def test_what_is_open_in_word_takes_its_new_version_once_it_is_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that a program holds can't be replaced: the others are, and what was done stands."""
    really, held = atomic.replace_file, "2569-q1-YS-L2.docx"

    def replace_file(source: Path, target: Path) -> None:
        if target.name == held:
            raise PermissionError(13, "Access is denied", str(source), 5, str(target))
        really(source, target)

    desk.today = desk.today.replace(day=20)
    monkeypatch.setattr(atomic, "replace_file", replace_file)
    letters = desk.root / "outbox" / "2569-q1" / "letters"
    for words in (("remind", "q1"), ("ingest",)):
        told = desk.run(*words, expect=2)
        assert f"outbox/2569-q1/letters/{held}" in told["error"]
        assert "data/staged" in told["advice"]
    assert (letters / "2569-q1-ETDA-L2.docx").is_file()
    assert desk.run("status", "q1", expect=0)["units"]  # what only reads goes on
    assert not (letters / held).exists()
    monkeypatch.undo()
    desk.run("ingest", expect=0)
    assert (letters / held).is_file()
    assert list((desk.root / "data").glob("staged/*")) == []
