"""R8: Thai text out of any program is mended into what it shows, for keeping and for comparing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from fontTools.agl import AGL2UV, LEGACY_AGL2UV
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.thai_text import PRESENTATION_FORMS, fold, letters, likeliest, mend

SENTENCE = "โครงการนี้ให้บริการประชาชน ที่ตั้งอยู่ในพื้นที่ห่างไกล น้ำท่วมซ้ำ กาฬสินธุ์ แพร่ แม่น้ำ ก็ได้ สิทธิ์ พันธุ์ไม้"
FORMAT_CHARACTERS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
THAI = st.text(st.sampled_from("กขงนดมรสอเแโไะาำิีึืุู็่้๊๋์ํๆฯฺ \n\u200b\xadé\u0301\uf70a\uf70b-–“”x１％"))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ดํา น้ํา นํ้า", "ดำ น้ำ น้ำ"),
        ("ดำาเนินการ สำาหรับ", "ดำเนินการ สำหรับ"),  # copied from a PDF
        ("เเพร่", "แพร่"),
        ("กาฬสินธ์ุ พันธ์ุ", "กาฬสินธุ์ พันธุ์"),
        ("ท่ี ต้ัง ส่ิง", "ที่ ตั้ง สิ่ง"),
        ("ที่่ ตั้้ง ดีี", "ที่ ตั้ง ดี"),
        ("ท ี่ ก ำลัง", "ที่ กำลัง"),
        ("ได\uf70bรับบริการที\uf70aดีขึ้น", "ได้รับบริการที่ดีขึ้น"),
        ("ป\uf701ด", "ปิด"),
        ("ได\uf88eรับ", "ได้รับ"),
        ("２０％ （ระบุ） ＡＢＣ", "20% (ระบุ) ABC"),
        ("ระดับ 1\u20115 \u22125", "ระดับ 1-5 -5"),
        ("3–5 — “ดี” ‘มาก’", "3–5 — “ดี” ‘มาก’"),
        ("ก\u00a0ข\u2009ค\u3000ง", "ก ข ค ง"),
        ("ก\r\nข\rค\u2028ง", "ก\nข\nค\nง"),
        ("ก\u200bข\u00adค\u202aง\u2069\ufeff", "กขคง"),
        ("5² ½ ๕", "5² ½ ๕"),  # another figure each
        ("o\ufb03ce", "office"),
        ("cafe\u0301", "café"),
        (" \n ก ", "ก"),
    ],
)
def test_text_is_mended_into_what_it_shows(typed: str, shown: str) -> None:
    assert mend(typed) == shown


@pytest.mark.parametrize("text", [SENTENCE, *PROVINCES])
def test_right_text_stays_as_it_is(text: str) -> None:
    assert mend(text) == text


def test_private_letters_are_those_that_the_fonts_of_the_macintosh_name() -> None:
    """The glyph list that fonts are made by has a name for each, such as ``maieklowleftthai``."""
    named = {chr(code): name for name, codes in LEGACY_AGL2UV.items() for code in _codes(codes)}
    told = [form for form in PRESENTATION_FORMS if form in named]
    assert len(told) == 22
    for form in told:
        letter = next(name for name in _thai_names() if named[form].startswith(name.removesuffix("thai")))
        assert ord(PRESENTATION_FORMS[form]) in _codes(LEGACY_AGL2UV[letter])


def _codes(codes: object) -> tuple[int, ...]:
    return codes if isinstance(codes, tuple) else (codes,) if isinstance(codes, int) else tuple(codes)  # type: ignore[arg-type]


def _thai_names() -> list[str]:
    """The marks' own names, longest first: ``saraii`` before ``sarai``."""
    marks = {*range(0x0E31, 0x0E3B), *range(0x0E47, 0x0E4F)}
    names = [name for name, codes in (AGL2UV | LEGACY_AGL2UV).items() if set(_codes(codes)) & marks]
    return sorted((name for name in names if name.endswith("thai")), key=len, reverse=True)


@given(st.data())
def test_any_format_character_anywhere_makes_no_difference(data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(SENTENCE)), max_size=5))
    text = SENTENCE
    for place in sorted(places, reverse=True):
        text = text[:place] + data.draw(st.sampled_from(FORMAT_CHARACTERS)) + text[place:]
    assert mend(text) == SENTENCE


@settings(max_examples=500, deadline=None)
@given(THAI | st.text())
@example("ำาำ")
@example("́์ุ")
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(text)
    assert mend(once) == once
    assert fold(once) == fold(text)
    assert letters(once) == letters(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ชะลอ / พักโครงการ", "ชะลอ/พักโครงการ"),
        ("ระดับ ๑—๕", "ระดับ 1-5"),
        ("“ABC”", "'abc'"),
        ("น้ํา", "น้ำ"),
    ],
)
def test_texts_that_read_alike_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def _of(*categories: str) -> list[str]:
    """Unicode's own signs of a category, but for those of columns that are written from top to bottom."""
    signs = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in categories]
    return [sign for sign in signs if "VERTICAL" not in unicodedata.name(sign)]


@pytest.mark.parametrize("dash", [*_of("Pd"), "−", "─", "━"], ids=ascii)
def test_every_dash_is_one(dash: str) -> None:
    assert fold(f"ระดับ 1{dash}5") == fold("ระดับ 1–5")


@pytest.mark.parametrize("space", [*_of("Zs"), "\u200b", "\ufeff", "\u3164"], ids=ascii)
def test_every_space_is_one(space: str) -> None:
    assert fold(f"แหล่งอื่น{space}(ระบุ)") == fold("แหล่งอื่น (ระบุ)")


BLANKS = [chr(code) for code in range(0x110000) if re.match(r"\s", chr(code))]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_what_patterns_take_for_a_blank_is_a_space_or_ends_a_line(blank: str) -> None:
    assert mend(f"ก{blank}ข") in ("ก ข", "ก\nข")


@pytest.mark.parametrize("quote", "´`'\"‘’‚‛“”„‟′″«»‹›〝〞〟❛❜❝❞＂＇")
def test_every_quotation_mark_is_one(quote: str) -> None:
    assert fold(f"{quote}งบกลาง").replace("''", "'") == "'งบกลาง"


@pytest.mark.parametrize(
    ("text", "meant"), [("ลำพุน", "ลำพูน"), ("เชียงไหม่", "เชียงใหม่"), ("บางกอก", ""), ("x", ""), ("ลำพูน" * 100, "")]
)
def test_a_slip_of_the_hand_is_guessed_at_and_nothing_else(text: str, meant: str) -> None:
    assert likeliest(text, PROVINCES) == meant
