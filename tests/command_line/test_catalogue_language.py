"""The catalogues: every message is in them, translated, with its placeholders; and each .mo is as new as its .po."""

from __future__ import annotations

import gettext
import itertools
import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo

from plan_tracker.checking import catalogue as findings
from plan_tracker.checking.catalogue import CATALOGUE, OTHER_CASES, words
from plan_tracker.checking.findings import Finding
from plan_tracker.checking.parsing.reading import CASE, LIKELY
from plan_tracker.i18n import Compiled, Plural, Words
from tools.make_catalogue import labels, messages, path_of, read_catalogue

WANTED = {"th": messages, "en": labels}
THAI = re.compile("[ก-๎]")
# A language counts its years as it does: these may be left out, or stand for {year}
YEARS = {"common_year": None, "short_year": "year"}
Key = tuple[str | None, str]


@cache
def catalogue(language: str) -> Catalog:
    return read_catalogue(language)


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or those of one and of many."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def texts(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    """Translations by context and message, the header aside."""
    return {key(message): forms(message) for message in catalog if message.id}


def english() -> dict[Key, str]:
    """What the code says: a message's own text, or that which stands beside its key."""
    said = {key(message): key(message)[1] for message in messages() if message.id}
    return said | {(findings.CONTEXT, name): text for name, text in findings.keyed_texts()}


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Name, format and conversion of each placeholder."""
    found = [(name, form or "", how or "") for _text, name, form, how in Formatter().parse(text) if name is not None]
    named = [(YEARS.get(name, name), form, how) for name, form, how in found]
    return {(name, form, how) for name, form, how in named if name is not None}


@pytest.mark.parametrize("language", WANTED)
def test_every_message_is_in_the_catalogue_and_none_besides(language: str) -> None:
    assert set(texts(catalogue(language))) == {key(message) for message in WANTED[language]() if message.id}
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", WANTED)
def test_every_message_is_translated(language: str) -> None:
    lacking = [
        key(message) for message in catalogue(language) if message.id and (not all(forms(message)) or message.fuzzy)
    ]
    assert lacking == []


def test_no_thai_is_left_english() -> None:
    same = {name for name, told in texts(catalogue("th")).items() if name[1] in told}
    assert not {text for _context, text in same if re.search("[a-z]", re.sub(r"{\w+}", "", text))}


def test_placeholders_are_kept() -> None:
    said = english()
    for name, told in texts(catalogue("th")).items():
        assert {frozenset(placeholders(text)) for text in told} == {frozenset(placeholders(said[name]))}, name


def test_thai_words_quoted_in_english_are_kept() -> None:
    quoted, said = re.compile("“([^”{]*[ก-๎][^”]*)”"), english()
    told = texts(catalogue("th"))
    lost = {name for name in told if any(f"“{word}”" not in told[name][0] for word in quoted.findall(said[name]))}
    assert not lost


@pytest.mark.parametrize("language", WANTED)
def test_compiled_catalogue_is_up_to_date(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    with path_of(language).with_suffix(".mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(read_mo(compiled))


@pytest.mark.parametrize("language", WANTED)
def test_what_is_said_is_what_gettext_s_own_reader_says(language: str) -> None:
    with path_of(language).with_suffix(".mo").open("rb") as file:
        its_own = gettext.GNUTranslations(file)
        file.seek(0)
        ours = Compiled(file)
    for message in catalogue(language):
        one, *others = [message.id] if isinstance(message.id, str) else message.id
        context = message.context or ""
        assert ours.gettext(one) == its_own.gettext(one)
        assert ours.pgettext(context, one) == its_own.pgettext(context, one)
        for many, number in itertools.product(others, (0, 1, 2, 11)):
            assert ours.npgettext(context, one, many, number) == its_own.npgettext(context, one, many, number)


def test_each_number_has_its_plural_and_what_is_not_there_is_said_as_it_stands() -> None:
    made = Catalog("pl")
    made.add(
        ("{number} unit", "{number} units"),
        ("{number} jednostka", "{number} jednostki", "{number} jednostek"),
        context="count",
    )
    compiled = BytesIO()
    write_mo(compiled, made)
    compiled.seek(0)
    words = Words("pl", Compiled(compiled))
    units = Plural("count", "{number} unit", "{number} units")
    assert [words.counted(units, number) for number in (1, 3, 5)] == ["1 jednostka", "3 jednostki", "5 jednostek"]
    others = Plural("count", "{number} plan", "{number} plans")
    assert [words.counted(others, number) for number in (1, 3)] == ["1 plan", "3 plans"]
    assert words.say("count", "nothing") == "nothing"


@pytest.mark.parametrize("code", CATALOGUE)
def test_finding_speaks_thai(code: str) -> None:
    said = words(Finding(code, CATALOGUE[code].severity), "th")
    assert THAI.search(said.message)
    assert THAI.search(said.fix)


def test_mending_a_finding_s_english_leaves_its_thai(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Finding("REQUIRED", CATALOGUE["REQUIRED"].severity)
    before = words(finding, "th")
    monkeypatch.setitem(CATALOGUE, "REQUIRED", replace(CATALOGUE["REQUIRED"], what="Nothing stands in “{label}”."))
    assert words(finding, "en").message.startswith("Nothing stands in")
    assert words(finding, "th") == before


@pytest.mark.parametrize("case", [case for case in OTHER_CASES if case not in ("PART counts", "FORM-PERIOD closed")])
def test_a_case_of_a_finding_speaks_thai_in_words_of_its_own(case: str) -> None:
    code, _space, name = case.partition(" ")
    severity = CATALOGUE[code].severity
    plainly = words(Finding(code, severity), "th")
    said = words(Finding(code, severity, params={CASE: name, LIKELY: "ตาก"}), "th")
    assert OTHER_CASES[case].severity is severity
    assert THAI.search(said.message)
    assert said.message != plainly.message
    assert said.fix.endswith("น่าจะหมายถึง: ตาก")
