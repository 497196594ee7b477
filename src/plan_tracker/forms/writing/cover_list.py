"""The cover's live list: how each sheet stands, and the whole, each count a link to the first place."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.check_sheets import EXPLAIN, MEND, Formula
from plan_tracker.forms.writing.filling import Filling
from plan_tracker.forms.writing.pages import cell_at, put

_READY = "✓ กรอกครบทุกแผ่นงานแล้ว ส่งไฟล์กลับได้"


def list_entry(sheet: Worksheet, row: int, said: tuple[int, str, str], filling: Filling, title: str) -> None:
    """One row of the list, on the sheet ``title``: number, code and name, then the counts."""
    number, code, name = said
    sheet.cell(row, 2).value = number
    put(cell_at(sheet, f"C{row}"), code)
    put(cell_at(sheet, f"D{row}"), name)
    style.fit_row(sheet, row)
    span = filling.span(title)
    mend, explain = span.count(MEND), span.count(EXPLAIN)
    whole = not mend.result and not explain.result
    link = f'HYPERLINK("#\'{title}\'!B1",IF({mend.text}+{explain.text}=0,"ครบ","เปิด ›"))'
    filling.set(sheet, f"E{row}", Formula(link, "ครบ" if whole else "เปิด ›"))
    filling.set(sheet, f"F{row}", span.link(MEND))
    filling.set(sheet, f"G{row}", span.link(EXPLAIN))


def total(sheet: Worksheet, address: str, filling: Filling, marks: Mapping[str, str]) -> None:
    """What is to be mended and explained on all sheets; in a correction form also the red cells not yet touched.

    ``marks``: the column in which each sheet counts its red cells.
    """
    spans = [filling.span(title) for title in marks]
    mend, explain = ([span.count(state) for span in spans] for state in (MEND, EXPLAIN))
    counts = [sum(int(one.result) for one in each) for each in (mend, explain)]
    sums = ["(" + "+".join(one.text for one in each) + ")" for each in (mend, explain)]
    whole = ["IF(" + f"{one.text}+{other.text}=0,1,0)" for one, other in zip(mend, explain, strict=True)]
    complete = sum(not one.result and not other.result for one, other in zip(mend, explain, strict=True))
    told = f'"ครบ "&({"+".join(whole)})&" แผ่นงาน   ต้องแก้ "&{sums[0]}&" แห่ง   ควรชี้แจง "&{sums[1]}&" แห่ง"'
    formula = f'IF({sums[0]}+{sums[1]}=0,"{_READY}",{told})'
    result = f"ครบ {complete} แผ่นงาน   ต้องแก้ {counts[0]} แห่ง   ควรชี้แจง {counts[1]} แห่ง" if any(counts) else _READY
    if filling.correcting:
        left = "(" + "+".join(f"N('{title}'!${column}$2)" for title, column in marks.items()) + ")"
        formula = f'IF({left}>0,"ช่องสีแดงที่ยังไม่แก้ "&{left}&" ช่อง   ","")&{formula}'
    filling.set(sheet, address, Formula(formula, result))
