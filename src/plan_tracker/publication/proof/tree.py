"""The hash tree over published values (as RFC 6962 has it, with SHA-256). Nothing is read or written.

A leaf is a value with its place and a salt, so that a proof of one figure tells nothing of those beside it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import NamedTuple

from plan_tracker.publication.values import Values

_SALT = 16  # bytes
_OF_LEAVES, _OF_NODES = b"\x00", b"\x01"  # so that no leaf can be taken for a node


class Leaf(NamedTuple):
    """A value, where it stands, and its salt in hexadecimal digits."""

    table: str
    row: str
    column: str
    value: str
    salt: str

    @property
    def json(self) -> str:
        """The leaf as a JSON array of five texts, without blanks between them."""
        return f"[{','.join(map(encode_basestring, self))}]"

    @property
    def digest(self) -> bytes:
        """Of what it is as JSON, in UTF-8."""
        return hashlib.sha256(_OF_LEAVES + self.json.encode("utf-8")).digest()


def leaves_of(values: Values, secret: bytes, period: str) -> list[Leaf]:
    """Leaves with salts that only ``secret`` makes; the same values have the same ones again."""
    return [Leaf(*place, value, _salt(secret, "\n".join((period, *place)))) for place, value in values.items()]


def _salt(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode("utf-8"), "sha256")[:_SALT].hex()


def root_of(digests: Sequence[bytes]) -> bytes:
    """What all ``digests`` come to; that of nothing where there are none."""
    level = list(digests)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [_node(*pair) for pair in pairs] + level[len(level) & ~1 :]
    return level[0]


def path_of(digests: Sequence[bytes], number: int) -> list[tuple[str, bytes]]:
    """What leads from the leaf ``number`` to the root: each node beside the way, and on which side it is."""
    level, path = list(digests), []
    while len(level) > 1:
        beside = number ^ 1
        if beside < len(level):
            path.append(("left" if beside < number else "right", level[beside]))
        pairs = zip(level[::2], level[1::2], strict=False)
        level, number = [_node(*pair) for pair in pairs] + level[len(level) & ~1 :], number // 2
    return path


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_OF_NODES + left + right).digest()
