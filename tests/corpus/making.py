"""Makes cases' files: a case says in the table which steps made it, and all of LibreOffice's are taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.corpus import cells, containers, files, layout, office, opendocument, package, versions
from tests.corpus.piece import Piece
from tests.corpus.table import Case

Step = Callable[[Piece], object]
_NAMES: dict[str, Any] = {"date": date, "datetime": datetime}
for _module in (cells, containers, files, layout, office, opendocument, package, versions):
    _NAMES |= {name: getattr(_module, name) for name in _module.__all__}


def make(pieces: Mapping[Case, Piece], folder: Path) -> None:
    """Takes every piece through its case's steps; those of LibreOffice wait for each other, since it starts slowly."""
    waiting = {case: _steps(case) for case in pieces}
    while waiting:
        orders = {}
        for case, steps in list(waiting.items()):
            order = _until_office(steps, pieces[case])
            if order is None:
                del waiting[case]
            else:
                orders[case] = order
        if orders:
            office.save_all([(pieces[case], order) for case, order in orders.items()], folder)


def _steps(case: Case) -> Iterable[Step | office.Saving]:
    steps: list[Step | office.Saving] = eval(f"[{case.made}]", dict(_NAMES))
    return iter(steps)


def _until_office(steps: Iterable[Step | office.Saving], piece: Piece) -> office.Saving | None:
    for step in steps:
        if isinstance(step, office.Saving):
            return step
        step(piece)
    return None
