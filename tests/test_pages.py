"""The published pages in a real browser: axe-core, the keyboard, narrow screens, without JavaScript (WCAG 2.2 AA).

Chromium is Debian's own; playwright drives it, and axe-core comes with axe-playwright-python.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk import Q1, Q2, Desk

pytestmark = pytest.mark.browser
KINDS = ("index", "projects", "units", "kpis", "problems", "downloads", "projects/P001")
WIDTHS = (360, 1280)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing in CI")
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def package(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two published quarters, so that every kind of chart, table and link is there; the second is looked at."""
    root = tmp_path_factory.mktemp("pages") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    for quarter in ("q1", "q2"):
        if quarter == "q2":
            desk.run("issue-forms", "q2", expect=0)
        _play(desk, quarter)
    return root / "outbox" / "2569-q2" / "publication"


def _play(desk: Desk, quarter: str) -> None:
    period = {"q1": Q1, "q2": Q2}[quarter]
    problem = {
        "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)",
        "P001/f13.problems[1].cause": "ขาดแคลนอุปกรณ์",
        "P001/f13.problems[1].recommendation": "เร่งรัดผู้รับจ้าง",
    }
    desk.send_back("YS", problem, period=period)
    desk.run("ingest")
    desk.run("report", quarter, expect=0)
    for act in ("submit", "approve", "submit", "approve", "submit"):
        desk.run("review", act, quarter, expect=0)
    desk.run("review", "permit", quarter, "--reference", "ดศ 1", "--date", "2569-01-05", expect=0)
    desk.run("publish", quarter, expect=0)


def _open(browser: Browser, folder: Path, name: str, width: int, *, script: bool = True) -> Page:
    """The page, with a watch on everything that it asks for."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    foreign = [url for url in asked if not url.startswith((folder.as_uri(), "data:"))]
    assert foreign == [], "a request left the package"
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("home", ["", "en/"])
def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, package: Path, home: str, width: int) -> None:
    for kind in KINDS:
        page = _open(browser, package, home + kind, width)
        found = Axe().run(page, options=RULES)
        told = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found.response["violations"]]
        assert told == [], (home, kind, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        page.context.close()


def test_axe_does_find_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    (tmp_path / "bad.html").write_text('<html><body><img src="data:,"><p style="color:#ccc">จาง</p></body>', "utf-8")
    page = _open(browser, tmp_path, "bad", 360)
    ids = {violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]}
    assert ids >= {"image-alt", "html-has-lang", "color-contrast"}
    page.context.close()


def test_search_filter_and_sort_by_keyboard_alone(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "find"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("p๐๐๒")
    assert _shown(page) == ["P002"]
    assert "1" in page.inner_text("#shown")
    page.keyboard.type("ไม่มีสิ่งนี้")
    assert _shown(page) == []
    assert page.is_visible("#none")
    page.click("form button[type=reset]")
    page.wait_for_function("document.querySelector('#none').hidden")
    page.focus("thead th:nth-child(1) button")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.get_attribute("thead th:nth-child(1)", "aria-sort") == "descending"
    assert _shown(page) == ["P003", "P002", "P001"]
    page.select_option("#by-plan", "ops")
    assert _shown(page) == ["P002", "P001"]
    page.context.close()


def _shown(page: Page) -> list[str]:
    rows = "[...document.querySelectorAll('table.list tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    found = page.evaluate(rows)
    assert isinstance(found, list)
    return found


def test_everything_is_there_without_javascript(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 360, script=False)
    assert page.locator("table.list tbody tr").count() == 3
    assert not page.is_visible("form.filter")
    page.click("table.list tbody a >> nth=0")
    assert page.url.endswith("projects/P001.html")
    page.click("a[hreflang=en]")
    assert page.get_attribute("html", "lang") == "en"
    page.context.close()


def test_an_earlier_quarter_is_one_step_away(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "index", 1280)
    page.click("footer nav a")
    assert page.url.endswith("2569-q1/publication/index.html")
    page.context.close()


def test_search_over_a_thousand_projects_is_instant_and_the_front_page_light(
    browser: Browser, package: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    shutil.copytree(package, folder)
    front = ["index.html", "assets/site.css", "assets/site.js"]
    assert sum((folder / name).stat().st_size for name in front) < 300_000
    path = folder / "projects.html"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("<tr data-unit"), text.index("</tbody>")
    row = text[start : text.index("</tr>", start) + 5]
    rows = [row.replace("P001", f"P{number:04}") for number in range(1000)]
    path.write_text(text[:start] + "\n".join(rows) + text[end:], encoding="utf-8")
    page = _open(browser, folder, "projects", 1280)
    timed = page.evaluate(
        "() => { const box = document.querySelector('#find'); const began = performance.now(); box.value = 'P0777';"
        " box.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight;"
        " return performance.now() - began; }"
    )
    assert _shown(page) == ["P0777"]
    assert timed < 300, f"{timed} ms"
    page.context.close()
