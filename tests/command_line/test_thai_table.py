"""R6, R16: Thai on the screen ends its lines between words, and nothing of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from plan_tracker.cli.console.terminal import new_table
from plan_tracker.cli.console.thai_table import line_ends, shared_out

LETTERS = "กขคชนมรลสหอ่้์ะาิีุูเแโไๆฯabz09 /().-_\u2013"


def lines(text: str, width: int) -> list[str]:
    ends = line_ends(text, width)
    return [text[start:end].rstrip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "width", "says"),
    [
        ("ขอให้เพิ่มรายละเอียดตัวชี้วัด", 20, ["ขอให้เพิ่มรายละเอียดตัว", "ชี้วัด"]),
        ("ส่งรายงานไตรมาสที่ 1", 11, ["ส่งรายงานไตร", "มาสที่ 1"]),
        ("โครงการ (ตัวอย่าง)", 9, ["โครงการ", "(ตัวอย่าง)"]),
        ("outbox/letters/ไตรมาส", 9, ["outbox/", "letters/", "ไตรมาส"]),
        ("18/18 31/1/2569 a/1-1/2-q1", 9, ["18/18", "31/1/2569", "a/1-1/", "2-q1"]),
        ("f9 sha256=0123", 8, ["f9", "sha256=0", "123"]),
        ("late", 10, ["late"]),
        ("", 10, [""]),
    ],
)
def test_lines_end_between_words(text: str, width: int, says: list[str]) -> None:
    assert lines(text, width) == says


@given(st.text(LETTERS, max_size=60), st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in found)


def test_a_table_keeps_colours_and_words_together() -> None:
    console = Console(width=24, highlight=False, force_terminal=True, color_system="standard")
    table = new_table("เรื่อง", "สถานะ")
    table.add_row("หน่วยงานชี้แจงด้วยวาจาแล้ว", Text("ล่าช้า", style="red"))
    with console.capture() as captured:
        console.print(table)
    said = captured.get()
    assert "\x1b[31mล่าช้า" in said
    plain = [line.split("  ")[0].strip() for line in re.sub(r"\x1b\[[\d;]*m", "", said).splitlines()]
    assert [line for line in plain if line.startswith(("หน่วย", "วาจา"))] == ["หน่วยงานชี้แจงด้วย", "วาจาแล้ว"]


def printed(console: Console, *rows: tuple[str, ...], heads: tuple[str, ...]) -> str:
    table = new_table(*heads)
    for row in rows:
        table.add_row(*row)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


@pytest.mark.parametrize(
    "row",
    [
        ("P034 q1", "ETDA", "(9) งบหลังโอนเปลี่ยนแปลง รายจ่ายลงทุน", "12,345,678,900.25", "9,876,543,210.75"),
        ("L9", "DEPA", "planning-office@example.go.th", "2569-q1-DEPA-L9.docx", "ส่งแล้ว"),
        ("ผู้ประสานงานของหน่วยงานขอเลื่อนกำหนดส่งแบบรายงานออกไป", "2569-year-end-monitoring-L5.docx", "ล่าช้า"),
    ],
)
def test_names_and_amounts_stay_in_one_piece_at_80_columns(row: tuple[str, ...]) -> None:
    said = printed(Console(width=80), row, heads=("โครงการ", "หน่วยงาน", "รายการ", "ก่อนแก้ไข", "หลังแก้ไข")[: len(row)])
    whole = [word for cell in row for word in cell.split() if re.fullmatch(r"[\w.,@-]+", word, re.ASCII)]
    assert [word for word in whole if word not in said] == []
    assert max(cell_len(line) for line in said.splitlines()) <= 80


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), min_size=1, max_size=7), st.integers(0, 90))
def test_columns_share_what_is_left_and_get_what_they_need(columns: list[tuple[int, int]], spare: int) -> None:
    least, most = [low for low, _more in columns], [low + more for low, more in columns]
    room = sum(least) + min(spare, sum(most) - sum(least))
    found = shared_out(room, least, most)
    assert sum(found) == room
    assert all(low <= width <= high for low, width, high in zip(least, found, most, strict=True))


def test_a_thousand_rows_do_not_scroll_by_but_fill_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"U{number}",) for number in range(1000)]
    assert printed(Console(width=80), *rows, heads=("หน่วยงาน",)).count("U") == 1000
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    shown = printed(Console(width=80), *rows, heads=("หน่วยงาน",))
    assert shown.count("U") == 40
    assert "960" in shown
