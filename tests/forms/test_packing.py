"""A package of pieces reads back as what was put into it, whichever of them were deflated beforehand."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.forms.writing.packing import Piece, fixed, package

LONG = ["<row><c>ต้องแก้</c></row>" * 500, "".join(f"<v>{number}</v>" for number in range(2_000))]
PIECES = st.lists(st.one_of(st.text(max_size=40), st.sampled_from(LONG), st.sampled_from(LONG).map(fixed)), max_size=6)


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_what_is_packed_in_pieces_is_read_as_one(parts: list[list[Piece]]) -> None:
    packed = package({f"xl/part{number}.xml": pieces for number, pieces in enumerate(parts)})
    with zipfile.ZipFile(io.BytesIO(packed)) as read:
        assert read.testzip() is None
        assert [read.read(name).decode() for name in read.namelist()] == ["".join(map(_text, part)) for part in parts]


def test_a_long_piece_is_deflated_once() -> None:
    first, again = fixed(LONG[0]), fixed("".join(LONG[:1]))
    assert first is again
    assert _text(first) == LONG[0]


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.content.decode()
