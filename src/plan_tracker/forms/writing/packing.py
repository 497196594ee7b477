"""A ZIP package whose parts are deflated piece by piece: a piece that many packages have alike is deflated once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

_LEVEL = 4  # of 1 to 9; the next one takes a third longer for a fortieth less
_CLOSELY = 9  # for what is deflated once
_SHORT = 4_000  # characters; by itself what is shorter takes more room than it saves time
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _DEFLATED, _UNIX = 20, 8, 3 << 8
_NEW_YEAR_1980 = 0x21  # as ZIP has days: no part says when it was made
_FOR_ITS_OWNER = 0o600 << 16  # who may read and write what is unpacked


class Fixed(NamedTuple):
    """A piece that many parts have alike: its ``content``, and the deflated ``data``, which end at a byte."""

    content: bytes
    data: bytes


Piece = str | Fixed


class Deflated(NamedTuple):
    """A part as it stands in a package: its ``data``, and the size and the checksum of what they hold."""

    data: bytes
    size: int
    checksum: int


@lru_cache(maxsize=200)
def fixed(content: str) -> Piece:
    """``content`` to be put into one part after another."""
    if len(content) < _SHORT:
        return content
    encoded, compressor = content.encode(), _compressor(_CLOSELY)
    return Fixed(encoded, compressor.compress(encoded) + compressor.flush(zlib.Z_FULL_FLUSH))


def _deflated(pieces: Iterable[Piece]) -> Deflated:
    """The part that ``pieces`` make one after another."""
    made, size, checksum, compressor, is_whole = list[bytes](), 0, 0, _compressor(_LEVEL), True
    for piece in pieces:
        content = piece.content if isinstance(piece, Fixed) else piece.encode()
        size, checksum = size + len(content), zlib.crc32(content, checksum)
        if isinstance(piece, Fixed):
            if not is_whole:
                made.append(compressor.flush(zlib.Z_FULL_FLUSH))  # what comes behind refers to nothing before
            made.append(piece.data)
        else:
            made.append(compressor.compress(content))
        is_whole = isinstance(piece, Fixed)
    made.append(compressor.flush())
    return Deflated(b"".join(made), size, checksum)


def _compressor(level: int) -> zlib._Compress:
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)


def package(parts: Mapping[str, Iterable[Piece]]) -> bytes:
    """The package of ``parts`` by their names, which are ASCII; all together are less than 4 GB."""
    made, listed, at = list[bytes](), list[bytes](), 0
    for name, pieces in parts.items():
        data, size, checksum = _deflated(pieces)
        about = _VERSION, 0, _DEFLATED, 0, _NEW_YEAR_1980, checksum, len(data), size, len(name), 0
        local = _LOCAL.pack(b"PK\3\4", *about) + name.encode()
        listed.append(_CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, *about, 0, 0, 0, _FOR_ITS_OWNER, at) + name.encode())
        made += (local, data)
        at += len(local) + len(data)
    directory = b"".join(listed)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), at, 0)
    return b"".join((*made, directory, end))
