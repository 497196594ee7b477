"""A published year against the reports behind it: its figures, its two languages, whom it does not name (R19)."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from docx import Document
from lxml import html
from openpyxl import load_workbook

from plan_tracker.atomic import unfinished_name
from plan_tracker.fiscal import MONTHS, Period, arabic_digits
from plan_tracker.forms.definition.versions import private_fields
from plan_tracker.merging.reports.plan_figures import figures_on_record
from plan_tracker.publication.site.english import in_english
from plan_tracker.publication.site.periods import relist
from plan_tracker.publication.site.words import marked
from plan_tracker.rounding import half_up
from plan_tracker.store import Store
from tests.desk import TABLES, Desk
from tools.make_catalogue import read_catalogue

PERIODS = ("q1", "q2", "q3", "q4", "year-end")
PLANS = ("ops", "ministry")
_THAI = re.compile("[\u0e00-\u0e7f]")
_SAID_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "data-label", "data-text")
_PRIVATE = private_fields().keys() - {"u.certifier_position", "u.certified_date"}


def _package(root: Path, period: str) -> Path:
    return root / "outbox" / f"2569-{period}" / "publication"


# The figures


class _Report:
    """The tables of an approved report, by what stands in them."""

    def __init__(self, package: Path, period: str, plan: str) -> None:
        document = Document(str(package / "reports" / f"2569-{period}-{plan}.docx"))
        self.tables = [
            [[" ".join(arabic_digits(cell.text).split()) for cell in row.cells] for row in table.rows]
            for table in document.tables
        ]

    def rows(self, *heads: str) -> Iterator[dict[str, str]]:
        """The rows of every table whose heading row begins with ``heads``."""
        for head, *rows in self.tables:
            if tuple(head[: len(heads)]) == heads:
                yield from (dict(zip(head, row, strict=True)) for row in rows)


def _listed(package: Path, page: str, table: str) -> dict[str, dict[str, str]]:
    """A list of a page: each row's texts by their column's key, by the row's name."""
    found = html.parse(str(package / f"{page}.html")).getroot().get_element_by_id(table)
    keys = [head.get("data-key") for head in found.xpath("./thead/tr/th")]
    rows = {}
    for row in found.xpath("./tbody/tr"):
        name = row.xpath("./th")[0].text_content()
        rows[name] = {str(key): str(cell.text_content()) for key, cell in zip(keys, row, strict=True)}
    return rows


def _data(package: Path, period: str, table: str) -> list[dict[str, Any]]:
    """The rows of the JSON file, after CSV and XLSX have been seen to say the same."""
    told = json.loads((package / "data" / f"plantrack-2569-{period}.json").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = told[table]
    text = (package / "data" / f"plantrack-2569-{period}-{table}.csv").read_text(encoding="utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    book = load_workbook(package / "data" / f"plantrack-2569-{period}.xlsx")
    sheet = next(sheet for sheet in book if table in sheet.tables)
    assert head == [cell.value for cell in sheet[1]] == [d["column"] for d in told["dictionary"] if d["table"] == table]
    for row, line, cells in zip(rows, lines, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        for value, in_csv, in_xlsx in zip(row.values(), line, cells, strict=True):
            if isinstance(value, int | float):
                assert Decimal(in_csv) == Decimal(str(in_xlsx)) == Decimal(str(value))
            else:
                assert (in_csv.removeprefix("'"), in_xlsx or "") == (value or "", value or "")
    return rows


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{Decimal(str(value)):,.2f}"


def _million(value: float | None) -> str:
    return "–" if value is None else f"{half_up(Decimal(str(value)) / 1_000_000, 4):,f}"


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_unit_s_figures_are_those_of_the_report(published_year: Path, period: str, plan: str) -> None:
    package = _package(published_year, period)
    listed = _listed(package, "units", f"units-{plan}")
    data = {row["unit_name"]: row for row in _data(package, period, "units") if row["plan"] == plan}
    printed = list(_Report(package, period, plan).rows("หน่วยงาน", "การรายงาน"))
    printed = [row for row in printed if not row["หน่วยงาน"].startswith("รวม")]
    assert len(printed) == len(listed) == len(data) > 0
    for row in printed:
        shown = listed[row["หน่วยงาน"]]
        said = next(found for name, found in data.items() if row["หน่วยงาน"].startswith(name))
        expected = {
            "projects": (row["โครงการ"], _count(said["projects"])),
            "completed": (row["แล้วเสร็จ"], _count(said["completed"])),
            "late": (row["ล่าช้า"], _count(said["late"])),
            "planned": (row["แผนเฉลี่ย (ร้อยละ)"], _percent(said["planned_percent"])),
            "actual": (row["ผลเฉลี่ย (ร้อยละ)"], _percent(said["progress_percent"])),
            "money.budget": (row["งบประมาณ (ล้านบาท)"], _million(said["budget_baht"])),
            "money.disbursed": (row["เบิกจ่าย (ล้านบาท)"], _million(said["disbursed_baht"])),
            "money.percent": (row["เบิกจ่าย (ร้อยละ)"], _percent(said["disbursed_percent"])),
            "state": (row["การรายงาน"], shown["state"]),
        }
        assert {key: (shown[key], shown[key]) for key in expected} == expected


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_project_s_figures_are_those_of_the_report(published_year: Path, period: str, plan: str) -> None:
    package = _package(published_year, period)
    listed = _listed(package, "projects", "projects")
    data = {row["project_name"]: row for row in _data(package, period, "projects")}
    printed = [row for row in _Report(package, period, plan).rows("ที่", "โครงการ", "สถานะ") if row["ที่"].isdigit()]
    assert len(printed) == sum(plan in row["plans"].split() for row in data.values()) > 0
    for row in printed:
        name = row["โครงการ"].partition(" ")[2]  # its code comes before it
        shown, said = listed[name], data[name]
        expected = {
            "planned": (row["แผน (ร้อยละ)"], _percent(said["planned_percent"])),
            "actual": (row["ผล (ร้อยละ)"], _percent(said["progress_percent"])),
            "money.budget": (row["งบประมาณ (ล้านบาท)"], _million(said["budget_baht"])),
            "money.percent": (row["เบิกจ่าย (ร้อยละ)"], _percent(said["disbursed_percent"])),
        }
        assert {key: (shown[key], shown[key]) for key in expected} == expected
        assert row["สถานะ"].split()[0] == shown["stage"] == said["stage"]
        page = html.parse(str(package / "projects" / f"{said['project_code']}.html")).getroot()
        facts = [node.text_content() for node in page.xpath("//dl[@class='facts']")[0].xpath("./dd")]
        assert facts[5:10] == [
            *(row[head] for head in ("แผน (ร้อยละ)", "ผล (ร้อยละ)", "งบประมาณ (ล้านบาท)")),
            *(row[head] for head in ("เบิกจ่าย (ล้านบาท)", "เบิกจ่าย (ร้อยละ)")),
        ]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_kpi_s_figures_are_those_of_the_report(published_year: Path, period: str, plan: str) -> None:
    package = _package(published_year, period)
    listed = _listed(package, "kpis", f"kpis-{plan}")
    data = {row["kpi_name"]: row for row in _data(package, period, "kpis") if row["plan"] == plan}
    rows = _Report(package, period, plan).rows("ที่", "ตัวชี้วัด", "เป้าหมายทั้งปี")
    printed = [row for row in rows if row["ที่"].isdigit()]  # a row of details follows each
    assert len(printed) == len(listed) == len(data) > 0
    quarter_target = "เป้าหมายไตรมาสที่ 4" if period == "year-end" else "เป้าหมายไตรมาสนี้"
    for row in printed:
        name = next(name for name in listed if row["ตัวชี้วัด"].startswith(name))
        shown, said = listed[name], data[name]
        assert shown["target"] == row["เป้าหมายทั้งปี"] == _plain(said["target"])
        assert shown["quarter_target"] == row[quarter_target] == _plain(said["quarter_target"])
        assert shown["result"] == row["ผล"] == _plain(said["result"])
        assert shown["percent"] == row["ผลสำเร็จ (ร้อยละ)"] == _percent(said["achievement_percent"])
        assert shown["outcome"] == row["สรุป"].removesuffix(" (ผ่อนผัน)") == said["outcome"]


def _plain(value: float | str | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{Decimal(str(value)).normalize():,f}"


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("plan", PLANS)
def test_the_plan_s_figures_are_those_of_the_report(published_year: Path, period: str, plan: str) -> None:
    package = _package(published_year, period)
    section = html.parse(str(package / "index.html")).getroot().xpath(f"//section[@aria-labelledby='plan-{plan}']")[0]
    shown = ["|".join(cell.text_content() for cell in row) for row in section.xpath(".//tbody/tr")]
    report = _Report(package, period, plan)
    total = {row["รายการ"]: row["รวม"] for row in report.rows("รายการ", "รายจ่ายประจำ", "รายจ่ายลงทุน", "รวม")}
    heads = ("งบประมาณ (ล้านบาท)", "ก่อหนี้ผูกพัน (ล้านบาท)", "เบิกจ่าย (ล้านบาท)", "คงเหลือ (ล้านบาท)")
    assert "|".join(["รวม", *(total[head] for head in heads), total["เบิกจ่าย (ร้อยละ)"]]) in shown
    (said,) = [row for row in _data(package, period, "plans") if row["plan"] == plan]
    assert total["งบประมาณ (ล้านบาท)"] == _million(said["budget_baht"])
    assert total["เบิกจ่าย (ร้อยละ)"] == _percent(said["disbursed_percent"])
    for stage in report.rows("ขั้นการดำเนินการ"):
        if stage["ขั้นการดำเนินการ"] != "รวม":
            assert f"{stage['ขั้นการดำเนินการ']}|{stage['รวม']}" in shown
    quarters = list(report.rows("ไตรมาส", "หน่วยงาน", "โครงการ"))
    assert len(quarters) == (0 if period == "q1" else 4 if period == "year-end" else int(period[1]))
    for quarter in quarters:
        told = [quarter[head] for head in ("ไตรมาส", "หน่วยงาน", "แล้วเสร็จ", "ล่าช้า", "แผน (ร้อยละ)", "ผล (ร้อยละ)")]
        told += [quarter[head] for head in ("ผล ชุดเดียวกัน", "เบิกจ่าย (ร้อยละ)", "เบิกจ่าย ชุดเดียวกัน", "ตัวชี้วัดบรรลุ")]
        assert "|".join(told) in shown


def test_the_year_s_page_tells_the_quarters_as_the_report_does(published_year: Path) -> None:
    package = _package(published_year, "year-end")
    page = html.parse(str(package / "year.html")).getroot()
    shown = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    units = list(_Report(package, "year-end", "ops").rows("หน่วยงาน", "ผล ไตรมาส 1"))
    assert units
    for row in units:
        assert [row[f"ผล ไตรมาส {n}"] for n in (1, 2, 3, 4)] in [cells[1:] for cells in shown]
        assert [row[f"เบิกจ่าย ไตรมาส {n}"] for n in (1, 2, 3, 4)] in [cells[1:] for cells in shown]
    for row in _Report(package, "year-end", "ops").rows("ตัวชี้วัด", "หน่วยงาน", "เป้าหมายทั้งปี"):
        assert [row[f"ไตรมาส {n}"] for n in (1, 2, 3, 4)] in [cells[4:8] for cells in shown]


def test_the_year_s_units_page_names_what_each_quarter_lacked(published_year: Path) -> None:
    package = _package(published_year, "year-end")
    page = html.parse(str(package / "units.html")).getroot()
    shown = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    told = (_Report(package, "year-end", plan).rows("ที่", "ไตรมาส", "หน่วยงาน", "สถานะ") for plan in PLANS)
    lacking = list(chain.from_iterable(told))
    assert {row["ไตรมาส"] for row in lacking} - {"4"}
    for row in lacking:
        assert [row[head] for head in ("ไตรมาส", "หน่วยงาน", "สถานะ", "เหตุผล")] in shown


# The English frame


def test_on_english_pages_whatever_is_thai_says_so_and_is_somebody_s_own_words(published_year: Path) -> None:
    typed = _typed(published_year)
    ours = {_squeezed(text) for message in read_catalogue("th") if message.context for text in said_by(message)}
    ours -= {_squeezed(str(row["measure"])) for row in TABLES["kpis"]}  # what the register says itself
    month = re.compile(rf"\d+ ({'|'.join(MONTHS)}) 25\d\d")
    seen = set()
    for period in ("q1", "q3", "year-end"):
        for path in sorted((_package(published_year, period) / "en").rglob("*.html")):
            for text, language in _texts(html.parse(str(path)).getroot()):
                assert language == "th" or not _THAI.search(text), (path.name, text)
                if _THAI.search(text) and text != "ภาษาไทย":
                    seen.add(text)
                    assert _squeezed(text) in typed, (path.name, text)
                    assert _squeezed(text) not in ours, (path.name, text)
                    assert not month.fullmatch(text), (path.name, text)
    assert len(seen) > 10


def said_by(message: Message) -> tuple[str, ...]:
    """The translation, or those of one and of many."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _texts(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Every text of the page and of the attributes that are read out, with its language."""
    for node in root.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        language = next(iter(node.xpath("ancestor-or-self::*[@lang][1]/@lang")), "")
        yield from ((str(node.get(name)), "attribute") for name in _SAID_ATTRIBUTES if node.get(name))
        if node.text and node.text.strip():
            yield node.text.strip(), language
        for child in node:
            if child.tail and child.tail.strip():
                yield child.tail.strip(), language


def _typed(root: Path) -> str:
    """All that units, the register and the settings say, without spaces."""
    store = Store(root / "data" / "plantrack.db")
    said = [str(value) for table in TABLES.values() for row in table for value in row.values()]
    said += [(root / "config.toml").read_text(encoding="utf-8"), "ผู้บริหารต้องการใช้ข้อมูล"]
    for number in (1, 2, 3, 4):
        for kept in store.returns(Period(2569, number)):
            for entry in store.answers.entries(kept.id).values():
                said += [entry.text(key) for key in entry.answers]
    store.close()
    said += [f"{unit['name']} ({unit['short']})" for unit in TABLES["units"]]
    said.append(", ".join(str(plan["name"]) for plan in TABLES["plans"]))
    return _squeezed("\n".join(said))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_thai_within_an_english_sentence_is_marked_and_escaped() -> None:
    assert marked("Report on แผน <ก> (ข)", "en") == 'Report on <span lang="th">แผน &lt;ก&gt; (ข)</span>'
    assert marked("แผน & <b>", "th") == "แผน &amp; &lt;b&gt;"
    assert marked("A & B", "en") == "A &amp; B"


# Nothing personal


def test_no_contact_person_of_any_return_is_in_any_byte(published_year: Path) -> None:
    store = Store(published_year / "data" / "plantrack.db")
    private = set()
    for number in (1, 2, 3, 4):
        for kept in store.returns(Period(2569, number)):
            for entry in store.answers.entries(kept.id).values():
                private |= {_bare(entry.text(key)) for key in _PRIVATE}
    store.close()
    private -= {""}
    assert len(private) >= 3
    for period in PERIODS:
        for path in sorted(p for p in _package(published_year, period).rglob("*") if p.is_file()):
            for name, content in _unpacked(path.name, path.read_bytes()):
                text = content.decode("utf-8", errors="replace")
                for said in (_bare(text), _bare(re.sub("<[^>]*>", "", text))):
                    assert not [value for value in private if value in said], (path.name, name)


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and whatever is packed in them, however deep."""
    yield name, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _unpacked(member, archive.read(member))


def _bare(text: str) -> str:
    return re.sub(r"[\s().-]", "", arabic_digits(text)).lower()


# The periods


def test_publishing_a_later_period_touches_nothing_of_an_earlier_package_but_its_list(
    published_year: Path, tmp_path: Path
) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(published_year, root)
    package = _package(root, "q1")
    for gone in ("q2", "q3", "q4"):
        shutil.rmtree(_package(root, gone))
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    Desk(root).run("publish", "q3", expect=0)
    changed = {path.relative_to(package).as_posix() for path, told in before.items() if path.read_bytes() != told}
    assert changed == {"periods.html", "en/periods.html"}
    assert {path for path in package.rglob("*") if path.is_file()} == set(before)
    linked = re.findall(r'href="([^"]+)/index.html">', (package / "periods.html").read_text(encoding="utf-8"))
    assert linked[-2:] == ["../../2569-q3/publication", "../../2569-year-end/publication"]
    assert all((package / link / "index.html").is_file() for link in linked[-2:])


def test_a_page_of_another_period_that_can_t_be_written_is_told_after_the_publication(
    published_year: Path, tmp_path: Path
) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(published_year, root)
    page = _package(root, "q1") / "periods.html"
    page.write_text(page.read_text(encoding="utf-8").replace("2569-q3", "2569-q9"), encoding="utf-8")
    unfinished_name(page).mkdir()
    desk = Desk(root)
    before = len(desk.run("log")["events"])
    published = desk.run("publish", "q2", expect=1)
    assert published["not_relisted"] == ["outbox/2569-q1/publication/periods.html"]
    assert [event["what"] for event in desk.run("log")["events"][before:]] == ["publish"]
    assert "outbox/2569-q1/publication/periods.html" in desk.invoke("publish", "q2").output


def test_a_list_that_can_t_be_replaced_stays_as_it_was(
    published_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "publication"
    shutil.copytree(_package(published_year, "q1"), package)
    before = (package / "periods.html").read_bytes()

    def fail(*_arguments: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", fail)
    assert relist(package, Period(2569, 1), []) == ([], [package / "periods.html", package / "en" / "periods.html"])
    assert (package / "periods.html").read_bytes() == before


# What pages show beside figures


def test_the_front_page_says_first_what_happened_and_what_changed(published_year: Path) -> None:
    def first(period: str) -> str:
        page = html.parse(str(_package(published_year, period) / "index.html")).getroot()
        (lead, *_others) = page.find_class("lead")
        assert lead.getparent().xpath("./*").index(lead) == 2, "after the plan's name and whose it is"
        return " ".join(str(lead.text_content()).split())

    assert "ไตรมาสแรก" in first("q1")
    assert "ได้รับรายงาน 2 จาก 2 โครงการ ยังไม่มีโครงการที่แล้วเสร็จ ล่าช้ากว่าแผน 1 โครงการ" in first("q2")
    assert "เมื่อเทียบกับไตรมาสที่ 1" in first("q2")
    assert "คาดการณ์:" in first("q2")
    assert "ในรอบปี มีโครงการแล้วเสร็จ 2 โครงการ" in first("year-end")


def test_bars_stand_on_rails_that_mean_the_whole(published_year: Path) -> None:
    page = html.parse(str(_package(published_year, "q2") / "index.html")).getroot()
    chart = page.xpath("//*[local-name()='svg'][@aria-label='โครงการจำแนกตามสถานะ']")[0]
    (rail,) = {float(one.get("width")) for one in chart.find_class("rail")}
    bars = [float(one.get("width")) for one in chart.find_class("bar")]
    said = [re.fullmatch(r"(\d+)(?: \(ล่าช้า (\d+)\))?", one.text) for one in chart.find_class("value")]
    counts = [int(found[1]) for found in said if found and found[1] != "0"]
    assert sum(counts) == 2
    assert bars == pytest.approx([rail * count / 2 for count in counts], abs=0.1)
    late = [int(found[2]) for found in said if found and found[2]]
    marked_parts = [float(one.get("width")) for one in chart.find_class("part")]
    assert marked_parts == pytest.approx([rail * count / 2 for count in late], abs=0.1)
    assert late == [1]


def test_a_project_has_a_timeline_with_its_forecast_and_the_map_its_provinces(published_year: Path) -> None:
    package = _package(published_year, "q2")
    project = html.parse(str(package / "projects" / "P001.html")).getroot()
    assert len(project.find_class("late")) == 1, "behind its plan, it ends later"
    assert "แผนดำเนินการตั้งแต่ 1 ต.ค. 68 ถึง 30 ก.ย. 69" in project.text_content()
    for home, names in (("", {"ภูเก็ต: 1", "เชียงใหม่: 1"}), ("en/", {"Phuket: 1", "Chiang Mai: 1"})):
        page = html.parse(str(_package(published_year, "q1") / home / "provinces.html")).getroot()
        titles = [str(one.text_content()) for one in page.xpath("//*[local-name()='path']")]
        assert len(titles) == 77
        assert {title for title in titles if not title.endswith(": 0")} == names
        links = page.xpath("//tbody//a/@href")
        assert links.count("projects/P003.html") == 2


def test_a_report_in_english_has_the_register_s_names_everywhere(published_year: Path) -> None:
    store = Store(published_year / "data" / "plantrack.db")
    record = store.reports.newest(Period(2569, 2))
    assert record is not None
    report = figures_on_record(store, record)[0]
    store.close()
    first, *others = report.now.projects
    source = replace(first.source, project=replace(first.source.project, name_en="Tracking"))
    source = replace(source, unit=replace(source.unit, name_en="Strategy"))
    now = replace(report.now, projects=(replace(first, source=source), *others))
    named = in_english(replace(report, quarters=(*report.quarters[:-1], now)))
    assert named.now.projects[0].source.project.name == "Tracking"
    assert (named.now.projects[0].source.unit.name, named.now.projects[0].source.unit.short) == ("Strategy", "Strategy")
    assert named.now.projects[1] is others[0]
    assert named.now.summary is report.now.summary
