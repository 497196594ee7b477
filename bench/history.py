"""What was measured before: ``bench/history.csv``, a line for each row of each run: what got slower is seen."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HISTORY = Path(__file__).with_name("history.csv")
WORSE = 1.15  # times the ratio of the run before: what is more than that is marked
_HEAD = ("day", "version", "units", "what", "against", "a", "b", "ratio", "aim")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: what A and B took (seconds or MB), and the aim that their ratio is held against."""

    what: str
    against: str
    a: float
    b: float
    aim: str

    @property
    def ratio(self) -> float:
        return self.a / self.b

    def line(self, before: float | None) -> str:
        """As it is printed; ``before``: the ratio of the run before, where there was one."""
        change = (
            "" if before is None else f"{self.ratio / before - 1:+.0%}{' !' if self.ratio > before * WORSE else ''}"
        )
        numbers = f"{self.a:>10.4f} {self.b:>10.4f} {self.ratio:>8.3f}"
        return f"{self.what:<48} {numbers}  {self.aim:<8} {change:>8}  {self.against}"


def last_ratios(path: Path, units: int) -> dict[str, float]:
    """The newest ratio of each comparison that was made with so many ``units``."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["what"]: float(row["ratio"]) for row in csv.DictReader(file) if int(row["units"]) == units}


def note(path: Path, rows: Sequence[Row], about: Mapping[str, object]) -> None:
    """Adds ``rows`` to the history; ``about``: the run's day, version and units."""
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, _HEAD, lineterminator="\n")
        if is_new:
            table.writeheader()
        for row in rows:
            numbers = {"a": f"{row.a:.4f}", "b": f"{row.b:.4f}", "ratio": f"{row.ratio:.4f}"}
            table.writerow({**about, "what": row.what, "against": row.against, **numbers, "aim": row.aim})
