"""Step 8: what is published, and that nothing else is (R19)."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from plan_tracker import workers
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config
from plan_tracker.documents.tables import Column, ColumnType, Table
from plan_tracker.documents.word.opening import open_document
from plan_tracker.documents.word.properties import named_people
from plan_tracker.documents.workbooks.sheets import write_data_tables
from plan_tracker.errors import PlantrackError
from plan_tracker.fiscal import arabic_digits
from plan_tracker.i18n import THAI, Message, Words
from plan_tracker.publication import package, privacy
from plan_tracker.publication.opendata.files import safe_text, write_csv
from plan_tracker.publication.privacy import Leak, Private, find_leaks, numbers_in, private_in, texts_of
from plan_tracker.publication.proof.keys import KEY
from plan_tracker.publication.site import build as site
from plan_tracker.publication.site.content import SiteContent, build_content
from plan_tracker.publication.site.periods import HOMES, relist
from plan_tracker.publication.site.words import FRAME, frame_words
from plan_tracker.publication.untouched import folder_digest
from tests.desk import Q1, Q2, Desk
from tests.office import need_office

NASTY = '<script>alert("x")</script> & {{ 7*7 }} <b>'
FORMULA = '=HYPERLINK("http://example.org";"คลิก")'
CONTACT = {"name": "นางสาวลับเฉพาะ ไม่เผยแพร่", "phone": "02 999 1234", "email": "secret.person@example.go.th"}


@pytest.fixture(scope="module")
def permitted_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Q1 permitted; unit YS typed markup and a formula, and has a contact person of its own."""
    root = tmp_path_factory.mktemp("permitted") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    typed = {f"YS/u.contact_{key}": value for key, value in CONTACT.items()}
    typed |= {
        "P001/f11.result_quarter": NASTY,
        "P001/f11.result_cumulative": FORMULA,
        "P001/f13.problems[1].problem": f"{NASTY} ปัญหาที่พบ",
        "P001/f13.problems[1].cause": "@SUM(A1)",
        "P001/f13.problems[1].recommendation": "เร่งรัด",
    }
    desk.send_back("YS", typed)
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    return root


@pytest.fixture
def permitted(permitted_root: Path, tmp_path: Path) -> Desk:
    root = tmp_path / "งาน"
    shutil.copytree(permitted_root, root)
    return Desk(root)


@pytest.fixture(scope="module")
def published(permitted_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of Q1, to be looked at and left alone."""
    root = tmp_path_factory.mktemp("published") / "งาน"
    shutil.copytree(permitted_root, root)
    desk = Desk(root)
    written = desk.run("publish", "q1", expect=0)["written"]
    folder = root / "outbox" / "2569-q1" / "publication"
    assert sorted(written) == sorted(p.relative_to(root).as_posix() for p in folder.rglob("*") if p.is_file())
    return folder


def test_once_published_it_is_done_until_another_report_is_permitted(permitted: Desk) -> None:
    """R19: the board and the review know whether what may be published is what has been."""

    def stands() -> tuple[str, bool, str]:
        step = next(step for step in permitted.run("status", "q1", expect=0)["steps"] if step["step"] == 8)
        review = permitted.run("review", "show", "q1")
        return step["state"], bool(review["published"]), review["next"]

    assert stands() == ("waiting", False, "plantrack publish q1")
    permitted.run("publish", "q1", expect=0)
    assert stands() == ("done", True, "plantrack orders list")
    permitted.run("review", "reopen", "q1", "--because", "แก้ไข", expect=0)
    for act in ("submit", "approve", "submit", "approve", "submit"):
        permitted.run("review", act, "q1", expect=0)
    permitted.run("review", "permit", "q1", "--reference", "ดศ 0200/10", "--date", str(permitted.today), expect=0)
    assert stands() == ("waiting", False, "plantrack publish q1")


def test_the_site_is_the_same_whoever_writes_it(
    permitted: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R19, R21: each language may have a process of its own. How many pages are written is told meanwhile."""
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(site, "tell", lambda *said: told.append(said))
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    other = Desk(tmp_path / "อีกแห่ง")
    shutil.copytree(permitted.root, other.root)
    permitted.run("publish", "q1", expect=0)
    assert {said[0] for said in told} == {"เขียนหน้าเว็บแล้ว"}
    done, of = [said[1] for said in told], {said[2] for said in told}
    assert done == sorted(done), "one language goes on where the other has ended"
    assert len(of) == 1
    assert 0 == done[0] < done[-1] <= max(of)
    told.clear()
    monkeypatch.setattr(workers, "FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here: list[str] = []

    def built(reports: Sequence[ReportFigures], words: Words) -> SiteContent:
        here.append(words.language)
        return build_content(reports, words)

    monkeypatch.setattr(site, "build_content", built)  # here; in the other process it is what it was
    other.run("publish", "q1", expect=0)
    assert here == ["th"]
    assert _site_of(other) == _site_of(permitted)
    assert told
    assert all(0 <= done <= of for _what, done, of in told)


def _site_of(desk: Desk) -> dict[str, str]:
    """The pages, but for the list of files with the sizes of what is salted and signed anew."""
    folder = desk.root / "outbox" / "2569-q1" / "publication"
    pages = sorted(path for path in folder.rglob("*.html") if path.name != "downloads.html")
    return {page.relative_to(folder).as_posix(): _unsigned(page.read_text(encoding="utf-8")) for page in pages}


def _unsigned(page: str) -> str:
    """Without the fingerprint of the key, which each workspace has made for itself."""
    return re.sub(r"\b[0-9a-f]{8}(?:-[0-9a-f]{8}){7}\b", "", page)


def test_a_package_that_was_edited_stays_beside_the_new_one_and_is_told(permitted: Desk) -> None:
    """What others' publications change in it, and what systems leave about, is no edit."""
    permitted.run("publish", "q1", expect=0)
    folder = permitted.root / "outbox" / "2569-q1" / "publication"
    written = folder_digest(folder)
    (folder / "Thumbs.db").write_bytes(b"")
    assert relist(folder, Q1, [(Q2, "../q2/")])[0]
    assert folder_digest(folder) == written
    page = folder / "index.html"
    page.write_text(page.read_text("utf-8") + "<!-- แก้ด้วยมือ (ตัวอย่าง) -->", "utf-8")
    edited = page.read_bytes()
    assert folder_digest(folder) != written
    said = permitted.invoke("publish", "q1").stdout
    kept = folder.with_name("publication (ของเดิม)")
    assert (kept / "index.html").read_bytes() == edited
    assert f"outbox/2569-q1/{kept.name}" in said
    assert page.read_bytes() != edited


def test_an_extract_never_takes_the_place_of_the_report_that_is_permitted(permitted: Desk) -> None:
    made = permitted.run("report", "q1", "--unit", "YS", expect=0)["reports"]
    extracts = {(permitted.root / report["path"]).read_bytes() for report in made}
    permitted.run("publish", "q1", expect=0)
    folder = permitted.root / "outbox" / "2569-q1" / "publication"
    published = [path for path in folder.rglob("*") if path.is_file()]
    assert published
    assert not [path.name for path in published if "extract" in path.name or path.read_bytes() in extracts]


def test_without_permission_nothing_is_published_and_the_next_command_is_named(desk: Desk) -> None:
    refused = desk.invoke("publish", "q1")
    assert refused.exit_code == 2
    assert "plantrack review submit q1" in refused.output.replace("\n", " ")
    assert not (desk.root / "outbox" / "2569-q1" / "publication").exists()


def test_sample_contacts_are_not_published_but_in_a_demo(permitted: Desk) -> None:
    config = permitted.root / "config.toml"
    sample = config.read_text("utf-8").replace("plan@office.go.th", "plan@example.go.th")
    config.write_text(sample, "utf-8")
    assert "office.email" in permitted.run("publish", "q1", expect=2)["error"]
    config.write_text("demo = true\n" + sample, "utf-8")
    permitted.run("publish", "q1", "--dry-run", expect=0)


def test_a_permission_that_was_taken_back_permits_nothing(permitted: Desk) -> None:
    permitted.run("review", "reopen", "q1", "--because", "แก้ไขตัวเลข", expect=0)
    assert permitted.invoke("publish", "q1").exit_code == 2


def test_settings_changed_since_the_report_change_nothing_that_is_published(permitted: Desk, published: Path) -> None:
    """R19: the pages say what the report says, by the targets and measures that it was made with."""
    settings = permitted.root / "config.toml"
    text = settings.read_text(encoding="utf-8")
    changed = text.replace('source = ""', 'source = "มติ (ตัวอย่าง)"').replace(
        'overall = ["", "", "", ""]', "overall = [20, 45, 70, 93]"
    )
    settings.write_text(changed, encoding="utf-8")
    permitted.run("publish", "q1", expect=0)
    page = permitted.root / "outbox" / "2569-q1" / "publication" / "index.html"
    assert page.read_bytes() == (published / "index.html").read_bytes()


def test_the_reports_are_the_very_bytes_that_were_approved(permitted: Desk) -> None:
    frozen = permitted.run("review", "show", "q1")["submitted"]["reports"]
    outbox = permitted.root / "outbox" / "2569-q1" / "reports" / "2569-q1-ops.docx"
    document = Document(str(outbox))
    document.add_paragraph("แก้ไขหลังได้รับอนุญาต")
    document.save(str(outbox))
    permitted.run("publish", "q1", expect=0)
    for report in frozen:
        copy = permitted.root / "outbox" / "2569-q1" / "publication" / "reports" / Path(report["frozen"]).name
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == report["sha256"]


def test_every_file_is_on_the_disk_before_the_package_has_its_name(
    permitted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    swap = package._swap

    def swapped(fresh: Path, *where: Path) -> None:
        unsynced.extend(path for path in fresh.rglob("*") if path.stat().st_ino not in synced)
        swap(fresh, *where)

    unsynced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.add(os.fstat(file).st_ino))
    monkeypatch.setattr(package, "_swap", swapped)
    permitted.run("publish", "q1", expect=0)
    assert synced
    assert unsynced == []


def test_a_drive_that_fails_over_an_approved_report_is_told_as_that(
    permitted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a library takes a file that can't be read now for none."""

    def fail(path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    monkeypatch.setattr(package, "named_people", fail)
    assert "ไดรฟ์ไม่ตอบสนอง" in permitted.run("publish", "q1", expect=2)["error"]
    monkeypatch.undo()
    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", fail)
        for read in (open_document, named_people):
            with pytest.raises(OSError, match=os.strerror(errno.EIO)):
                read(next((permitted.root / "data" / "submitted").rglob("*.docx")))
    permitted.run("publish", "q1", expect=0)


def test_a_package_whose_run_ended_before_it_was_noted_is_not_taken_for_edited(
    permitted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr("plan_tracker.steps.decide.publish._published", fail)
        permitted.run("publish", "q1", expect=2)
    assert permitted.run("publish", "q1", expect=0)["kept"] is None


def test_a_damaged_copy_is_not_published(permitted: Desk) -> None:
    frozen = permitted.run("review", "show", "q1")["submitted"]["reports"][0]["frozen"]
    (permitted.root / frozen).write_bytes(b"PK")
    assert permitted.invoke("publish", "q1").exit_code == 2
    assert not (permitted.root / "outbox" / "2569-q1" / "publication").exists()


def test_publishing_is_logged_and_a_dry_run_writes_nothing(permitted: Desk) -> None:
    told = permitted.run("publish", "q1", "--dry-run", expect=0)["written"]
    assert not (permitted.root / "outbox" / "2569-q1" / "publication").exists()
    assert permitted.run("publish", "q1", expect=0)["written"] == told
    (entry,) = [event for event in permitted.run("log")["events"] if event["what"] == "publish"]
    assert (entry["period"], entry["reference"]) == ("2569-q1", "ดศ 0200/9")


@pytest.mark.parametrize("breaks", ["write_data", "find_leaks", "_swap"])
def test_a_failure_half_way_leaves_the_old_package_whole(
    permitted: Desk, breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    permitted.run("publish", "q1", expect=0)
    folder = permitted.root / "outbox" / "2569-q1" / "publication"
    (folder / "index.html").write_text("ฉบับเดิม", encoding="utf-8")
    before = _bytes_of(folder)

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, breaks, fail)
    assert permitted.invoke("publish", "q1").exit_code != 0
    assert _bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_a_swap_that_fails_between_its_moves_puts_the_old_package_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "publication"
    target.mkdir()
    (target / "index.html").touch()
    rename = Path.rename

    def refuse_new(self: Path, to: Path) -> Path:
        if self.name.endswith("-new"):
            raise PermissionError(13, "in use")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(PlantrackError, match="publication"), package.replacing(target) as fresh:
        (fresh / "index.html").write_text("ใหม่", encoding="utf-8")
    assert (target / "index.html").read_bytes() == b""


def test_a_run_killed_between_the_moves_is_mended_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "publication"
    old = tmp_path / ".publication-old"
    old.mkdir()
    (old / "index.html").write_text("เดิม", encoding="utf-8")
    with pytest.raises(KeyError), package.replacing(target):
        raise KeyError
    assert (target / "index.html").read_text(encoding="utf-8") == "เดิม"


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Nothing personal, nothing foreign


def test_no_byte_tells_a_contact_person(published: Path) -> None:
    texts = [text for path in published.rglob("*") if path.is_file() for text in texts_of(path)]
    said = "".join(re.sub(r"[\s-]", "", arabic_digits(text)) for text in texts)
    assert "ระบบติดตามแผนงาน" in said
    for value in CONTACT.values():
        assert re.sub(r"[\s-]", "", value) not in said
    raw = b"".join(path.read_bytes() for path in published.rglob("*") if path.is_file())
    assert CONTACT["email"].encode() not in raw


@pytest.mark.parametrize(
    "told", ["โทร 0-2999-1234 ต่อ 5", "ติดต่อ ๐๒ ๙๙๙ ๑๒๓๔", "SECRET.person@example.go.th", "คุณนางสาวลับเฉพาะ  ไม่เผยแพร่ครับ"]
)
def test_a_report_that_tells_one_is_not_published(issued_root: Path, tmp_path: Path, told: str) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    typed = {f"YS/u.contact_{key}": value for key, value in CONTACT.items()}
    desk.send_back("YS", typed | {"P001/f11.result_quarter": f"ดำเนินการแล้ว {told}"})
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    refused = desk.invoke("publish", "q1")
    assert refused.exit_code == 2
    assert "review reopen q1" in refused.output.replace("\n", " ")
    assert "q1 P001 (กองยุทธศาสตร์ (ตัวอย่าง)): ผลการดำเนินงานในไตรมาสนี้ [f11.result_quarter]" in refused.output
    assert not any(value in refused.output for value in (*CONTACT.values(), told))
    assert not (root / "outbox" / "2569-q1" / "publication").exists()


def test_every_file_is_looked_through_whoever_wrote_it(
    issued_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    desk.send_back("YS", {"YS/u.contact_name": "Skip to the content"})  # which no Thai page says
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    seen: list[Path] = []

    def looked_at(path: Path) -> set[str]:
        seen.append(path)
        return texts_of(path)

    monkeypatch.setattr(privacy, "texts_of", looked_at)
    monkeypatch.setattr(privacy, "private_in", lambda _text, _private: [])
    written = desk.run("publish", "q1", "--dry-run", expect=0)["written"]
    assert len(seen) == len(set(seen)) == len(written)
    monkeypatch.undo()
    monkeypatch.setattr(workers, "FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert "en/dictionary.html" in desk.run("publish", "q1", expect=2)["error"]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("0 2141 0000 ต่อ 1234", "โทร 0 2141 0000 ต่อ 1234"),
        ("0 2141 0000 ต่อ 1234", "โทร. ๐๒-๑๔๑-๐๐๐๐"),
        ("0 2141 0000-5", "โทร 021410000"),
        ("08 1234 5678, 0 2141 0000", "0 2141 0000"),
        ("08 1234 5678 / 0 2141 0000", "(081) 234-5678"),
        ("08 1234 5678 0 2141 0000", "0812345678"),
        ("081-234-5678", "+66 81 234 5678"),
        ("+66 81 234 5678", "081-234-5678"),
        ("+66 (0) 2141 0000", "0 2141 0000"),
        ("0066 2 141 0000", "02-141-0000"),
        ("0 2141 0000 ต่อ 12, 0 7612 3456", "+66 76 123 456"),
        ("โทรศัพท์ 0 2141 0000 (สายตรง)", "00 66 2141 0000"),
        ("๐๘ ๑๒๓๔ ๕๖๗๘-๙", "081 234 5678"),
        ("1422 1234", "14221234"),
    ],
)
def test_a_number_is_found_however_it_is_written(stated: str, told: str) -> None:
    private = Private(frozenset(), numbers_in(stated), frozenset())
    assert list(private_in(told, private))
    assert not list(private_in("งบประมาณ 21410000.00 บาท รหัส 812345678", private))


@given(st.from_regex("0[689][0-9]{8}|02[1-9][0-9]{6}|0[3-5][2-9][2-9][0-9]{5}", fullmatch=True), st.data())
def test_any_grouping_of_a_number_is_the_number(number: str, data: st.DataObject) -> None:
    stated, told = (
        "".join(digit + data.draw(st.sampled_from(["", " ", "-", ".", " - "])) for digit in number) for _either in "12"
    )
    assert list(private_in(told, Private(frozenset(), numbers_in(stated), frozenset())))


def test_words_that_name_nobody_are_passed_over_and_on_record(issued_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(issued_root, root)
    desk, told = Desk(root), "เจ้าหน้าที่แผนงานเร่งรัดแล้ว"
    desk.send_back("YS", {"YS/u.contact_name": "เจ้าหน้าที่แผน", "P001/f11.result_quarter": told})
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    refused = desk.invoke("publish", "q1")
    assert refused.exit_code == 2
    assert "not_personal" in refused.output
    settings = root / "config.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("not_personal = []", 'not_personal = ["เจ้าหน้าที่ แผน"]'), "utf-8")
    desk.run("publish", "q1", expect=0)
    published = next(event for event in reversed(desk.run("log")["events"]) if event["what"] == "publish")
    assert published["not_personal"] == "เจ้าหน้าที่ แผน"
    page = "".join(text for path in (root / "outbox/2569-q1/publication").rglob("*.html") for text in texts_of(path))
    assert told in page


def test_it_is_found_inside_packages_their_properties_and_words_that_are_cut_up(tmp_path: Path) -> None:
    private = Private(frozenset({"สมชายใจดี"}), frozenset({"021234567"}), frozenset({"a@b.go.th"}))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<t>๐๒-๑๒๓-๔๕๖๗</t>")
    with zipfile.ZipFile(tmp_path / "ก.docx", "w") as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>a@b.go.th</dc:creator>")
        archive.writestr("word/document.xml", "<w:t>สมชาย</w:t></w:r><w:r><w:t> ใจดี</w:t>")
        archive.writestr("word/embeddings/chart.xlsx", inner.getvalue())
    found = find_leaks(tmp_path, tmp_path.iterdir(), private)
    assert set(found) == {Leak("ก.docx", value) for value in ("สมชายใจดี", "021234567", "a@b.go.th")}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ('<p title="นาย ดี&#39; มาก">ก</p>', "นายดี'มาก"),  # within a tag, and escaped
        ("<td>ติดต่อ</td><td>a@b.go.th</td><td>ด่วน</td>", "a@b.go.th"),  # which runs into both without its tags
        ("<td>02 123</td><td>4567</td>", "021234567"),
        ("<p>นางสาวสมหญิงดีงามยิ่งกว่าใคร</p>", "นางสาวสมหญิงดีงามยิ่งกว่าใคร"),
        ("<p>นางสาวสมหญิงดีงามยิ่งนัก</p>", "นางสาวสมหญิง"),  # with which another's name begins
    ],
)
def test_it_is_found_wherever_it_stands_and_however_alike_names_are(tmp_path: Path, said: str, name: str) -> None:
    alike = {"นางสาวสมหญิงดีงามยิ่งกว่าใคร", "นางสาวสมหญิงดีงามยิ่งกว่านี้", "นางสาวสมหญิง", "นางสาวสม", "นายดี'มาก"}
    private = Private(frozenset(alike), frozenset({"021234567"}), frozenset({"a@b.go.th"}))
    (tmp_path / "ก.html").write_text("<p>ไม่มี</p>", encoding="utf-8")
    (tmp_path / "ข.html").write_text(said, encoding="utf-8")
    paths = sorted(tmp_path.iterdir())
    found = find_leaks(tmp_path, paths, private)
    assert Leak("ข.html", name) in found
    assert {leak.file for leak in found} == {"ข.html"}
    assert find_leaks(tmp_path, paths, Private(frozenset(), frozenset(), frozenset())) == []


def test_what_units_typed_is_text_on_every_page(published: Path) -> None:
    page = (published / "projects" / "P001.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in page
    assert "{{ 7*7 }}" in page
    for path in set(published.rglob("*.html")) - {published / "verify.html"}:  # which has a script, and no answers
        assert "<script>" not in path.read_text(encoding="utf-8"), path


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [value for name in ("href", "src", "action") if (value := found.get(name))]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.language = self.language or (found.get("lang") or "" if tag == "html" else "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def _pages(folder: Path) -> Iterator[tuple[Path, _Links]]:
    for path in sorted(folder.rglob("*.html")):
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        yield path, links


def test_every_link_leads_to_a_file_of_the_package(published: Path) -> None:
    pages = dict(_pages(published))
    assert (
        len(pages) == 2 * (len(site.PAGES) + 3 + 3 + 2) + 1
    )  # periods, dictionary, revisions, three projects, two units; the page that checks
    for path, found in pages.items():
        for link in found.links:
            if link == "data:," or link.startswith("#"):
                assert link == "data:," or link[1:] in found.ids
                continue
            assert not re.match("[a-z]+:|/", link), (path, link)
            assert (path.parent / unquote(link)).resolve().is_relative_to(published.resolve()), (path, link)
            assert (path.parent / unquote(link)).is_file(), (path, link)
    styles = (published / "assets" / "site.css").read_text(encoding="utf-8")
    assert "url(" not in styles
    assert "@import" not in styles


def test_a_language_more_has_its_pages_and_is_led_to(permitted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HOMES, "lo", "lo/")
    for module in ("package", "opendata.files"):
        monkeypatch.setattr(f"plan_tracker.publication.{module}.LANGUAGES", tuple(HOMES))
    permitted.run("publish", "q1", expect=0)
    folder = permitted.root / "outbox" / "2569-q1" / "publication"
    place = "projects/P001.html"
    links = {code: (folder / home / place).read_text("utf-8") for code, home in HOMES.items()}
    assert all(f'<html lang="{code}"' in text for code, text in links.items())
    assert 'href="../en/projects/P001.html" lang="en" hreflang="en">English</a>' in links["th"]
    assert 'href="../lo/projects/P001.html" lang="lo" hreflang="lo">' in links["th"]
    assert 'href="../../projects/P001.html" lang="th" hreflang="th">ภาษาไทย</a>' in links["lo"]
    assert 'href="../../en/projects/P001.html" lang="en" hreflang="en">English</a>' in links["lo"]


def test_pages_have_a_language_one_first_heading_and_ids_once(published: Path) -> None:
    for path, found in _pages(published):
        assert found.language == ("en" if "en" in path.relative_to(published).parts else "th")
        assert found.headings.count(1) == 1, path
        assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False)), (path, found.headings)
        assert len(found.ids) == len(set(found.ids)), path


def test_the_english_frame_is_english() -> None:
    assert frame_words(Words("en")) == {name: message.text for name, message in FRAME.items()}
    assert all(re.search("[ก-๙]", text) for text in frame_words(THAI).values())


# The figures


def test_every_figure_at_a_glance_stands_in_the_report(published: Path) -> None:
    report = Document(str(published / "reports" / "2569-q1-ops.docx"))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    said = arabic_digits("\n".join([p.text for p in report.paragraphs] + cells))
    page = (published / "index.html").read_text(encoding="utf-8")
    section = page.partition('id="plan-ops"')[2].partition('id="plan-ministry"')[0]
    figures = re.findall(r">(\d[\d,]*\.\d+)<", section)
    assert len(figures) > 5
    assert [figure for figure in figures if figure not in said] == []


def test_csv_xlsx_json_and_page_say_the_same(published: Path) -> None:
    data = published / "data"
    told = json.loads((data / "plantrack-2569-q1.json").read_text(encoding="utf-8"))
    book = load_workbook(data / "plantrack-2569-q1.xlsx")
    for name in ("plans", "units", "projects", "kpis", "problems", "dictionary"):
        content = (data / f"plantrack-2569-q1-{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert all(re.fullmatch("[a-z][a-z0-9_]*", key) for key in head)
        (found,) = [list(sheet.iter_rows(values_only=True)) for sheet in book if name in sheet.tables]
        assert list(found[0]) == head == list(told[name][0])
        assert len(told[name]) == len(rows)
        for row, said in zip(rows, told[name], strict=True):
            for cell, value in zip(row, said.values(), strict=True):
                if isinstance(value, int | float):
                    assert Decimal(cell) == Decimal(str(value))
    project = next(found for found in told["projects"] if found["project_code"] == "P001")
    page = (published / "projects" / "P001.html").read_text(encoding="utf-8")
    assert f"{project['disbursed_percent']:.2f}" in page
    assert f"{project['budget_baht'] / 1_000_000:.4f}" in page
    assert project["result_quarter"] == NASTY


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_no_text_is_a_formula_and_no_number_is_a_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    texts = [FORMULA, "\t=1", " =1", "\n@x", "-2+3", *texts]
    columns: tuple[Column[str], ...] = (
        Column("text", Message("t", "Text"), lambda text: text),
        Column("n", Message("t", "Number"), lambda _text: Decimal("-1234.50"), ColumnType.NUMBER),
    )
    table = Table("t", Message("t", "Table"), columns, texts)
    write_csv(table, folder / "t.csv")
    rows = list(csv.reader(io.StringIO((folder / "t.csv").read_bytes().decode("utf-8-sig"), newline="")))[1:]
    assert all(not text.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n＝＋－＠")) for text, _number in rows)
    assert {number for _text, number in rows} == {"-1234.50"}
    write_data_tables([table], Config(2569).office.name, folder / "t.xlsx")
    sheet = load_workbook(folder / "t.xlsx")["Table"]
    assert {cell.data_type for cell in sheet["A"]} <= {"s", "inlineStr", "n"}  # n: an empty text is no cell at all
    assert all(cell.value == Decimal("-1234.5") for cell in sheet["B"][1:])


def test_harmless_text_stays_as_it_is() -> None:
    assert safe_text("– ไม่มี") == "– ไม่มี"
    assert safe_text("ร้อยละ 5 - 10") == "ร้อยละ 5 - 10"


@pytest.mark.office
def test_with_libreoffice_each_report_has_its_pdf_and_nothing_personal_in_it(
    permitted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dear for LibreOffice, which is started once for each of the four volumes, as ``publish`` does."""
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    permitted.run("publish", "q1", expect=0)
    folder = permitted.root / "outbox" / "2569-q1" / "publication"
    for plan in ("ops", "ministry"):
        pdf = folder / "reports" / f"2569-q1-{plan}.pdf"
        assert pdf.read_bytes().startswith(b"%PDF")
        said = " ".join(texts_of(pdf))
        assert CONTACT["email"] not in said
        assert "บทที่ ๒" in said  # LibreOffice makes Arabic numbers of Word's Thai ones
        read = PdfReader(pdf)
        assert read.root_object.raw_get("/MarkInfo").get_object() == {"/Marked": True}
        assert read.metadata is not None
        assert read.metadata.author == Document(str(pdf.with_suffix(".docx"))).core_properties.author != ""
        page = (folder / "downloads.html").read_text(encoding="utf-8")
        assert f"reports/{pdf.name}" in page
    assert "PDF" in json.loads((folder / "data" / "metadata.json").read_text(encoding="utf-8"))["data_format"]
    assert frame_words(THAI)["no_pdf"] not in page


def test_whom_the_report_s_properties_name_is_told(permitted_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "งาน"
    shutil.copytree(permitted_root, root)
    desk = Desk(root)
    desk.run("review", "reopen", "q1", "--because", "แก้ไข", expect=0)
    path = root / "outbox" / "2569-q1" / "reports" / "2569-q1-ops.docx"
    document = Document(str(path))
    document.core_properties.last_modified_by = "เจ้าหน้าที่ ผู้บันทึก"
    document.save(str(path))
    desk.permit("q1")
    told = desk.invoke("publish", "q1")
    assert told.exit_code == 1
    assert "เจ้าหน้าที่ ผู้บันทึก" in told.output


@pytest.mark.parametrize(
    ("place", "is_found"),
    [("docProps/core.xml", True), ("/docProps/core.xml", True), ("./docProps/core.xml", True), ("a", False)],
)
def test_properties_are_found_however_a_program_writes_where_they_lie(
    tmp_path: Path, place: str, is_found: bool
) -> None:
    document, path = Document(), tmp_path / "ก.docx"
    document.core_properties.author = "เจ้าหน้าที่ & ผู้บันทึก"
    document.core_properties.last_modified_by = ""
    document.save(str(path))
    with zipfile.ZipFile(path) as package_of:
        parts = {name: package_of.read(name) for name in package_of.namelist()}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b'"docProps/core.xml"', f'"{place}"'.encode())
    with zipfile.ZipFile(path, "w") as package_of:
        for name, content in parts.items():
            package_of.writestr(name, content)
    assert named_people(path) == ({"เจ้าหน้าที่ & ผู้บันทึก"} if is_found else set())


# The proof


def test_a_report_bears_what_the_package_is_signed_with_and_verify_finds_what_is_changed(
    published: Path, tmp_path: Path
) -> None:
    desk = Desk(published.parents[2])
    key = desk.root / "data" / KEY
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    found = desk.run("verify", str(published), expect=0)
    assert (found["own"], found["faults"]) == (True, [])
    report = arabic_digits(
        "\n".join(one.text for one in Document(str(published / "reports/2569-q1-ops.docx")).paragraphs)
    )
    data = "-".join(found["data"][i : i + 8] for i in range(0, 64, 8))
    for said in (found["program"], found["fingerprint"], data):
        assert said in report
        assert said in (published / "downloads.html").read_text("utf-8")
    changed = tmp_path / "package"
    shutil.copytree(published, changed)
    table = changed / "data" / "plantrack-2569-q1-plans.csv"
    table.write_text(table.read_text("utf-8-sig").replace("4500000.00", "4600000.00", 1), "utf-8-sig")
    (fault, *others) = desk.run("verify", str(changed / "data" / "proof.json"), expect=1)["faults"]
    assert others == []
    for said in ("plans", "ops", "budget_baht", "4600000.00", "4500000.00"):
        assert said in fault["what"]
    assert desk.run("verify", str(changed / "data" / "metadata.json"), expect=2)["error"]


def test_a_lost_key_is_told_and_no_new_one_made_in_silence(permitted: Desk) -> None:
    key = permitted.root / "data" / KEY
    before = key.read_text("ascii")
    assert permitted.run("publish", "q1", "--dry-run", expect=0)["report_key"] is None
    for lost in (key.unlink, lambda: key.write_text("", "ascii")):
        lost()
        assert KEY in permitted.run("publish", "q1", expect=2)["error"]
        assert not key.exists() or not key.read_text("ascii")
    assert any(KEY in fault["what"] for fault in permitted.run("doctor", expect=1)["faults"])
    renew = ("key", "renew", "--publishing", "--because", "สูญหาย (ตัวอย่าง)")
    assert permitted.run(*renew, "--dry-run", expect=0)["fingerprint"] == ""
    assert key.read_text("ascii") == ""
    made = permitted.run(*renew, expect=0)["fingerprint"]
    assert key.read_text("ascii") not in ("", before)
    noted = [event for event in permitted.run("log")["events"] if event["what"] == "key renew --publishing"]
    assert [made in json.dumps(event) for event in noted] == [True]
    told = permitted.run("publish", "q1", "--dry-run", expect=1)  # the approved report bears the one before
    assert told["report_key"] not in (None, "", made)
    said = permitted.invoke("publish", "q1")
    assert (said.exit_code, told["report_key"].split()[0] in said.output) == (1, True)
    assert "plantrack review reopen q1" in " ".join(said.output.split())


def test_the_pages_list_the_editions_and_what_columns_mean(published: Path) -> None:
    for home, first in (("", "เผยแพร่ครั้งแรก"), ("en/", "First published")):
        assert first in (published / home / "revisions.html").read_text("utf-8")
        assert "budget_baht" in (published / home / "dictionary.html").read_text("utf-8")
    assert [one["edition"] for one in json.loads((published / "data" / "revisions.json").read_text("utf-8"))] == [1]
