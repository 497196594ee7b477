"""What a form's cover says of the office, the quarter and the unit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from tests.desk import Desk, issue_small_workspace

OFFICE: Final = ("name", "letterhead", "ministry", "division", "address", "phone", "email", "contact")


def test_each_setting_stands_in_its_place(tmp_path: Path) -> None:
    root = tmp_path / "งาน"
    issue_small_workspace(root, forms=False)
    text = (root / "config.toml").read_text("utf-8")
    for name in (*OFFICE, "plan_title"):
        text, changed = re.subn(rf'(?m)^{name} = ".*?"(?=\s*(#|$))', f'{name} = "‹{name}›"', text, count=1)
        assert changed == 1, name
    (root / "config.toml").write_text(text, "utf-8")
    desk = Desk(root)
    desk.run("issue-forms", "q1", expect=0)
    cover = load_workbook(desk.form_path("YS"), data_only=True).worksheets[0]
    lines = [str(cell) for row in cover.iter_rows(values_only=True) for cell in row if cell]
    told = {re.sub(r"\s+", " ", line): re.findall(r"‹(\w+)›", line) for line in lines if "‹" in line}
    assert list(told.values()) == [
        ["plan_title"],
        ["email"],
        ["division", "contact", "phone", "email"],
    ], told
    assert "แบบรายงานผลการดำเนินงานตาม‹plan_title› ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569" in told
    assert "กองยุทธศาสตร์ (ตัวอย่าง) (ยศ.)" in lines
    assert "ส่งคืนภายในวันที่ 15 มกราคม 2569 ทางอีเมล ‹email›" in told
