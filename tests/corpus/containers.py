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
__all__ = ["also", "in_mail", "in_zip", "mailed", "only_mailed", "two_units_one_name", "with_mac_remarks"]


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


def two_units_one_name() -> Step:
    """Two units' folders, each with a file of the same name."""

    def step(piece: Piece) -> None:
        piece.others = {"YS/แบบรายงาน.xlsx": piece.content, "ETDA/แบบรายงาน.xlsx": piece.other_unit}
        piece.gone = True

    return step


def also(name: str, content: bytes) -> Step:
    """Something beside it in the inbox."""
    return lambda piece: piece.others.__setitem__(name, content)
