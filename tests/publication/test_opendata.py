"""The open data as the catalogue and its programs take it (R19, domain §7)."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from openpyxl import load_workbook

from plan_tracker.config import Config, Publication
from plan_tracker.documents.tables import Column, ColumnType
from plan_tracker.fiscal import Period
from plan_tracker.i18n import Message
from plan_tracker.publication.opendata import tables
from plan_tracker.publication.opendata.catalogue_entry import Described, build_entry, dataset_name
from plan_tracker.publication.opendata.files import PublishedFile
from plan_tracker.publication.opendata.table_rows import KpiRow
from tests.desk import Desk

Q1 = Period(2569, 1)
REQUIRED = {
    "data_type", "title", "maintainer", "maintainer_email", "tag_string", "notes", "objective", "update_frequency_unit",
    "geo_coverage", "data_source", "data_format", "data_category", "license_id",
}  # fmt: skip
FORMATS = {"Database", "CSV", "XML", "Image", "Video", "Audio", "Text", "JSON", "HTML", "DOC/DOCX", "XLS", "PDF"}


@pytest.fixture(scope="module")
def permitted_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Q1 permitted: P001 has 49.99 baht and has spent 0, K01 (target 20) is missed by very little."""
    root = tmp_path_factory.mktemp("permitted") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    settings = root / "config.toml"
    text = settings.read_text(encoding="utf-8").replace('owner_org = ""', 'owner_org = "mdes-example"')
    text = text.replace('\nurl = ""', '\nurl = "https://www.example.go.th/plan/{period}/publication/"')
    settings.write_text(text, encoding="utf-8")
    money = {"act_budget": Decimal("49.99"), "budget": Decimal("49.99"), "committed": None, "disbursed": Decimal(0)}
    typed = {f"P001/f9.recurrent.{key}": value for key, value in money.items()}
    desk.send_back("YS", {**typed, "K01/k.result": Decimal("19.9995")})
    desk.send_back("ETDA")
    desk.run("ingest")
    desk.run("accept", "q1", "YS", "--because", "ตรวจแล้ว (ตัวอย่าง)")
    desk.report("q1")
    desk.permit("q1")
    return root


def _publish(root: Path, target: Path) -> Path:
    shutil.copytree(root, target)
    Desk(target).run("publish", "q1", expect=0)
    return target / "outbox" / "2569-q1" / "publication"


@pytest.fixture(scope="module")
def published(permitted_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _publish(permitted_root, tmp_path_factory.mktemp("published") / "งาน")


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _csv(published: Path, name: str) -> list[dict[str, str]]:
    with (published / "data" / f"plantrack-2569-q1-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_entry_is_as_the_catalogue_s_schema_has_it(published: Path) -> None:
    entry = _json(published / "data" / "metadata.json")
    assert all(entry[field] for field in REQUIRED)
    assert set(entry["data_format"]) >= {"CSV", "XLS", "JSON", "DOC/DOCX"}
    assert set(entry["data_format"]) <= FORMATS
    assert (entry["objective"], entry["data_language"]) == (["พันธกิจหน่วยงาน"], ["ไทย"])
    assert (entry["name"], entry["owner_org"]) == ("mdes-example-action-plan-2569-q1", "mdes-example")
    assert (entry["update_frequency_unit"], entry["update_frequency_interval"]) == ("ไตรมาส", "1")
    assert (entry["data_category"], entry["data_classification"]) == ("ข้อมูลสาธารณะ", "เปิดเผย")
    assert (entry["created_date"], entry["last_updated_date"]) == ("2026-01-05", "2026-01-05")
    assert (entry["first_year_of_data"], entry["last_year_of_data"]) == ("2569", "2569")


def test_every_resource_leads_to_a_file_of_the_package(published: Path) -> None:
    entry = _json(published / "data" / "metadata.json")
    home = "https://www.example.go.th/plan/2569-q1/publication/"
    places = [resource["url"].removeprefix(home) for resource in entry["resources"]]
    files = {
        path.relative_to(published).as_posix() for kind in ("data", "reports") for path in (published / kind).iterdir()
    }
    assert set(places) == files - {"data/metadata.json"}
    assert "data/plantrack-2569-q1-dictionary.csv" in places
    assert all(resource["name"] and resource["format"] for resource in entry["resources"])
    assert entry["url"] == home + "index.html"


def test_what_the_settings_leave_blank_is_not_made_up() -> None:
    file = PublishedFile(Path("data/a.csv"), {"th": "ก", "en": "A"})
    found = Described(Q1, "ผล", ["แผน"], date(2026, 1, 5), date(2026, 1, 20), [("data/a.csv", file)])
    entry = build_entry(Config(2569, publication=Publication(objective="มติคณะรัฐมนตรี, พันธกิจหน่วยงาน")), found)
    assert not {"owner_org", "url"} & set(entry)
    assert entry["objective"] == ["มติคณะรัฐมนตรี", "พันธกิจหน่วยงาน"]
    assert [resource["url"] for resource in entry["resources"]] == ["data/a.csv"]
    assert (entry["created_date"], entry["last_updated_date"]) == ("2026-01-05", "2026-01-20")


@pytest.mark.parametrize("owner", ["", "mdes", "กระทรวงดิจิทัล", "A" * 100, "Office of the Permanent Secretary"])
def test_the_data_set_s_name_is_a_slug(owner: str) -> None:
    name = dataset_name(owner, Period(2569, 5))
    assert re.fullmatch("[a-z0-9][a-z0-9-]{1,69}", name)
    assert name.endswith("action-plan-2569-year-end")


def test_the_data_package_is_valid(published: Path) -> None:
    report = frictionless.validate(str(published / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    names = {resource["name"] for resource in _json(published / "data" / "datapackage.json")["resources"]}
    assert names == {"plans", "units", "projects", "kpis", "problems", "dictionary"}


def test_the_data_package_finds_what_is_wrong(published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(published / "data", copy)
    path = copy / "plantrack-2569-q1-kpis.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("19.9995", "เกือบครบ"), encoding="utf-8-sig")
    types = {found[0] for found in frictionless.validate(str(copy / "datapackage.json")).flatten(["type"])}
    assert "type-error" in types


def test_the_package_of_every_period_of_a_year_is_valid(published_year: Path) -> None:
    for path in published_year.glob("outbox/*/publication/data/datapackage.json"):
        assert frictionless.validate(str(path)).valid, path


def test_a_stated_zero_is_zero_and_a_little_is_that_little(published: Path) -> None:
    by_code = {row["project_code"]: row for row in _csv(published, "projects")}
    amounts = ("budget_baht", "disbursed_baht", "disbursed_percent")
    assert [by_code["P001"][key] for key in amounts] == ["49.99", "0.00", "0.00"]
    assert [by_code["P002"][key] for key in amounts] == ["", "", ""]
    page = (published / "projects" / "P001.html").read_text(encoding="utf-8")
    assert "&lt;0.0001" in page


def test_a_target_missed_by_less_than_is_printed_says_so(published: Path) -> None:
    (row,) = [row for row in _csv(published, "kpis") if row["kpi_code"] == "K01"]
    assert (row["result"], row["result_text"], row["achievement_percent"]) == ("19.9995", "", "100.00")
    assert row["outcome"] == "ยังไม่บรรลุเป้าหมาย (ใกล้เคียงเป้าหมายมาก)"


def test_a_column_more_is_an_entry_more(permitted_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry: Column[KpiRow] = Column(
        "letters", Message("t", "Letters"), lambda row: len(row.found.source.kpi.code), ColumnType.WHOLE
    )
    monkeypatch.setattr(tables, "KPIS", (*tables.KPIS, entry))
    published = _publish(permitted_root, tmp_path / "งาน")
    assert {row["letters"] for row in _csv(published, "kpis")} == {"3"}
    (defined,) = [row for row in _csv(published, "dictionary") if row["column"] == "letters"]
    assert (defined["table"], defined["title_en"], defined["type"]) == ("kpis", "Letters", "integer")
    book = load_workbook(published / "data" / "plantrack-2569-q1.xlsx")
    (sheet,) = [sheet for sheet in book if "kpis" in sheet.tables]
    assert [sheet[1][-1].value, sheet[2][-1].value] == ["letters", 3]
    (resource,) = [r for r in _json(published / "data" / "datapackage.json")["resources"] if r["name"] == "kpis"]
    assert resource["schema"]["fields"][-1]["name"] == "letters"
    assert frictionless.validate(str(published / "data" / "datapackage.json")).valid
