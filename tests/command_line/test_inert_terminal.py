"""What units type and how files are called is only text on the officer's screen, never a command to it (R8)."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.cli.console import terminal
from plan_tracker.cli.console.inert_console import InertConsole
from plan_tracker.cli.console.thai_table import ThaiTable
from plan_tracker.values import driving_escaped, inert
from tests.desk import Desk

DRIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)  # all but tabs and line ends
HOSTILE = "\x1b]0;ยึดจอ\x07\x9b31m\u202eกลับ\x08\x7f\u2028[/] [bold]จบ"
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text("\x1b]0;[31m\x07\x9b\u202e\r\n\tก [/]", max_size=40)


@given(TEXTS)
def test_no_text_drives_the_terminal_and_none_is_lost_that_shows(text: str) -> None:
    assert not DRIVING.search(inert(text))
    assert len(inert(text)) == len(text)
    if not DRIVING.search(text) and not re.search("[\ufffe\uffff]", text):
        assert inert(text) == text
    as_json = json.dumps({"a": text}, ensure_ascii=False)
    assert not DRIVING.search(driving_escaped(as_json))
    assert json.loads(driving_escaped(as_json)) == {"a": text}


@given(TEXTS)
def test_a_console_in_colour_writes_no_sequence_but_its_own(text: str) -> None:
    file = io.StringIO()
    console = InertConsole(file=file, force_terminal=True, width=60, highlight=False, emoji=False, markup=False)
    console.print(text, style="red", markup=False)
    own = re.compile(r"\x1b\[[0-9;]*m")
    assert not DRIVING.search(own.sub("", file.getvalue()).replace("\x1b[31m", ""))
    assert set(own.findall(file.getvalue())) <= {"\x1b[31m", "\x1b[0m"}


def test_a_table_keeps_its_columns() -> None:
    file = io.StringIO()
    table = ThaiTable("ก", "ข")
    for first in ("ab", "a\x1bb", "a\u202eb"):
        table.add_row(first, "|")
    InertConsole(file=file, width=40).print(table)
    bars = {line.rindex("|") for line in file.getvalue().splitlines() if line.rstrip(" │┃").endswith("|")}
    assert len(bars) == 1


def test_no_text_in_a_table_is_markup() -> None:
    file = io.StringIO()
    table = ThaiTable("ก", "ข")
    table.add_row("[red]แดง[/red]", "[/] [bold]")
    InertConsole(file=file, width=60).print(table)
    assert "[red]แดง[/red]" in file.getvalue()
    assert "[/] [bold]" in file.getvalue()


def test_a_hostile_return_and_its_name_reach_no_screen_raw(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    typed = HOSTILE.replace("\x1b", "_x001B_").replace("\x07", "_x0007_").replace("\x08", "_x0008_")
    changes = {"P001/f11.result_quarter": typed, "P001/f13.problems[1].problem": typed, "P001/f14.stage": typed}
    name = "\x1b]0;ก\x07\x9b\u202e\nปลอม.xlsx"
    desk.send_back("YS", changes, name=name)
    (desk.inbox / f"เสีย {name}").write_bytes(b"PK\x03\x04")
    for words in (
        ("ingest",),
        ("status", "q1", "--unit", "YS"),
        ("status",),
        ("trace", "q1", "P001"),
        ("problems", "--all"),
        ("log",),
        ("inbox", "retry", name),
        ("accept", "q1", HOSTILE, "--because", "ก"),
    ):
        for more in ((), ("--json",)):
            result = desk.invoke(*words, *more)
            assert result.exit_code in (0, 1, 2), (words, result.output)
            assert not DRIVING.search(result.stdout + result.stderr), words
    terminal.complain(HOSTILE, HOSTILE)
    assert not DRIVING.search(capsys.readouterr().err)
