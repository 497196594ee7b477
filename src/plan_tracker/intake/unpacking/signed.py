"""What a signature wraps (.p7m): taken out by OpenSSL's program, where that is installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePath

from plan_tracker.intake.unpacking.archives import run_within
from plan_tracker.intake.unpacking.members import Budget, Member, UnpackError


def can_open_signed() -> bool:
    return shutil.which("openssl") is not None


def signed_content(name: str, content: bytes, budget: Budget) -> Member:
    """What was signed: a mail, or the file itself. Who signed isn't asked: the form has a signature of its own."""
    form = "PEM" if content.startswith(b"-----") else "DER"
    with tempfile.TemporaryDirectory() as aside:
        wrapped, inside = Path(aside) / "signed", Path(aside) / "inside"
        wrapped.write_bytes(content)
        words = ["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", form]
        limit = budget.size + len(content)
        failed = run_within([*words, "-in", str(wrapped), "-out", str(inside)], Path(aside), limit)
        if failed is not None or not inside.exists():
            raise UnpackError("FILE-UNREADABLE")
        found = inside.read_bytes()
    budget.spend(len(found))
    stem = PurePath(name).stem if PurePath(name).suffix.lower() in (".p7m", ".p7s", ".p7") else name
    return Member(stem if PurePath(stem).suffix else f"{stem}.eml", found)
