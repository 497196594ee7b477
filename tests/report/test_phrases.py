"""R12: turns of phrase of the executive summary and of the lists of changes."""

from __future__ import annotations

import pytest

from plan_tracker.documents.report import phrases as p
from plan_tracker.i18n import THAI


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("", ""),
        ("ก", "ได้แก่ ก"),
        ("กข", "ได้แก่ (1) ก และ (2) ข"),
        ("กขค", "ได้แก่ (1) ก (2) ข และ (3) ค"),
        ("กขคง", "ได้แก่ (1) ก (2) ข (3) ค และ (4) ง"),  # not “and 1 more”, which is as long
        ("กขคงจ", "ได้แก่ (1) ก (2) ข (3) ค และอีก 2 โครงการ"),
    ],
)
def test_the_first_are_named_and_the_others_counted(names: str, says: str) -> None:
    assert p.named(names, p.PROJECTS, 3, THAI) == says
