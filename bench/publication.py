"""What the publication of a large plan takes: to build, on the disk, and in a headless Chromium.

``python -m bench.publication FOLDER [UNITS]`` plays a quarter of 125 units (1,000 projects) in FOLDER, publishes it,
and prints what it measured. A FOLDER that has been played is only published anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.data import permit
from bench.data import play as play_returns
from bench.running import plantrack

OUTBOX = Path("outbox/2569-q1")
RUNS = 5
PAGES = ("index", "projects", "kpis", "units")
_WATCH = """() => {
    window.shift = 0; window.largest = 0; window.blocked = 0;
    const on = (type, act) =>
        new PerformanceObserver(list => list.getEntries().forEach(act)).observe({type, buffered: true});
    on('layout-shift', e => { if (!e.hadRecentInput) window.shift += e.value; });
    on('largest-contentful-paint', e => { window.largest = e.startTime; });
    on('longtask', e => { window.blocked += Math.max(0, e.duration - 50); });
}"""
_TOLD = """async () => {
    const paints = () => performance.getEntriesByName('first-contentful-paint');
    while (!paints().length) { await new Promise(later => setTimeout(later, 50)); }
    await new Promise(later => setTimeout(later, 500));
    return {FCP: paints()[0].startTime, LCP: window.largest, TBT: window.blocked, CLS: window.shift};
}"""
_KEYS = """async texts => {
    const box = document.querySelector('#projects-find'), times = [];
    for (const text of texts) {
        const began = performance.now();
        box.value = text; box.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight;
        times.push(performance.now() - began);
        await new Promise(requestAnimationFrame);
    }
    return times;
}"""


def play(root: Path, units: int) -> None:
    """A quarter up to the permission to publish."""
    os.environ["PLANTRACK_SOFFICE"] = "none"
    play_returns(root, units)
    plantrack("report", "q1", "--json", cwd=root)
    permit(root)


def measure_pages(browser: Browser, package: Path) -> Iterator[str]:
    """First and largest paint, blocked time and layout shift: medians of runs in new contexts, from the disk."""
    for name in PAGES:
        runs = []
        for _run in range(RUNS):
            page = browser.new_page(viewport={"width": 412, "height": 823})
            page.add_init_script(f"({_WATCH})()")
            page.goto((package / f"{name}.html").as_uri(), wait_until="load")
            runs.append(page.evaluate(_TOLD))
            page.close()
        middle = {key: sorted(run[key] for run in runs)[RUNS // 2] for key in runs[0]}
        yield f"{name:<10}" + "".join(f"  {key} {value:8.2f}" for key, value in middle.items())


def measure_search(browser: Browser, package: Path, width: int) -> str:
    """A word typed and taken back, letter by letter: each key up to the laid-out page."""
    page = browser.new_page(viewport={"width": width, "height": 823})
    page.goto((package / "projects.html").as_uri())
    word = "หน่วยงานที่ 77 "
    texts = [word[: n + 1] for n in range(len(word))]
    times = sorted(page.evaluate(_KEYS, texts + texts[::-1] + [""]))
    page.close()
    return f"search at {width}: median {times[len(times) // 2]:.0f} ms, slowest {times[-1]:.0f} ms of {len(times)} keys"


def weigh(package: Path) -> Iterator[str]:
    front = [package / name for name in ("index.html", "assets/site.css", "assets/site.js")]
    files = [path for path in package.rglob("*") if path.is_file()]
    yield f"front page with its style sheet and script: {_kilo(front)} kB"
    yield f"list of projects: {_kilo([package / 'projects.html'])} kB"
    yield f"package: {len(files)} files, {_kilo(files) / 1000:.1f} MB"


def _kilo(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / 1000


def main() -> None:
    root, units = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 125
    if not (root / OUTBOX / "reports").exists():
        play(root, units)
    print(f"publish: {plantrack('publish', 'q1', '--json', cwd=root).clock:.1f} s")
    package = (root / OUTBOX / "publication").resolve()
    print(*weigh(package), sep="\n")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        print(*measure_pages(browser, package), sep="\n")
        for width in (412, 1280):
            print(measure_search(browser, package, width))
        browser.close()


if __name__ == "__main__":
    main()
