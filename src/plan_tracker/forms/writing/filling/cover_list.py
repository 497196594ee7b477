"""The cover's live list: how each sheet stands, and the whole, each count a link to the first place."""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.forms.writing.compiled.models import Formula
from plan_tracker.forms.writing.compiled.pages import COUNT_ROW
from plan_tracker.forms.writing.filling.filled_sheet import FilledSheet
from plan_tracker.forms.writing.hidden_sheets.check_sheets import Counts

_READY = "✓ กรอกครบทุกแผ่นงานแล้ว ส่งไฟล์กลับได้"


def list_entry(cover: FilledSheet, row: int, said: tuple[int, str, str], counts: Counts) -> None:
    """One row of the list: number, code and name, then how the sheet stands."""
    number, code, name = said
    cover.put(row, "B", number)
    cover.put(row, "C", code)
    cover.put(row, "D", name)
    cover.fit([row])
    mend, explain = counts.count(1), counts.count(2)
    state = "เปิด ›" if mend.result or explain.result else "ครบ"
    link = f'HYPERLINK("#\'{counts.sheet}\'!B1",IF({mend.text}+{explain.text}=0,"ครบ","เปิด ›"))'
    cover.compute(row, "E", Formula(link, state))
    cover.compute(row, "F", counts.link(1))
    cover.compute(row, "G", counts.link(2))


def total(cover: FilledSheet, row: int, sheets: Mapping[str, Counts], marks: Mapping[str, tuple[str, int]]) -> None:
    """What is to be mended and explained on all sheets; in a correction form also the red cells not yet touched.

    ``marks``: the column in which each sheet counts its red cells, and how many they are; none in other forms.
    """
    mend, explain = ([counts.count(state) for counts in sheets.values()] for state in (1, 2))
    found = [sum(int(one.result) for one in each) for each in (mend, explain)]
    sums = ["(" + "+".join(one.text for one in each) + ")" for each in (mend, explain)]
    whole = "+".join(f"IF({one.text}+{other.text}=0,1,0)" for one, other in zip(mend, explain, strict=True))
    complete = sum(not one.result and not other.result for one, other in zip(mend, explain, strict=True))
    told = f'"ครบ "&({whole})&" แผ่นงาน   ต้องแก้ "&{sums[0]}&" แห่ง   ควรชี้แจง "&{sums[1]}&" แห่ง"'
    formula = f'IF({sums[0]}+{sums[1]}=0,"{_READY}",{told})'
    result = f"ครบ {complete} แผ่นงาน   ต้องแก้ {found[0]} แห่ง   ควรชี้แจง {found[1]} แห่ง" if any(found) else _READY
    if marks:
        left = "(" + "+".join(f"N('{title}'!${column}${COUNT_ROW})" for title, (column, _count) in marks.items()) + ")"
        formula = f'IF({left}>0,"ช่องสีแดงที่ยังไม่แก้ "&{left}&" ช่อง   ","")&{formula}'
        red = sum(count for _column, count in marks.values())
        result = f"ช่องสีแดงที่ยังไม่แก้ {red} ช่อง   {result}" if red else result
    cover.compute(row, "B", Formula(formula, result))
