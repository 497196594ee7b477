"""The documentation is whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from plan_tracker.checking.catalogue import CATALOGUE
from tools.make_findings_page import PAGE, findings_page


def test_the_page_of_findings_is_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == findings_page()
    assert all(f"| {code} |" in page for code in CATALOGUE)


ROOT = Path(__file__).parents[1]
BY_HAND = (ROOT / "docs" / "by-hand.md").read_text("utf-8")


def test_what_is_done_by_hand_stands_where_its_page_says() -> None:
    modules = re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`", BY_HAND)
    tests = {name for name in modules if name.startswith("test_")}
    assert len(tests) > 9
    assert [name for name in tests if not (ROOT / "tests" / name).is_file()] == []
    lost = [name for name in modules if "/" in name and not (ROOT / "src" / "plan_tracker" / name).is_file()]
    assert not [name for name in lost if not (ROOT / name).is_file()]


def test_libraries_whose_private_parts_are_used_have_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounded = {re.split("[<>=]", wanted)[0] for wanted in project["dependencies"] if "<" in wanted}
    told = set(re.findall(r"^\| `([a-z-]+)` \|", BY_HAND, re.MULTILINE))
    assert told == bounded
