"""How far a long command is: told with rate and time left, on a terminal, and never to scripts."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from plan_tracker.cli.console.progress_line import ProgressLine, progress_set_aside, rate_text
from plan_tracker.i18n import use_language
from plan_tracker.progress import counted, told_to
from tests.desk import Desk

Told = list[tuple[str, int, int]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """All that a command counts."""
    found: Told = []
    monkeypatch.setattr(ProgressLine, "tell", lambda _line, *what: found.append(what))
    return found


def _ends(told: Told) -> dict[str, tuple[int, int]]:
    return {what: (done, total) for what, done, total in told}


def test_every_long_command_counts_what_it_does(desk: Desk, told: Told) -> None:
    steps: dict[tuple[str, ...], set[str]] = {
        ("issue-forms", "q1"): {"เขียนแบบรายงานแล้ว"},
        ("ingest",): {"รับไฟล์แล้ว", "เขียนแบบแก้ไขแล้ว"},
        ("remind", "q1"): {"เขียนหนังสือแล้ว"},
        ("report", "q1"): {"เขียนเอกสารแล้ว"},
        ("circulate", "q1", "--order", "ทราบ", "--date", "2569-02-01"): {"เขียนหนังสือแล้ว"},
        ("mail", "draft", "q1"): {"ร่างอีเมลแล้ว"},
        ("backup",): {"สำรองไฟล์แล้ว", "ตรวจไฟล์แล้ว"},
        ("verify",): {"ตรวจไฟล์แล้ว"},
        ("rebuild",): {"อ่านบันทึกแล้ว", "ตรวจไฟล์แล้ว"},
    }
    for words, counts in steps.items():
        if words == ("ingest",):
            desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
        if words == ("remind", "q1"):
            desk.today = desk.today.replace(month=2)
        told.clear()
        result = desk.invoke(*words)
        assert result.exit_code in (0, 1), result.output
        ends = _ends(told)
        assert set(ends) == counts, words
        assert all(done == total > 0 for done, total in ends.values()), (words, ends)


def test_files_are_counted_over_all_batches_and_as_each_is_read(
    desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plan_tracker.steps.collect.ingest.BATCH", 2)
    desk.run("issue-forms", "q1", expect=0)
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"}, name="again.xlsx")
    told.clear()
    desk.run("ingest", expect=1)
    counts = [done for what, done, total in told if what == "รับไฟล์แล้ว" and total == 3]
    assert counts == [0, 1, 1, 2, 2, 3]  # a file is half done when it is read; the first two are a batch


def test_counting_without_a_listener_gives_the_same() -> None:
    assert list(counted("x", [1, 2])) == [1, 2]
    heard: Told = []
    with told_to(lambda *what: heard.append(what)):
        assert list(counted("x", [1, 2])) == [1, 2]
        assert list(counted("y", iter("ab"), 2)) == ["a", "b"]
    assert heard == [("x", 0, 2), ("x", 1, 2), ("x", 2, 2), ("y", 0, 2), ("y", 1, 2), ("y", 2, 2)]


def _shown(work: Callable[[ProgressLine], None], patience: float = 0.0) -> str:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, legacy_windows=False, _environ={})
    with ProgressLine("plantrack ingest", console, patience) as line:
        work(line)
    return screen.getvalue()


def _until_begun(line: ProgressLine) -> None:
    while line._bar is None:
        time.sleep(0.005)


def _count(line: ProgressLine) -> None:
    _until_begun(line)
    for done in range(4):
        line.tell("อ่านไฟล์แล้ว", done, 40)
        time.sleep(0.02)
    assert line._bar is not None
    line._bar.refresh()


def test_the_line_tells_rate_and_time_left_and_fits_the_screen() -> None:
    use_language("th")
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", _shown(_count))
    last = [line for line in re.split(r"[\r\n]+", said) if "3/40" in line][-1]
    assert "อ่านไฟล์แล้ว" in last
    assert re.search(r"[\d.]+/วินาที", last)
    assert re.search(r"เหลือ \d:\d\d:\d\d", last)
    assert cell_len(last.rstrip()) <= 80


def test_a_quick_command_shows_nothing() -> None:
    assert _shown(lambda line: line.tell("อ่านไฟล์แล้ว", 1, 2), patience=60) == ""


def test_a_file_or_a_pipe_gets_nothing() -> None:
    screen = io.StringIO()
    with ProgressLine("plantrack ingest", Console(file=screen, width=80), 0) as line:
        time.sleep(0.05)
        line.tell("อ่านไฟล์แล้ว", 1, 2)
    assert screen.getvalue() == ""


def test_the_line_is_away_while_somebody_is_asked() -> None:
    def ask(line: ProgressLine) -> None:
        _until_begun(line)
        with progress_set_aside():
            assert line._bar is None
        _until_begun(line)

    assert "plantrack ingest" in _shown(ask)


@pytest.mark.parametrize(
    ("speed", "said"), [(1234.5, "1,234/วินาที"), (12.4, "12/วินาที"), (1.25, "1.2/วินาที"), (0.5, "30/นาที")]
)
def test_rates_are_told_as_people_do(speed: float, said: str) -> None:
    use_language("th")
    assert rate_text(speed) == said
