"""``letters number``: number and date stand in the letter itself, every edit stays, and what can't be done is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from plan_tracker import atomic
from plan_tracker.documents.letters.kinds import KINDS
from plan_tracker.store import Store
from plan_tracker.store.database.placing import Placing
from plan_tracker.workspace.folders import file_sha256
from tests.desk import Desk
from tests.letterbox import lines

PREFIX = 'number_prefix = "ดศ 0201/"'
NUMBER, DAY = "ที่ ดศ ๐๒๐๑/๙๙", "๕ มกราคม ๒๕๖๙"
L1 = "outbox/2569-q1/letters/2569-q1-{}-L1.docx"


def number(desk: Desk, *words: str, expect: int = 0, day: str = "2569-01-05") -> dict[str, Any]:
    return desk.run("letters", "number", *words, "--date", day, expect=expect)


_REJECTED, _WAITING = "ก่อนส่งใหม่", "ก่อนได้รับครบ"


def settle(desk: Desk, old: str, new: str) -> None:
    path = desk.root / "config.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit(path: Path, change: Callable[[DocumentObject], object]) -> None:
    document = Document(str(path))
    change(document)
    document.save(str(path))


def recorded(desk: Desk, kind: str, unit: str) -> tuple[str | None, str | None]:
    [letter] = [le for le in desk.run("letters", "list")["letters"] if (le["kind"], le["unit"]) == (kind, unit)]
    return letter["number"], letter["date"]


@pytest.fixture(scope="module")
def everything(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A year in which every kind of letter has been drafted, to a division and to an agency."""
    root = tmp_path_factory.mktemp("everything") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    for unit in ("YS", "ETDA"):
        shutil.copyfile(desk.form_path(unit), desk.inbox / f"{unit} ว่าง.xlsx")
    desk.run("ingest", expect=1)
    shutil.copytree(root, root.with_name(_REJECTED))
    desk.send_back("YS", {"P001/f11.result_quarter": None})
    desk.send_back("ETDA", {"P003/f14.stage": None})
    desk.run("ingest", expect=1)
    desk.today = date(2026, 2, 10)
    desk.run("remind", "q1", expect=0)
    shutil.copytree(root, root.with_name(_WAITING))
    for unit in ("YS", "ETDA"):
        desk.send_back(unit)
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.run("circulate", "q1", "--order", "ให้เร่งรัด", "--date", "2569-02-10", expect=0)
    desk.run("review", "submit", "q1", expect=0)
    for project in ("P001", "P003"):
        desk.run("review", "comment", "q1", "ขอให้ทบทวน", "--project", project, expect=0)
    for comment in ("1", "2"):
        desk.run("review", "resolve", "q1", comment, "--because", "แก้ไขแล้ว", expect=0)
    for act in ("approve", "submit", "approve", "submit"):
        desk.run("review", act, "q1", expect=0)
    order = ("ให้เร่งรัด", "--date", "2569-02-10", "--due", "2569-03-01", "--unit", "YS", "--unit", "ETDA")
    desk.run("orders", "add", *order, expect=0)
    desk.run("orders", "letters", expect=0)
    desk.today = date(2026, 10, 10)
    desk.report("year-end")
    return desk


def test_every_kind_prints_its_number_and_day(everything: Desk) -> None:
    """L1 to L10, as memo and as external letter: in its file and in the ledger, and nothing else in the file."""
    forms = set()
    for i, (desk, letter) in enumerate(_every_letter(everything), 1):
        path = desk.root / letter["path"]
        before, old = lines(path), _parts(path)
        words = ("--file", path.name, "--period", letter["period"])
        given = number(desk, letter["kind"], letter["unit"], f"ดศ 0201/{i}", *words, day="2569-10-10")
        assert (given["printed"], given["letter"]["number"]) == (True, f"ดศ 0201/{i}")
        memo = before[0] == "บันทึกข้อความ"
        own, day = _thai(f"ดศ 0201/{i}"), "๑๐ ตุลาคม ๒๕๖๙"
        printed = [f"ที่ {own}\tวันที่ {day}"] if memo else [f"ที่\t{own}", day]
        assert sorted(set(lines(path)) - set(before)) == sorted(printed), path.name
        assert {name for name, content in _parts(path).items() if content != old[name]} == {"word/document.xml"}
        forms.add((letter["kind"], "memo" if memo else "external"))
    assert forms == {(kind.code, form) for kind in KINDS.values() for form in kind.forms}


def _every_letter(desk: Desk) -> Iterator[tuple[Desk, dict[str, Any]]]:
    """Each letter, with the workspace that it stands in: what asked for answers is withdrawn once they have come."""
    told = set()
    for stage in (_REJECTED, _WAITING, desk.root.name):
        then = Desk(desk.root.with_name(stage), desk.today)
        letters = [one for one in then.run("letters", "list", expect=0)["letters"] if one["kind"] not in told]
        yield from ((then, letter) for letter in letters)
        told |= {letter["kind"] for letter in letters}
    settle(desk, 'kpi_letter_type = "memo"', 'kpi_letter_type = "external"')
    desk.report("year-end")
    yield desk, desk.run("letters", "list", expect=0)["letters"][-1]


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("setting", "typed", "stored"),
    [
        (PREFIX, "99", "ดศ 0201/99"),
        (PREFIX, "ว 99", "ดศ 0201/ว 99"),
        (PREFIX, "ที่ ดศ 0299/7", "ดศ 0299/7"),
        ('number_prefix = ""', "99", "99"),
        (f'{PREFIX}\n[letters.L1]\nnumber_prefix = "ดศ 0203.1/"', "99", "ดศ 0203.1/99"),
    ],
)
@pytest.mark.parametrize("unit", ["YS", "ETDA"])
def test_a_bare_number_gets_the_prefix_and_a_full_one_stands(
    desk: Desk, unit: str, setting: str, typed: str, stored: str
) -> None:
    """The draft shows the prefix before its dots already."""
    settle(desk, 'number_prefix = ""', setting.partition("\n")[0])
    settle(desk, "[letters.L4]", f"{setting.partition(chr(10))[2]}\n[letters.L4]")
    desk.run("issue-forms", "q1", expect=0)
    path = desk.root / L1.format(unit)
    prefix = stored.rpartition("/")[0] and setting.rpartition('= "')[2].rstrip('"')
    assert any(line.replace("\t", " ").startswith(f"ที่ {_thai(prefix)}".rstrip()) for line in lines(path))
    number(desk, "L1", unit, typed)
    assert recorded(desk, "L1", unit) == (stored, "2026-01-05")
    assert f"ที่ {_thai(stored)}" in _text(path)
    assert DAY in _text(path)


def _thai(text: str) -> str:
    return text.translate({ord(str(digit)): chr(ord("๐") + digit) for digit in range(10)})


def _text(path: Path) -> str:
    return "\n".join(lines(path)).replace("\t", " ")


def test_digits_are_those_of_the_settings(desk: Desk) -> None:
    settle(desk, "thai_digits = true", "thai_digits = false")
    number(desk, "L1", "YS", "ดศ 0201/99")
    assert "ที่ ดศ 0201/99 วันที่ 5 มกราคม 2569" in _text(desk.root / L1.format("YS"))


@pytest.mark.parametrize("unit", ["YS", "ETDA"])
def test_an_edited_letter_keeps_every_edit(desk: Desk, unit: str) -> None:
    path = desk.root / L1.format(unit)

    def change(document: DocumentObject) -> None:
        document.add_paragraph("แก้ไขโดยเจ้าหน้าที่")
        next(run for paragraph in document.paragraphs for run in paragraph.runs if "ด้วย" in run.text).bold = True

    edit(path, change)
    before = lines(path)
    assert number(desk, "L1", unit, "ดศ 0201/99")["printed"] is True
    assert set(before) - set(lines(path)) <= {"ที่ \tวันที่", "ที่"}
    assert "แก้ไขโดยเจ้าหน้าที่" in _text(path)
    assert NUMBER in _text(path)
    assert DAY in _text(path)


@pytest.mark.parametrize("unit", ["YS", "ETDA"])
def test_a_template_of_an_officers_own_has_its_blanks_found_by_their_place(desk: Desk, unit: str) -> None:
    """Word forgets styles that are taken away: what stands after ที่ and วันที่ is filled all the same."""
    path = desk.root / L1.format(unit)

    def forget(document: DocumentObject) -> None:
        for mark in list(document.element.body.iter(qn("w:rStyle"))):
            mark.getparent().remove(mark)

    edit(path, forget)
    assert number(desk, "L1", unit, "ดศ 0201/99")["printed"] is True
    assert NUMBER in _text(path)
    assert DAY in _text(path)


@pytest.mark.parametrize("unit", ["YS", "ETDA"])
@pytest.mark.parametrize("typed", ["", "ดศ 0201/98"], ids=["gone", "another number"])
def test_blanks_that_are_gone_are_told_and_nothing_in_the_file_changes(desk: Desk, unit: str, typed: str) -> None:
    """The ledger has the number all the same: the letter did go out, and later ones cite it."""
    path = desk.root / L1.format(unit)

    def take_out(document: DocumentObject) -> None:
        for mark in list(document.element.body.iter(qn("w:rStyle"))):
            run = mark.getparent().getparent()
            for tab in list(run.iter(qn("w:tab"), qn("w:t"))):
                run.remove(tab)
            if mark.get(qn("w:val")).startswith("Number"):
                Run(run, document).text = typed
        if not typed:
            for paragraph in list(document.element.body.iter(qn("w:p"))):
                if any((text.text or "").strip() in ("ที่", "วันที่") for text in paragraph.iter(qn("w:t"))):
                    paragraph.getparent().replace(paragraph, OxmlElement("w:p"))

    edit(path, take_out)
    before = path.read_bytes()
    told = number(desk, "L1", unit, "ดศ 0201/99", expect=1)
    assert told["printed"] is False
    assert typed in told["why_not"]
    assert path.read_bytes() == before
    assert recorded(desk, "L1", unit) == ("ดศ 0201/99", "2026-01-05")


def test_what_the_officer_wrote_in_already_is_right(desk: Desk) -> None:
    number(desk, "L1", "YS", "ดศ 0201/99")
    path = desk.root / L1.format("YS")
    before = path.read_bytes()
    assert number(desk, "L1", "YS", "ดศ 0201/99")["printed"] is True
    assert path.read_bytes() == before


def test_a_number_that_was_wrong_is_mended_in_the_file_too(desk: Desk) -> None:
    number(desk, "L1", "ETDA", "ดศ 0201/98", day="2569-01-04")
    number(desk, "L1", "ETDA", "ดศ 0201/99")
    text = _text(desk.root / L1.format("ETDA"))
    assert (NUMBER in text, DAY in text, "๙๘" in text) == (True, True, False)


@pytest.mark.parametrize("lock", ["~$69-q1-YS-L1.docx", ".~lock.2569-q1-YS-L1.docx#"])
def test_a_letter_that_is_open_is_left_and_so_is_the_ledger(desk: Desk, lock: str) -> None:
    path = desk.root / L1.format("YS")
    before = path.read_bytes()
    path.with_name(lock).touch()
    assert "2569-q1-YS-L1.docx" in number(desk, "L1", "YS", "99", expect=2)["error"]
    assert path.read_bytes() == before
    assert recorded(desk, "L1", "YS") == (None, None)
    path.with_name(lock).unlink()
    number(desk, "L1", "YS", "99")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x")], ids=["gone", "no document"])
def test_a_file_that_is_gone_or_no_document_is_told_and_the_number_kept(
    desk: Desk, damage: Callable[[Path], object]
) -> None:
    damage(desk.root / L1.format("YS"))
    assert "2569-q1-YS-L1.docx" in number(desk, "L1", "YS", "ดศ 0201/99", expect=1)["why_not"]
    assert recorded(desk, "L1", "YS")[0] == "ดศ 0201/99"


def test_a_run_cut_off_leaves_neither_number_nor_file_or_is_finished_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    path = desk.root / L1.format("YS")
    for where, name, noted in (
        (Placing, "place", (None, None)),
        (atomic, "replace_file", ("ดศ 0201/99", "2026-01-05")),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, cut_off)
            assert desk.invoke("letters", "number", "L1", "YS", "ดศ 0201/99", "--date", "2569-01-05").exit_code == 130
        assert NUMBER not in _text(path)
        assert recorded(desk, "L1", "YS") == noted
    assert number(desk, "L1", "YS", "ดศ 0201/99")["printed"] is True
    assert NUMBER in _text(path)
    store = Store(desk.root / "data" / "plantrack.db")
    assert store.is_as_written(L1.format("YS"), file_sha256(path))
    store.close()


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    path = desk.root / L1.format("YS")
    before = path.read_bytes()
    assert number(desk, "L1", "YS", "99", "--dry-run")["printed"] is True
    assert path.read_bytes() == before
    assert recorded(desk, "L1", "YS") == (None, None)


def test_a_setting_of_a_letter_that_there_is_not_is_named(desk: Desk) -> None:
    settle(desk, "[letters.L4]", "[letters.L44]")
    assert "letters.L44" in desk.run("issue-forms", "q1", expect=2)["error"]
