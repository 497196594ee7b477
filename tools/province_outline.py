"""Makes the provinces' outlines of the web site's map out of the npm package ``@svg-maps/thailand`` (CC BY 4.0).

Reads the unpacked package, writes ``publication/site/provinces.json``: ``python -m tools.province_outline FOLDER``.
Points are moved to a coarse grid, on which neighbours still share their borders, and those that are then alike dropped.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from plan_tracker.forms.definition.provinces import PROVINCES

TARGET = Path(__file__).parent.parent / "src" / "plan_tracker" / "publication" / "site" / "provinces.json"
SCALE = 0.5  # of the package's drawing, which is 560 wide and 1025 high
_LEAST = 4  # points that an island has to have left
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_NO_PROVINCE = "Lake Songkha"
# In the order of PROVINCES
NAMES = """
    Bangkok, Krabi, Kanchanaburi, Kalasin, Kamphaeng Phet, Khon Kaen, Chanthaburi, Chachoengsao, Chon Buri, Chai
    Nat, Chaiyaphum, Chumphon, Chiang Rai, Chiang Mai, Trang, Trat, Tak, Nakhon Nayok, Nakhon Pathom, Nakhon
    Phanom, Nakhon Ratchasima, Nakhon Si Thammarat, Nakhon Sawan, Nonthaburi, Narathiwat, Nan, Bueng Kan,
    Buriram, Pathum Thani, Prachuap Khiri Khan, Prachin Buri, Pattani, Phra Nakhon Si Ayutthaya, Phayao,
    Phangnga, Phatthalung, Phichit, Phitsanulok, Phetchaburi, Phetchabun, Phrae, Phuket, Maha Sarakham,
    Mukdahan, Mae Hong Son, Yasothon, Yala, Roi Et, Ranong, Rayong, Ratchaburi, Lop Buri, Lampang, Lamphun,
    Loei, Si Sa Ket, Sakon Nakhon, Songkhla, Satun, Samut Prakan, Samut Songkhram, Samut Sakhon, Sa Kaeo,
    Saraburi, Sing Buri, Sukhothai, Suphan Buri, Surat Thani, Surin, Nong Khai, Nong Bua Lam Phu, Ang Thong,
    Amnat Charoen, Udon Thani, Uttaradit, Uthai Thani, Ubon Ratchathani
"""
Point = tuple[int, int]


def main(folder: Path) -> None:
    drawn = etree.parse(str(folder / "thailand.svg")).getroot()
    paths = {
        str(path.get("aria-label")): str(path.get("d")) for path in drawn if path.get("aria-label") != _NO_PROVINCE
    }
    english = [" ".join(name.split()) for name in NAMES.split(",")]
    assert set(english) == set(paths), set(english) ^ set(paths)
    outlines = [
        {"name": thai, "name_en": name, "path": _outline(paths[name])}
        for thai, name in zip(PROVINCES, english, strict=True)
    ]
    text = ",\n".join(json.dumps(one, ensure_ascii=False) for one in outlines)
    TARGET.write_text(f"[\n{text}\n]\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")  # noqa: T201  # a tool's only word


def _outline(path: str) -> str:
    """The same on the grid, in relative steps."""
    shapes = [shape for shape in map(_thinned, _shapes(path)) if len(shape) >= _LEAST]
    return "".join(map(_drawn, shapes or [_thinned(next(_shapes(path)))]))


def _shapes(path: str) -> Iterator[list[tuple[float, float]]]:
    """Every closed line of the path, of absolute points: each is a move and relative steps, which ends with z."""
    x = y = 0.0
    for closed in path.split("z"):
        numbers = [float(number) for number in _NUMBER.findall(closed)]
        shape: list[tuple[float, float]] = []
        for step in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step[0], y + step[1]
            shape.append((x, y))
        if shape:
            x, y = shape[0]
            yield shape


def _thinned(shape: list[tuple[float, float]]) -> list[Point]:
    """On the grid, without points that are alike or lie on a straight line."""
    kept: list[Point] = []
    for x, y in shape:
        point = (round(x * SCALE), round(y * SCALE))
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return ahead and (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _drawn(shape: list[Point]) -> str:
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(shape)]
    return f"M{shape[0][0]},{shape[0][1]}l" + " ".join(f"{x},{y}" for x, y in steps) + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
