"""R12, R13: reports on next to nothing, and on texts as long as the forms allow, laid out as LibreOffice does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from pypdf import PageObject, PdfReader

from plan_tracker.analysis.basis.dataset import Dataset
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config
from plan_tracker.documents.report.context import build_context, write_report
from plan_tracker.documents.word.libreoffice import write_pdf
from plan_tracker.fiscal import QUARTERS
from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace
from tests.office import need_office
from tests.report.test_report import body_text
from tests.report.test_summary import GOOD, NONE_CAME, TARGETS, figures, quarter

LONG = ("ผลการดำเนินงานของโครงการเป็นไปด้วยความเรียบร้อย " * 70)[:3000]
NAME = "โครงการพัฒนาระบบบริหารจัดการและให้บริการข้อมูลดิจิทัลของหน่วยงานในสังกัดกระทรวง (ตัวอย่าง)"
UNBROKEN = "https://www.example.go.th/" + "x" * 400
LENGTHY: dict[str, Value] = GOOD | {
    "f4.objectives": LONG,
    "f6.summary": "ก" * 3000,
    "f11.result_quarter": LONG,
    "f13.problems[1].problem": UNBROKEN,
    "f13.problems[1].cause": LONG,
    "f13.problems[1].recommendation": "ม" * 500,
    "f14.schedule": c.LATE,
    "f14.next_steps": LONG,
}
# Not the sheets' headings: LibreOffice 7.4 may part one from its line although the style forbids it
HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Sheet Title", "Sheet Caption", "Caption")


def year_of(answers: Sequence[dict[str, Value] | None], states: Sequence[object] | None = None) -> ReportFigures:
    more = {} if states is None else {"states": states}
    return figures(*(quarter(answers, number=q, **more) for q in QUARTERS), year_end=True)  # type: ignore[arg-type]


REPORTS = {
    "one project, no KPI": figures(quarter([GOOD]), targets=TARGETS),
    "KPIs only": figures(quarter([], results=[Decimal(90), None]), targets=TARGETS),
    "nothing in the plan": figures(quarter([])),
    "nothing returned": figures(quarter([GOOD, GOOD, GOOD], NONE_CAME, [Decimal(90)]), targets=TARGETS),
    "a year in which nothing was returned": year_of([GOOD, GOOD], NONE_CAME),
    "a year of one project": year_of([GOOD]),
    "texts without end": figures(
        quarter([LENGTHY, GOOD, LENGTHY], results=[Decimal(10)]), quarter([LENGTHY], number=2)
    ),
}


def written(report: ReportFigures, folder: Path) -> Path:
    write_report(report, Workspace(folder, Config(2569)), folder / "r.docx")
    return folder / "r.docx"


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_is_unknown_is_never_a_word_of_the_program(report: ReportFigures, tmp_path: Path) -> None:
    text = body_text(written(report, tmp_path))
    assert not re.search(r"\bNone\b|\bnan\b|Decimal|{{|{%|undefined", text)


def test_a_plan_with_nothing_in_it_is_said_to_be_so(tmp_path: Path) -> None:
    text = body_text(written(REPORTS["nothing in the plan"], tmp_path))
    assert "ทะเบียนยังไม่มีโครงการและตัวชี้วัดของแผนนี้" in text
    assert "ประกอบด้วย ซึ่ง" not in text


@pytest.mark.office
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_page_has_text_and_no_heading_is_left_at_its_end(
    report: ReportFigures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dear for LibreOffice: once for the page numbers in the contents, once to see the pages."""
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE", raising=False)
    path = written(report, tmp_path)
    pdf = write_pdf(path, tmp_path)
    assert pdf is not None
    headings = {_squeezed(p.text) for p in Document(str(path)).paragraphs if p.style and p.style.name in HEADINGS}
    for number, page in enumerate(PdfReader(pdf).pages, 1):
        lines = _body(page)
        assert lines, f"page {number} is empty"
        last = re.sub(r"^(?:[\d.]+\)?|บทที่\d+|ภาคผนวก.)", "", lines[-1])
        assert not {lines[-1], last} & headings or len(lines) == 1 == number, f"page {number} ends with {lines[-1]}"


@pytest.mark.office
@pytest.mark.parametrize("lines", [20, 28, 32, 60])
def test_nothing_of_a_row_taller_than_a_page_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    need_office()
    cause = "\n".join(f"LINE-{number}-END" for number in range(lines))
    path, pages = _laid_out(figures(quarter([LENGTHY | {"f13.problems[1].cause": cause}])), tmp_path, monkeypatch)
    said, printed = body_text(path), "".join(pages)
    for line in cause.split("\n"):
        assert printed.count(line) == said.count(line) > 0, line


@pytest.mark.office
def test_a_plan_of_25_projects_has_its_summary_and_its_projects_on_a_page_each_and_takes_30_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With names as long as names are, a target that is missed, and a quarter before; five pages stand before it."""
    need_office()
    _path, pages = _laid_out(figures(*map(_of_25, (1, 2)), targets=TARGETS), tmp_path, monkeypatch)
    assert len(pages) <= 5 + 30
    begin = [
        next(i for i, text in enumerate(pages[4:], 4) if title in text)
        for title in ("บทสรุปผู้บริหาร", "สิ่งที่ขอให้พิจารณาและการติดตาม", "แผนในหนึ่งหน้า", "บทนำ")
    ]
    assert [after - before for before, after in pairwise(begin)] == [1, 1, 1]


@pytest.mark.office
def test_a_plan_of_120_projects_stands_at_a_glance_on_three_pages_right_after_a_page_of_what_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    _path, pages = _laid_out(figures(_of_25(1, count=120), targets=TARGETS), tmp_path, monkeypatch)
    assert len(pages) <= 5 + 60
    asked, glance, beginning = (
        next(i for i, text in enumerate(pages[4:], 4) if title in text)
        for title in ("สิ่งที่ขอให้พิจารณาและการติดตาม", "แผนในหนึ่งหน้า", "บทที่1บทนำ")
    )
    assert (glance - asked, beginning - glance) == (1, 3)


@pytest.mark.parametrize(
    ("count", "close", "rows"),
    [(27, False, 27), (28, True, 28), (34, False, 34), (60, True, 60), (87, False, 87), (120, True, 108)],
)
def test_rows_of_the_plan_on_a_page_stand_closer_where_that_saves_a_page(
    tmp_path: Path, count: int, close: bool, rows: int
) -> None:
    said = build_context(figures(_of_25(1, count=count)), Workspace(tmp_path, Config(2569)))
    assert (said.has_close_glances, len(said.glances)) == (close, rows)
    assert bool(said.glances_rest) is (rows < count)


def test_projects_that_have_no_row_of_their_own_are_told_together(tmp_path: Path) -> None:
    """The last of 109 is on time: nothing of it is at risk."""
    said = build_context(figures(_of_25(1, count=109)), Workspace(tmp_path, Config(2569)))
    assert said.glances_rest.replace("\u00a0", " ") == (
        "และอีก 1 โครงการ งบประมาณรวม 4.00 ล้านบาท เงินที่เสี่ยงรวม 0.00 ล้านบาท แสดงในบทที่ 4"
    )


def _of_25(number: int, name: str = NAME, count: int = 25) -> Dataset:
    behind = GOOD | {"f14.schedule": c.LATE, "f14.progress_percent": Decimal(5), "f8.end_date": date(2025, 12, 1)}
    made = quarter(
        [(GOOD, behind)[i % 2] for i in range(count)], results=[Decimal(60 + i) for i in range(24)], number=number
    )
    return replace(
        made,
        projects=tuple(replace(one, project=replace(one.project, name=name)) for one in made.projects),
        kpis=tuple(replace(one, kpi=replace(one.kpi, name=f"ร้อยละของ{name}")) for one in made.kpis),
    )


def test_a_long_summary_is_set_smaller(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Config(2569))
    assert build_context(figures(_of_25(1, NAME * 9), targets=TARGETS), workspace).has_long_summary
    assert not build_context(figures(_of_25(1), targets=TARGETS), workspace).has_long_summary


def test_a_project_s_name_takes_one_line_of_the_plan_on_a_page(tmp_path: Path) -> None:
    row = build_context(figures(_of_25(1)), Workspace(tmp_path, Config(2569))).glances[0]
    assert row.project == "โครงการพัฒนาระบบบริหารจัดการและให้บริกา…"
    assert row.ask == "กำหนดวันแล้วเสร็จใหม่"


def _body(page: PageObject) -> list[str]:
    """The lines between the header and the page number."""
    lines = [line for line in map(_squeezed, page.extract_text().splitlines()) if line]
    return [line for line in lines if "ข้อมูลณวันที่" not in line and not re.fullmatch("[ก-ฮ]|[๐-๙0-9]+", line)]


def _laid_out(report: ReportFigures, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """The document, written without page numbers, and the squeezed text of each page as LibreOffice prints it."""
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    path = written(report, folder)
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    pdf = write_pdf(path, folder)
    assert pdf is not None
    return path, [_squeezed(page.extract_text()) for page in PdfReader(pdf).pages]


def _squeezed(text: str) -> str:
    """Without spaces, and with the sign of ำ as the document has it: PDF writes it in two."""
    return "".join(text.split()).replace("ำา", "ำ")
