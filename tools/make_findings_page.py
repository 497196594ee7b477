"""Writes docs/findings.md from the catalogue: ``python -m tools.make_findings_page``."""

from __future__ import annotations

from pathlib import Path

from plan_tracker.checking.catalogue import CATALOGUE, said_in
from plan_tracker.i18n import THAI

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
_HEAD = """# Everything that can be found in a return

An *error* must be mended. A *warning* must be mended, or confirmed by the unit in the note of the field that it is put
on. A *notice* holds nothing back. A *rejected* file is not usable as a return. Words in braces are filled in from the
return. `python -m tools.make_findings_page` writes this page from `checking/catalogue.py`.

| Code | Severity | What is wrong | How to mend it |
|---|---|---|---|
"""


def findings_page() -> str:
    """The whole page, as Markdown."""
    rows = []
    for code, wording in CATALOGUE.items():
        both = zip((wording.what, wording.fix), said_in(THAI, code, wording), strict=True)
        texts = (f"{english}<br>{thai}" for english, thai in both)
        rows.append(f"| {code} | {wording.severity} | " + " | ".join(text.replace("|", "\\|") for text in texts) + " |")
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(findings_page(), encoding="utf-8")
