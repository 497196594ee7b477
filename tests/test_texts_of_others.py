"""R8, R10, R12: whatever stands in any text that a unit or an office can fill, no output has it live, and none raw.

One office whose every text is hostile goes through a quarter; then every file that has come of it, and all that was
said, is looked at: workbooks, CSV, documents, pages, JSON, drawings, mails, file names, the log and the screen.
``TEXTS`` says how many such offices are played.
"""

from __future__ import annotations

import csv
import email
import email.policy
import json
import os
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.registerbook import write_register
from plan_tracker.registerbook.layout import TABLES as SHEETS
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.values import Value
from tests.desk import KPIS, PLANS, PROJECTS, UNITS, Desk

EXAMPLES = int(os.environ.get("TEXTS") or 1)
MARK = "zqx"  # by which a text of others is known wherever it comes out
FRAGMENTS = (
    '=HYPERLINK("http://x.example","คลิก")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1+1", "\r=1+1",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]><!-- -->", "javascript:alert(1)", "</title>",
    "{{ 7*7 }}{% raise %}{# c #}", "<w:instrText>QUOTE</w:instrText>", "{ PAGE \\* MERGEFORMAT }", "&amp;&#27;",
    "\x1b]0;ยึดจอ\x07", "\x9b31m", "\u202eกลับ\u202c", "\u2066\u2028\u2029", "\x00\x08\x7f\x85", "_x001B_]0;",
    "\r\nBcc: all@x.example", "\n\nX-Evil: 1", "=?utf-8?q?=0ABcc=3A_x?=", "../../นอก", "CON", "a\\b/c:d|e?f*", " . ",
    "[red]แดง[/]", "[/]", "%s%n{0}{x.__class__}", "'; DROP TABLE returns; --", "\ufffe\uffff", "\U000e0041",
)  # fmt: skip
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
ESCAPED = re.compile("(?<!_x005F)_x(?:000[0-8BCEF]|001[0-9A-F]|FFF[EF])_")  # a control, as workbooks write one
DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
FORMULA = tuple("=+-@\t\r")
FIELD_CODES = {"TOC", "PAGEREF", "SEQ", "PAGE"}
RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|[. ]$')
DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)", re.IGNORECASE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class HostileOffice:
    """An office each of whose texts is made of some of the ``fragments``; what its commands said is gathered."""

    root: Path
    fragments: Sequence[str]
    said: list[str] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk(self.root)

    def of(self, place: str) -> str:
        """The text at a place: others at others, so that all of them come to all kinds of places."""
        drawn = random.Random(place)
        return "".join(drawn.sample(self.fragments, min(3, len(self.fragments)))) + f" {MARK}-{place}"

    def run(self, *words: str, expect: tuple[int, ...] = (0, 1)) -> None:
        result = self.desk.invoke(*words)
        self.said += [result.stdout, result.stderr]
        assert result.exit_code in expect, (words, result.output)

    def set_up(self) -> None:
        init_workspace(self.root)
        config = self.root / "config.toml"
        own = config.read_text("utf-8").replace("plan@example.go.th", "plan@office.go.th")
        config.write_text(_hostile_settings(own, self.of), encoding="utf-8")
        write_register(self.root / "register.xlsx", self.tables())

    def tables(self) -> dict[str, list[dict[str, Value]]]:
        """The small register, every text of which that is no code or choice is hostile."""
        rows = {"plans": PLANS, "units": UNITS[:2], "projects": [PROJECTS[0], PROJECTS[2]], "kpis": KPIS}
        kept = {"code", "plan", "plans", "unit", "owner_code", "former_code", "computed"}
        free = {
            name: [key for key, one in _fields(name).items() if one.kind is FieldKind.TEXT and key not in kept]
            for name in rows
        }
        return {
            name: [dict(row) | {key: _typed(self.of(f"{row['code']}/{key}")) for key in free[name]} for row in listed]
            for name, listed in rows.items()
        }

    def typed(self, unit: str) -> Mapping[str, Value | int | float | None]:
        """Every text that the unit's form asks for."""
        form = self.desk.newest_form(unit)
        asked = [(f"{code}/{key}", one) for code in form.projects for key, one in CURRENT.form1.inputs.items()]
        asked += [(f"{code}/{key}", one) for code in form.kpis for key, one in CURRENT.form2.inputs.items()]
        asked += [(f"{unit}/{key}", one) for key, one in CURRENT.unit.inputs.items()]
        return {place: _typed(self.of(place)) for place, one in asked if one.kind is FieldKind.TEXT}


def play(office: HostileOffice) -> None:
    """A quarter with every command that takes a text, or shows or writes what others have said."""
    run, text = office.run, office.of
    office.set_up()
    run("config", "check")
    run("register", "check")
    run("register", "load")
    run("issue-forms", "q1")
    for unit in ("YS", "ETDA"):
        office.desk.send_back(unit, office.typed(unit), name=_file_name(f"{text(unit)}.xlsx"))
    (office.desk.inbox / _file_name(f"{text('torn')}.xlsx")).write_bytes(b"PK\x03\x04")
    (office.desk.inbox / "mail.eml").write_bytes(_mail(office))
    run("ingest")
    run("letters", "number", "L1", "all", text("number"), "--date", "2569-01-05")
    run("mail", "draft", "q1")
    run("accept", "q1", "YS", "--because", text("waiver"))
    run("accept", "q1", "ETDA", "--because", text("waiver"))
    run("plan", "approve", "q1", "--all", "--because", text("plan"))
    run("circulate", "q1", "--order", text("circulation"), "--date", "2569-01-05")
    run("orders", "add", text("order"), "--date", "2569-01-05", "--due", "2569-02-05", "--unit", "YS")
    run("orders", "letters")
    run("report", "q1", "--xlsx")
    run("review", "submit", "q1")
    run("review", "comment", "q1", text("comment"), "--unit", "YS")
    run("review", "resolve", "q1", "1", "--because", text("resolved"))
    for act in ("approve", "submit", "approve", "submit"):
        run("review", act, "q1")
    run("review", "permit", "q1", "--reference", text("permission"), "--date", "2569-01-05")
    run("publish", "q1")
    run("mail", "draft", "q1")
    run("export", "emenscr", "q1")
    for number, words in enumerate(LOOKED_UP):
        run(*words, *(["--json"] if number % 2 else []), expect=(0, 1, 2))


LOOKED_UP = (
    ("status", "q1"), ("status", "q1", "--unit", "YS"), ("trace", "q1", "P001"), ("trace", "q1", "K01"), ("problems",),
    ("problems", "--all"), ("log",), ("plan", "list", "q1"), ("plan", "show", "q1", "P001"), ("orders", "list"),
    ("letters", "list", "q1"), ("mail", "list", "q1"), ("review", "show", "q1"), ("register", "show"),
    ("register", "history", "P001"), ("compare", "q1", "YS"), ("query", "stage"), ("calendar",), ("board",),
    ("doctor",), ("verify",), ("remind", "q1"),
)  # fmt: skip


def _fields(sheet: str) -> Mapping[str, Field]:
    return SHEETS[sheet].columns


def _hostile_settings(config: str, of: Callable[[str], str]) -> str:
    """The settings whose every free text is hostile."""
    free = [
        "name",
        "letterhead",
        "ministry",
        "division",
        "address",
        "phone",
        "contact",
        "name_en",
        "division_en",
        "signatory_name",
        "signatory_position",
        "memo_signatory_name",
        "memo_signatory_position",
        "owner",
        "copies",
        "number_prefix",
        "permanent_secretary",
        "by_order",
        "monitoring_director",
        "strategy_director",
        "executives",
        "kpi_addressee",
        "plan_title",
        "source",
        "maintainer",
        "tags",
        "notes",
        "objective",
        "data_type",
        "data_source",
    ]
    head, mail, rest = config.partition("\n[mail]")

    def line(said: str) -> str:
        key, _equals, value = said.partition(" = ")
        return f"{key} = {_in_toml(of(f'settings.{key}'))}" if key in free and value.startswith('"') else said

    own, _next, others = rest.partition("\n[")  # the mail server's account stays as it is
    texts = "\n".join(map(line, head.splitlines())), "\n".join(map(line, others.splitlines()))
    return f"{texts[0]}{mail}{own}\n[{texts[1]}\n"


def _in_toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _typed(text: str) -> str:
    """``text`` as a workbook holds it: what XML can't, by its number."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", lambda one: f"_x{ord(one[0]):04X}_", text)


def _file_name(text: str) -> str:
    """The longest name of a file that is as hostile as this system takes it."""
    name = text.replace("/", "∕").replace("\0", "")
    while len(name.encode()) > 250:
        name = name[1:]
    return name


def _mail(office: HostileOffice) -> bytes:
    message = EmailMessage()
    message["From"] = "unit@x.example"
    message["Subject"] = "S"
    message.set_content(office.of("mail"))
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="octet-stream", filename="n.xlsx")
    said = f"{office.of('mail')}"
    raw = message.as_bytes()
    name = email.header.Header(said, "utf-8").encode(linesep="")
    return raw.replace(b"Subject: S", b"Subject: " + name.encode()).replace(b'"n.xlsx"', b'"n.xlsx"')


def look(office: HostileOffice) -> None:
    """Every output: nothing live, nothing raw."""
    for said in office.said:
        assert not DRIVING.search(said), DRIVING.search(said)
    kinds = {".xlsx": _workbook, ".csv": _csv, ".docx": _document, ".html": _page, ".json": _json, ".svg": _drawing}
    for path in sorted(office.root.rglob("*")):
        if path.relative_to(office.root).parts[0] == "outbox":
            assert not RESERVED.search(path.name), path.name
            assert not DEVICES.match(path.name), path.name
        as_it_came = {"containers", "originals", "inbox", "register.xlsx"} & {*path.parts}
        if not path.is_file() or (as_it_came and path.suffix != ".txt"):
            continue
        if path.suffix in kinds:
            kinds[path.suffix](path)
        elif path.suffix in (".eml", ".jsonl", ".txt", ".log", ".md", ".ics"):
            (_mail_out if path.suffix == ".eml" else _plain)(path)


def _workbook(path: Path) -> None:
    """What is others' stands in no formula but within its quotation marks, and no escape makes a control of it."""
    for name, content in _parts(path):
        assert not ESCAPED.search(content.decode()), (path, name, ESCAPED.search(content.decode()))
        if MARK.encode() in content:
            formulas = [formula.text or "" for formula in etree.fromstring(content).iter("{*}f")]
            assert not any(MARK in re.sub(r'"(?:[^"]|"")*"', "", formula) for formula in formulas), (path, name)


def _has_mark(text: object) -> bool:
    return MARK in str(text or "")


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """The parts of a package, each well formed, and with no link of others'."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                content = package.read(name)
                root = etree.fromstring(content)
                linked = [one for one in root.iter("{*}Relationship") if one.get("TargetMode") == "External"]
                assert not any(_has_mark(one.get("Target")) for one in linked), (path, name)
                yield name, content


def _csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                assert not (_has_mark(cell) and cell.lstrip(" \u00a0").startswith(FORMULA)), (path, cell)
                assert not RAW.search(cell), (path, cell)


def _document(path: Path) -> None:
    for _name, content in _parts(path):
        if b"instrText" in content or b"fldSimple" in content:
            root = etree.fromstring(content)
            codes = [(code.text or "") for code in root.iter(f"{W}instrText")]
            codes += [one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple")]
            assert {code.split()[0].upper() for code in codes if code.split()} <= FIELD_CODES, (path, codes)
            assert not any(map(_has_mark, codes)), path


def _page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not RAW.search(text), (path, RAW.search(text))
    root = html.fromstring(text.encode())
    for one in root.iter():
        if not isinstance(one.tag, str):
            assert not _has_mark(one.text), path  # a comment
            continue
        if one.tag in ("script", "style", "title", "iframe", "object"):
            data = one.get("type", "") in ("application/json", "application/ld+json")
            assert one.tag == "title" or data or not _has_mark(one.text), (path, one.tag)
        for name, value in one.attrib.items():
            assert not str(name).startswith("on"), (path, one.tag, name)
            if str(name) in ("href", "src", "action", "style", "srcset") and value != "data:,":
                assert not re.match(r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE), (path, value)
        assert one.tag != "img" or one.get("src") != "x", path


def _json(path: Path) -> None:
    text = path.read_text("utf-8")
    json.loads(text)
    assert not RAW.search(text), (path, RAW.search(text))


def _drawing(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    assert not [one for one in root.iter() if isinstance(one.tag, str) and etree.QName(one).localname == "script"]
    _plain(path)


def _plain(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not RAW.search(text), (path, RAW.search(text))


def _mail_out(path: Path) -> None:
    raw = path.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    own = {"from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "x-unsent", "reply-to"}
    own |= {"auto-submitted", "content-transfer-encoding", "content-language", "in-reply-to", "references"}
    assert {name.lower() for name in message} <= own, (path, message.keys())
    assert "x.example" not in " ".join(str(message[name] or "") for name in ("To", "Cc", "From")), path
    assert not RAW.search(raw.partition(b"\r\n\r\n")[0].decode()), path
    for part in message.walk():
        name = part.get_filename() or ""
        assert not RESERVED.search(name), (path, name)


@settings(max_examples=EXAMPLES, phases=[Phase.generate])
@given(more=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), max_size=8))
def test_texts_of_others_are_only_text_in_every_output(
    tmp_path_factory: pytest.TempPathFactory, more: list[str]
) -> None:
    office = HostileOffice(tmp_path_factory.mktemp("others") / "งาน", [*FRAGMENTS, *more])
    play(office)
    look(office)
