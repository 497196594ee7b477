"""The Thai catalogue: every message is in it, translated, with its placeholders; and the .mo is as new as the .po."""

from __future__ import annotations

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import plan_tracker
from plan_tracker.checking.catalogue import CATALOGUE, words
from plan_tracker.checking.findings import Finding

SOURCE = Path(plan_tracker.__file__).parent
PO = SOURCE / "locale" / "th" / "LC_MESSAGES" / "plantrack.po"
MARKS = {"_", "N_"}
THAI = re.compile("[ก-๎]")


@cache
def in_code() -> frozenset[str]:
    """Every message of the code: as Babel extracts them, and those within f-strings, which it sees from 3.12 on."""
    keywords = DEFAULT_KEYWORDS | dict.fromkeys(MARKS)
    found = {message for _file, _line, message, *_rest in extract_from_dir(SOURCE, keywords=keywords)}
    assert all(isinstance(message, str) for message in found), "plural messages are not expected"
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    marked = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKS]
    found |= {text.value for text in marked if isinstance(text, ast.Constant) and isinstance(text.value, str)}
    return frozenset(str(message) for message in found)


@cache
def thai() -> Catalog:
    return read_po(BytesIO(PO.read_bytes()), locale="th")


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Name, format and conversion of each placeholder."""
    return {(name, form or "", how or "") for _text, name, form, how in Formatter().parse(text) if name is not None}


def texts(catalog: Catalog) -> dict[str, str]:
    """Translations by message, the header aside."""
    return {str(message.id): str(message.string) for message in catalog if message.id}


def test_every_message_is_in_the_catalogue_and_none_besides() -> None:
    assert set(texts(thai())) == in_code()
    assert not thai().obsolete


def test_every_message_is_translated() -> None:
    assert [message.id for message in thai() if message.id and (not message.string or message.fuzzy)] == []
    same = {message for message, text in texts(thai()).items() if message == text}
    assert not {message for message in same if re.search("[a-z]", message)}


def test_placeholders_are_kept() -> None:
    wrong = {message: text for message, text in texts(thai()).items() if placeholders(message) != placeholders(text)}
    assert not wrong


def test_thai_words_quoted_in_english_are_kept() -> None:
    quoted = re.compile("“([^”{]*[ก-๎][^”]*)”")
    lost = {m: text for m, text in texts(thai()).items() if any(f"“{word}”" not in text for word in quoted.findall(m))}
    assert not lost


def test_compiled_catalogue_is_up_to_date() -> None:
    compiled = BytesIO()
    write_mo(compiled, thai())
    compiled.seek(0)
    with PO.with_suffix(".mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(read_mo(compiled))


@pytest.mark.parametrize("code", CATALOGUE)
def test_finding_speaks_thai(code: str) -> None:
    said = words(Finding(code, CATALOGUE[code].severity), "th")
    assert THAI.search(said.message)
    assert THAI.search(said.fix)
