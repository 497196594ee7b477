"""What was rejected stands in ``status``, and is taken up again by ``inbox retry`` (R6)."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import Any

import pytest

from tests.desk import Desk


def rejected(desk: Desk, *words: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = desk.run("status", "q1", *words, expect=0)["rejected"]
    return told


def reject_blank(desk: Desk, unit: str = "YS", name: str = "ส่งกลับ.xlsx") -> None:
    """The unit's form comes back as it went out."""
    shutil.copyfile(desk.form_path(unit), desk.inbox / name)
    assert desk.ingest_one()["outcome"] == "rejected"


def refuse_good(desk: Desk, monkeypatch: pytest.MonkeyPatch, *units: str) -> None:
    """Good returns are refused, as by a release that reads less."""
    with monkeypatch.context() as patched:
        patched.setattr("plan_tracker.intake.recognising.identity.form_version", lambda _version: None)
        for unit in units:
            desk.send_back(unit)
        assert {file["outcome"] for file in desk.run("ingest", expect=1)["files"]} == {"rejected"}


def test_status_tells_what_was_rejected_of_whom_when_and_why_with_the_letter(desk: Desk) -> None:
    reject_blank(desk)
    [told] = rejected(desk)
    assert (told["file"], told["unit"], told["quarter"], told["code"]) == ("ส่งกลับ.xlsx", "YS", "q1", "FORM-BLANK")
    assert told["at"].startswith("2026-01-05T")
    assert told["path"] == "inbox/rejected/ส่งกลับ.xlsx"
    assert told["letter"] == "outbox/2569-q1/corrections/2569-q1-YS-FORM-BLANK-L10.docx"
    assert told["message"] == "แบบรายงานส่งกลับมาโดยยังไม่ได้กรอกข้อมูลใด"
    assert told["fix_en"] == "Fill in the yellow cells, save the file and return it."
    shown = desk.invoke("status", "q1").output
    for word in ("ส่งกลับ.xlsx", "YS", "5 ม.ค. 69", "plantrack inbox retry"):
        assert word in shown
    assert [one["unit"] for one in rejected(desk, "--unit", "YS")] == ["YS"]
    assert rejected(desk, "--unit", "ETDA") == []
    assert desk.run("status", "q2", expect=0)["rejected"] == []


def test_the_words_hold_what_the_reason_needs(desk: Desk) -> None:
    path = desk.send_back("YS")
    path.write_bytes(b"%PDF-1.4 x")
    desk.run("ingest", expect=1)
    big = "ใหญ่.xlsx"
    desk.send_back("ETDA", name=big)
    settings = desk.root / "config.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said.replace("cells = 500_000", "cells = 17"), encoding="utf-8")
    desk.run("ingest", expect=1)
    by_file = {one["file"]: one for one in rejected(desk)}
    assert by_file["YS.xlsx"]["unit"] is None
    assert by_file["YS.xlsx"]["letter"] is None
    assert "17" in by_file[big]["message"]


def test_a_clean_return_of_the_unit_is_the_end_of_it_and_a_faulty_or_another_units_is_not(desk: Desk) -> None:
    reject_blank(desk)
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.send_back("YS", {"P001/f14.progress_percent": 900})
    desk.run("ingest", expect=1)
    assert [one["unit"] for one in rejected(desk)] == ["YS"]
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    assert rejected(desk) == []


def test_retry_takes_up_all_and_what_is_taken_in_is_rejected_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_good(desk, monkeypatch, "YS", "ETDA")
    assert len(rejected(desk)) == 2
    told = desk.run("inbox", "retry", expect=0)
    assert {(file["file"], file["outcome"]) for file in told["files"]} == {
        ("YS.xlsx", "accepted"),
        ("ETDA.xlsx", "accepted"),
    }
    assert rejected(desk) == []
    assert not list(desk.inbox.glob("rejected/*"))
    assert [one["file"] for one in desk.run("log")["events"] if one["what"] == "inbox retry"] == [
        "YS.xlsx",  # in the order in which they came
        "ETDA.xlsx",
    ]


def test_retry_of_one_leaves_the_others_and_what_waits_in_the_inbox(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_good(desk, monkeypatch, "YS", "ETDA")
    desk.send_back("YS", {"P001/f14.next_steps": "ใหม่ (ตัวอย่าง)"}, name="รอ.xlsx")
    told = desk.run("inbox", "retry", "inbox/rejected/YS.xlsx", expect=0)
    assert [(file["file"], file["outcome"]) for file in told["files"]] == [("YS.xlsx", "accepted")]
    assert [one["file"] for one in rejected(desk)] == ["ETDA.xlsx"]
    assert (desk.inbox / "รอ.xlsx").is_file()


def test_what_is_rejected_again_stands_once_under_its_own_name(desk: Desk) -> None:
    (desk.inbox / "รูป.xlsx").write_bytes(b"x")
    desk.run("ingest", expect=1)
    (desk.inbox / "รูป.xlsx").write_bytes(b"y")
    desk.run("ingest", expect=1)
    told = desk.run("inbox", "retry", "รูป.xlsx", expect=1)
    assert [file["file"] for file in told["files"]] == ["รูป.xlsx", "รูป (2).xlsx"]
    assert len(rejected(desk)) == 2
    assert {path.name for path in (desk.inbox / "rejected").iterdir()} == {
        *("รูป.xlsx", "รูป.xlsx.txt", "รูป (2).xlsx", "รูป (2).xlsx.txt")
    }


def test_a_dry_run_says_what_would_come_of_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_good(desk, monkeypatch, "YS")
    before = sorted(path.name for path in desk.inbox.rglob("*"))
    assert [file["outcome"] for file in desk.run("inbox", "retry", "--dry-run", expect=0)["files"]] == ["accepted"]
    assert sorted(path.name for path in desk.inbox.rglob("*")) == before
    assert len(rejected(desk)) == 1


def test_nothing_to_retry_and_a_name_that_none_has(desk: Desk) -> None:
    assert desk.run("inbox", "retry", expect=0)["files"] == []
    reject_blank(desk)
    refused = desk.invoke("inbox", "retry", "อื่น.xlsx")
    assert refused.exit_code == 2
    assert "ส่งกลับ.xlsx" in refused.output
    assert len(rejected(desk)) == 1


def test_what_came_damaged_inside_an_archive_is_taken_up_with_the_whole_of_it(desk: Desk) -> None:
    good = desk.send_back("YS")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("เสีย.xlsx", b"0123456789" * 9)
        archive.writestr("ดี.xlsx", good.read_bytes())
    good.unlink()
    (desk.inbox / "รวม.zip").write_bytes(packed.getvalue().replace(b"0123456789", b"X123456789", 1))
    desk.run("ingest", expect=1)
    [told] = rejected(desk)
    assert (told["file"], told["container"], told["path"]) == ("เสีย.xlsx", "รวม.zip", None)
    again = desk.run("inbox", "retry", "เสีย.xlsx", expect=1)
    assert {file["file"]: file["outcome"] for file in again["files"]} == {"เสีย.xlsx": "rejected", "ดี.xlsx": "duplicate"}
    assert len(rejected(desk)) == 1


def test_what_is_put_back_by_hand_or_thrown_away_stands_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_good(desk, monkeypatch, "YS")
    shutil.move(desk.inbox / "rejected" / "YS.xlsx", desk.inbox / "YS.xlsx")
    desk.run("ingest", expect=0)
    assert rejected(desk) == []
    (desk.inbox / "รูป.jpg").write_bytes(b"\xff\xd8 x")
    desk.run("ingest", expect=1)
    assert [one["file"] for one in rejected(desk)] == ["รูป.jpg"]
    (desk.inbox / "rejected" / "รูป.jpg").unlink()
    assert rejected(desk) == []
