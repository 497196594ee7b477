"""Charts: a name stands in full where there is room beside what is said of it."""

from __future__ import annotations

import re
from decimal import Decimal

from plan_tracker.publication.site.svg import Bar, bar_chart

LONG = "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (ตัวอย่าง)"


def label_of(name: str, said: str, value: Decimal | None = None) -> str:
    drawn = str(bar_chart([Bar(name, value, said)], "Disbursed", "%", Decimal(100), language="en"))
    found = re.search('lang="th">([^<]*)<', drawn)
    assert found
    return found[1]


def test_a_name_is_cut_only_where_there_is_no_room_and_keeps_its_letters_whole() -> None:
    for name in ("กองการสื่อสาร", "กองยุทธศาสตร์ (ตัวอย่าง)"):
        assert label_of(name, "Report being corrected") == label_of(name, "100.00", Decimal(100)) == name
    for said in ("Report being corrected", "x" * 28, "x" * 35, "x" * 40):
        cut = label_of(LONG, said)
        assert cut.endswith("…")
        assert len(cut) < len(LONG)
        assert LONG.startswith(cut[:-1])
        assert not re.match("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", LONG[len(cut) - 1 :]), cut
