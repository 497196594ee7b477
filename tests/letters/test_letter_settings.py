"""Where each setting of the office and its letters stands: many of them have the same words in an office."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

from plan_tracker.config import Config, Letters, Office
from plan_tracker.documents.letters.kinds import KINDS
from plan_tracker.workspace.folders import Workspace
from tests import letterbox

COMMON: Final = ("L1", "L2", "L3", "L10")  # signed as all letters are; the others have a signatory of their own
SIGNED: Final = ("signatory_name", "signatory_position", "memo_signatory_name", "memo_signatory_position")
_FIXED: Final = ("emblem", "urgency", "kpi_letter_type")  # of which the settings allow some alone
_MEMO: Final = "name owner phone number_prefix"
_MEMO_SIGNED: Final = "memo_signatory_name memo_signatory_position copies"
_ASKING: Final = f"division division division email contact phone {_MEMO_SIGNED}"
_EXTERNAL: Final = "number_prefix letterhead address"
_SIGNED: Final = "signatory_name signatory_position owner phone contact email copies"
STANDS: Final = {
    "L1-memo": f"{_MEMO} name division email contact phone {_MEMO_SIGNED}",
    "L1-external": f"{_EXTERNAL} name division email {_SIGNED}",
    "L2-memo": f"{_MEMO} {_ASKING}",
    "L2-external": f"{_EXTERNAL} name name division email {_SIGNED}",
    "L3-memo": f"{_MEMO} {_ASKING}",
    "L3-external": f"{_EXTERNAL} name name division email {_SIGNED}",
    "L4-memo": f"{_MEMO} division division permanent_secretary by_order contact phone {_MEMO_SIGNED}",
    "L4-external": f"{_EXTERNAL} name name permanent_secretary by_order {_SIGNED}",
    "L5-memo": f"{_MEMO} monitoring_director division division strategy_director {_MEMO_SIGNED}",
    "L5-memo-second": f"{_MEMO} strategy_director division division division monitoring_director "
    f"monitoring_director monitoring_director {_MEMO_SIGNED}",
    "L6-memo": f"{_MEMO} executives division division monitoring_director strategy_director ministry {_MEMO_SIGNED}",
    "L7-memo": f"{_MEMO} permanent_secretary division division permanent_secretary division email contact phone "
    f"{_MEMO_SIGNED}",
    "L7-external": f"{_EXTERNAL} permanent_secretary name name permanent_secretary division email {_SIGNED}",
    "L8-memo": f"{_MEMO} kpi_addressee division {_MEMO_SIGNED}",
    "L8-external": f"{_EXTERNAL} kpi_addressee division {_SIGNED}",
    "L9-memo": f"{_MEMO} {_ASKING}",
    "L9-external": f"{_EXTERNAL} name name name email {_SIGNED}",
    "L10-memo": f"{_MEMO} {_ASKING}",
    "L10-external": f"{_EXTERNAL} name division division email {_SIGNED}",
}
_Table = TypeVar("_Table", Office, Letters)


def _named(table: _Table) -> _Table:
    """``table`` in which each text says its own name."""
    texts = [name for name, value in table._asdict().items() if isinstance(value, str)]
    named: dict[str, Any] = {name: f"‹{name}›" for name in texts if name not in _FIXED}
    return table._replace(**named)


@pytest.mark.parametrize("case", [case for case in letterbox.cases() if case.second or not case.many], ids=str)
def test_each_setting_stands_in_its_place(case: letterbox.Case, tmp_path: Path) -> None:
    own = {kind: {name: f"‹{kind}.{name}›" for name in SIGNED} for kind in KINDS if kind not in COMMON}
    config = Config(2569, office=_named(Office()), letters=_named(Letters())._replace(of_kinds=own))
    path = tmp_path / "letter.docx"
    letterbox.write(case, Workspace(tmp_path, config), path)
    found = re.findall(r"‹([\w.]+)›", "\n".join(letterbox.lines(path)))
    name = str(case).replace("-one", "").replace("-many", "")
    stands = STANDS.get(name) or STANDS[name.removesuffix("-second")]
    prefix = "" if case.kind in COMMON else f"{case.kind}."
    assert found == [prefix + word if word in SIGNED else word for word in stands.split()]
