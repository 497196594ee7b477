"""The published pages in Firefox's engine: axe-core, no sideways scrolling, search, the page that checks figures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest

from tests.publication.firefox import Firefox, firefox
from tests.publication.test_pages import KINDS, RULES

pytestmark = pytest.mark.browser
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed")
    with firefox(program, tmp_path_factory.mktemp("firefox") / "profile") as opened:
        yield opened


@pytest.fixture
def package(published_year: Path) -> Path:
    return published_year / "outbox" / "2569-year-end" / "publication"


@pytest.mark.parametrize(("home", "width"), [("", 450), ("en/", 1280)])
def test_axe_finds_nothing_in_firefox_and_no_page_scrolls_sideways(
    browser: Firefox, package: Path, home: str, width: int
) -> None:
    for kind in KINDS:
        browser.open(package / f"{home}{kind}.html", width)
        found = browser.run_until(
            f"const done = arguments[arguments.length - 1]; {_AXE};"
            f"axe.run({json.dumps(RULES)}).then(found => done(found.violations.map(one => one.id)))"
        )
        assert found == [], (home, kind)
        root = "document.documentElement"
        assert not browser.run(f"return {root}.scrollWidth > {root}.clientWidth"), (home, kind)


def test_search_works_in_firefox(browser: Firefox, package: Path) -> None:
    browser.open(package / "projects.html", 1280)
    shown = browser.run(
        "const box = document.querySelector('#projects-find'); box.value = 'P002';"
        "box.dispatchEvent(new Event('input', {bubbles: true}));"
        "const rows = [...document.querySelectorAll('table.list tbody tr')];"
        "return rows.filter(row => !row.hidden).map(row => row.cells[0].innerText)"
    )
    assert shown == ["P002"]


def test_a_figure_is_checked_in_firefox(browser: Firefox, package: Path) -> None:
    browser.open(package / "verify.html", 1280)
    proof = json.dumps((package / "data" / "proof.json").read_text("utf-8"))
    told = browser.run_until(
        f"""const done = arguments[arguments.length - 1], files = new DataTransfer();
        files.items.add(new File([{proof}], 'proof.json'));
        const box = document.querySelector('#file'), state = document.querySelector('#state');
        box.files = files.files;
        new MutationObserver(() => {{ if (/[✓✗]/.test(state.textContent)) done(state.className); }})
          .observe(state, {{childList: true, attributes: true, subtree: true}});
        box.dispatchEvent(new Event('change'));"""
    )
    assert told == "good"
