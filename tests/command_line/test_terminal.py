"""The terminal: summaries, settings, completion, and what an officer edited."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from typer.testing import CliRunner

from plan_tracker.cli.app import app
from plan_tracker.cli.completing import SHELLS, VARIABLE
from plan_tracker.cli.console import terminal
from plan_tracker.cli.screens import collect, keep
from tests.desk import OWN_CONTACTS, Desk
from tests.register.test_register_changes import reload, tables


def test_ingest_shows_a_line_per_file_and_each_finding_when_asked(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    brief, whole = (desk.invoke("ingest", "--dry-run", *more).stdout for more in ((), ("--all",)))
    assert "NOT-CHOICE" not in brief
    assert "plantrack ingest --dry-run --all" in brief
    assert "NOT-CHOICE" in whole
    assert "plantrack status q1 --unit YS" in desk.invoke("ingest").stdout


def test_a_rejected_file_says_why_at_once(desk: Desk) -> None:
    (desk.inbox / "x.xlsx").write_bytes(b"no workbook")
    assert "FILE-" in desk.invoke("ingest").stdout


def test_of_many_units_those_with_something_left_are_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    monkeypatch.setattr(collect, "MOST_LINES", 1)
    brief, whole = (desk.invoke("status", "q1", *more).stdout for more in ((), ("--all",)))
    assert ("ETDA" in brief, "ยศ." in brief, "--all" in brief) == (True, False, True)
    assert "ยศ." in whole


@pytest.mark.parametrize("which", [("--outstanding",), ("--unit", "ETDA")])
def test_of_how_many_units_is_told_of_all_whichever_are_shown(desk: Desk, which: tuple[str, ...]) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    said = desk.invoke("status", "q1", *which).stdout
    assert "ครบถ้วนแล้ว 1 จาก 2 หน่วยงาน" in said
    assert "ยศ." not in said


def test_letters_stand_by_period_with_whole_file_names_at_80_columns(desk: Desk) -> None:
    """Those to be numbered first, with what to type for one and for all of them."""
    desk.run("letters", "number", "L1", "YS", "ดศ 0205.3/ว 1234", "--date", "2569-01-05", expect=0)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    said = desk.invoke("letters", "list").stdout
    assert max(map(cell_len, said.splitlines())) <= 80
    for name in ("2569-q1-YS-L1.docx", "2569-q1-ETDA-L1.docx", "2569-q2-YS-L1.docx"):
        assert f" {name} " in said
    assert "plantrack letters number L1 ETDA NUMBER --date D --period q1" in said
    alone = desk.invoke("letters", "list", "q2").stdout
    assert "plantrack letters number L1 all NUMBER --date D --period q2" in alone
    assert "ขั้นต่อไป" not in alone  # that would be this very list


def test_the_log_keeps_file_names_whole_at_80_columns(desk: Desk) -> None:
    name = "YS-quarterly-return-signed-by-the-director-2569-01-05.xlsx"
    desk.send_back("YS", name=name)
    desk.run("ingest", expect=0)
    said = desk.invoke("log").stdout.splitlines()
    assert max(map(cell_len, said)) <= 80
    [at] = [at for at, line in enumerate(said) if name in line]
    entry = [line for line in said[:at] if not line.startswith("      ")][-1]
    assert " ingest" in entry


def test_a_register_with_mistakes_says_what_to_do_with_them(desk: Desk) -> None:
    book = load_workbook(desk.root / "register.xlsx")
    book["หน่วยงาน"]["G3"] = "กรมอื่น"
    book.save(desk.root / "register.xlsx")
    for words in (("register", "check"), ("register", "load")):
        assert desk.invoke(*words).stdout.rstrip().endswith("plantrack register check")


def test_on_a_screen_many_codes_and_a_long_log_do_not_scroll_by(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log's end is shown there; in a file or a pipe all is whole."""
    withdraw = ("issue-forms", "q1", "--withdraw", "--dry-run")
    monkeypatch.setattr(terminal, "MOST_LINES", 1)
    monkeypatch.setattr(keep, "_NEWEST", 1)
    assert "YS ETDA" in desk.invoke(*withdraw).stdout
    assert "register load" in desk.invoke("log").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "YS และอีก 1" in desk.invoke(*withdraw).stdout
    newest = desk.invoke("log").stdout
    assert "issue-forms" in newest
    assert "register load" not in newest
    assert "plantrack log > FILE.txt" in newest


def test_settings_that_are_the_samples_are_named(desk: Desk) -> None:
    config = desk.root / "config.toml"
    own = config.read_text(encoding="utf-8")
    for sample, office in OWN_CONTACTS.items():
        own = own.replace(office, sample)
    config.write_text(own, encoding="utf-8")
    notes = desk.run("config", "check", expect=1)["notes"]
    assert [note["setting"] for note in notes] == [
        "office.contact",
        "office.phone",
        "office.email",
        "letters.emblem",
        "",
    ]
    assert "YS ETDA" in notes[-1]["message"]
    assert "plantrack config check" in desk.invoke("issue-forms", "q1", "--dry-run").stderr


def test_settings_that_are_still_to_be_given_are_named_with_what_to_do(desk: Desk) -> None:
    def change(before: str, after: str) -> None:
        config = desk.root / "config.toml"
        text = config.read_text("utf-8")
        assert before in text
        config.write_text(text.replace(before, after), "utf-8")

    def notes() -> list[tuple[str, str]]:
        return [(note["setting"], note["message"]) for note in desk.run("config", "check")["notes"]]

    change('phone = "0 2141 6000"', 'phone = " "')
    change('email = "plan@office.go.th"', 'email = "plan@example.com"')
    change('sender = ""', 'sender = "plan@mail.example.go.th"')
    change("120 หมู่ 3", "120 หมู่ 3 (ตัวอย่าง)")
    change('emblem = ""', 'emblem = "ตรา.png"')
    said = dict(notes())
    assert list(said) == ["office.phone", "office.email", "office.address", "mail.sender", "letters.emblem", ""]
    assert said["office.phone"].startswith("ยังว่างอยู่")
    assert said["office.email"].startswith("'plan@example.com'")
    assert said["letters.emblem"].startswith("ไม่พบ ตรา.png")
    (desk.root / "ตรา.png").write_bytes(b"x")
    change('phone = " "', 'phone = "0 2141 6000"')
    change("plan@example.com", "plan@office.go.th")
    change("plan@mail.example.go.th", "plan@office.go.th")
    change("120 หมู่ 3 (ตัวอย่าง)", "120 หมู่ 3")
    assert [setting for setting, _message in notes()] == [""]


@pytest.mark.parametrize(("count", "named"), [(5, "U0 U1 U2 U3 U4"), (6, "U0 U1 U2 U3 U4 …")])
def test_units_without_an_address_are_counted_and_the_first_are_named(desk: Desk, count: int, named: str) -> None:
    content = tables()
    content["units"] = [{**unit, "email": "a@office.go.th"} for unit in content["units"]]
    for n in range(count):
        unit, project = content["units"][0], content["projects"][1]
        content["units"].append({**unit, "code": f"U{n}", "name": f"กอง {n}", "short": f"ก{n}", "email": ""})
        content["projects"].append({**project, "code": f"N{n}", "name": f"งาน {n}", "unit": f"U{n}"})
    reload(desk, content)
    [*_others, last] = desk.run("config", "check", expect=1)["notes"]
    assert (last["setting"], last["message"]) == ("", f"หน่วยงาน {count} แห่งยังไม่มีอีเมลในทะเบียน: {named}")
    content["units"] = [{**unit, "email": "a@office.go.th"} for unit in content["units"]]
    reload(desk, content)
    assert "" not in [note["setting"] for note in desk.run("config", "check")["notes"]]


def test_a_mistake_in_the_settings_is_told_by_line_and_likely_name(desk: Desk) -> None:
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("issue = -15", "isue = -15"), "utf-8")
    assert "issue" in str(desk.run("config", "check", expect=2))


def test_a_form_that_was_edited_is_kept_beside_the_new_one(desk: Desk) -> None:
    assert desk.run("issue-forms", "q1", expect=0)["kept"] == []
    path = desk.form_path("YS")
    book = load_workbook(path)
    book.properties.title = "แก้ด้วยมือ"
    book.save(path)
    edited = path.read_bytes()
    [kept] = desk.run("issue-forms", "q1", expect=0)["kept"]
    assert (desk.root / kept).read_bytes() == edited
    assert path.read_bytes() != edited


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(shell: str) -> None:
    script = CliRunner().invoke(app, ["completion", shell]).stdout
    assert VARIABLE in script or "complete" in script
    assert CliRunner().invoke(app, ["completion", "command.com"]).exit_code == 2


def _completed(desk: Desk, *words: str) -> list[str]:
    typed = {"COMP_WORDS": " ".join(("plantrack", *words)), "COMP_CWORD": str(len(words))}
    environment = {VARIABLE: "complete_bash", "PLANTRACK_WORKSPACE": str(desk.root), **typed}
    return CliRunner().invoke(app, [], env=environment).stdout.split()


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_commands_periods_and_codes_are_completed(desk: Desk, tmp_path: Path) -> None:
    assert _completed(desk, "rep") == ["report"]
    assert _completed(desk, "status", "q") == ["q1", "q2", "q3", "q4"]
    assert _completed(desk, "accept", "q1", "Y") == ["YS"]
    assert _completed(desk, "plan", "show", "q1", "P00") == ["P001", "P002", "P003"]
    assert _completed(Desk(tmp_path), "accept", "q1", "Y") == []
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("accept q1 ET", "ETDA"),
        ("status year", "year-end"),
        ("status q1 --unit ET", "ETDA"),
        ("trace q1 P00", "P003"),
        ("query --project P00", "P003"),
        ("query --period q", "q4"),
        ("orders add x --unit ET", "ETDA"),
        ("letters number L1 ET", "ETDA"),
        ("export bb", "bb302"),
    ],
)
def test_every_shell_is_offered_codes_and_periods_wherever_they_stand(
    desk: Desk, shell: str, typed: str, offered: str
) -> None:
    words = f"plantrack {typed}"
    asked = {
        "bash": {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": words},
        "fish": {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words.split()[-1]},
    }[shell]
    environment = {VARIABLE: f"complete_{shell}", "PLANTRACK_WORKSPACE": str(desk.root), **asked}
    assert offered in CliRunner().invoke(app, [], env=environment).stdout


def test_what_is_left_out_of_a_table_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say_more(0)
    assert capsys.readouterr().out == ""
    terminal.say_more(3)
    assert "3" in capsys.readouterr().out
