"""Returns that come inside something: archives and mails, one in another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

from tests.corpus.piece import Piece

Step = Callable[[Piece], object]
__all__ = ["also", "in_mail", "in_zip", "two_units_one_name"]


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


def two_units_one_name() -> Step:
    """Two units' folders, each with a file of the same name."""

    def step(piece: Piece) -> None:
        piece.others = {"YS/แบบรายงาน.xlsx": piece.content, "ETDA/แบบรายงาน.xlsx": piece.other_unit}
        piece.gone = True

    return step


def also(name: str, content: bytes) -> Step:
    """Something beside it in the inbox."""
    return lambda piece: piece.others.__setitem__(name, content)
