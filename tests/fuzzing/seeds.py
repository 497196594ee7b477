"""What fuzzing begins with: small workbooks, mails, and ways of writing values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from tests.desk import Desk, issue_small_workspace

WRITTEN = (
    *("1,234.50", "๑,๒๓๔.๕๐ บาท", "1.5 ล้านบาท", "2 แสน 3 หมื่น", "ร้อยละ 50", "50 %", "๕๐%", "-", "ไม่มี", "0.5", "1e3"),
    *("1 ต.ค. 68", "๑ ตุลาคม พ.ศ. ๒๕๖๘", "1/10/2568", "2025-10-01", "31 กพ 69", "ตุลาคม 2568", "Oct 1, 2025", "45000"),
    *("กรุงเทพมหานคร, นนทบุรี", "จ.เชียงใหม่ และ ลำพูน", "02-123-4567 ต่อ 8", "a@b.go.th", "ล่าช้ากว่าแผน", "ตามแผน"),
)


def seeds(target: str) -> Iterator[bytes]:
    """Good inputs of a target."""
    if target == "cell":
        yield from (text.encode() for text in WRITTEN)
    else:
        yield from _packages() if target == "package" else _mails()


def _packages() -> Iterator[bytes]:
    yield small_book()
    with TemporaryDirectory() as folder:
        issue_small_workspace(Path(folder) / "w")
        yield Desk(Path(folder) / "w").form_path("YS").read_bytes()


def small_book() -> bytes:
    """A workbook with a value of each kind."""
    book, packed = Workbook(), io.BytesIO()
    sheet = book.create_sheet("ก", 0)
    for row in ([1, 2.5, "ก", True], ["=1+1", None, "1/10/68", "x" * 40]):
        sheet.append(row)
    book.save(packed)
    return packed.getvalue()


def _mails() -> Iterator[bytes]:
    for name in ("แบบรายงาน.xlsx", "a/../b.zip", "winmail.dat"):
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "ส่งแบบรายงาน (ตัวอย่าง)", "a@example.go.th"
        mail.set_content("ตามแนบ https://example.go.th/f/1")
        mail.add_attachment(b"PK\x03\x04" + b"0" * 50, maintype="application", subtype="octet-stream", filename=name)
        yield mail.as_bytes()
        outer = EmailMessage()
        outer.set_content("<img src='cid:1'>", subtype="html")
        outer.add_attachment(mail)
        yield outer.as_bytes()
