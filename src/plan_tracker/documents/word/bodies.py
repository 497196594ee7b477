"""The body of a document in one piece, or in several that are kept packed: a large one takes gigabytes as a tree."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from lxml import etree

from plan_tracker.documents.word.contents_fields import toc_fields

_LEVEL = 1  # XML packs to a fiftieth even so


class Bodies:
    """A document's body, in as many ``w:body`` as it was filled in.

    Packed are all but the last, and but those that contents stand in: their entries are known at the end.
    """

    def __init__(self, bodies: Iterable[etree._Element]) -> None:
        self._held: list[etree._Element | bytes] = []
        for body in bodies:
            if self._held:
                self._held[-1] = _packed(self._held[-1])
            self._held.append(body)

    @property
    def whole(self) -> etree._Element | None:
        """The body, where it is in one piece."""
        only = self._held[0] if len(self._held) == 1 else None
        return None if isinstance(only, bytes) else only

    def xml(self) -> Iterator[bytes]:
        """Each piece, a ``w:body``."""
        for one in self._held:
            yield zlib.decompress(one) if isinstance(one, bytes) else _written(one)


def _packed(body: etree._Element | bytes) -> etree._Element | bytes:
    if isinstance(body, bytes) or any(toc_fields(body)):
        return body
    return zlib.compress(_written(body), _LEVEL)


def _written(body: etree._Element) -> bytes:
    return etree.tostring(body, encoding="UTF-8")
