"""The documentation is whole."""

from __future__ import annotations

from plan_tracker.checking.catalogue import CATALOGUE
from tools.make_findings_page import PAGE, findings_page


def test_the_page_of_findings_is_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == findings_page()
    assert all(f"| {code} |" in page for code in CATALOGUE)
