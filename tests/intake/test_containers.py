"""What is inside archives, mails and signatures is found by its bytes, whatever labels say, within limits (R6)."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from plan_tracker.intake.files import readable
from plan_tracker.intake.unpacking import mails
from plan_tracker.intake.unpacking.containers import DEEPEST, is_container, members
from plan_tracker.intake.unpacking.members import Budget, Member, UnpackError
from plan_tracker.intake.unpacking.passwords import Passwords
from tests.desk import Desk

LIMIT = 1_000_000
NAME = "แบบรายงาน ยศ. ครั้งที่ ๒.xlsx"


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


BOOK = zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<y/>"})


def mail(*parts: tuple[str, bytes], body: str = "เรียนมาเพื่อโปรดทราบ (ตัวอย่าง)") -> bytes:
    """A mail whose parts have the header lines that are given, and are encoded in base64."""
    text = (
        "From: ys@example.go.th\nTo: plan@example.go.th\nSubject: report\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    ).encode()
    for head, content in parts:
        text += b"\n--b\n" + head.encode("utf-8", "surrogateescape") + b"\nContent-Transfer-Encoding: base64\n\n"
        text += base64.encodebytes(content)
    return (text + b"\n--b--\n").replace(b"\n", b"\r\n")


@pytest.fixture
def inside(tmp_path: Path) -> Callable[[str, bytes], list[Member]]:
    def look(name: str, content: bytes) -> list[Member]:
        path = tmp_path / name
        path.write_bytes(content)
        assert is_container(path)
        return list(members(path, LIMIT))

    return look


Look = Callable[[str, bytes], list[Member]]


@pytest.mark.parametrize(
    "label",
    [
        'text/plain; name="f.xlsx"',
        'image/jpeg; name="f.xlsx"',
        "application/octet-stream",
        'text/html; charset=utf-8; name="f"',
        'audio/x-unknown; name="f.dat"',
    ],
)
def test_a_workbook_beside_another_is_found_whatever_its_label(label: str, inside: Look) -> None:
    good = 'Content-Type: application/octet-stream; name="g.xlsx"\nContent-Disposition: attachment; filename="g.xlsx"'
    found = inside("m.eml", mail((good, BOOK + b"1"), (f"Content-Type: {label}", BOOK + b"2")))
    assert [member.content for member in found] == [BOOK + b"1", BOOK + b"2"]
    assert not any(member.code for member in found)


_874 = base64.b64encode(NAME.encode("cp874")).decode()


@pytest.mark.parametrize(
    "head",
    [
        f'Content-Type: x/y\nContent-Disposition: attachment; filename="=?windows-874?B?{_874}?="',
        f'Content-Type: x/y; name="=?WINDOWS-874?B?{_874}?="',
        f"Content-Type: x/y\nContent-Disposition: attachment; filename*=windows-874''{quote(NAME.encode('cp874'))}",
        f"Content-Type: x/y; x=1;\n name*0*=UTF-8''{quote(NAME[:9])};\n name*1*={quote(NAME[9:])}",
        f"Content-Type: x/y\nContent-Disposition: attachment; filename*=tis-620''{quote(NAME.encode('tis-620'))}",
        'Content-Type: x/y\nContent-Disposition: attachment; filename="'
        + NAME.encode("cp874").decode("ascii", "surrogateescape")
        + '"',
        f'Content-Type: x/y\nContent-Disposition: attachment; filename="{NAME}"',
    ],
    ids=["word", "word of the type", "parameter", "parameter in parts", "tis-620", "bytes", "utf-8"],
)
def test_thai_names_in_any_of_their_ways(head: str, inside: Look) -> None:
    assert [member.name for member in inside("m.eml", mail((head, BOOK)))] == [NAME]


def test_bytes_of_thai_windows_that_happen_to_be_utf_8_are_thai() -> None:
    assert [readable(name.encode("cp874")) for name in ("แบบ", "แผน 1", "แบบ กก.xlsx")] == [
        "แบบ",
        "แผน 1",
        "แบบ กก.xlsx",
    ]
    assert [readable(name.encode()) for name in ("แบบ", "café", "ρεπορτ")] == ["แบบ", "café", "ρεπορτ"]


def test_a_mail_in_a_mail_packed_as_a_file(inside: Look) -> None:
    inner = mail(('Content-Type: x/y; name="g.xlsx"', BOOK))
    head = 'Content-Type: message/rfc822; name="FW.eml"\nContent-Disposition: attachment; filename="FW.eml"'
    assert [member.name for member in inside("m.eml", mail((head, inner)))] == ["g.xlsx"]


def test_a_mail_in_a_mail_that_stands_there_plainly(inside: Look) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner.set_content("ก (ตัวอย่าง)")
    inner.add_attachment(BOOK, maintype="text", subtype="x", filename="g.xlsx")
    outer["From"], outer["To"] = "a@example.go.th", "b@example.go.th"
    outer.set_content("ข (ตัวอย่าง)")
    outer.add_attachment(inner)
    assert [member.name for member in inside("m.eml", outer.as_bytes())] == ["g.xlsx"]


@pytest.mark.parametrize("name", ["ส่งแบบ.txt", "ไม่มีนามสกุล", "mail.dat"])
@pytest.mark.parametrize(
    "before", [b"", b"X-Gm-Message-State: A\r\n", b"From ys@example.go.th Mon Jan  5 08:00:00 2026\r\n"]
)
def test_a_mail_is_told_by_how_it_begins(name: str, before: bytes, inside: Look) -> None:
    assert [m.name for m in inside(name, before + mail(('Content-Type: x/y; name="g.xlsx"', BOOK)))] == ["g.xlsx"]


def test_every_mail_of_a_mailbox_is_looked_into(inside: Look) -> None:
    line = b"From - Mon Jan  5 08:00:00 2026\r\n"
    one, two = (mail((f'Content-Type: x/y; name="{n}.xlsx"', BOOK + n.encode())) for n in ("a", "b"))
    assert [member.name for member in inside("box.mbox", line + one + line + two)] == ["a.xlsx", "b.xlsx"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (mail(), {"case": "mail-empty"}),
        (mail(body="https://drive.example/x?y=1"), {"case": "mail-link", "link": "https://drive.example/x?y=1"}),
        (
            mail(("Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf", b"%PDF-1.7")),
            {"case": "mail-other", "names": "a.pdf"},
        ),
    ],
    ids=["nothing", "a link", "a PDF"],
)
def test_a_mail_without_a_workbook_says_what_it_has(content: bytes, said: dict[str, str], inside: Look) -> None:
    with pytest.raises(UnpackError) as raised:
        inside("m.eml", content)
    assert (raised.value.code, raised.value.params) == ("FILE-TYPE", said)


FILE = "Content-Disposition: attachment; filename"


def test_what_is_attached_beside_the_form_is_named(inside: Look) -> None:
    """But for what the mail's text shows by itself, and for signatures."""
    page = b"<p>\xe0\xb8\x81</p><img src=\"cid:logo@office\"><img src='cid:2'>"
    found = inside(
        "m.eml",
        mail(
            (f'Content-Type: application/pdf\n{FILE}="หนังสือนำส่ง.pdf"', b"%PDF-1.7"),
            ('Content-Type: image/jpeg; name="IMG_1.jpg"\nContent-Disposition: inline', b"\xff\xd8\xff"),
            ("Content-Type: text/html; charset=utf-8", page),
            ('Content-Type: image/png; name="logo.png"\nContent-ID: <logo@office>', b"\x89PNG"),
            ('Content-Type: image/png; name="b.png"\nContent-ID: <2>\nContent-Disposition: inline', b"\x89PNG"),
            (f'Content-Type: application/x-pkcs7-signature\n{FILE}="smime.p7s"', b"0\x82"),
            (f'Content-Type: x/y\n{FILE}="g.xlsx"', BOOK),
        ),
    )
    assert [(member.name, member.code) for member in found] == [
        ("g.xlsx", ""),
        ("หนังสือนำส่ง.pdf", "FILE-BESIDE"),
        ("IMG_1.jpg", "FILE-BESIDE"),
    ]


def test_what_lies_in_an_archive_beside_the_form_is_named(inside: Look) -> None:
    """Without a form each file is taken out, and told by what it is."""
    beside = {"1 หนังสือนำส่ง.pdf": b"%PDF-1.7", "รูป/IMG.jpg": b"\xff\xd8\xff\xe0"}
    found = inside("a.zip", zipped(**beside, **{"แบบ.xlsx": BOOK}))
    assert [(member.name, member.code) for member in found] == [
        ("แบบ.xlsx", ""),
        ("1 หนังสือนำส่ง.pdf", "FILE-BESIDE"),
        ("IMG.jpg", "FILE-BESIDE"),
    ]
    assert [member.code for member in inside("b.zip", zipped(**beside))] == ["", ""]


def test_what_a_mac_adds_is_no_member(inside: Look) -> None:
    remark = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    files = {"g.xlsx": BOOK, "._g.xlsx": remark, "__MACOSX/._g.xlsx": remark, "other.xlsx": remark}
    assert [member.name for member in inside("a.zip", zipped(**files))] == ["g.xlsx"]


def test_a_document_of_numbers_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "report.numbers"
    path.write_bytes(zipped(**{"Index/Document.iwa": b"x", "preview.jpg": b"y", "Metadata/Properties.plist": b"z"}))
    assert not is_container(path)


def deflated64(content: bytes, name: str) -> bytes:
    """An archive as Windows packs large files: in stored blocks, which Deflate and Deflate64 write alike."""
    made = bytearray(zipped(**{name: b""}))
    block = b"\x01" + len(content).to_bytes(2, "little") + (len(content) ^ 0xFFFF).to_bytes(2, "little") + content
    sums = (
        zlib.crc32(content).to_bytes(4, "little")
        + len(block).to_bytes(4, "little")
        + len(content).to_bytes(4, "little")
    )
    central = made.index(b"PK\x01\x02")
    made[central + 10 : central + 12] = (9).to_bytes(2, "little")
    made[central + 16 : central + 28] = sums
    made[8:10] = (9).to_bytes(2, "little")
    made[14:26] = sums
    end = made.index(b"PK\x05\x06")
    made[end + 16 : end + 20] = (central + len(block)).to_bytes(4, "little")
    return bytes(made[:central] + block + made[central:])


def test_deflate64_is_unpacked(inside: Look) -> None:
    assert inside("a.zip", deflated64(BOOK, "g.xlsx")) == [Member("g.xlsx", BOOK)]


def test_deflate64_that_lies_about_its_length_is_unreadable(inside: Look) -> None:
    made = deflated64(BOOK, "g.xlsx").replace(len(BOOK).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert [member.code for member in inside("a.zip", made)] == ["FILE-UNREADABLE"]


@pytest.fixture
def signed(tmp_path: Path) -> Callable[[bytes], bytes]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def sign(content: bytes) -> bytes:
        (tmp_path / "in").write_bytes(content)
        key = ["-keyout", "key", "-out", "cert", "-days", "9", "-subj", "/CN=example"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *key],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
        words = [
            "openssl",
            "cms",
            "-sign",
            "-binary",
            "-nodetach",
            "-outform",
            "DER",
            "-signer",
            "cert",
            "-inkey",
            "key",
        ]
        subprocess.run([*words, "-in", "in", "-out", "out"], cwd=tmp_path, check=True, capture_output=True)
        return (tmp_path / "out").read_bytes()

    return sign


def test_what_was_signed_is_taken_out(signed: Callable[[bytes], bytes], inside: Look) -> None:
    assert inside("g.xlsx.p7m", signed(BOOK)) == [Member("g.xlsx", BOOK)]
    content = mail(('Content-Type: x/y; name="h.xlsx"', BOOK))
    assert [member.name for member in inside("smime.p7m", signed(content))] == ["h.xlsx"]
    assert [m.name for m in inside("m.eml", mail(("Content-Type: x/y; name=smime.p7m", signed(content))))] == ["h.xlsx"]


def nested(depth: int) -> bytes:
    content = BOOK
    for level in range(depth):
        content = zipped(**{"g.xlsx" if not level else f"{level}.zip": content})
    return content


def test_containers_are_opened_so_deep_and_no_deeper(inside: Look) -> None:
    assert [member.code for member in inside("a.zip", nested(DEEPEST))] == [""]
    assert [(m.code, m.params) for m in inside("a.zip", nested(DEEPEST + 1))] == [("FILE-TYPE", {"case": "too-deep"})]


@pytest.mark.parametrize("wrap", ["zip", "mail", "mail of a mail"])
def test_no_container_gives_more_than_its_limit(wrap: str, inside: Look) -> None:
    large = BOOK + b"\0" * LIMIT
    head = 'Content-Type: x/y; name="g.xlsx"'
    made = {
        "zip": zipped(g__xlsx=large),
        "mail": mail((head, large)),
        "mail of a mail": mail(("Content-Type: message/rfc822", mail((head, large)))),
    }[wrap]
    with pytest.raises(UnpackError) as raised:
        inside("a.bin", made)
    assert raised.value.code == "FILE-TOO-LARGE"


@pytest.mark.parametrize("installed", [True, False])
def test_outlook_packing_that_is_damaged_or_can_not_be_opened(
    installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plan_tracker.intake.unpacking.containers.can_open_outlook", lambda: installed)
    path = tmp_path / "winmail (2).dat"
    path.write_bytes(bytes.fromhex("789F3E22") + b"\0" * 100)
    assert is_container(path) is installed
    if installed:
        with pytest.raises(UnpackError) as raised:
            list(members(path, LIMIT))
        assert raised.value.code == "FILE-OUTLOOK"


def tnef(name: bytes, content: bytes) -> bytes:
    """A winmail.dat with one attachment."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return (
            bytes([level])
            + number.to_bytes(4, "little")
            + len(data).to_bytes(4, "little")
            + data
            + (sum(data) & 0xFFFF).to_bytes(2, "little")
        )

    return (
        bytes.fromhex("789F3E22")
        + (1).to_bytes(2, "little")
        + attribute(1, 0x00089006, (0x10000).to_bytes(4, "little"))
        + attribute(1, 0x00069007, (874).to_bytes(4, "little") + b"\0" * 4)
        + attribute(2, 0x00069002, b"\x01\x00" + b"\xff" * 4 + b"\0" * 8)
        + attribute(2, 0x00018010, name + b"\0")
        + attribute(2, 0x0006800F, content)
    )


def test_a_winmail_dat_gives_its_attachments(inside: Look) -> None:
    pytest.importorskip("tnefparse")
    assert inside("winmail.dat", tnef(b"g.xlsx", BOOK)) == [Member("g.xlsx", BOOK)]
    head = "Content-Type: application/ms-tnef; name=winmail.dat"
    assert inside("m.eml", mail((head, tnef(b"g.xlsx", BOOK)))) == [Member("g.xlsx", BOOK)]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"From: a\r\nTo: b\r\n", bytes.fromhex("789F3E22"), b"0\x82"]),
)
def test_no_bytes_stop_the_unpacking(tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.eml"
    path.write_bytes(start + content)
    if is_container(path):
        with suppress(UnpackError):
            list(members(path, LIMIT))


@given(st.binary(max_size=60), st.integers(0, 400))
def test_no_damage_to_a_mail_stops_the_unpacking(scrap: bytes, at: int) -> None:
    whole = mail((f'Content-Type: x/y; name="=?windows-874?B?{_874}?="', BOOK))
    content = whole[:at] + scrap + whole[at + len(scrap) :]
    with suppress(UnpackError):
        list(mails.attached(content, Budget(LIMIT)))


# --- through the inbox ------------------------------------------------------------------------------------------------


@pytest.fixture
def said(desk: Desk) -> Callable[[], dict[str, tuple[str, list[str]]]]:
    return lambda: {
        file["file"]: (file["outcome"], [finding["message"] for finding in file["findings"]])
        for file in desk.run("ingest")["files"]
    }


def test_what_is_no_workbook_is_told_by_what_it_is(
    desk: Desk, said: Callable[[], dict[str, tuple[str, list[str]]]]
) -> None:
    files = {
        "a.pdf": b"%PDF-1.7\n",
        "b.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
        "c.xlsb": zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"y"}),
        "d.numbers": zipped(**{"Index/Document.iwa": b"x"}),
        "e.xls": b"<html><table></table></html>",
        "f.gsheet": b'{"url": "https://docs.example/1", "doc_id": "1"}',
        "g.csv": b"a,b\n1,2\n",
        ".h.xlsx.icloud": b"bplist00",
    }
    for name, content in files.items():
        (desk.inbox / name).write_bytes(content)
    told = said()
    assert {name: outcome for name, (outcome, _words) in told.items()} == {
        name: "ignored" if name.endswith("icloud") else "rejected" for name in files
    }
    assert len({words[0] for _outcome, words in told.values()}) == len(files)
    assert (desk.inbox / ".h.xlsx.icloud").exists()


def test_what_came_beside_the_form_in_an_archive_is_no_rejected_file(desk: Desk) -> None:
    book = desk.send_back("YS").read_bytes()
    (desk.inbox / "YS.xlsx").unlink()
    (desk.inbox / "ส่ง.zip").write_bytes(zipped(**{"นำส่ง.pdf": b"%PDF-1.7 x", "ys.xlsx": book}))
    told = desk.run("ingest", expect=0)
    files = {file["file"]: file["outcome"] for file in told["files"]}
    assert (files, told["letters"]) == ({"ys.xlsx": "accepted", "นำส่ง.pdf": "ignored"}, [])
    assert not list(desk.inbox.rglob("*.pdf*"))


def test_what_came_beside_the_form_is_told_and_kept_in_its_mail(desk: Desk) -> None:
    book = desk.send_back("YS").read_bytes()
    (desk.inbox / "YS.xlsx").unlink()
    letter = (f"Content-Type: application/pdf\n{FILE}=letter.pdf", b"%PDF-1.7 x")
    (desk.inbox / "ส่ง.eml").write_bytes(mail((f"Content-Type: x/y\n{FILE}=ys.xlsx", book), letter))
    planned = {file["file"]: file for file in desk.run("ingest", "--dry-run", expect=0)["files"]}
    files = {file["file"]: file for file in desk.run("ingest", expect=0)["files"]}
    assert files["ys.xlsx"]["outcome"] == "accepted"
    assert [planned["letter.pdf"], "ส่ง.eml"] == [files["letter.pdf"], files["letter.pdf"]["container"]]
    [finding] = files["letter.pdf"]["findings"]
    assert (files["letter.pdf"]["outcome"], finding["code"]) == ("ignored", "FILE-BESIDE")
    assert "data/containers/ส่ง.eml" in finding["message"]
    assert base64.encodebytes(letter[1]).strip() in (desk.root / "data" / "containers" / "ส่ง.eml").read_bytes()
    assert desk.run("status")["rejected"] == []


@pytest.mark.parametrize("parts", [{"content.xml": b"\x01"}, {"encrypted-package": b"\x02"}], ids=["7.4", "24.8"])
def test_a_password_of_libreoffice_is_told_by_its_name(
    parts: dict[str, bytes], desk: Desk, said: Callable[[], dict[str, tuple[str, list[str]]]]
) -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b"<m:manifest xmlns:m='x'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    (desk.inbox / "a.ods").write_bytes(zipped(mimetype=kind, **parts, **{"META-INF/manifest.xml": manifest}))
    [(outcome, [message])] = said().values()
    assert (outcome, "OpenDocument" in message, "รหัสผ่าน" in message) == ("rejected", True, True)


class _Ring(KeyringBackend):
    """A system's keyring that has two passwords, a line each."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return "เงาะ๑\nมังคุด๒" if (service, username) == ("plantrack", "returns") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing is kept")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("nothing is taken away")


def test_passwords_come_from_the_environment_the_keyring_and_whoever_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.get_keyring()
    monkeypatch.setenv("PLANTRACK_PASSWORD", "ส้ม๐")
    typed = iter(["กล้วย๓", "ฝรั่ง๔", "", "ละมุด๕"])
    try:
        keyring.set_keyring(_Ring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        passwords = Passwords(lambda _file: next(typed))
        assert list(passwords.to_try("a.xlsx")) == [["ส้ม๐", "เงาะ๑", "มังคุด๒"], ["กล้วย๓"], ["ฝรั่ง๔"]]
        passwords.remember(["ฝรั่ง๔"])
        assert next(passwords.to_try("b.xlsx")) == ["ส้ม๐", "เงาะ๑", "มังคุด๒", "ฝรั่ง๔"]
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("password", ["มะม่วง๔๗", "ลำไย๘๒", ""])
def test_a_workbook_with_a_password(desk: Desk, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    path = desk.send_back("YS")
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("มะม่วง๔๗", locked)
    path.write_bytes(locked.getvalue())
    monkeypatch.setenv("PLANTRACK_PASSWORD", password)
    monkeypatch.setattr("plan_tracker.intake.unpacking.passwords.kept", lambda _entry: "")
    file = desk.ingest_one()
    codes = [(finding["code"], "ไม่มีรหัสผ่านใด" in finding["message"]) for finding in file["findings"]]
    assert (file["outcome"], codes) == (
        ("accepted", []) if password == "มะม่วง๔๗" else ("rejected", [("FILE-ENCRYPTED", password != "")])
    )
    written = b"".join(one.read_bytes() for one in (desk.root / "data").rglob("*") if one.is_file())
    assert not password or password.encode() not in written
