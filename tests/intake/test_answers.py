"""Which answer counts: project by project and KPI by KPI, whichever file it came in (R6–R10, domain §4)."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import CELLS_SHEET
from plan_tracker.steps.collect import ingest as step
from plan_tracker.store import Store
from plan_tracker.store.reporting.snapshots import bases_from_json
from plan_tracker.values import Value
from tests.desk import Q1, Q2, Desk, Typed, codes

FAULTY: Typed = {"P002/f14.stage": "", "P002/f14.progress_percent": "มาก"}
ALL = ("P001", "P002", "K01")
COVER = "YS"  # what the cover asks of the unit itself


def send_part(desk: Desk, name: str, *parts: str, changes: Typed | None = None, unit: str = "YS") -> None:
    """Sends the unit's form with the answers to ``parts`` alone; the rest is as it was issued."""
    typed = {field: value for field, value in desk.answers(unit).items() if field.partition("/")[0] in parts}
    desk.send_back(unit, typed | dict(changes or {}), name=name, form=desk.form_path(unit))


def test_what_can_not_be_read_is_kept_as_it_was_typed(desk: Desk) -> None:
    desk.send_back("ETDA", {"P003/f14.progress_percent": "ประมาณ 50", "P003/f14.note": " ตามนี้ (ตัวอย่าง) "})
    ingest(desk, 1)
    store = Store(desk.root / "data" / "plantrack.db")
    answers = store.answers.entries(1)["P003"].answers
    store.close()
    assert {key: one.typed for key, one in answers.items() if one.typed} == {"f14.progress_percent": "ประมาณ 50"}
    assert answers["f14.progress_percent"].value is None
    assert answers["f14.note"].value == "ตามนี้ (ตัวอย่าง)"


def ingest(desk: Desk, expect: int) -> dict[str, dict[str, Any]]:
    """What became of each file, by its name."""
    return {file["file"]: file for file in desk.run("ingest", expect=expect)["files"]}


def standing(desk: Desk, unit: str = "YS", period: str = "q1") -> dict[str, Any]:
    return next(line for line in desk.run("status", period)["units"] if line["unit"] == unit)


def answers(desk: Desk, unit: str = "YS") -> dict[str, tuple[str, int | None]]:
    """State and version of each answer, by code."""
    return {one["project"]: (one["state"], one["version"]) for one in standing(desk, unit)["answers"]}


def asked_in(path: Path) -> set[str]:
    """What a workbook has input cells for."""
    rows = load_workbook(path, read_only=True)[CELLS_SHEET].iter_rows(min_row=2, max_col=1, values_only=True)
    return {str(field).partition("/")[0] for (field,) in rows}


def newest_correction(desk: Desk) -> Path:
    return desk.root / desk.newest_form("YS").path


# --- files of several hands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dry_run", [True, False])
def test_two_halves_that_arrive_together_need_no_correction(desk: Desk, dry_run: bool) -> None:
    send_part(desk, "a.xlsx", COVER, "P001")
    send_part(desk, "b.xlsx", "P002", "K01")
    told = desk.run("ingest", *(["--dry-run"] if dry_run else []), expect=0)
    files = {file["file"]: file for file in told["files"]}
    assert [files[name]["outcome"] for name in ("a.xlsx", "b.xlsx")] == ["accepted", "accepted"]
    assert codes(files["a.xlsx"], "notice") == {("PART", "P002", ""), ("PART", "K01", "")}
    assert codes(files["b.xlsx"], "notice") == {("PART", "P001", ""), ("PART", COVER, "")}
    assert told["corrections"] == []
    if not dry_run:
        assert answers(desk) == {"P001": ("clean", 1), "P002": ("clean", 2), "K01": ("clean", 2), COVER: ("clean", 1)}
        assert (standing(desk)["state"], standing(desk)["form1"], standing(desk)["form2"]) == ("accepted",) * 3


def test_halves_leave_their_own_files_in_trace_totals_report_and_workbook(desk: Desk) -> None:
    send_part(desk, "a.xlsx", COVER, "P001")
    send_part(desk, "b.xlsx", "P002", "K01")
    ingest(desk, 0)
    traced = {code: desk.run("trace", "q1", code, expect=0) for code in ALL}
    assert {code: (found["file"], found["version"]) for code, found in traced.items()} == {
        "P001": ("a.xlsx", 1),
        "P002": ("b.xlsx", 2),
        "K01": ("b.xlsx", 2),
    }
    assert traced["P001"]["sha256"] != traced["P002"]["sha256"]
    (progress,) = desk.run("trace", "q1", "ops", "progress", expect=0)["totals"][0]["figures"]
    assert {part["code"]: part["file"] for part in progress["parts"]} == {"P001": "a.xlsx", "P002": "b.xlsx"}
    made = desk.report("q1", "--xlsx")
    book = load_workbook(desk.root / made["workbook"])
    sheet = book["โครงการ"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert {row["project_code"]: row["file"] for row in rows if row["file"]} == {"P001": "a.xlsx", "P002": "b.xlsx"}
    listed = [row for row in book["รายงานของหน่วยงาน"].iter_rows(min_row=3, values_only=True) if "YS" in row]
    assert len(listed) == 2
    record = desk.run("report", "q1", "--list", expect=0)["records"][0]
    assert len(record["returns"]) == 2


def test_a_half_alone_is_asked_for_the_rest_once_and_the_rest_completes_it(desk: Desk) -> None:
    send_part(desk, "a.xlsx", COVER, "P001")
    told = desk.run("ingest", expect=1)
    (file,) = told["files"]
    assert (file["outcome"], codes(file)) == ("incomplete", {("PART", "P002", ""), ("PART", "K01", "")})
    assert {f["severity"] for f in file["findings"] if f["code"] == "PART"} == {"error"}
    assert answers(desk) == {"P001": ("clean", 1), "P002": ("missing", None), "K01": ("missing", None)} | {
        COVER: ("clean", 1)
    }
    line = standing(desk)
    assert (line["state"], line["form1"], line["form2"], line["errors"]) == ("incomplete", "incomplete", "issued", 2)
    (correction,) = told["corrections"]
    assert asked_in(desk.root / correction["form"]) == {"P002", "K01"}
    desk.today = date(2026, 1, 20)  # five days after the due day
    send_part(desk, "b.xlsx", "P002", "K01")
    told = desk.run("ingest", expect=0)
    assert codes(told["files"][0], "notice") == {("PART", "P001", ""), ("PART", COVER, ""), ("FORM-OLDER", "", "")}
    assert (standing(desk)["state"], standing(desk)["days_late"], told["corrections"]) == ("accepted", 5, [])
    assert answers(desk) == {"P001": ("clean", 1), "P002": ("clean", 2), "K01": ("clean", 2), COVER: ("clean", 1)}


def test_the_rest_may_come_on_the_correction_form(desk: Desk) -> None:
    send_part(desk, "a.xlsx", COVER, "P001")
    ingest(desk, 1)
    typed = {field: value for field, value in desk.answers("YS").items() if field.partition("/")[0] in ("P002", "K01")}
    desk.send_back("YS", typed, name="b.xlsx", form=newest_correction(desk))
    assert ingest(desk, 0)["b.xlsx"]["findings"] == []
    assert standing(desk)["state"] == "accepted"


def test_what_a_run_left_unsettled_that_was_cut_off_is_settled_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_part(desk, "a.xlsx", COVER, "P001")
    send_part(desk, "b.xlsx", "P002", "K01")

    def cut_off(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(step, "settle_kept", cut_off)
        desk.run("ingest", expect=130)
    assert desk.run("ingest", expect=0)["corrections"] == []
    versions = desk.run("status", "q1", "--unit", "YS")["versions"]
    assert [version["outcome"] for version in versions] == ["accepted", "accepted"]
    assert [version["counting"] for version in versions] == [["P001", COVER], ["P002", "K01"]]


def test_a_file_in_which_nobody_has_touched_anything_is_blank(desk: Desk) -> None:
    send_part(desk, "a.xlsx")
    assert codes(ingest(desk, 1)["a.xlsx"]) == {("FORM-BLANK", "", "")}


def test_a_sheet_that_has_lost_its_keys_is_damaged_and_not_untouched(desk: Desk) -> None:
    desk.send_back("YS")
    path = desk.inbox / "YS.xlsx"
    book = load_workbook(path)
    mirror = column_index_from_string(CURRENT.form1.columns.mirror) - 1
    for row in book["P001"].iter_rows(min_row=2):
        if "f14" not in str(row[0].value) and not str(row[0].value).startswith("#"):
            row[0].value = row[mirror].value = None
    for field in ("f14.stage", "f14.schedule", "f14.progress_percent", "f14.next_steps", "f14.actual_end_date"):
        sheet, cell = next((s, c) for f, s, c in book[CELLS_SHEET].iter_rows(values_only=True) if f == f"P001/{field}")
        book[str(sheet)][str(cell)].value = None
    book.save(path)
    found = codes(desk.ingest_one())
    assert {code for code, project, _field in found if project == "P001"} >= {"FIELD-MISSING"}
    assert "PART" not in {code for code, _project, _field in found}


def test_where_nothing_is_due_untouched_is_the_answer(desk: Desk) -> None:
    """A project without money that was completed in Q1 has nothing to say in Q2."""
    done: Typed = {
        "P002/f14.stage": c.COMPLETED,
        "P002/f14.schedule": c.ON_TIME,
        "P002/f14.progress_percent": 100,
        "P002/f14.actual_end_date": date(2025, 12, 20),
        "P002/f14.next_steps": None,
        "P002/f12.benefits": "หน่วยงานใช้แผนฉบับใหม่ (ตัวอย่าง)",
    }
    desk.send_back("YS", done)
    desk.send_back("ETDA")
    ingest(desk, 0)
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    typed = {field: value for field, value in desk.answers("YS", Q2).items() if not field.startswith("P002/")}
    desk.send_back("YS", typed, form=desk.form_path("YS", Q2))
    (file,) = ingest(desk, 0).values()
    assert (file["outcome"], "PART" in {f["code"] for f in file["findings"]}) == ("accepted", False)
    line = standing(desk, period="q2")
    assert [(one["project"], one["state"]) for one in line["answers"]] == [(code, "clean") for code in (*ALL, COVER)]


# --- one faulty project holds back no other ---------------------------------------------------------------------------


def test_one_faulty_project_holds_back_no_other_and_is_asked_for_alone(desk: Desk) -> None:
    desk.send_back("YS", FAULTY)
    told = desk.run("ingest", expect=1)
    assert answers(desk) == {"P001": ("clean", 1), "P002": ("waiting", 1), "K01": ("clean", 1), COVER: ("clean", 1)}
    assert (standing(desk)["state"], standing(desk)["form2"]) == ("incomplete", "accepted")
    assert desk.run("trace", "q1", "P001", expect=0)["version"] == 1
    assert "P002" in desk.run("trace", "q1", "P002", expect=2)["error"]
    (correction,) = told["corrections"]
    assert asked_in(desk.root / correction["form"]) == {"P002"}
    mended: Typed = {"P002/f14.stage": c.UNDER_WAY, "P002/f14.progress_percent": 25}
    desk.send_back("YS", mended, name="แก้ไข.xlsx", form=desk.root / correction["form"])
    assert ingest(desk, 0)["แก้ไข.xlsx"]["findings"] == []
    assert answers(desk) == {"P001": ("clean", 1), "P002": ("clean", 2), "K01": ("clean", 1), COVER: ("clean", 1)}
    assert desk.run("trace", "q1", "P002", expect=0)["file"] == "แก้ไข.xlsx"


def test_what_a_correction_form_still_holds_as_it_was_keeps_its_findings(desk: Desk) -> None:
    desk.send_back("YS", {**FAULTY, "P001/f11.result_quarter": "-"})
    (first,) = ingest(desk, 1).values()
    mended: Typed = {"P001/f11.result_quarter": "ติดตั้งระบบแล้ว (ตัวอย่าง)"}
    desk.send_back("YS", mended, name="b.xlsx", form=newest_correction(desk))
    told = desk.run("ingest", expect=1)
    (file,) = told["files"]
    of_p002 = {found for found in codes(first) if found[1] == "P002"}
    assert (file["outcome"], codes(file)) == ("incomplete", of_p002)
    assert answers(desk) == {"P001": ("clean", 2), "P002": ("waiting", 1), "K01": ("clean", 1), COVER: ("clean", 1)}
    (correction,) = told["corrections"]
    assert asked_in(desk.root / correction["form"]) == {"P002"}
    typed = desk.newest_form("YS").values["P002"]
    assert typed["f14.progress_percent"] == "มาก"  # the newest that was typed
    desk.send_back("YS", {"P002/f14.stage": c.UNDER_WAY, "P002/f14.progress_percent": 25}, form=newest_correction(desk))
    ingest(desk, 0)
    assert (standing(desk)["state"], standing(desk)["errors"]) == ("accepted", 0)


def test_a_list_that_can_not_be_read_stays_in_the_cell_that_is_marked(desk: Desk) -> None:
    """What can be is picked in cells of its own."""
    changes: Typed = {"P001/f10.scope": c.IN_PROVINCES, "P001/f10.provinces": "เชียงใหม่, เมืองทอง"}
    desk.send_back("YS", {**changes, "P002/f10.scope": c.IN_PROVINCES, "P002/f10.provinces": "เชียงใหม่, ขอนแก่น"})
    ingest(desk, 1)
    values = desk.newest_form("YS").values["P001"]
    assert values["f10.provinces"] == "เชียงใหม่, เมืองทอง"
    assert "f10.provinces[1]" not in values
    desk.send_back("YS", {"P001/f10.provinces": "เชียงใหม่, ขอนแก่น"}, form=newest_correction(desk))
    assert ingest(desk, 0)["YS.xlsx"]["outcome"] == "accepted"
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", "--unit", "YS", expect=0)
    picked = desk.newest_form("YS", Q2).values["P001"]
    assert (picked["f10.provinces[1]"], picked["f10.provinces[2]"]) == ("เชียงใหม่", "ขอนแก่น")


def test_a_newer_faulty_answer_waits_and_never_pushes_the_clean_one_out(desk: Desk) -> None:
    desk.send_back("YS", {"P002/f14.progress_percent": 26}, name="a.xlsx")
    ingest(desk, 0)
    desk.send_back("YS", {"P002/f14.progress_percent": "มาก"}, name="b.xlsx")
    told = desk.run("ingest", expect=1)
    waiting = {one["project"]: one["waiting_version"] for one in standing(desk)["answers"]}
    assert (standing(desk)["state"], waiting) == ("accepted", {"P001": None, "P002": 2, "K01": None, COVER: None})
    assert answers(desk) == {"P001": ("clean", 2), "P002": ("clean", 1), "K01": ("clean", 2), COVER: ("clean", 2)}
    traced = desk.run("trace", "q1", "P002", "f14.progress_percent", expect=0)
    assert (traced["file"], traced["values"][0]["value"]) == ("a.xlsx", "26")
    assert asked_in(desk.root / told["corrections"][0]["form"]) == {"P002"}


def test_a_faulty_part_that_another_file_has_brought_is_not_asked_for(desk: Desk) -> None:
    """The second file leaves P002 alone; that is no answer, and pushes nothing out."""
    desk.send_back("YS", FAULTY, name="a.xlsx")
    ingest(desk, 1)
    send_part(desk, "b.xlsx", "P002")
    (file,) = ingest(desk, 0).values()
    assert codes(file, "notice") >= {("PART", "P001", ""), ("PART", "K01", ""), ("PART", COVER, "")}
    assert answers(desk) == {"P001": ("clean", 1), "P002": ("clean", 2), "K01": ("clean", 1), COVER: ("clean", 1)}


# --- accepted as it is ------------------------------------------------------------------------------------------------


def test_one_project_of_two_is_accepted_and_the_other_goes_on_waiting(desk: Desk) -> None:
    desk.send_back("YS", {**FAULTY, "P001/f11.result_quarter": "-"}, name="a.xlsx")
    ingest(desk, 1)
    made = desk.run("accept", "q1", "YS", "--project", "p002", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    assert made["accepted"] == [{"project": "P002", "version": 1}]
    assert {found["project"] for found in made["waived"]} == {"P002"}
    assert answers(desk) == {"P001": ("waiting", 1), "P002": ("waived", 1), "K01": ("clean", 1), COVER: ("clean", 1)}
    assert standing(desk)["state"] == "incomplete"
    assert {f["status"] for f in desk.run("status", "q1", "--unit", "YS")["versions"][0]["findings"]} == {
        "waived",
        "open",
    }
    desk.report("q1")
    assert desk.run("trace", "q1", "P002", expect=0)["file"] == "a.xlsx"
    assert "P001" in desk.run("trace", "q1", "P001", expect=2)["error"]
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    assert (standing(desk)["state"], answers(desk)["P001"]) == ("waived", ("waived", 1))
    assert "P001 v1" in desk.run("accept", "q1", "YS", "--because", "อีกครั้ง", expect=2)["error"]


def test_what_never_came_stays_missing_when_the_rest_is_accepted(desk: Desk) -> None:
    send_part(desk, "a.xlsx", COVER, "P001", changes={"P001/f11.result_quarter": "-"})
    ingest(desk, 1)
    made = desk.run("accept", "q1", "YS", "--because", "ด่วน (ตัวอย่าง)", expect=1)
    assert (made["accepted"], made["missing"]) == ([{"project": "P001", "version": 1}], ["P002", "K01"])
    assert answers(desk) == {"P001": ("waived", 1), "P002": ("missing", None), "K01": ("missing", None)} | {
        COVER: ("clean", 1)
    }
    alone = desk.run("accept", "q1", "YS", "--project", "K01", "--because", "ด่วน (ตัวอย่าง)", expect=1)
    assert (alone["accepted"], alone["missing"]) == ([], ["K01"])
    assert "P009" in desk.run("accept", "q1", "YS", "--project", "P009", "--because", "ด่วน", expect=2)["error"]


@pytest.mark.parametrize(
    ("changes", "figures"),
    [
        ({"P001/f9.recurrent.disbursed": 39_150_000_000}, ("budget", "disbursed", "disbursed-annual-recurrent")),
        ({"P001/f14.progress_percent": 900}, ("planned", "progress")),
        ({"P001/f8.planned_q1": 30, "P001/f8.planned_q2": 20}, ()),
        ({"P001/f14.stage": c.COMPLETED, "P001/f14.progress_percent": 60}, ("progress",)),
        ({"P001/f14.progress_percent": 100}, ("under-way",)),
        ({"P001/f3.source[1]": c.NO_BUDGET}, ("budget", "disbursed")),
    ],
)
def test_a_waived_value_that_breaks_an_errors_rule_makes_no_figure(
    desk: Desk, changes: dict[str, Value | int], figures: tuple[str, ...]
) -> None:
    desk.send_back("YS", changes)
    ingest(desk, 1)
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    desk.report("q1")
    found = {one["figure"]: one for one in desk.run("trace", "q1", "ops", expect=0)["totals"][0]["figures"]}
    for figure in figures:
        assert found[figure]["left_out"] == ["P001"], figure
        assert "P001" not in {part["code"] for part in found[figure]["parts"]}
    wrong = [field.partition("/")[2] for field in changes]
    typed = {v["field"]: v["value"] for v in desk.run("trace", "q1", "P001", expect=0)["values"]}
    assert all(field in typed for field in wrong)  # what was typed can still be told


def test_a_waived_level_that_can_not_be_is_no_result(desk: Desk) -> None:
    desk.send_back("ETDA", {"K02/k.result": 9})
    ingest(desk, 1)
    desk.run("accept", "q1", "ETDA", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    found = {one["figure"]: one for one in desk.run("trace", "q1", "ministry", expect=0)["totals"][0]["figures"]}
    assert (found["kpis-met"]["parts"], found["kpis-met"]["left_out"]) == ([], ["K02"])


def test_a_waived_end_before_the_start_makes_nothing_overdue_and_is_not_carried(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f8.end_date": date(2025, 9, 1)})
    assert codes(ingest(desk, 1)["YS.xlsx"]) >= {("DATES-ORDER", "P001", "f8.end_date")}
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    assert "f8.end_date" not in desk.newest_form("YS", Q2).values["P001"]


# --- what an earlier release has left ---------------------------------------------------------------------------------


def _as_taken_whole(bases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bases as the release before wrote them: a return of each unit, counting as a whole."""
    for basis in bases:
        for code, unit in basis["units"].items():
            counted = list(unit["answers"].values())
            number, because = counted[0][:2] if counted else (None, "")
            basis["units"][code] = [unit["register"], unit["state"], number, because, unit["late"]]
    return bases


def test_a_report_of_the_release_before_is_made_again_the_same_and_is_not_stale(desk: Desk) -> None:
    desk.send_back("YS")
    ingest(desk, 0)
    first = desk.report("q1")["reports"]
    whole = [(desk.root / made["path"]).read_bytes() for made in first]
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as db:
        (text,) = db.execute("SELECT bases FROM reports").fetchone()
        old = json.dumps(_as_taken_whole(json.loads(text)))
        db.execute("UPDATE reports SET bases = ?", (old,))
    (basis,) = bases_from_json(old)
    assert basis.units["YS"].whole is not None
    assert basis.return_ids == (basis.units["YS"].whole.return_id,)
    again = desk.report("q1", "--again", "1")["reports"]
    assert [(desk.root / made["path"]).read_bytes() for made in again] == whole
    assert desk.run("trace", "q1", "P001", "--report", "1", expect=0)["version"] == 1
    assert desk.run("review", "submit", "q1", expect=0)["changes"] == []
    send_part(desk, "b.xlsx", "P002")
    ingest(desk, 0)
    assert {change["change"] for change in desk.run("review", "show", "q1")["changes"]} == {"data"}
    assert desk.run("trace", "q1", "P002", "--report", "1", expect=0)["version"] == 1
    assert Q1.name == "q1"
