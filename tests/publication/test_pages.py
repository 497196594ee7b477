"""The published pages in a real browser: axe-core (WCAG 2.2 AA), the keyboard, any width, print, no JavaScript.

Chromium is Debian's own; playwright drives it, and axe-core comes with axe-playwright-python.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pypdf import PdfReader

pytestmark = pytest.mark.browser
KINDS = (
    "index", "projects", "units", "kpis", "problems", "year", "downloads", "dictionary", "revisions", "provinces",
    "periods", "projects/P001", "units/YS",
)  # fmt: skip
BETWEEN = (320, 599, 600, 700, 991, 992)  # where tables become cards, and before
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # to describe each element that passes takes longer than all else
}
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 300_000  # milliseconds, after which the browser is given up; what passes takes no time
INSTANT = 0.1  # seconds of the page's own processor time
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing in CI")
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=OPTIONS, timeout=PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture
def package(published_year: Path) -> Path:
    """The year-end's, which has every kind of page, chart, table and link."""
    return published_year / "outbox" / "2569-year-end" / "publication"


def _open(
    browser: Browser,
    folder: Path,
    name: str,
    width: int,
    *,
    script: bool = True,
    scheme: Literal["light", "dark"] = "light",
) -> Page:
    """The page, with a watch on everything that it asks for and complains of."""
    size: ViewportSize = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked, told = _watched(page)
    page.goto((folder / f"{name}.html").as_uri())
    foreign = [url for url in asked if not url.startswith((folder.as_uri(), "data:"))]
    assert foreign == [], "a request left the package"
    assert told == []
    return page


def _watched(page: Page) -> tuple[list[str], list[str]]:
    """What the page asks for, and what it says on the console, violations of its policy included."""
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    return asked, told


@pytest.mark.parametrize(("home", "width", "scheme"), [("", 360, "light"), ("", 1280, "dark"), ("en/", 1280, "light")])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, package: Path, home: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    for kind in KINDS:
        page = _open(browser, package, home + kind, width, scheme=scheme)
        assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
        assert _violations(page) == [], (home, kind, width)
        assert not page.evaluate(SIDEWAYS), (home, kind, width)
        page.context.close()


def _violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the first elements that break it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


def test_axe_does_find_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    (tmp_path / "bad.html").write_text('<html><body><img src="data:,"><p style="color:#ccc">จาง</p></body>', "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "bad.html").as_uri())
    assert {rule for rule, _elements in _violations(page)} >= {"image-alt", "html-has-lang", "color-contrast"}
    page.context.close()


@pytest.mark.parametrize("home", ["", "en/"])
def test_no_page_scrolls_sideways_at_any_width(browser: Browser, package: Path, home: str) -> None:
    for kind in KINDS:
        page = _open(browser, package, home + kind, 1280)
        for width in BETWEEN:
            page.set_viewport_size({"width": width, "height": 800})
            assert not page.evaluate(SIDEWAYS), (home, kind, width)
        page.context.close()


def test_on_a_phone_a_row_is_a_card_and_still_a_row_of_a_table(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 360)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="ระบบติดตามแผนงาน"))
    cells = row.get_by_role("cell")
    assert cells.count() == 8
    assert page.get_by_role("table").get_by_role("columnheader").count() == 9
    tops = [box["y"] for cell in cells.all() if (box := cell.bounding_box())]
    assert len(set(tops)) == len(tops), "each under the other"
    label = "e => getComputedStyle(e, '::before').content"
    assert cells.nth(1).evaluate(label).startswith('"หน่วยงาน')
    page.set_viewport_size({"width": 1280, "height": 800})
    assert cells.nth(1).evaluate(label) == "none"
    page.context.close()


def test_search_filter_and_sort_by_keyboard_alone(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "projects-find"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("p๐๐๒")
    assert _shown(page) == ["P002"]
    assert "1" in page.get_by_role("status").inner_text()
    page.keyboard.type("ไม่มีสิ่งนี้")
    assert _shown(page) == []
    assert page.is_visible("#projects-none")
    page.click("form button[type=reset]")
    expect(page.locator("#projects-none")).to_be_hidden()
    page.focus("thead th:nth-child(1) button")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.get_attribute("thead th:nth-child(1)", "aria-sort") == "descending"
    assert _shown(page) == ["P003", "P002", "P001"]
    page.select_option("#projects-plan", "ops")
    assert _shown(page) == ["P002", "P001"]
    page.context.close()


@pytest.mark.parametrize(
    ("name", "form", "choose", "left"),
    [
        ("kpis", "kpis-ops", ("outcome", "บรรลุเป้าหมาย"), {"ร้อยละโครงการที่บรรลุ (ตัวอย่าง)"}),
        ("problems", "problems-ops", ("standing", "แก้ไขแล้ว"), {"ระบบติดตามแผนงาน (ตัวอย่าง)"}),
        ("units", "units-ops", ("state", "ได้รับแล้ว"), {"กองยุทธศาสตร์ (ตัวอย่าง) (ยศ.)"}),
    ],
)
def test_every_list_is_searched_filtered_and_cleared_alike(
    browser: Browser, package: Path, name: str, form: str, choose: tuple[str, str], left: set[str]
) -> None:
    page = _open(browser, package, name, 1280)
    rows = page.locator(f"#{form} tbody tr")
    options = page.locator(f"#{form}-{choose[0]} option").all_inner_texts()
    assert choose[1] in options
    page.select_option(f"#{form}-{choose[0]}", choose[1])
    names = page.locator(f"#{form} tbody tr:not([hidden]) th").all_inner_texts()
    assert set(names) == left
    page.fill(f"#{form}-find", "ไม่มีสิ่งนี้")
    assert page.locator(f"#{form} tbody tr:not([hidden])").count() == 0
    assert page.locator(f"#{form}-shown").get_attribute("role") == "status"
    page.click(f"#{form}-form button[type=reset]")
    expect(page.locator(f"#{form}-none")).to_be_hidden()
    assert page.locator(f"#{form} tbody tr:not([hidden])").count() == rows.count() > 0
    page.context.close()


def test_a_list_as_it_is_shown_can_be_linked_to(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 1280)
    page.fill("#projects-find", "P00")
    page.select_option("#projects-plan", "ministry")
    page.click("thead th:nth-child(1) button")
    page.click("thead th:nth-child(1) button")
    expect(page).to_have_url(re.compile("plan=ministry.*sort=-code"))
    again = page.context.new_page()
    again.goto(page.url)
    assert _shown(again) == ["P003", "P001"]
    assert again.input_value("#projects-find") == "P00"
    again.click("form button[type=reset]")
    expect(again).to_have_url(re.compile("#$"))
    assert _shown(again) == ["P001", "P002", "P003"]
    page.context.close()


def _shown(page: Page) -> list[str]:
    rows = "[...document.querySelectorAll('table.list tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    found = page.evaluate(rows)
    assert isinstance(found, list)
    return found


def test_the_skip_link_leaves_a_search_as_it_is(browser: Browser, package: Path) -> None:
    page = _open(browser, package, "projects", 1280)
    page.fill("#projects-find", "P002")
    page.focus("a[href='#main']")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.input_value("#projects-find") == "P002"
    assert _shown(page) == ["P002"]
    page.context.close()


@pytest.mark.parametrize("name", ["projects", "kpis", "problems", "units"])
def test_everything_is_there_without_javascript(browser: Browser, package: Path, name: str) -> None:
    page = _open(browser, package, name, 360, script=False)
    rows = page.locator("table.list tbody tr")
    assert rows.count() > 0
    assert all(row.is_visible() for row in rows.all())
    assert [form.is_visible() for form in page.locator("form.filter").all()].count(True) == 0
    assert page.locator("th button").count() == 0
    page.click("table.list tbody a >> nth=0")
    page.click("a[hreflang=en]")
    page.wait_for_url("**/en/**")
    assert page.get_attribute("html", "lang") == "en"
    page.context.close()


def test_earlier_and_later_periods_are_linked_from_every_package(browser: Browser, published_year: Path) -> None:
    """The first quarter was published before there were others, and names them all the same."""
    page = _open(browser, published_year / "outbox" / "2569-q1" / "publication", "en/index", 1280)
    page.click("footer nav a >> nth=-1")
    page.wait_for_url("**/2569-q1/publication/en/periods.html")
    assert page.locator("ul.periods a").count() == 5
    page.click("ul.periods a >> nth=4")
    page.wait_for_url("**/2569-year-end/publication/en/index.html")
    page.click("footer nav a >> nth=0")
    page.wait_for_url("**/2569-q1/publication/en/index.html")
    page.context.close()


def test_the_policy_forbids_what_the_page_does_not_need_and_holds_over_http_too(
    browser: Browser, package: Path
) -> None:
    served: list[str] = []

    class Noted(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its parent's name
            served.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Noted, directory=str(package)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/"
    page = browser.new_page()
    asked, told = _watched(page)
    page.goto(f"{home}projects.html")
    page.fill("#projects-find", "P002")
    assert _shown(page) == ["P002"]
    assert told == []
    assert all(url.startswith((home, "data:")) for url in asked)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))"
    )
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/foreign.png'}))")
    page.wait_for_timeout(200)
    assert page.evaluate("window.bad") is None
    assert any("Content Security Policy" in text for text in told)
    assert sorted(served) == ["/assets/site.css", "/assets/site.js", "/projects.html"]  # each once, in any order
    server.shutdown()
    page.context.close()


@pytest.mark.parametrize("name", ["index", "projects", "kpis", "problems"])
def test_what_is_printed_is_whole_on_a4_without_controls(
    browser: Browser, package: Path, tmp_path: Path, name: str
) -> None:
    page = _open(browser, package, name, 1280)
    page.emulate_media(media="print")
    assert not page.evaluate(SIDEWAYS)
    assert not any(form.is_visible() for form in page.locator("form.filter, header nav").all())
    cells = page.locator("th, td, dd, h2").all_text_contents()
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "page.pdf").pages
    sizes = {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets}
    assert sizes == {(595, 842)}
    printed = "".join(_letters(sheet.extract_text()) for sheet in sheets)
    assert [cell for cell in cells if _letters(cell) not in printed] == []
    assert "://" not in "".join(sheet.extract_text() for sheet in sheets)
    assert _words_out_of(tmp_path / "page.pdf", left=30, right=565) == []
    page.context.close()


def _letters(text: str) -> str:
    """Consonants, Latin letters and digits: a PDF keeps Thai vowels and tone marks in the order of their drawing."""
    return re.sub(r"[^ก-ฮA-Za-z0-9]", "", text)


def _words_out_of(path: Path, left: float, right: float) -> list[str]:
    """What stands outside of these points of the paper's width."""
    run = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    words = re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>(.*?)<', run.stdout)
    assert words
    return [word for start, end, word in words if float(start) < left or float(end) > right]


def test_search_over_a_thousand_projects_is_instant_and_the_front_page_light(
    browser: Browser, package: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    shutil.copytree(package, folder)
    front = ["index.html", "assets/site.css", "assets/site.js"]
    assert sum((folder / name).stat().st_size for name in front) < 300_000
    path = folder / "projects.html"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("<tr", text.index("<tbody")), text.index("</tbody>")
    row = text[start : text.index("</tr>", start) + 5]
    rows = [row.replace("P001", f"P{number:04}") for number in range(1000)]
    path.write_text(text[:start] + "\n".join(rows) + text[end:], encoding="utf-8")
    page = _open(browser, folder, "projects", 1280)
    timed = [_processor_time(page, text) for text in ("P", "P0", "P07", "P077", "P0777")]
    assert _shown(page) == ["P0777"]
    assert 0 < max(timed) < INSTANT, timed
    page.context.close()


def _processor_time(page: Page, text: str) -> float:
    """Seconds that the page works on finding ``text``."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        told = session.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in told if metric["name"] == "TaskDuration"))

    begun = worked()
    page.evaluate(
        """text => {
            const box = document.querySelector('#projects-find');
            box.value = text;
            box.dispatchEvent(new Event('input', {bubbles: true}));
            document.body.offsetHeight;
        }""",
        text,
    )
    return worked() - begun
