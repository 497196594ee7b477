"""R10, R12: what units type is text, in every field of the forms: never a tag, a field, a formula or markup."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from plan_tracker.analysis.basis.dataset import Dataset
from plan_tracker.config import Config
from plan_tracker.documents.report.context import write_report
from plan_tracker.documents.word.libreoffice import write_pdf
from plan_tracker.documents.wording import clean, localise
from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.store.reporting.reports import Volume
from plan_tracker.values import Answer, Entry
from plan_tracker.workspace.folders import Workspace
from tests.desk import Desk
from tests.office import need_office
from tests.report.test_report import body_text, figures_of
from tests.report.test_summary import GOOD, KPI, quarter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPED = (
    '=HYPERLINK("http://x.example")+{{ 7*7 }}{% raise %}{# c #}{{{{ x }}}}<w:p/><w:instrText>&amp;]]><!-- -->'
    "<?pi?> { PAGE \\* MERGEFORMAT } \u202eกลับ\u202c\u200b\u00adจบ"
)
READ = TYPED.replace("\u200b", "").replace("\u00ad", "")  # signs without width are no part of an answer
BINARY = TYPED + "\x00\x07\x08\x0b\x0c\x1f\x7f\x85\u2028\ufdd0\ufffe\uffff \ud800 ปลาย"
FIELD_CODES = {"TOC", "PAGEREF", "SEQ", "PAGE"}  # those of the templates, and of the contents that are made


def inert(path: Path) -> str:
    """The text of a DOCX, once it is seen to be well formed, without fields or links but its own."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        document = etree.fromstring(package.read("word/document.xml"))
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    codes = {(code.text or "").split()[0].upper() for code in document.iter(f"{W}instrText")}
    assert codes <= FIELD_CODES
    assert not any(one.get("TargetMode") == "External" for one in relations)
    return body_text(path)


def shown(text: str) -> str:
    return localise(clean(text), True)


def every_answer() -> Dataset:
    """A project and a KPI that are answered with all that is hostile, field by field, each with its key."""
    data = quarter([GOOD], results=[None])
    texts = {key: f"{BINARY}|{key}|" for key in CURRENT.form1.inputs}
    answers = {key: Answer(text, "D1") for key, text in texts.items()}
    kpi = {key: Answer(f"{BINARY}|{key}|", "D1") for key in CURRENT.form2.inputs}
    own = {key: Answer(f"{BINARY}|{key}|", "D1") for key in CURRENT.unit.inputs}
    return replace(
        data,
        units=tuple(replace(one, entry=Entry("sheet", own)) for one in data.units),
        projects=tuple(replace(one, entry=Entry("sheet", answers)) for one in data.projects),
        kpis=tuple(replace(one, kpi=replace(KPI, name=BINARY), entry=Entry("sheet", kpi)) for one in data.kpis),
    )


def printed_keys() -> Iterator[str]:
    """The keys whose answers a report prints: neither those of contact persons nor notes to the officer.

    Amounts are left out: what can't be read as one is a finding, and never comes this far as a text.
    """
    for key, field in CURRENT.form1.inputs.items():
        if not key.endswith(".note") and field.kind is not FieldKind.MONEY and not field.part_of:
            yield key


def test_every_field_of_a_project_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    for volume in Volume:
        write_report(
            figures_of(every_answer()), Workspace(tmp_path, Config(2569)), tmp_path / f"{volume}.docx", volume=volume
        )
    text = "\n".join(inert(tmp_path / f"{volume}.docx") for volume in Volume)
    for key in printed_keys():
        assert f"{shown(BINARY)}|{shown(key)}|" in text, key
    assert "|k.details|" in text
    assert "\u202e" not in text  # it would turn round what others have written after it
    assert not any(f"|{shown(key)}|" in text for key in CURRENT.unit.inputs)  # no person's name


@pytest.mark.office
def test_a_report_of_hostile_answers_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE", raising=False)
    write_report(figures_of(every_answer()), Workspace(tmp_path, Config(2569)), tmp_path / "r.docx")
    assert write_pdf(tmp_path / "r.docx", tmp_path) is not None


def test_a_form_full_of_it_goes_all_the_way(desk: Desk) -> None:
    """From the form through the correction list, form and letter, and the waiver, to the reports and their letters."""
    form = desk.newest_form("YS")
    keys = [f"{code}/{key}" for code in form.projects for key in CURRENT.form1.inputs]
    keys += [f"{code}/{key}" for code in form.kpis for key in CURRENT.form2.inputs]
    keys += [f"YS/{key}" for key in CURRENT.unit.inputs]
    long = {key: TYPED + "ย" * 32_000 for key in keys if key.endswith(("f6.summary", "f11.result_quarter"))}
    desk.send_back("YS", dict.fromkeys(keys, TYPED) | long)
    result = desk.run("ingest")
    assert result["files"][0]["outcome"] == "incomplete", result
    (correction,) = result["corrections"]
    assert_no_formula_of(desk.root / correction["list"])
    assert_no_formula_of(desk.root / correction["form"])
    inert(desk.root / correction["letter"])
    desk.run("accept", "q1", "YS", "--because", TYPED, expect=0)
    desk.run("circulate", "q1", "--order", TYPED, "--date", "2026-01-10")
    for made in desk.run("report", "q1")["reports"]:
        text = inert(desk.root / made["path"])
        assert shown(READ) in text
        assert shown(READ + "ย" * 32_000) in text
    for letter in desk.run("letters", "list", "q1")["letters"]:
        inert(desk.root / letter["path"])


def assert_no_formula_of(path: Path) -> None:
    """What was typed stands in cells as text; the formulas are those of the form."""
    found = False
    for sheet in openpyxl.load_workbook(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            said = isinstance(cell.value, str) and "MERGEFORMAT" in cell.value
            assert not said or cell.data_type == "s", cell.coordinate
            found = found or said
    assert found


def test_every_kind_of_field_is_among_them() -> None:
    asked = {**CURRENT.form1.inputs, **CURRENT.unit.inputs}
    assert {field.kind for field in asked.values()} >= set(FieldKind) - {FieldKind.NUMBER}
