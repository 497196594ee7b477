"""Readers for many files at once: on every processor, where there are enough files to be worth the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from plan_tracker.forms.package import Limits
from plan_tracker.forms.raw import Refusal
from plan_tracker.forms.read import RawBook, read_book

FEW = 60  # files; below, starting processes takes longer than reading
_AT_A_TIME = 8


@contextmanager
def readers(files: int) -> Iterator[Callable[[Sequence[bytes], Limits], Iterable[RawBook | Refusal]]]:
    """A function that reads the bytes of many files, in their order."""
    if files < FEW:
        yield _read_here
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield lambda contents, limits: pool.map(partial(read_book, limits=limits), contents, chunksize=_AT_A_TIME)


def _read_here(contents: Sequence[bytes], limits: Limits) -> Iterator[RawBook | Refusal]:
    return (read_book(content, limits) for content in contents)
