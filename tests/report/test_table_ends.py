"""Tables of reports and letters: what of them stays on one page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from docx.oxml.ns import qn

from plan_tracker.documents.word.table_ends import keep_table_ends
from tools.report_styles import define_styles
from tools.thai_docx import Across, Kept, Writer, new_document

LINE, PAIR = (["ก", "ข"],), (Kept(["ก", "ข"]), Across("ค", "Dense Told"))


@pytest.mark.parametrize(
    ("entries", "note", "kept"),
    [
        (LINE * 3, True, [False, True, True]),
        (LINE * 3, False, [False, True, False]),
        (LINE, True, [True]),
        (LINE, False, [False]),
        (PAIR * 3, False, [True, False, True, True, True, False]),
        (PAIR * 3, True, [True, False, True, True, True, True]),
    ],
)
def test_the_last_two_entries_stay_together_and_with_their_note(
    entries: Sequence[Sequence[str] | Across | Kept], note: bool, kept: list[bool]
) -> None:
    writer = Writer(new_document())
    define_styles(writer)
    writer.table(["หนึ่ง", "สอง"], [8, 8], entries, kind="Dense")
    writer.text("หมายเหตุ: ตัวอย่าง" if note else "ข้อความถัดไป", "Note" if note else "Body Text")
    keep_table_ends(writer.document.element.body)
    [table] = writer.document.tables
    found = [
        {p._p.pPr.find(qn("w:keepNext")) is not None for cell in row.cells for p in cell.paragraphs}
        for row in table.rows[1:]
    ]
    assert found == [{one} for one in kept]
