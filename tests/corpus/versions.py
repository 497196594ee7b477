"""Which form came back: an older one, a correction form, one of another quarter, unit or version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plan_tracker.demo.units import fill_form
from plan_tracker.forms.definition.workbook.identity import Identity
from plan_tracker.forms.definition.workbook.signing import signing_key
from plan_tracker.registerbook import write_register
from tests.corpus.piece import Piece
from tests.desk import TABLES, Desk

Step = Callable[[Piece], object]
__all__ = ["correction", "reissue", "signed_as", "unit_gone"]


def signed_as(**said: str) -> Step:
    """The identity rewritten and signed anew, as only the office itself can."""

    def step(piece: Piece) -> None:
        sheet = piece.sheet("_plantrack")
        rows = {str(key): str(value) for key, value in sheet.iter_rows(values_only=True)} | said
        identity = Identity(**{name: rows[name] for name in Identity._fields})
        for row, pair in enumerate(identity.rows(signing_key(piece.desk.root / "data")), 1):
            for column, value in enumerate(pair, 1):
                sheet.cell(row, column).value = value

    return step


def reissue() -> Step:
    """A newer form has been issued since."""
    return lambda piece: piece.desk.run("issue-forms", "q1", expect=0)


def unit_gone() -> Step:
    """The unit has left the register since its form was issued."""

    def step(piece: Piece) -> None:
        kept = {
            name: [row for row in rows if "YS" not in (row["code"], row.get("unit"))] for name, rows in TABLES.items()
        }
        write_register(piece.desk.root / "register.xlsx", kept)
        piece.desk.run("register", "load", "--because", "ยุบเลิก (ตัวอย่าง)", expect=0)

    return step


def correction(mended: bool, **typed: Any) -> Step:
    """The correction form of a return without (11), whose contact person is unreachable: mended or left as it was."""

    def step(piece: Piece) -> None:
        desk: Desk = piece.desk
        good = desk.answers("YS")
        faults = {"P001/f11.result_quarter": None, "YS/u.contact_email": "ไม่มีอีเมล", "K01/k.result": None}
        faults["P002/f14.next_steps"] = None  # so that all is asked for again
        desk.send_back("YS", faults)
        [made] = desk.run("ingest", expect=1)["corrections"]
        answers = {name: good[name] for name in faults} if mended else {}
        returned = desk.root / "returned.xlsx"
        fill_form(desk.root / made["form"], answers | typed, returned)
        piece.content = returned.read_bytes()

    return step
