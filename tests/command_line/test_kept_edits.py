"""What an officer has changed by hand in the outbox is never lost: the very bytes are still there after every command
has been run once more, and where they lie is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from tests.desk import Desk

DAY = "2569-01-20"
WRITING: tuple[tuple[str, ...], ...] = (
    ("issue-forms", "q1"),
    ("ingest",),
    ("remind", "q1"),
    ("report", "q1"),
    ("review", "submit", "q1"),
    ("circulate", "q1", "--order", "ให้เร่งรัด (ตัวอย่าง)", "--date", DAY),
    ("orders", "letters"),
    ("mail", "draft", "q1"),
    ("export", "emenscr", "q1"),
)


def edit(path: Path) -> bytes:
    """Puts something into a file that was not in it; gives its bytes."""
    if path.suffix in (".docx", ".xlsx"):
        with ZipFile(path, "a") as package:
            package.writestr("docProps/by-hand.txt", "แก้ด้วยมือ (ตัวอย่าง)")
    else:
        path.write_bytes(path.read_bytes() + "\r\nแก้ด้วยมือ (ตัวอย่าง)".encode())
    return path.read_bytes()


def papers(desk: Desk) -> Iterator[Path]:
    return (path for path in (desk.root / "outbox").rglob("*") if path.suffix in (".docx", ".xlsx", ".eml", ".pdf"))


def test_nothing_that_was_edited_is_overwritten_and_all_of_it_is_told(desk: Desk) -> None:
    desk.today = desk.today.replace(day=20)
    desk.send_back("YS", {"P002/f14.stage": "ไม่รู้"})
    desk.run("orders", "add", "เร่งรัด (ตัวอย่าง)", "--date", DAY, "--due", "2569-02-20", "--unit", "YS", expect=0)
    for words in WRITING:
        assert desk.invoke(*words).exit_code in (0, 1), words
    kinds = {path.parent.name for path in papers(desk)}
    assert {"forms", "letters", "corrections", "reports", "mails", "exports"} <= kinds
    assert any(path.stem.endswith("-L5") for path in papers(desk))  # what goes with the report to those who approve it
    edited = {path: edit(path) for path in papers(desk)}
    said = "".join(desk.invoke(*words).output for words in WRITING)
    there = {path.read_bytes(): path for path in desk.root.rglob("*") if path.is_file()}
    lost = [path.name for path, content in edited.items() if content not in there]
    assert lost == []
    moved = {there[content] for path, content in edited.items() if there[content] != path}
    untold = [path.name for path in moved if path.name not in said]
    assert untold == []
