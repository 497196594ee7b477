"""What fuzzing found stays mended, and its targets take what it begins with."""

from __future__ import annotations

from pathlib import Path

from tests.fuzzing.seeds import seeds, small_book
from tests.fuzzing.targets import TARGETS, read_package, repacked

FOUND = Path(__file__).parent / "found"


def test_what_was_found_once_is_mended() -> None:
    for path in sorted(FOUND.rglob("*")):
        if path.is_file():
            TARGETS[path.parent.name](path.read_bytes())


def test_the_targets_take_what_fuzzing_begins_with(returned: bytes) -> None:
    for target in ("cell", "mail"):
        for content in seeds(target):
            TARGETS[target](content)
    for content in (returned, small_book()):
        read_package(content)
    read_package(repacked(small_book(), lambda part: part[: len(part) // 2], 3))
