"""R12, R13: a report records the data it was made from, and can be made from it again."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.analysis.basis.returns import State
from plan_tracker.config import Config
from plan_tracker.config.kinds import is_table
from plan_tracker.fiscal import Period
from plan_tracker.registerbook import write_register
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.store.reporting.snapshots import (
    CountedAnswer,
    PlanBasis,
    QuarterSnapshot,
    UnitSnapshot,
    bases_from_json,
    bases_to_json,
)
from plan_tracker.values import Value
from tests.desk import TABLES, Desk

answers = st.builds(CountedAnswer, st.integers(1, 10**6), st.text(), st.integers(0, 99))
# Of a release that noted no form's load and no parts
whole = st.builds(CountedAnswer, st.integers(1, 10**6), st.text(), st.just(0), st.just(()))
late = st.integers(0, 400)
units = st.builds(
    UnitSnapshot,
    st.integers(1, 99),
    st.sampled_from(State),
    late,
    st.dictionaries(st.text(min_size=1), answers),
    st.lists(st.text(min_size=1)).map(tuple),
) | st.builds(UnitSnapshot, st.integers(1, 99), st.sampled_from(State), late, whole=whole)
bases = st.builds(
    QuarterSnapshot,
    st.builds(Period, st.integers(2560, 2600), st.integers(1, 4)),
    st.dates(),
    st.integers(1, 99),
    st.dictionaries(st.text(min_size=1), units),
    dated_by_count=st.booleans(),
    plans=st.none() | st.builds(PlanBasis, st.integers(1, 99), st.integers(0, 99), st.integers(0, 10**6)),
    told_over=st.booleans(),
    tells_on_way=st.booleans(),
)


@given(st.lists(bases, max_size=4))
def test_what_a_report_stands_on_comes_back_from_its_record(stood: list[QuarterSnapshot]) -> None:
    assert bases_from_json(bases_to_json(stood)) == tuple(stood)


def _body(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def test_a_report_is_made_again_the_same_after_all_has_changed(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    (first, _other) = desk.report("q1")["reports"]
    before, whole = _body(desk.root / first["path"]), (desk.root / first["path"]).read_bytes()
    settings = desk.root / "config.toml"
    settings.write_text(settings.read_text("utf-8").replace("thai_digits = true", "thai_digits = false"), "utf-8")
    desk.send_back("ETDA")
    desk.send_back("YS", {"P001/f14.progress_percent": 31}, name="ใหม่.xlsx")
    desk.run("ingest")
    (again, _other) = desk.report("q1", "--again", "1")["reports"]
    assert again["path"] != first["path"]
    assert (desk.root / again["path"]).read_bytes() == whole
    (newer, _other) = desk.report("q1")["reports"]
    assert _body(desk.root / newer["path"]) != before


def test_the_record_is_listed_with_its_returns(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    desk.run("report", "q1")
    desk.send_back("ETDA")
    desk.run("ingest")
    desk.run("report", "q1")
    first, second = desk.run("report", "q1", "--list", expect=0)["records"]
    assert (first["number"], second["number"]) == (1, 2)
    assert len(second["returns"]) == len(first["returns"]) + 1
    assert {made["plan"] for made in first["reports"]} == {"ops", "ministry"}
    assert "--list" in desk.invoke("report", "q1", "--again", "9").output


def test_an_edited_report_is_never_overwritten_by_an_earlier_one(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    desk.run("report", "q1")
    (again, _other) = desk.run("report", "q1", "--again", "1")["reports"]
    edited = desk.root / again["path"]
    document = Document(str(edited))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่ (ตัวอย่าง)")
    document.save(str(edited))
    kept = edited.read_bytes()
    (other, _rest) = desk.run("report", "q1", "--again", "1")["reports"]
    assert other["path"] != again["path"]
    assert edited.read_bytes() == kept


def test_a_plan_called_as_another_plans_second_report_keeps_its_own(tmp_path: Path) -> None:
    """Plans ``ops`` and ``ops-2``: what an edited report of the one pushes aside is no report of the other."""
    desk = Desk(tmp_path / "งาน")
    init_workspace(desk.root)
    renamed = {
        name: [{key: _renamed(value) for key, value in row.items()} for row in rows] for name, rows in TABLES.items()
    }
    write_register(desk.root / "register.xlsx", renamed)
    desk.run("register", "load", expect=0)
    desk.run("issue-forms", "q1", expect=0)
    (ops, _other) = desk.run("report", "q1")["reports"]
    document = Document(str(desk.root / ops["path"]))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่ (ตัวอย่าง)")
    document.save(str(desk.root / ops["path"]))
    made = {one["plan"]: Path(one["path"]).name for one in desk.run("report", "q1")["reports"]}
    assert made == {"ops": "2569-q1-ops-3.docx", "ops-2": "2569-q1-ops-2.docx"}


def _renamed(value: Value) -> Value:
    return value.replace("ministry", "ops-2") if isinstance(value, str) else value


def test_a_report_older_than_the_returns_is_told_when_it_is_submitted(desk: Desk) -> None:
    """R15: what is submitted is what the report says, and newer returns are not passed over silently."""
    desk.send_back("YS")
    desk.run("ingest")
    desk.run("report", "q1")
    desk.send_back("ETDA")
    desk.run("ingest")
    submitted = desk.run("review", "submit", "q1", expect=1)
    assert {change["change"] for change in submitted["changes"]} == {"data"}


def _reword_template(desk: Desk, text: str) -> None:
    own = desk.root / "templates" / "docx" / "report.docx"
    document = Document(str(own))
    document.add_paragraph(text)
    document.save(str(own))


def test_a_report_is_made_again_with_the_template_of_then(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    made = desk.report("q1")
    assert made["template"] == "today"
    before = _body(desk.root / made["reports"][0]["path"])
    assert desk.report("q1", "--again", "1")["template"] == "today"
    _reword_template(desk, "ถ้อยคำใหม่ของเจ้าหน้าที่ (ตัวอย่าง)")
    again = desk.report("q1", "--again", "1")
    assert _body(desk.root / again["reports"][0]["path"]) == before
    assert again["template"] == "kept"
    assert "แม่แบบ" in desk.invoke("report", "q1", "--again", "1").output
    newer = desk.report("q1")["reports"][0]
    assert "ถ้อยคำใหม่" in _body(desk.root / newer["path"]).decode()
    (second,) = desk.run("report", "q1", "--list")["records"][1:]
    assert len(second["template"]) == 64


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_template_that_is_not_kept_any_more_is_told(desk: Desk, damage: str) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    desk.report("q1")
    (kept,) = (desk.root / "data" / "templates").glob("*/report.docx")
    if damage == "gone":
        kept.unlink()
    else:
        kept.write_bytes(b"PK")
    _reword_template(desk, "ถ้อยคำใหม่ (ตัวอย่าง)")
    again = desk.run("report", "q1", "--again", "1", expect=1)
    assert again["template"] == "lost"
    assert "ถ้อยคำใหม่" in _body(desk.root / again["reports"][0]["path"]).decode()


def test_no_setting_of_today_reaches_a_report_of_then(desk: Desk) -> None:
    """Whatever a report comes to depend on has to be in its record: here every setting there is becomes another."""
    desk.send_back("YS")
    desk.run("ingest")
    made = desk.report("q1")["reports"]
    before = [(desk.root / one["path"]).read_bytes() for one in made]
    (desk.root / "config.toml").write_text(tomlkit.dumps({"fiscal_year": 2569, **_all_changed(Config)}), "utf-8")
    again = desk.report("q1", "--again", "1")["reports"]
    assert [(desk.root / one["path"]).read_bytes() for one in again] == before


def _all_changed(kind: Any) -> dict[str, Any]:
    """Another value for every setting of a table, and of those within it."""
    changed: dict[str, Any] = {}
    for name, default in (kind(2569) if kind is Config else kind())._asdict().items():
        if isinstance(default, Mapping):
            continue  # tables of their own: by the kind of letter, by central form
        options = getattr(getattr(kind.__annotations__[name], "__metadata__", [None])[0], "options", ())
        if is_table(default):
            changed[name] = _all_changed(type(default))
        elif options:
            changed[name] = next(option for option in options if option != default)
        elif isinstance(default, bool):
            changed[name] = not default
        elif isinstance(default, int):
            changed[name] = default + 1
        elif name == "holidays":
            changed[name] = ["2569-03-02"]
        elif isinstance(default, tuple):
            changed[name] = [11, 12, 13, 14] if default else ["อื่น"]
        else:
            changed[name] = "อื่น (ตัวอย่าง)"
    changed.pop("fiscal_year", None)
    return changed


def test_the_second_volume_is_submitted_frozen_and_published_with_the_first(desk: Desk) -> None:
    """R15, R19: both volumes of each plan, byte for byte; one that was edited since is told."""
    desk.send_back("YS")
    desk.run("ingest")
    made = desk.report("q1")["reports"]
    assert [Path(one["sheets"]).name for one in made] == ["2569-q1-ops-sheets.docx", "2569-q1-ministry-sheets.docx"]
    assert {"budget", "disbursed", "late", "unknown", "targets", "kpis", "last_off_by"} == set(made[0]["forecast"])
    submitted = desk.run("review", "submit", "q1", expect=0)["submitted"]["reports"]
    assert [one["plan"] for one in submitted] == ["ops", "ministry"]
    frozen = desk.root / submitted[0]["sheets"]["frozen"]
    assert frozen.read_bytes() == (desk.root / made[0]["sheets"]).read_bytes()
    document = Document(str(desk.root / made[0]["sheets"]))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่ (ตัวอย่าง)")
    document.save(str(desk.root / made[0]["sheets"]))
    shown = desk.run("review", "show", "q1", expect=1)
    assert [(one["change"], one["path"]) for one in shown["changes"]] == [("edited", made[0]["sheets"])]
    for act in ("approve", "submit", "approve", "submit"):
        desk.run("review", act, "q1")
    desk.run("review", "permit", "q1", "--reference", "ดศ 0200/9", "--date", "2569-01-05")
    written = desk.run("publish", "q1", expect=0)["written"]
    assert sum(Path(one).name.endswith("-sheets.docx") for one in written) == 2


def test_a_report_without_any_return_is_told_to_be_empty_when_it_is_submitted(desk: Desk) -> None:
    made = desk.report("q1")["reports"]
    submitted = desk.run("review", "submit", "q1", expect=1)
    told = [(one["change"], one["plan"], one["path"]) for one in submitted["changes"]]
    assert told == [("empty", one["plan"], one["path"]) for one in made]
    assert submitted["submitted"]
