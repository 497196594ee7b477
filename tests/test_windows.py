"""What can be held without a Windows at hand: nothing in the package needs POSIX, and names fit there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import plan_tracker

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
