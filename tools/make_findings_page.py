"""Writes docs/findings.md from the catalogue: ``python -m tools.make_findings_page``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plan_tracker.checking.catalogue import CATALOGUE, OTHER_CASES, said_in
from plan_tracker.checking.catalogue.wording import Wording
from plan_tracker.i18n import THAI

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
_HEAD = """# Everything that can be found in a return

An *error* must be mended. A *warning* must be mended, or confirmed by the unit in the note of the field that it is put
on. A *notice* holds nothing back. A *rejected* file is not usable as a return. Words in braces are filled in from the
return. A code has further rows for what it says in cases of its own. `python -m tools.make_findings_page` writes this
page from `checking/catalogue/`.

| Code | Severity | What is wrong | How to mend it |
|---|---|---|---|
"""


def findings_page() -> str:
    """The whole page, as Markdown."""
    return _HEAD + "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    for code, wording in CATALOGUE.items():
        yield _row(code, code, wording)
        yield from (_row(code, case, other) for case, other in OTHER_CASES.items() if case.startswith(f"{code} "))


def _row(code: str, case: str, wording: Wording) -> str:
    both = zip((wording.what, wording.fix), said_in(THAI, case, wording), strict=True)
    texts = (f"{english}<br>{thai}" for english, thai in both)
    return f"| {code} | {wording.severity} | " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


if __name__ == "__main__":
    PAGE.write_text(findings_page(), encoding="utf-8")
