"""Returns that come inside something: archives and mails, one in another."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import quote

from tests.corpus.piece import Piece

Step = Callable[[Piece], object]
__all__ = [
    "also",
    "in_mail",
    "in_winmail",
    "in_zip",
    "mailed",
    "only_mailed",
    "two_units_one_name",
    "with_mac_remarks",
    "zip_with",
]


def in_zip(inner: str, *, raw_name: bytes = b"") -> Step:
    """Put into an archive as ``inner``; ``raw_name``: the bytes that stand there in its stead, as many."""

    def step(piece: Piece) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(inner, piece.content)
        made = file.getvalue()
        if raw_name:
            assert len(raw_name) == len(inner)
            made = made.replace(inner.encode(), raw_name)
        piece.content = made
        piece.name = piece.name.rpartition(".")[0] + ".zip"

    return step


def in_mail(inner: str) -> Step:
    """Attached to an e-mail that was saved as a file."""

    def step(piece: Piece) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "ys@example.go.th", "plan@example.go.th", "ส่งแบบรายงาน"
        message.set_content("เรียนมาเพื่อโปรดทราบ (ตัวอย่าง)")
        message.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png")
        message.add_attachment(piece.content, maintype="application", subtype="octet-stream", filename=inner)
        piece.content = message.as_bytes()
        piece.name = piece.name.rpartition(".")[0] + ".eml"

    return step


def mailed(
    label: str = "application/octet-stream",
    name: str = "word",
    charset: str = "utf-8",
    ending: str = ".eml",
    before: str = "",
) -> Step:
    """Attached to a mail as ``label`` says, whatever it is.

    ``name``: how its Thai name is written: as an encoded ``word`` (RFC 2047), a ``parameter`` (RFC 2231), as ``bytes``.
    ``before``: lines in front of the mail; ``ending``: what the mail is saved as.
    """

    def step(piece: Piece) -> None:
        stem = piece.name.rpartition(".")[0]
        piece.told_as = f"แบบ {stem}.xlsx"
        raw = piece.told_as.encode("cp874" if charset == "windows-874" else charset)
        said = {
            "word": f'filename="=?{charset}?B?{base64.b64encode(raw).decode()}?="'.encode(),
            "parameter": f"filename*={charset}''{quote(raw)}".encode(),
            "bytes": b'filename="' + raw + b'"',
        }[name]
        head = f"Content-Type: {label}\nContent-Disposition: attachment; ".encode() + said
        piece.content = before.encode() + _mail(head, piece.content)
        piece.name = stem + ending

    return step


def only_mailed(content: bytes = b"", label: str = "application/pdf", body: str = "") -> Step:
    """A mail without the workbook: with something else, a link, or nothing."""

    def step(piece: Piece) -> None:
        head = f"Content-Type: {label}\nContent-Disposition: attachment; filename=a.bin".encode()
        piece.content = _mail(head if content else b"", content, f"{body} {piece.name}")
        piece.name = piece.name.rpartition(".")[0] + ".eml"

    return step


def _mail(head: bytes, content: bytes, body: str = "เรียนมาเพื่อโปรดทราบ (ตัวอย่าง)") -> bytes:
    text = (
        "From: ys@example.go.th\nTo: plan@example.go.th\nSubject: report\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    ).encode()
    if head:
        text += b"\n--b\n" + head + b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(content)
    return (text + b"\n--b--\n").replace(b"\n", b"\r\n")


def with_mac_remarks() -> Step:
    """Compressed on a Mac, which adds remarks of its own."""

    def step(piece: Piece) -> None:
        piece.told_as = piece.name
        remark, file = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(piece.name, piece.content)
            archive.writestr(f"__MACOSX/._{piece.name}", remark)
            archive.writestr(f"._{piece.name}", remark)
        piece.content = file.getvalue()
        piece.name = piece.name.rpartition(".")[0] + ".zip"

    return step


def zip_with(name: str = "", content: bytes = b"", method: int = zipfile.ZIP_STORED) -> Step:
    """In an archive, packed by ``method``, with a file ``name`` beside it."""

    def step(piece: Piece) -> None:
        piece.told_as, file = piece.name, io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            if name:
                archive.writestr(name, content)
            archive.writestr(piece.name, piece.content)
        piece.content = file.getvalue()
        piece.name = piece.name.rpartition(".")[0] + ".zip"

    return step


def in_winmail() -> Step:
    """In the winmail.dat that Outlook makes of attachments (TNEF)."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        head = bytes([level]) + number.to_bytes(4, "little") + len(data).to_bytes(4, "little")
        return head + data + (sum(data) & 0xFFFF).to_bytes(2, "little")

    def step(piece: Piece) -> None:
        piece.told_as = piece.name
        piece.content = (
            bytes.fromhex("789F3E22")
            + (1).to_bytes(2, "little")
            + attribute(1, 0x00089006, (0x10000).to_bytes(4, "little"))
            + attribute(1, 0x00069007, (874).to_bytes(4, "little") + b"\0" * 4)
            + attribute(2, 0x00069002, b"\x01\x00" + b"\xff" * 4 + b"\0" * 8)
            + attribute(2, 0x00018010, piece.name.encode("cp874") + b"\0")
            + attribute(2, 0x0006800F, piece.content)
        )
        piece.name = piece.name.rpartition(".")[0] + ".dat"

    return step


def two_units_one_name() -> Step:
    """Two units' folders, each with a file of the same name."""

    def step(piece: Piece) -> None:
        piece.others = {"YS/แบบรายงาน.xlsx": piece.content, "ETDA/แบบรายงาน.xlsx": piece.other_unit}
        piece.gone = True

    return step


def also(name: str, content: bytes) -> Step:
    """Something beside it in the inbox."""
    return lambda piece: piece.others.__setitem__(name, content)
