"""What is attached to mails: by its bytes, whatever its label says; and its name in any of the ways names are written.

Mails of Outlook's own packing (.msg, winmail.dat) are opened by two libraries, where they are installed.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import email
import email.policy
import importlib.util
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from pathlib import PurePath

from plan_tracker.forms.reading.spreadsheets.file_kinds import OLE, ZIP, file_kind, is_signed_message
from plan_tracker.intake.files import readable, safe_name
from plan_tracker.intake.unpacking.archives import is_apple_remark
from plan_tracker.intake.unpacking.members import BESIDE, Budget, Member, UnpackError

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".fods"})
_TNEF = bytes.fromhex("789F3E22")
_MESSAGE_STORE = "__properties_version1.0".encode("utf-16-le")
_WANTED = WORKBOOKS | {".zip", ".7z", ".rar", ".eml", ".msg", ".p7m", ".xlsb", ".numbers"}
_HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_OF_MAILS = frozenset(
    b"from to cc subject date received return-path delivered-to message-id mime-version content-type".split()
)
_MAILBOX_LINE = re.compile(rb"(?:\A|(?<=\n))From [^\r\n]*\d{4}[^\r\n]*\r?\n")
_SHOWN = re.compile(r"\bcid:([^\s\"'<>)]+)", re.IGNORECASE)
_SIGNATURES = frozenset({"smime.p7s", "signature.asc"})
_LINK = re.compile(r"https?://[^\s<>\"']{4,300}")
_THAI_NAMES = frozenset({"windows_874", "x_windows_874", "windows874", "ms874", "dos_874", "ibm874", "iso8859_11"})
codecs.register(lambda name: codecs.lookup("cp874") if name.lower().replace("-", "_") in _THAI_NAMES else None)


def is_mail(name: str, content: bytes) -> bool:
    """Whether a file is a mail, by how it begins: with headers that mails have."""
    head = content[:8192].lstrip(b"\xef\xbb\xbf\r\n ")
    if head.startswith(ZIP):
        return False
    known = set()
    at = _MAILBOX_LINE.match(head)
    place = at.end() if at else 0
    while found := _HEADER.match(head, place):
        known.add(found[1].lower())
        place = found.end()
    return len(known & _OF_MAILS) > 1 or name.lower().endswith(".eml")


def is_outlook(content: bytes) -> bool:
    """Whether these bytes are a mail in Outlook's own packing: a .msg, or a winmail.dat."""
    return content.startswith(_TNEF) or (content.startswith(OLE) and _MESSAGE_STORE in content)


def can_open_outlook() -> bool:
    """Whether the libraries for it are installed: ``pip install plantrack[outlook]``."""
    return all(importlib.util.find_spec(name) for name in ("tnefparse", "oxmsg"))


def attached(content: bytes, budget: Budget) -> Iterator[Member]:
    """A mail's workbooks, archives and mails; what else is attached beside them is only named (``BESIDE``).

    Raises ``UnpackError``, with what the mail has instead where it has none of them.
    """
    others: list[str] = []
    links: list[str] = []
    taken = 0
    parts = _parts(content)
    shown = _shown_in_text(parts)
    for part in parts:
        try:
            member = _attachment(part)
        except Exception:  # the library names no end of errors for damaged parts
            member = Member("attachment", code="FILE-UNREADABLE")
        if member and is_wanted(member):
            budget.spend(len(member.content))
            taken += 1
            yield replace(member, name=safe_name(member.name or _fallback_name(member.content)))
        elif member and _is_enclosed(part, member, shown):
            others.append(safe_name(member.name or "attachment"))
        elif part.get_content_maintype() == "text":
            links += _LINK.findall(_text(part))
    if not taken:
        raise _without_forms(others, links)
    for name in others:
        yield Member(name, code=BESIDE)


def _without_forms(others: list[str], links: list[str]) -> UnpackError:
    if others:
        return UnpackError("FILE-TYPE", case="mail-other", names=", ".join(others))
    if links:
        return UnpackError("FILE-TYPE", case="mail-link", link=links[0])
    return UnpackError("FILE-TYPE", case="mail-empty")


def _is_enclosed(part: Message, member: Member, shown: Collection[str]) -> bool:
    """Whether a part was attached by whoever wrote: neither a text of the mail, nor a picture or signature of it."""
    if member.name.lower() in _SIGNATURES or is_apple_remark(member.content) or _content_id(part) in shown:
        return False
    return part.get_content_disposition() == "attachment" or bool(member.name)


def _shown_in_text(parts: Sequence[Message]) -> set[str]:
    """The pictures that a mail's text shows by itself, such as the logo of an office, by their ``Content-ID``."""
    pages = (_text(part) for part in parts if part.get_content_type() == "text/html")
    return {name for page in pages for name in _SHOWN.findall(page)}


def _content_id(part: Message) -> str:
    return str(part.get("Content-ID", "")).strip().strip("<>") or "-"


def _parts(content: bytes) -> list[Message]:
    messages = _MAILBOX_LINE.split(content)[1:] if content.startswith(b"From ") else [content]
    try:
        return [
            part
            for message in messages or [content]
            for part in email.message_from_bytes(message, policy=email.policy.default).walk()
        ]
    except Exception as error:  # the library names no end of errors for damaged mails
        raise UnpackError("FILE-UNREADABLE") from error


def _attachment(part: Message) -> Member | None:
    """A part's bytes under its name, blank where it has none; None where it has parts of its own."""
    content: object
    if part.get_content_type() in ("message/rfc822", "message/global"):
        content = _packed_message(part)
    else:
        content = b"" if part.is_multipart() else part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return None
    return Member(_name_of(part), content)


def _fallback_name(content: bytes) -> str:
    return "mail.eml" if is_mail("", content) else "attachment.xlsx"


def _packed_message(part: Message) -> bytes:
    """A mail in a mail that was encoded as if it were a file; empty where it stands there plainly, part by part."""
    inner = part.get_payload()
    text = inner[0].get_payload() if isinstance(inner, list) and isinstance(inner[0], Message) else inner
    is_packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    if not is_packed or not isinstance(text, str):
        return b""
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def is_wanted(member: Member) -> bool:
    """Whether an attachment is a workbook or may hold one, by its bytes, or says so by its name."""
    content = member.content
    if member.code or is_apple_remark(content) or member.name.lower() in _SIGNATURES:
        return bool(member.code)
    by_bytes = content.startswith((*ZIP, OLE, _TNEF)) or is_signed_message(content) or is_mail("", content)
    return (
        (by_bytes and file_kind(content) not in ("word", "slides"))
        or file_kind(content) == "archive"
        or b"opendocument.spreadsheet" in content[:9000]
        or PurePath(member.name).suffix.lower() in _WANTED
        or member.name.lower() == "winmail.dat"
    )


def _name_of(part: Message) -> str:
    """An attachment's name: encoded as a word (RFC 2047) or a parameter (RFC 2231), or as bytes of Thai Windows."""
    name = part.get_filename() or ""
    raw = {key.lower(): str(value) for key, value in part.raw_items()}
    for header in ("content-disposition", "content-type"):
        said = raw.get(header, "")
        if any("\udc80" <= sign <= "\udcff" for sign in said):
            again = EmailMessage()
            again["Content-Disposition" if header == "content-disposition" else "Content-Type"] = readable(
                said.encode("ascii", "surrogateescape")
            )
            name = again.get_filename() or name
            break
    try:
        return str(make_header(decode_header(name))) if "=?" in name else name
    except (ValueError, LookupError):
        return name


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return readable(content) if isinstance(content, bytes) else ""


def unpacked_by_outlook(content: bytes, budget: Budget) -> Iterator[Member]:
    """What is attached to a mail in Outlook's packing. Raises ``UnpackError``."""
    try:
        found = _of_tnef(content) if content.startswith(_TNEF) else _of_msg(content)
    except Exception as error:  # neither library names what damage may raise
        raise UnpackError("FILE-OUTLOOK", case="damaged") from error
    wanted = [member for member in found if is_wanted(member)]
    if not wanted:
        names = [member.name for member in found]
        raise _without_forms(names, []) if names else UnpackError("FILE-OUTLOOK", case="without")
    for member in found:
        if member in wanted:
            budget.spend(len(member.content))
            yield member
        elif member.content:
            yield Member(member.name, code=BESIDE)


def _of_tnef(content: bytes) -> list[Member]:
    import tnefparse

    made = tnefparse.TNEF(content, do_checksum=False)
    return [Member(safe_name(file.long_filename() or file.name), bytes(file.data)) for file in made.attachments]


def _of_msg(content: bytes) -> list[Member]:
    from oxmsg import Message as OutlookMessage

    made = OutlookMessage.load(io.BytesIO(content))
    return [
        Member(safe_name(file.file_name or "attachment.xlsx"), file.file_bytes or b"")
        for file in made.attachments
        if file.attached_by_value
    ]
