"""Keeps a small workspace as a release of plantrack makes it, so that tests can open it with what comes later.

Writes ``tests/kept/RELEASE.tar.xz``: ``workspace/``, and in ``later/`` files returned after the upgrade. Run it
by path, with the release's own code first::

    git worktree add /tmp/release RELEASE
    PYTHONPATH=/tmp/release/src:/tmp/release python tools/keep_workspace.py tests/kept/RELEASE.tar.xz
"""

from __future__ import annotations

import os
import sys
import tarfile
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from plan_tracker.registerbook import write_register
from plan_tracker.values import Value
from tests.desk import TABLES, Desk

# What an officer may have set: what the figures and documents depend on is not as it would be by default.
SETTINGS = {
    "thai_digits = true": "thai_digits = false",
    'plan_title = "แผนปฏิบัติราชการประจำปี"': 'plan_title = "แผนปฏิบัติราชการรายปี (ตัวอย่าง)"',
    '[targets]\nsource = ""': '[targets]\nsource = "มติ ครม. (ตัวอย่าง)"',
    'overall = ["", "", "", ""]': "overall = [30, 52.5, 75, 93]",
    "lower_proportional = false": "lower_proportional = true",
    "days_after_quarter = 15": "days_after_quarter = 12",
}
MORE: dict[str, Value] = {"code": "P004", "name": "ตรวจสอบภายใน (ตัวอย่าง)", "plans": "ops", "unit": "TS"}
KPI: dict[str, Value] = {
    "code": "K03",
    "name": "ระยะเวลาให้บริการ (ตัวอย่าง)",
    "plan": "ops",
    "unit": "YS",
    "measure": "วัน",
    "direction": "ยิ่งน้อยยิ่งดี",
    "target": Decimal(4),
}


def play(root: Path, later: Path) -> None:
    """One quarter half done: one unit reported, one has its correction form, one has not answered; submitted."""
    desk = Desk(root, date(2026, 1, 20))
    desk.run("init", str(root), expect=0)
    settings = (root / "config.toml").read_text("utf-8")
    for shipped, chosen in SETTINGS.items():
        assert settings.count(shipped) == 1, shipped
        settings = settings.replace(shipped, chosen)
    (root / "config.toml").write_text(settings, "utf-8")
    tables: dict[str, list[dict[str, Value]]] = {name: list(rows) for name, rows in TABLES.items()}
    tables["projects"].append(MORE)
    tables["kpis"].append(KPI)
    write_register(root / "register.xlsx", tables)
    desk.run("register", "load", expect=0)
    desk.run("issue-forms", "q1", expect=0)
    desk.send_back("YS")
    desk.send_back("TS", {"P004/f14.progress_percent": "ครึ่งหนึ่ง"})
    desk.run("ingest")
    desk.run("report", "q1")  # of later releases 1, since a unit is missing
    desk.run("review", "submit", "q1", expect=0)
    later.mkdir()
    desk.send_back("ETDA").rename(later / "ETDA.xlsx")
    correction = next((root / "outbox" / "2569-q1" / "corrections").glob("*TS*form.xlsx"))
    desk.send_back("TS", {"P004/f14.progress_percent": 55}, form=correction).rename(later / "TS.xlsx")


def pack(folder: Path, path: Path) -> None:
    """The folder as one file. Compressed as a whole: its documents have most of their parts in common."""
    with tarfile.open(path, "w:xz", preset=9) as archive:
        archive.add(folder, ".", filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without who made it and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


def main(path: Path) -> None:
    os.environ |= {"LOGNAME": "officer", "PLANTRACK_SOFFICE": "none"}
    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder) / "workspace", Path(folder) / "later")
        pack(Path(folder), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
