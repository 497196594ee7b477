"""How many pages each letter fills in LibreOffice, by TH SarabunPSK's measures: one where one would do (domain §6)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from docx import Document
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from plan_tracker.documents.letters.catchword import first_words
from plan_tracker.workspace.folders import Workspace
from tests.letterbox import AGENCY, DIVISION, Case, cases, desk, png, write
from tests.office import need_office
from tools.sarabun import KO_KAI, ko_kai

pytestmark = pytest.mark.office
_NAME = "SIGNATORY"  # found again in a page's text, which Thai is not for certain
_CLOSING = 20  # characters that at least stand above it on its page


def need_sarabun() -> None:
    """Skips the test where another font stands in for TH SarabunPSK; in CI none may."""
    if shutil.which("fc-match"):
        command = ["fc-match", "--format=%{file}", "TH SarabunPSK"]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if abs(ko_kai(TTFont(found, fontNumber=0)) - KO_KAI) < 0.002:
            return
        why = f"TH SarabunPSK is {Path(found).name} here, whose letters are of another width"
    else:
        why = "which font stands for TH SarabunPSK can't be told without fc-match"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(f"{why}; .ci/run installs one that fits")


def _pages(of: Iterable[Case], place: Workspace, *, projects: int = 3) -> dict[Case, list[str]]:
    """Writes each letter; gives the texts of its pages."""
    letters = {case: place.root / f"{case}.docx" for case in of}
    for case, path in letters.items():
        write(case, place, path, projects=projects)
    profile = f"-env:UserInstallation={(place.root / 'profile').as_uri()}"
    into = ["--headless", "--convert-to", "pdf", "--outdir", str(place.root)]
    subprocess.run(
        ["soffice", profile, *into, *map(str, letters.values())], capture_output=True, timeout=300, check=True
    )
    return {
        case: [page.extract_text() for page in PdfReader(path.with_suffix(".pdf")).pages]
        for case, path in letters.items()
    }


@pytest.mark.parametrize("emblem", ["", "emblem.png"], ids=["room for the emblem", "emblem"])
def test_letters_take_one_page_and_memos_upwards_two(tmp_path: Path, emblem: str) -> None:
    """The letter proper, without what it encloses. Three long remarks are more than an external letter's page holds.

    Dear for LibreOffice, which lays out every kind of letter as memo and as external letter, in one start.
    """
    need_office()
    need_sarabun()
    (tmp_path / "emblem.png").write_bytes(png(90, 100))
    place = desk(tmp_path, emblem=emblem, urgency="ด่วนที่สุด" if emblem else "", signatory_name=_NAME)
    room = {
        case: 2 if case.kind in ("L5", "L6") or case == Case("L9", AGENCY) else 1
        for case in cases()
        if case.many or not emblem
    }
    for case, pages in _pages(room, place).items():
        proper = 1 + next(i for i, page in enumerate(pages) if _NAME in page)
        assert proper <= room[case], f"{case} takes {proper} pages"
        assert len(pages) - proper == _encloses(case), f"{case}: {len(pages)} in all"
        above = pages[proper - 1].partition(_NAME)[0]
        assert len(above) > _CLOSING, f"{case}: the signature parts from its closing"


def test_a_letter_that_goes_on_says_so_at_the_foot_of_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first words of the second page, which begins with that paragraph; a letter of one page has none."""
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    path, feet = tmp_path / "L.docx", {}
    for case in (Case("L6", DIVISION), Case("L9", DIVISION, many=False)):
        write(case, desk(tmp_path), path)
        document = Document(str(path))
        begins = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
        feet[case.kind] = (document.sections[0].first_page_footer.paragraphs[0].text, begins)
    foot, [first] = feet["L6"]
    assert re.fullmatch(r"/[๐-๙.]+ \S.* \.\.\.", foot)
    assert first.replace("\t", " ").startswith(foot[1:].removesuffix(" ..."))
    assert feet["L9"] == ("", [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ในการนี้ จึงขอความอนุเคราะห์สำนักงานคณะกรรมการดิจิทัล", "ในการนี้"),
        ("กองยุทธศาสตร์และแผนงานได้จัดทำรายงานผลการดำเนินงาน", "กองยุทธศาสตร์และแผนงาน"),
        ("๓. ข้อพิจารณา", "๓. ข้อพิจารณา"),
        ("๓.๓ พระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๑", "๓.๓ พระราชบัญญัติวินัย"),
        ("โครงการ", "โครงการ"),
    ],
)
def test_first_words_end_where_a_word_does(text: str, words: str) -> None:
    assert first_words(text) == words


def test_twenty_projects_do_not_lengthen_the_letter(tmp_path: Path) -> None:
    """R4: many projects are listed on pages apart."""
    need_office()
    need_sarabun()
    place = desk(tmp_path, signatory_name=_NAME)
    many = [case for case in cases() if case.kind in ("L1", "L2", "L3", "L4") and case.many]
    for case, pages in _pages(many, place, projects=20).items():
        assert _NAME in pages[0], case
        assert 2 <= len(pages) <= 4, case


def _encloses(case: Case) -> int:
    """The pages that follow the letter proper."""
    if case.kind == "L8":
        return 2 if case.many else 1  # one for each plan
    if case.kind == "L3":
        return int(case.unit is AGENCY)
    return int(case.kind == "L4" or (case.kind in ("L1", "L2") and case.many))
