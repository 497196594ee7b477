"""R8, R9: KPIs that follow from the projects' answers, from the register to form, ingest, report and workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import Words
from plan_tracker.publication.site.content import build_content
from plan_tracker.publication.site.listings import KPIS as KPIS_LISTED
from plan_tracker.registerbook import write_register
from plan_tracker.store import Store
from plan_tracker.values import Value
from tests.desk import KPIS, Q1, TABLES, Desk, Typed, codes
from tests.register.test_lineage import figures
from tests.report.test_report import body_text

COMPLETED: dict[str, Value] = {"computed": "completed-share-unit"}
SPENT: dict[str, Value] = {"computed": "disbursed-plan", "measure": "ร้อยละ", "direction": c.HIGHER}
HALF: Typed = {"P001/f9.recurrent.disbursed": 2_250_000, "K01/k.result": 0}
DIFFERS = ("KPI-DIFFERS", "K01", "k.result")


def load(desk: Desk, *kpis: dict[str, Value], expect: int = 0) -> dict[str, object]:
    write_register(desk.root / "register.xlsx", TABLES | {"kpis": list(kpis)})
    return desk.run("register", "load", "--because", "ทดสอบ (ตัวอย่าง)", expect=expect)


@pytest.fixture(scope="module")
def asked_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("computed") / "งาน"
    shutil.copytree(issued_root, root)
    load(Desk(root), KPIS[0] | COMPLETED, KPIS[1] | SPENT)
    Desk(root).run("issue-forms", "q1", expect=0)
    return root


@pytest.fixture
def asked(asked_root: Path, tmp_path: Path) -> Desk:
    """YS's K01 is the share of its completed projects, ETDA's K02 what is disbursed of the whole ministry's plan."""
    shutil.copytree(asked_root, tmp_path / "งาน")
    return Desk(tmp_path / "งาน")


def test_the_unit_mends_or_confirms_the_difference(asked: Desk) -> None:
    """R8, R10: of two projects none is completed; the form says so as ingest does, the correction form too."""
    asked.send_back("YS", {"K01/k.result": 50})
    said = asked.run("ingest")
    (file,), (made,) = said["files"], said["corrections"]
    assert (file["outcome"], codes(file)) == ("incomplete", {DIFFERS})
    (found,) = (one for one in file["findings"] if one["code"] == "KPI-DIFFERS")
    assert found["message"] == "ผลที่รายงานคือ 50 แต่คำนวณจากรายงานของโครงการได้ 0.00"
    correction = asked.root / made["form"]
    rows = list(openpyxl.load_workbook(correction, data_only=True)["_checks"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows if row[:2] == ("KPI-DIFFERS", "K01/k.result")] == [1]
    asked.send_back("YS", {"K01/k.note": "นับโครงการของปีก่อนด้วย (ตัวอย่าง)"}, form=correction, name="แก้.xlsx")
    assert asked.ingest_one()["outcome"] == "accepted"
    (report,) = (asked.root / one["path"] for one in asked.report("q1")["reports"] if one["plan"] == "ops")
    text = body_text(report)
    assert "๐ (จาก ๒ ใน ๒ โครงการ) ผลที่รายงานสูงกว่า ๕๐ หน่วยงานชี้แจงว่า นับโครงการของปีก่อนด้วย (ตัวอย่าง)" in text
    assert "ให้หน่วยงานชี้แจงตัวชี้วัด" not in text


def test_the_figure_of_a_whole_plan_is_asked_for_in_the_report(asked: Desk) -> None:
    """R9, R12: nobody knows it while others have not reported; made again, it stays as the register said then."""
    asked.send_back("ETDA", {"K02/k.result": 45})
    assert asked.ingest_one()["outcome"] == "accepted"
    asked.send_back("YS", HALF)
    assert asked.ingest_one()["outcome"] == "accepted"
    made = asked.report("q1", "--xlsx")
    report = next(asked.root / one["path"] for one in made["reports"] if one["plan"] == "ministry")
    text = body_text(report)
    assert "๕๐ (จาก ๒ ใน ๒ โครงการ) ผลที่รายงานต่ำกว่า ๕ จึงขอให้หน่วยงานชี้แจง" in text
    assert "ให้หน่วยงานชี้แจงตัวชี้วัดที่ผลต่างจากค่าที่คำนวณได้จากรายงานโครงการ ๑ ตัวชี้วัด" in text
    assert _worked_out(asked.root / made["workbook"]) == {"K01": (0, 0), "K02": (50, -5)}
    told = figures(asked, Q1)["ministry"]
    (listed,) = build_content([told], Words("en")).plans[0].kpis
    assert listed.texts.computed == "50 (from 2 of 2 projects); the unit reports 5 less, and is asked to explain"
    assert "computed" in {column.key for column in KPIS_LISTED.fitting([listed]).columns}
    assert told.trust.kpis_apart == 1
    before = report.read_bytes()
    load(asked, KPIS[0], KPIS[1] | SPENT | {"computed": "disbursed-unit"})
    again = asked.report("q1", "--again", "1")["reports"]
    assert next(asked.root / one["path"] for one in again if one["plan"] == "ministry").read_bytes() == before


def _worked_out(path: Path) -> dict[str, tuple[object, object]]:
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if "kpis" in sheet.tables)
    keys, _heads, *rows = sheet.iter_rows(values_only=True)
    records = [dict(zip(map(str, keys), row, strict=True)) for row in rows]
    return {str(one["kpi_code"]): (one["computed_result"], one["result_difference"]) for one in records}


def test_what_counts_of_others_holds_a_later_file_to_the_plan(asked: Desk) -> None:
    """R8: once all others count, ingest tells what the report would ask."""
    asked.send_back("YS", HALF)
    assert asked.ingest_one()["outcome"] == "accepted"
    asked.send_back("ETDA", {"K02/k.result": 45})
    file = asked.ingest_one()
    assert (file["outcome"], codes(file)) == ("incomplete", {("KPI-DIFFERS", "K02", "k.result")})


def test_a_register_without_the_column_goes_on(desk: Desk) -> None:
    """R1: nothing is worked out, asked or shown; and what is kept of it says what it did."""
    desk.send_back("YS", {"K01/k.result": 50})
    assert desk.ingest_one()["outcome"] == "accepted"
    report = next(desk.root / one["path"] for one in desk.report("q1")["reports"] if one["plan"] == "ops")
    assert "ค่าที่คำนวณได้จากรายงานโครงการ:" not in body_text(report)
    listed = build_content([figures(desk, Q1)["ops"]], Words("en")).plans[0].kpis
    assert "computed" not in {column.key for column in KPIS_LISTED.fitting(listed).columns}
    load(desk, KPIS[0] | COMPLETED, KPIS[1])
    store = Store(desk.root / "data" / "plantrack.db")
    first, second = store.register(1), store.register(2)
    store.close()
    assert first
    assert second
    assert [kpi.computed for kpi in first.kpis] == [None, None]
    assert [kpi.computed for kpi in second.kpis] == ["completed-share-unit", None]


@pytest.mark.parametrize(
    ("kpi", "is_right"),
    [
        (KPIS[0] | COMPLETED, True),
        (KPIS[0] | {"computed": "completed-unit"}, False),  # no per cent
        (KPIS[0] | COMPLETED | {"measure": "โครงการ"}, False),
        (KPIS[0] | {"computed": "completed-plan", "measure": "โครงการ"}, True),
        (KPIS[1] | COMPLETED, False),  # levels
        (KPIS[0] | {"computed": "อื่น"}, False),
    ],
)
def test_what_is_worked_out_fits_the_unit_of_measure(desk: Desk, kpi: dict[str, Value], is_right: bool) -> None:
    """R1: told at the register's cell."""
    write_register(desk.root / "register.xlsx", TABLES | {"kpis": [kpi]})
    problems = desk.run("register", "check")["problems"]
    assert ([one["cell"][0] for one in problems if one["level"] == "error"] == []) is is_right
