"""Charts: a name stands in full where there is room beside what is said of it."""

from __future__ import annotations

import re
from decimal import Decimal

from plan_tracker.publication.site.svg import Bar, Series, bar_chart, line_chart

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


def test_a_part_of_a_bar_is_marked_and_told() -> None:
    drawn = str(
        bar_chart(
            [Bar("Under way", Decimal(7), "7", Decimal(5), "5 behind plan")], "Stages", "", Decimal(14), language="en"
        )
    )
    widths = [float(width) for width in re.findall('class="(?:bar|part)" x="1" y="[0-9.]+" width="([0-9.]+)"', drawn)]
    assert widths == [169, 120.7]
    assert ">7 (5 behind plan)<" in drawn


def test_lines_of_the_same_projects_are_named_below_the_others() -> None:
    names = [
        "Planned",
        "Actual",
        "Disbursed",
        "Result (17 projects, the same ones)",
        "Disbursed (17 projects, the same ones)",
    ]
    drawn = str(line_chart([Series(name, (Decimal(1), Decimal(2))) for name in names], ["1", "2"], "Trend"))
    rows = [int(base) for base in re.findall('<text x="[0-9]+" y="([0-9]+)">', drawn)]
    assert rows == [220, 220, 220, 240, 260]
    assert 'viewBox="0 0 340 266"' in drawn
