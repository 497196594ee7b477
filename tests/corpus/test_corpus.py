"""The corpus of returned workbooks (R6–R8, R10): every case of ``cases.txt`` against the real intake.

The first case of a group takes as long as all of it: its files are made, some by LibreOffice, and taken in together.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.run import Told, tell
from tests.corpus.table import Case, read_cases
from tests.office import need_office

CASES = read_cases()


def _param(case: Case) -> object:
    marks = [pytest.mark.office] if "office(" in case.made else []
    if case.fails_today:
        marks.append(pytest.mark.xfail(reason=case.fails_today, strict=True))
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_case(case: Case, issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    if "office(" in case.made:
        need_office()
    told: Told = tell(case, CASES, issued_root, tmp_path_factory.getbasetemp())
    assert told.outcomes == sorted(case.outcomes)
    assert told.findings == told.expected_findings(case)
    assert told.strays(case) == {}


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
