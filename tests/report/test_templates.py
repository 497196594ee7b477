"""Templates stay editable in Word, and are looked through before they are used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from plan_tracker import __version__
from plan_tracker.documents.report.template_check import Flaw, check_template
from plan_tracker.documents.report.template_fields import report_fields, required_fields
from plan_tracker.i18n import THAI
from plan_tracker.workspace.folders import bundled_templates, file_sha256
from plan_tracker.workspace.template_history import RECORD
from tests.desk import Desk
from tools import make_letter_templates, make_report_template
from tools.make_templates_page import PAGE, templates_page
from tools.parts import read_parts

KNOWN = report_fields()


@pytest.mark.parametrize("make", [make_report_template.main, make_letter_templates.main])
def test_the_committed_templates_are_what_their_scripts_make(make: Callable[[Path], None], tmp_path: Path) -> None:
    """R4, R12: run ``make templates`` after a script has changed. Archives differ by their times, so parts are held
    against parts."""
    make(tmp_path)
    assert any(tmp_path.iterdir())
    for made in tmp_path.iterdir():
        assert read_parts(made) == read_parts(bundled_templates() / "docx" / made.name), made.name


@pytest.mark.parametrize("path", sorted((bundled_templates() / "docx").iterdir()), ids=lambda path: path.name)
def test_every_style_is_based_on_one_that_there_is(path: Path) -> None:
    styles = Document(str(path)).styles.element
    keys = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    assert {base.get(qn("w:val")) for base in styles.iter(qn("w:basedOn"))} <= keys


def test_a_template_that_has_not_changed_is_left_alone(tmp_path: Path) -> None:
    make_report_template.main(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    make_report_template.main(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def check(tmp_path: Path, write: Callable[[DocumentObject], object]) -> list[Flaw]:
    document = Document()
    document.add_paragraph("ย่อหน้าแรก")
    write(document)
    document.save(str(tmp_path / "report.docx"))
    return check_template(tmp_path / "report.docx", KNOWN, {}, strict=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ plan.nam }}", "plan.name"),
        ("{{ paln.name }}", "plan"),
        ("{{ plan.name }", "{{"),
        ("plan.name }}", "}}"),
        ("{% fro u in units %}", "for"),
        ("{% for u in units %}", "endfor"),
        ("{% for u of units %}{% endfor %}", "u of units"),
        ("{% endif %}", "endif"),
        ("{% else %}", "else"),
        ("{% if has_missing %}{% endfor %}{% endif %}", "endif"),
        ("{% for u in units %}{{ u.nmae }}{% endfor %}", "u.name"),
        ("{{ plan.name|uper }}", "uper"),
        ("{{ plan.name + }}", "plan.name +"),
        ("{{ plan['nam'] }}", "plan.name"),
        ("{% for u in units[:3] %}{{ u.nmae }}{% endfor %}", "u.name"),
        ("{%tr endif %}", "tr"),
        ("{{ plan }}", "plan"),
        ("{{ units }}", "units"),
        ("{% for u in units %}{{ u }}{% endfor %}", "u"),
        ("{{ has_missing }}", "{% if has_missing %}"),
        ("{{ table_number }}", "{{ table_number() }}"),
        ("{{ table_number(3) }}", "{{ table_number() }}"),
        ("{{ plan.name() }}", "{{ plan.name }}"),
        ("{{ loop.index }}", "loop"),
        ("{% if has_missing %}{% else %}{% else %}{% endif %}", "else"),
        ("{% if has_missing %}{% else %}{% elif has_returns %}{% endif %}", "elif"),
    ],
)
def test_what_is_wrong_is_named_by_its_paragraph(tmp_path: Path, text: str, said: str) -> None:
    flaws = check(tmp_path, lambda document: document.add_paragraph(text))
    assert flaws
    assert {(flaw.part, flaw.paragraph, flaw.text, flaw.is_error) for flaw in flaws} == {("body", 2, text, True)}
    assert said in " ".join(flaw.message + flaw.advice for flaw in flaws)


@pytest.mark.parametrize(
    "text",
    [
        "{{ plan.name }} {{ problems|length }} {{ table_number() }} {# ไว้เตือนกัน #}",
        "{% for u in units %}{{ loop.index }} {{ u.money.budget }}{% endfor %}",
        "{% for u in units %}{% for p in u.rows %}{{ p.name }}{% endfor %}{% endfor %}",
        "{% for u in units[:-1] %}{{ u['name'] }}{% endfor %}{{ units[-1].name }}",
        "{% if kpi.not_rated != ‘0’ %}{{ kpi.total }}{% elif has_returns %}{% else %}{% endif %}",
        "ข้อความ { ธรรมดา } 100 %",
    ],
)
def test_what_works_is_not_complained_of(tmp_path: Path, text: str) -> None:
    assert check(tmp_path, lambda document: document.add_paragraph(text)) == []


def test_a_tag_that_formatting_splits_still_works_and_one_over_two_paragraphs_is_told(tmp_path: Path) -> None:
    def write(document: DocumentObject) -> None:
        split = document.add_paragraph("{")
        split.add_run("{ plan.").bold = True
        split.add_run("name }}")
        document.add_paragraph("{{ plan.")
        document.add_paragraph("name }}")

    assert [flaw.paragraph for flaw in check(tmp_path, write)] == [3, 4]


def test_a_flaw_in_a_table_or_a_header_is_placed_there(tmp_path: Path) -> None:
    def write(document: DocumentObject) -> None:
        document.add_table(2, 3).cell(1, 2).text = "{{ nothing }}"
        document.sections[0].header.paragraphs[0].text = "{{ nowhere }}"

    inside, above = check(tmp_path, write)
    assert [word for word in inside.place.split() if word.strip(",").isdigit()] == ["1,", "2,", "3"]
    assert (above.part, above.paragraph) == ("header", 1)


def test_the_headers_of_first_and_even_pages_are_looked_at_too(tmp_path: Path) -> None:
    def write(document: DocumentObject) -> None:
        section = document.sections[0]
        section.first_page_header.paragraphs[0].text = "{{ first }}"
        section.even_page_footer.paragraphs[0].text = "{{ even }}"

    assert [(flaw.part, flaw.text) for flaw in check(tmp_path, write)] == [
        ("header", "{{ first }}"),
        ("footer", "{{ even }}"),
    ]


@pytest.mark.parametrize(
    ("texts", "at"),
    [
        (["{%p for u in units %}", "{{ u.name }}", "{% endfor %}"], [4]),
        (["{%p if has_missing %}", "{% else %}", "{%p endif %}"], [3]),
        (["{%p if has_missing %}", "{%p for u in units %}", "{%p endif %}"], [3]),
        (["{%p if has_missing %}", "{% for u in units %}", "{%p endif %}"], [3]),
    ],
)
def test_tags_that_do_not_belong_together_are_named_where_they_stand(
    tmp_path: Path, texts: list[str], at: list[int]
) -> None:
    flaws = check(tmp_path, lambda document: [document.add_paragraph(text) for text in texts])
    assert [flaw.paragraph for flaw in flaws] == at


def test_a_loop_over_rows_is_closed_by_one_over_rows(tmp_path: Path) -> None:
    def write(document: DocumentObject) -> None:
        table = document.add_table(3, 1)
        for row, text in zip(table.rows, ("{%p for u in units %}", "{{ u.name }}", "{%tr endfor %}"), strict=True):
            row.cells[0].text = text

    (flaw,) = check(tmp_path, write)
    assert (flaw.text, "{%p endfor %}" in flaw.advice) == ("{%tr endfor %}", True)


def test_a_report_is_not_made_from_a_faulty_template(desk: Desk) -> None:
    edited = desk.root / "templates" / "docx" / "report.docx"
    document = Document(str(bundled_templates() / "docx" / "report.docx"))
    document.paragraphs[-1].add_run("{{ plan.nmae }}")
    document.save(str(edited))
    refused = desk.invoke("report", "q1")
    assert refused.exit_code == 2
    assert "plan.nmae" in refused.output
    assert "templates check" in refused.output
    assert not list((desk.root / "outbox").rglob("2569-q1-ops*.docx"))


@pytest.mark.parametrize("tag", ["{{ total.projects + 1 }}", "{{ 1 / 0 }}", "{{ problems|length > 'x' }}"])
def test_a_tag_that_can_not_be_computed_is_the_templates_fault(desk: Desk, tag: str) -> None:
    document = Document(str(bundled_templates() / "docx" / "report.docx"))
    document.paragraphs[-1].add_run(tag)
    document.save(str(desk.root / "templates" / "docx" / "report.docx"))
    refused = desk.invoke("report", "q1")
    assert refused.exit_code == 2
    assert "report.docx" in refused.output


def test_a_tag_among_tracked_changes_is_told(tmp_path: Path) -> None:
    def write(document: DocumentObject) -> None:
        paragraph = document.add_paragraph("{{ plan.name }}")._p
        inserted = OxmlElement("w:ins")
        inserted.extend(list(paragraph.iterchildren(qn("w:r"))))
        paragraph.append(inserted)

    assert [flaw.paragraph for flaw in check(tmp_path, write)] == [2]


def test_a_report_without_a_required_part_is_an_error_and_a_letter_without_a_field_a_warning(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "x.docx"))
    required = required_fields(THAI, year_end=False)
    strict = check_template(tmp_path / "x.docx", KNOWN, required, strict=True)
    assert len(strict) == len(required)
    assert all(flaw.is_error for flaw in strict)
    assert {why for why in required.values() if why in "".join(flaw.advice for flaw in strict)} == {*required.values()}
    assert not any(flaw.is_error for flaw in check_template(tmp_path / "x.docx", KNOWN, required, strict=False))


def test_the_command_says_what_is_wrong_and_exits_with_1(desk: Desk) -> None:
    assert desk.run("templates", "check", expect=0)["flaws"] == []
    edited = desk.root / "templates" / "docx" / "report.docx"
    document = Document(str(bundled_templates() / "docx" / "report.docx"))
    document.paragraphs[0].add_run("{{ plan.nmae }}")
    document.save(str(edited))
    (desk.root / "templates" / "docx" / "L1-memo.docx").write_bytes(b"PK broken")
    (desk.root / "templates" / "xlsx" / "form.xlsx").write_bytes(b"broken")
    flaws = desk.run("templates", "check", expect=1)["flaws"]
    assert {(flaw["file"], flaw["paragraph"]) for flaw in flaws} == {
        ("report.docx", 1),
        ("L1-memo.docx", None),
        ("form.xlsx", None),
    }


def test_what_nobody_has_edited_becomes_the_releases_and_what_is_absent_is_added(desk: Desk) -> None:
    templates = desk.root / "templates"
    older, absent = templates / "docx" / "L1-memo.docx", templates / "docx" / "L2-memo.docx"
    older.write_bytes(absent.read_bytes())  # as another release had brought it
    record = json.loads((templates / RECORD).read_text("utf-8"))
    record["templates"]["docx/L1-memo.docx"] = {"release": "0.1.0", "sha256": file_sha256(older)}
    (templates / RECORD).write_text(json.dumps(record), "utf-8")
    absent.unlink()
    told = {"replaced": ["docx/L1-memo.docx"], "added": ["docx/L2-memo.docx"], "edited": []}
    assert desk.run("templates", "update", "--dry-run", expect=0) == told
    assert not absent.exists()
    assert desk.run("templates", "update", expect=0) == told
    for path in (older, absent):
        assert path.read_bytes() == (bundled_templates() / "docx" / path.name).read_bytes()
    event = desk.run("log", expect=0)["events"][-1]
    assert (event["what"], event["files"]) == ("templates update", "docx/L1-memo.docx docx/L2-memo.docx")


def test_an_edited_template_is_told_with_the_release_that_it_was_taken_from(desk: Desk) -> None:
    """That is the newest one that had the very same template."""
    templates = desk.root / "templates"
    (templates / RECORD).write_text(json.dumps({"release": "0.1.0", "templates": {}}), "utf-8")
    assert desk.run("templates", "update", expect=0) == {"replaced": [], "added": [], "edited": []}
    letter = Document(str(templates / "docx" / "L1-memo.docx"))
    letter.paragraphs[-1].add_run("เพิ่มเติม (ตัวอย่าง)")
    letter.save(str(templates / "docx" / "L1-memo.docx"))
    [edited] = desk.run("templates", "update", expect=0)["edited"]
    assert (edited["name"], edited["release"]) == ("docx/L1-memo.docx", __version__)


def test_templates_are_told_by_name_whoever_brings_them(desk: Desk) -> None:
    names = desk.run("templates", "check", expect=0)["templates"]
    assert names == [*sorted(names[:-1]), "form.xlsx"]
    for name in ("L2-memo.docx", "report.docx", "form.xlsx"):
        (desk.root / "templates" / name.partition(".")[2] / name).unlink()
    assert desk.run("templates", "check", expect=0)["templates"] == names


def test_the_page_of_fields_is_what_the_code_knows() -> None:
    assert PAGE.read_text(encoding="utf-8") == templates_page()
