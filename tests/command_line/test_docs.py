"""The documentation says what the code does, where that can be held to it."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

import plan_tracker
from plan_tracker.checking.catalogue import CATALOGUE
from plan_tracker.cli.app import app
from plan_tracker.cli.command_table import COMMANDS
from tools.licences import LOOKED_AT, licences, listed
from tools.make_findings_page import PAGE, findings_page
from tools.make_reference_pages import REFERENCES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_SOURCE = re.compile(r"`(src/plan_tracker/[\w/.]+|tools/[\w/.]+|tests/[\w/.]+)`")


def test_the_page_of_findings_is_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == findings_page()
    assert all(f"| {code} |" in page for code in CATALOGUE)


@pytest.mark.parametrize("name", [*REFERENCES])
def test_the_references_are_those_of_the_code(name: str) -> None:
    assert (ROOT / "docs" / "th" / name).read_text(encoding="utf-8") == REFERENCES[name]()


def test_every_command_of_the_guide_is_one() -> None:
    """The guide's commands parse: each names a command, and options that it has."""
    guide = (ROOT / "docs" / "th" / "guide.md").read_text(encoding="utf-8")
    typed = re.findall(r"(?:\$ |`)plantrack(?: ([^`\n]+))?", guide)
    assert len(typed) > 40
    program = get_command(app)
    for words in (shlex.split(line) for line in typed if line):
        with program.make_context("plantrack", [], resilient_parsing=True) as root:
            _name, command, rest = program.resolve_command(root, words)  # type: ignore[attr-defined]
            if hasattr(command, "commands"):
                _name, command, rest = command.resolve_command(root, rest)
            options = {option for param in command.get_params(root) for option in param.opts}
            assert {word for word in rest if word.startswith("--")} <= options, words


BY_HAND = (ROOT / "docs" / "by-hand.md").read_text("utf-8")


def test_what_is_done_by_hand_stands_where_its_page_says() -> None:
    modules = re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`", BY_HAND)
    tests = {name for name in modules if name.startswith("test_")}
    assert len(tests) > 9
    assert tests - {path.name for path in (ROOT / "tests").rglob("test_*.py")} == set()
    lost = [name for name in modules if "/" in name and not (ROOT / "src" / "plan_tracker" / name).is_file()]
    assert not [name for name in lost if not (ROOT / name).is_file()]


def test_libraries_whose_private_parts_are_used_have_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounded = {re.split("[<>=]", wanted)[0] for wanted in project["dependencies"] if "<" in wanted}
    told = set(re.findall(r"^\| `([a-z-]+)` \|", BY_HAND, re.MULTILINE))
    assert told == bounded


def test_every_library_is_locked_as_tested_and_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [
        *project["dependencies"],
        *(one for name, group in extras.items() if name not in ("dev", "fuzz") for one in group),
    ]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    reasons = set(re.findall(r"^\| ([a-z0-9-]+) \| .+ \| .+ \|$", page, re.MULTILINE))
    assert reasons == {re.split(r"[<>=\[]", one)[0] for one in needed}
    # what another system alone needs stands in the lock alone
    locked, tested = (_versions(ROOT / name) for name in ("requirements.lock", "constraints.txt"))
    assert reasons <= locked.keys()
    assert {name: version for name, version in locked.items() if tested.get(name, version) != version} == {}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", lock))


def test_every_licence_has_been_looked_at_and_is_listed() -> None:
    found = licences()
    not_here = {name for name, said in found.items() if not said}  # another Python's or system's alone
    assert {name: said for name, said in listed().items() if name not in not_here} == {
        name: said for name, said in found.items() if said
    }
    assert set(listed().values()) <= LOOKED_AT
    assert listed()["docxtpl"] == "LGPL"


def test_the_installer_is_of_this_release() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["tool"]["briefcase"]["version"] == plan_tracker.__version__
    assert f"## {plan_tracker.__version__} (" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def _versions(path: Path) -> dict[str, str]:
    """By name, as indexes write them."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\n]+)", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[._]", "-", name).lower(): version for name, version in pins}


def test_the_readme_lists_every_command() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("| Command |")[1].split("\n\n")[0]
    listed = {
        word for cell in re.findall(r"^\| (.+?) \|", table, re.MULTILINE) for word in re.findall(r"[a-z-]+", cell)
    }
    assert set(COMMANDS) <= listed


def test_the_architecture_names_every_layer_in_its_order() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    layers = [name.strip() for layer in contract for name in layer.split("|") if name.strip() != "__main__"]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|", page.split("| Layer |")[1].split("\n\n")[0], re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(layers)
    assert named[: named.index("review")] == layers[: layers.index("register")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link for link in _LINK.findall(text) if "://" not in link]
    files = [ROOT / name for name in _SOURCE.findall(text)]
    assert [str(path.relative_to(ROOT)) for path in links + files if not path.exists()] == []


def test_the_changelog_tells_of_this_release() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(plan_tracker.__version__)}\b", text, re.MULTILINE)
    assert "### Upgrading" in text
