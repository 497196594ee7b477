"""How many pages the letters fill in LibreOffice, one where one would do (domain §6)."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from plan_tracker.config import Config, Office
from plan_tracker.documents import letters
from plan_tracker.documents.letters import BLANK, Remark
from plan_tracker.workspace import Workspace
from tests.office import need_office
from tests.test_letters import AGENCY, DUE, OWN, PERIOD, REGISTER

pytestmark = pytest.mark.office
# A stand-in for TH SarabunPSK is wider and taller: so much smaller, and lines so much closer, it takes the same room.
_SIZE, _LINE = 0.77, 185
_SIZES = re.compile(rb'(<w:sz(?:Cs)? w:val=")(\d+)"')


def _with_room_of_sarabun(letter: Path, path: Path) -> None:
    with zipfile.ZipFile(letter) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name in ("word/document.xml", "word/styles.xml"):
                data = _SIZES.sub(lambda found: b'%b%d"' % (found[1], round(int(found[2]) * _SIZE)), data)
                data = data.replace(b'w:line="240"', b'w:line="%d"' % _LINE)
            new.writestr(name, data)


def _pages(letter: Path, folder: Path) -> int:
    smaller = folder / f"small-{letter.name}"
    _with_room_of_sarabun(letter, smaller)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(smaller)]
    subprocess.run(order, capture_output=True, timeout=180, check=True)
    return len(re.findall(rb"/Type\s*/Page\b", smaller.with_suffix(".pdf").read_bytes()))


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_letters_to_a_unit_fit_on_one_page(tmp_path: Path, unit: object) -> None:
    need_office()
    if shutil.which("fc-match"):
        found = subprocess.run(["fc-match", "TH SarabunPSK"], capture_output=True, text=True, check=True).stdout
        if "Laksaman" not in found:
            pytest.skip("the room is reckoned for Laksaman as the stand-in")
    office = Office(phone="0 2141 6000", address="ถนนแจ้งวัฒนะ เขตหลักสี่ กรุงเทพฯ 10210", contact="งานติดตาม")
    place, path = Workspace(tmp_path, Config(2569, office=office)), tmp_path / "letter.docx"
    letters.write_request(place, REGISTER, unit, PERIOD, DUE, "form.xlsx", path)  # type: ignore[arg-type]
    assert _pages(path, tmp_path) == 1
    letters.write_reminder(place, REGISTER, unit, PERIOD, DUE, 9, DUE, path, refers=BLANK)  # type: ignore[arg-type]
    assert _pages(path, tmp_path) == 1
    remarks = [Remark("ขอให้ระบุสาเหตุของความล่าช้าให้ชัดเจน")] * 3
    letters.write_comments(place, REGISTER, unit, PERIOD, "ผอ.กตจ.", remarks, DUE, path)  # type: ignore[arg-type]
    assert _pages(path, tmp_path) == 1
