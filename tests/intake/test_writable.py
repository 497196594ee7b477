"""Text that no file of ours can hold is shown with what is odd made visible, and stops nobody (R8, R10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plan_tracker.forms.writing.compiled.shapes import cell_at, put
from plan_tracker.values import writable


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\ud800", "\x00", "\x1f"])
def test_what_a_workbook_can_not_hold_is_made_visible(tmp_path: Path, odd: str) -> None:
    book = Workbook()
    put(cell_at(book.worksheets[0], "A1"), f"ประมาณ{odd} 50")
    book.save(tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"].value == "ประมาณ\ufffd 50"


@given(st.text(alphabet=st.characters(categories=None)))
def test_what_is_writable_is_utf8_and_stays_as_it_is(text: str) -> None:
    shown = writable(text)
    assert len(shown) == len(text)
    assert writable(shown.encode().decode()) == shown
