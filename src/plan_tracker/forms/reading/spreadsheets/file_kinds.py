"""What a file that is no workbook is, by its bytes: its name says little once it has been sent on.

The kinds are cases of the finding FILE-TYPE, each with words of its own.
"""

from __future__ import annotations

import io
import re
import zipfile

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "word"),
    (b"[InternetShortcut]", "link"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "link"),
    (b"-----BEGIN PKCS7", "signed"),
    (b"-----BEGIN CMS", "signed"),
)
_SIGNED_DATA, _ENVELOPED_DATA = (bytes.fromhex(f"2A864886F70D0107{kind}") for kind in ("02", "03"))
_PARTS = (  # what a package of a program's own has among its parts
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "slides"),
)
_TEXT_DOCUMENT = re.compile(rb"opendocument\.(text|presentation|graphics)")
_LINK_TO_SHEET = re.compile(rb'\s*\{[^{}]{0,500}"(?:url|doc_id|resource_id)"')
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)


def file_kind(content: bytes) -> str:
    """``pdf``, ``picture``, ``word``, ``web`` … ; empty where it isn't known."""
    if content.startswith(ZIP):
        return _kind_of_zip(content)
    if content.startswith(OLE):
        return _kind_of_ole(content)
    found = next((kind for start, kind in _STARTS if content.startswith(start)), "")
    return found or _kind_by_inside(content[:4096])


def is_apple_numbers(names: list[str]) -> bool:
    """Whether an archive's members make a document of Apple's Numbers, Pages or Keynote."""
    return any(name.endswith(".iwa") for name in names) or any(
        re.search(r"\.(?:numbers|pages|key)/", name) for name in names
    )


def is_signed_message(content: bytes) -> bool:
    """Whether content is wrapped in a signature (.p7m)."""
    return content.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS")) or (
        content[:1] == b"0" and _SIGNED_DATA in content[:64]
    )


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception:  # damaged in some way or other
        return ""
    if is_apple_numbers(names):
        return "numbers"
    found = next((kind for part, kind in _PARTS if part in names), "")
    if not found and (text := _TEXT_DOCUMENT.search(content[:200])):
        return "word" if text[1] == b"text" else "slides"
    return found


def _kind_of_ole(content: bytes) -> str:
    names = (("WordDocument", "word"), ("PowerPoint Document", "slides"))
    return next((kind for name, kind in names if name.encode("utf-16-le") in content), "")


def _kind_by_inside(head: bytes) -> str:
    if head[257:262] == b"ustar":
        return "archive"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "film"
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "film"
    if head[:1] == b"0" and (_SIGNED_DATA in head[:64] or _ENVELOPED_DATA in head[:64]):
        return "signed"
    if _LINK_TO_SHEET.match(head):
        return "link"
    if _WEB_PAGE.match(head):
        return "web"
    return "text" if head and not re.search(rb"[\x00-\x08\x0e-\x1f]", head) else ""
