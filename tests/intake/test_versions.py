"""What the officer sees of a unit's versions, and corrections that stop no other unit's (R6, R10)."""

from __future__ import annotations

import sqlite3
import zipfile
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from plan_tracker.documents.workbooks.correction_list import CorrectionList, write_correction_list
from plan_tracker.drafting import corrections as correct
from plan_tracker.forms.definition import choices as c
from plan_tracker.store import Store
from tests.desk import Desk, codes

FAULTY = {"P002/f14.stage": "", "P002/f14.progress_percent": "มาก"}


@pytest.fixture
def with_newer(desk: Desk) -> Desk:
    """A clean first version, and a faulty second one beside it."""
    desk.send_back("YS")
    desk.ingest_one()
    desk.send_back("YS", FAULTY)
    assert desk.ingest_one()["outcome"] == "incomplete"
    return desk


def _unit(desk: Desk, code: str) -> dict[str, Any]:
    return next(unit for unit in desk.run("status", "q1")["units"] if unit["unit"] == code)


def test_a_newer_faulty_version_waits_beside_the_one_that_counts(with_newer: Desk) -> None:
    told = _unit(with_newer, "YS")
    assert (told["state"], told["version"], told["errors"]) == ("accepted", 2, 2)
    assert told["answers"] == [
        {"project": "P001", "state": "clean", "version": 2, "waiting_version": None, "parts": []},
        {"project": "P002", "state": "clean", "version": 1, "waiting_version": 2, "parts": []},
        {"project": "K01", "state": "clean", "version": 2, "waiting_version": None, "parts": []},
        {"project": "YS", "state": "clean", "version": 2, "waiting_version": None, "parts": []},
    ]
    screen = with_newer.invoke("status", "q1").stdout
    assert "YS: ใช้ได้ 4 จาก 4 รายการ · รอแก้ไข: P002 v2 (ใช้ v1)" in screen
    last = [event for event in with_newer.run("log")["events"] if event["what"] == "ingest: incomplete"][-1]
    assert (last["version"], last["counts"]) == ("2", "YS P001 K01")


def test_a_cover_that_nobody_filled_in_is_called_by_its_name(desk: Desk) -> None:
    desk.send_back("YS", dict.fromkeys([key for key in desk.answers("YS") if key.startswith("YS/u.")]))
    desk.run("ingest", expect=1)
    assert "YS: ใช้ได้ 3 จาก 4 รายการ · ยังขาด: คำชี้แจง" in " ".join(desk.invoke("status", "q1").stdout.split())


def test_a_correction_of_the_cover_alone_waits_for_it(desk: Desk) -> None:
    desk.send_back("YS", dict.fromkeys([key for key in desk.answers("YS") if key.startswith("YS/u.")]))
    told = desk.run("ingest", expect=1)
    [correction] = told["corrections"]
    assert told["withdrawn"] == []
    form = desk.root / correction["form"]
    assert {
        str(row[0]).partition("/")[0] for row in load_workbook(form)["_cells"].iter_rows(min_row=2, values_only=True)
    } == {"YS"}
    desk.send_back(
        "YS", {key: value for key, value in desk.answers("YS").items() if key.startswith("YS/u.")}, form=form
    )
    back = desk.run("ingest", expect=0)
    assert (back["files"][0]["outcome"], [one["kind"] for one in back["withdrawn"]]) == ("accepted", ["L3"])


def test_a_waived_version_is_shown_as_such(with_newer: Desk) -> None:
    with_newer.run("accept", "q1", "YS", "--because", "ด่วน (ตัวอย่าง)", expect=0)
    told = _unit(with_newer, "YS")
    assert (told["state"], told["waived"], told["errors"]) == ("waived", 2, 0)
    assert told["answers"][1] == {
        "project": "P002",
        "state": "waived",
        "version": 2,
        "waiting_version": None,
        "parts": [],
    }
    shown = with_newer.invoke("status", "q1", "--unit", "YS").stdout
    assert "ยกเว้นให้ 2 รายการ" in shown
    assert "ด่วน (ตัวอย่าง)" in " ".join(shown.split())
    assert "ขั้นต่อไป: plantrack" in shown
    versions = with_newer.run("status", "q1", "--unit", "YS")["versions"]
    assert [(v["version"], v["counts"]) for v in versions] == [(1, False), (2, True)]
    assert {f["status"] for f in versions[1]["findings"]} == {"waived"}


def test_a_confirmed_warning_is_shown_with_the_units_note(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.stage": c.NOT_STARTED, "P001/f14.note": "เบิกล่วงหน้า (ตัวอย่าง)"})
    desk.run("ingest")
    told = desk.run("status", "q1", "--unit", "YS")["versions"][0]
    assert "เบิกล่วงหน้า (ตัวอย่าง)" in {f["note"] for f in told["findings"] if f["status"] == "confirmed"}
    assert "เบิกล่วงหน้า (ตัวอย่าง)" in desk.invoke("status", "q1", "--unit", "YS").stdout


def test_what_is_counted_of_a_unit_is_what_its_version_holds(desk: Desk) -> None:
    spent = {f"{code}/f14.stage": c.NOT_STARTED for code in ("P001", "P002")} | {"P001/f14.note": "เบิกล่วงหน้า (ตัวอย่าง)"}
    faulty = {"P002/f9.recurrent.disbursed": "1", "P002/f11.result_quarter": "-", "YS/u.contact_email": "ไม่มีอีเมล"}
    desk.send_back("YS", spent | faulty)
    desk.run("ingest", expect=1)
    assert _counted(desk) == _held(desk)
    assert all(_counted(desk)[name] for name in ("errors", "warnings", "confirmed"))
    desk.run("accept", "q1", "YS", "--project", "P002", "--because", "ด่วน (ตัวอย่าง)", expect=0)
    assert _counted(desk) == _held(desk)
    assert _counted(desk)["waived"] > 1
    assert _counted(desk)["errors"] == 1  # the cover's


def _counted(desk: Desk) -> dict[str, int]:
    told = _unit(desk, "YS")
    return {name: told[name] for name in ("errors", "warnings", "confirmed", "waived")}


def _held(desk: Desk) -> dict[str, int]:
    """The same, counted in what the unit's newest version is told to hold."""
    found = desk.run("status", "q1", "--unit", "YS")["versions"][-1]["findings"]
    kinds = [one["severity"] + "s" if one["status"] == "open" else one["status"] for one in found]
    return {name: kinds.count(name) for name in ("errors", "warnings", "confirmed", "waived")}


def test_there_is_no_such_unit(desk: Desk) -> None:
    assert "XX" in desk.run("status", "q1", "--unit", "XX", expect=2)["error"]


def test_odd_characters_in_a_faulty_return_reach_list_form_and_letter(desk: Desk) -> None:
    path = desk.send_back(
        "YS", FAULTY | {"P001/f11.result_quarter": "odd-text-here", "P001/f9.recurrent.disbursed": "odd-number"}
    )
    _type_raw(
        path, {"odd-text-here": "a\ufffeb_x0001_c _x000D_ _xFFFF_ f", "odd-number": "5_xFFFE__xFFFF__x0001_0 _x000D_"}
    )
    corrected = desk.run("ingest", expect=1)["corrections"]
    assert [item["unit"] for item in corrected] == ["YS"]
    for kind in ("list", "form"):
        assert load_workbook(desk.root / corrected[0][kind]).sheetnames
    assert Document(str(desk.root / corrected[0]["letter"])).paragraphs


def _type_raw(path: Path, texts: dict[str, str]) -> None:
    """Writes text into the package itself, past what openpyxl would refuse."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    typed = [(old.encode(), new.encode()) for old, new in texts.items()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, reduce(lambda done, pair: done.replace(*pair), typed, part))


def test_a_correction_that_can_not_be_written_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_on_ys(content: CorrectionList, path: Path) -> None:
        if content.unit.code == "YS":
            raise ZeroDivisionError
        write_correction_list(content, path)

    desk.send_back("YS", FAULTY)
    desk.send_back("ETDA", {"P003/f14.stage": ""})
    with monkeypatch.context() as broken:
        broken.setattr(correct, "write_correction_list", break_on_ys)
        told = desk.run("ingest", expect=1)
    assert [item["unit"] for item in told["corrections"]] == ["ETDA"]
    assert [item["unit"] for item in told["not_written"]] == ["YS"]
    assert "ZeroDivisionError" in (desk.root / "data" / "errors.log").read_text(encoding="utf-8")
    again = desk.run("ingest", expect=0)
    assert [item["unit"] for item in again["corrections"]] == ["YS"]
    assert desk.run("ingest", expect=0)["corrections"] == []


def test_an_original_whose_row_can_not_be_written_does_not_stay(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    content = desk.send_back("YS").read_bytes()

    def refuse(*_arguments: object) -> int:
        raise sqlite3.OperationalError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "add_return", refuse)
        desk.run("ingest", expect=3)
    originals = desk.root / "data" / "originals" / "2569-q1"
    assert list(originals.iterdir()) == []
    assert desk.ingest_one()["version"] == 1
    assert (originals / "YS-v1.xlsx").read_bytes() == content


def test_an_original_of_a_killed_run_is_no_copy_beside_a_later_version(desk: Desk) -> None:
    content = desk.send_back("YS").read_bytes()
    originals = desk.root / "data" / "originals" / "2569-q1"
    originals.mkdir(parents=True)
    (originals / "YS-v7.xlsx").write_bytes(content)
    (originals / "YS-v8.xlsx.part").write_bytes(content[:9])
    assert codes(desk.ingest_one()) == set()
    assert [path.name for path in originals.iterdir()] == ["YS-v1.xlsx"]
