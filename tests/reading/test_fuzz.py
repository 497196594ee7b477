"""Mutated workbooks by the hundred: none may stop a batch, hang, take too much memory, or vanish (R6–R8).

``FUZZ=2000 make fuzz`` plays more batches than the tests do.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import resource
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk
from tests.office import has_office, type_and_save

EXAMPLES = int(os.environ.get("FUZZ", "6"))
FILES = 20  # in each batch
NASTY = (
    *("", "0", "-1", "1e999", "99999999999999999999", "NaN", "true", "#REF!", "=1+1", "#N/A", "50%", "๕๐", "1/10/68"),
    *(
        "XFD1048576",
        "a1",
        "A0",
        "A99999999",
        "$A$1",
        "rId1",
        "../../x",
        "/etc/passwd",
        "s",
        "e",
        "str",
        "inlineStr",
        "d",
    ),
    *(
        "1" + " " * 32_766,
        "ก" * 32_767,
        "\u200b",
        "\ufffe",
        "\ud7ff",
        "{{ 7*7 }}",
        "&amp;",
        "&#0;",
        "&x;",
        "]]>",
        "<",
        "<c ",
    ),
)
ATTRIBUTE = re.compile(r'="([^"]*)"')
TEXT = re.compile(r">([^<>]+)<")
ELEMENT = re.compile(r"<([a-zA-Z:]+)[^<>]*?/>|<(?P<open>[a-zA-Z:]+)[^<>]*>[^<>]*</(?P=open)>")
TAG = re.compile(r"<(/?)([a-zA-Z:]+)")

Parts = dict[str, bytes]
Dice = random.Random


def _replaced(pattern: re.Pattern[str], text: str, dice: Dice, new: Callable[[re.Match[str]], str]) -> str:
    """``text`` with one match of ``pattern`` replaced."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = dice.choice(found)
    return text[: match.start()] + new(match) + text[match.end() :]


XML_CHANGES: tuple[Callable[[str, Dice], str], ...] = (
    lambda xml, dice: _replaced(ATTRIBUTE, xml, dice, lambda _match: f'="{dice.choice(NASTY)}"'),
    lambda xml, dice: _replaced(TEXT, xml, dice, lambda _match: f">{dice.choice(NASTY)}<"),
    lambda xml, dice: _replaced(ELEMENT, xml, dice, lambda _match: ""),
    lambda xml, dice: _replaced(ELEMENT, xml, dice, lambda match: match[0] * dice.choice((2, 3, 500))),
    lambda xml, dice: _replaced(TAG, xml, dice, lambda match: f"<{match[1]}{dice.choice(('c', 'row', 'x:c', 'f'))}"),
    lambda xml, dice: _replaced(TAG, xml, dice, lambda match: f"<!--{match[0]}"),
    lambda xml, dice: xml[: dice.randrange(len(xml) + 1)],
    lambda xml, dice: xml + xml[dice.randrange(len(xml) + 1) :],
)


def _change_xml(parts: Parts, dice: Dice) -> None:
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode("utf-8", "replace")
    parts[name] = dice.choice(XML_CHANGES)(text, dice).encode("utf-8", "replace")


def _change_bytes(parts: Parts, dice: Dice) -> None:
    name = dice.choice(list(parts))
    parts[name] = flipped(parts[name], dice)


def _swap(parts: Parts, dice: Dice) -> None:
    one, other = dice.choice(list(parts)), dice.choice(list(parts))
    parts[one], parts[other] = parts[other], parts[one]


def _drop(parts: Parts, dice: Dice) -> None:
    del parts[dice.choice(list(parts))]


def flipped(content: bytes, dice: Dice) -> bytes:
    changed = bytearray(content)
    for _time in range(dice.choice((1, 3, 30))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def mutate(content: bytes, dice: Dice) -> bytes:
    """``content``, a good return, damaged once or a few times, in its package or in its bytes."""
    if not content.startswith(b"PK") or dice.random() < 0.15:
        return flipped(content, dice) if dice.random() < 0.7 else content[: dice.randrange(len(content))]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _time in range(dice.choice((1, 1, 2, 5))):
        dice.choices((_change_xml, _change_bytes, _swap, _drop), (20, 3, 1, 1))[0](parts, dice)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


@pytest.fixture(scope="module")
def seeds(returned: bytes, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A good return in every format that can be made here, by suffix."""
    found = {".xlsx": returned}
    if has_office():
        folder = tmp_path_factory.mktemp("seeds")
        (folder / "ys.xlsx").write_bytes(returned)
        others = [folder / f"ys{suffix}" for suffix in (".ods", ".xls")]
        type_and_save(folder / "ys.xlsx", {}, others, folder / "profile")
        found |= {path.suffix: path.read_bytes() for path in others}
    return found


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_no_mutation_stops_a_batch_hangs_or_vanishes(seed: int, issued_root: Path, seeds: Mapping[str, bytes]) -> None:
    dice, others = random.Random(seed), _largest_child()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        shutil.copytree(issued_root, root)
        desk = Desk(root)
        dropped = {}
        for number in range(FILES):
            suffix = dice.choice(list(seeds))
            content = mutate(seeds[suffix], dice)
            (root / "inbox" / f"f{number}{suffix}").write_bytes(content)
            dropped[f"f{number}{suffix}"] = hashlib.sha256(content).hexdigest()
        begun = _processor_time()
        files = desk.run("ingest")["files"]
        assert _processor_time() - begun < 10 * (FILES + 1), "a file was worked on for too long"
        assert {file["file"] for file in files} == set(dropped)
        places = [path for name in ("data/originals", "inbox") for path in (root / name).rglob("*") if path.is_file()]
        assert set(dropped.values()) <= {_sha256(path) for path in places}, "a file has vanished"
    assert _largest_child() in (others, pytest.approx(0, abs=1)), "a reader took too much memory"


def _largest_child() -> float:
    """Gigabytes that the largest child held of this process, which other tests may have started."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6


def _processor_time() -> float:
    """Seconds of this process and of readers that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
