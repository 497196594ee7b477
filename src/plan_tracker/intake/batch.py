"""Takes returned files in, a batch at a time: reading is file by file, checking is over the whole batch as tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from plan_tracker.checking.check import check_submissions
from plan_tracker.checking.submission import Checked
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.forms.reading.spreadsheets.file_kinds import OLE
from plan_tracker.i18n import _
from plan_tracker.intake.files import being_written, is_being_written, shown_name
from plan_tracker.intake.keeping.returns import Keeper
from plan_tracker.intake.outcome import REJECTED, FileResult
from plan_tracker.intake.readers import ReadAll, reading_limits
from plan_tracker.intake.recognising.identity import Arrival, Candidate, Recogniser
from plan_tracker.intake.sorting import Sorter
from plan_tracker.intake.unpacking.mails import is_outlook
from plan_tracker.intake.unpacking.passwords import Ask, Passwords, ask_nobody
from plan_tracker.progress import tell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Duplicate:
    """The same bytes as those of an earlier file of the batch."""

    path: Path
    sha256: str


def _is_protected(candidate: Candidate, refusal: Refusal) -> bool:
    """Whether a file was refused for a password that could be told; one of an .ods could not."""
    return refusal.code == "FILE-ENCRYPTED" and candidate.content.startswith(OLE)  # how Office packs them


class Batch:
    """Takes files in: each is read by itself, then all of a batch are checked together.

    ``files``: how many there are in all batches.
    """

    def __init__(self, sorter: Sorter, read_all: ReadAll, ask: Ask = ask_nobody) -> None:
        self.sorter, self.read_all, self.passwords = sorter, read_all, Passwords(ask)
        self.files, self._through = 0, 0
        self.recogniser, self.keeper = Recogniser(sorter, self._read_copied), Keeper(sorter)
        self.limits = reading_limits(sorter.workspace.config)
        self.done: dict[str, FileResult] = {}

    def take(self, paths: Sequence[Path]) -> list[FileResult]:
        """Takes in ``paths`` as one batch; gives their results in the same order."""
        trapped = self.sorter.trapped
        admitted = self._without_twins([trapped(path, partial(self._admit, path)) for path in paths])
        books = iter(self._read([item for item in admitted if isinstance(item, Candidate)]))
        items = [self._next(item, books) if isinstance(item, Candidate) else item for item in admitted]
        checked = iter(self._check([item for item in items if isinstance(item, Arrival)]))
        ended = [
            self._end(item, next(checked)) if isinstance(item, Arrival) else item
            for item in self._counted(items, len(items))
        ]
        self._through += len(items)
        return [
            trapped(item.path, partial(self._pair, item)) if isinstance(item, _Duplicate) else item for item in ended
        ]

    def _counted(self, items: Iterable[T], before: int = 0) -> Iterator[T]:
        """``items``, each of which is half of what is done with a file, after ``before`` halves of this batch."""
        for halves, item in enumerate(items, before + 1):
            yield item
            tell(_("Files taken in"), self._through + halves // 2, self.files)

    def _admit(self, path: Path) -> FileResult | Candidate:
        """Takes a file's bytes, unless it is too large, is still being written or has been kept already."""
        limit = self.sorter.workspace.config.limits.file_mb
        before = path.stat()
        if before.st_size > limit * 10**6:
            return self.sorter.reject(path, "FILE-TOO-LARGE", {"limit": f"{limit} MB"})
        content = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
            return self.sorter.leave(path, being_written())
        if is_outlook(content) or path.name.lower() == "winmail.dat":
            return self.sorter.reject(path, "FILE-OUTLOOK", {})
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.sorter.store.kept_with_bytes(sha256)
        return self.keeper.repeat(path, content, kept) if kept else Candidate(path, sha256, content)

    def _without_twins(self, items: Sequence[FileResult | Candidate]) -> list[FileResult | Candidate | _Duplicate]:
        seen: set[str] = set()
        sorted_out: list[FileResult | Candidate | _Duplicate] = []
        for item in items:
            is_twin = isinstance(item, Candidate) and (item.sha256 in seen or item.sha256 in self.done)
            sorted_out.append(_Duplicate(item.path, item.sha256) if is_twin and isinstance(item, Candidate) else item)
            if isinstance(item, Candidate):
                seen.add(item.sha256)
        return sorted_out

    def _pair(self, twin: _Duplicate) -> FileResult:
        """A twin, once its first is through: kept already, or as useless as that was."""
        first = self.done.get(twin.sha256)
        if first is None or first.is_busy:
            return self.sorter.leave(twin.path, _("the same file waits under another name"))
        if first.outcome == REJECTED:
            finding = first.findings[0]
            return self.sorter.reject(twin.path, finding.code, finding.params, first.unit, first.period)
        return self.sorter.drop(twin.path, twin.sha256, first.unit, first.period, first.version)

    def _read(self, candidates: Sequence[Candidate]) -> list[RawBook | Refusal]:
        """Reads all together; where that breaks, one by one, so that one alone waits."""
        try:
            contents = [candidate.content for candidate in candidates]
            books = list(self._counted(self.read_all(contents, self.limits)))
        except Exception:
            books = [self._read_alone(candidate) for candidate in candidates]
        return [
            self._read_protected(candidate, book)
            if isinstance(book, Refusal) and _is_protected(candidate, book)
            else book
            for candidate, book in zip(candidates, books, strict=True)
        ]

    def _read_protected(self, candidate: Candidate, refusal: Refusal) -> RawBook | Refusal:
        """Reads a workbook with the passwords that are known, or told; else it stays refused."""
        book: RawBook | Refusal = refusal
        for passwords in self.passwords.to_try(shown_name(candidate.path)):
            book = self._read_alone(candidate, passwords)
            if not (isinstance(book, Refusal) and _is_protected(candidate, book)):
                self.passwords.remember(passwords)
                break
        return book

    def _read_alone(self, candidate: Candidate, passwords: Sequence[str] = ()) -> RawBook | Refusal:
        try:
            return next(iter(self.read_all([candidate.content], self.limits, passwords)))
        except Exception as error:
            return Refusal("FILE-BUSY", {"reason": self.sorter.fault(candidate.path, error)})

    def _read_copied(self, candidate: Candidate, issued: bytes) -> RawBook | Refusal:
        return next(iter(self.read_all([candidate.content], self.limits, issued=issued)))

    def _next(self, candidate: Candidate, books: Iterator[RawBook | Refusal]) -> FileResult | Arrival:
        book = next(books)
        if (
            isinstance(book, Refusal)
            and book.code != "FILE-BUSY"
            and is_being_written(candidate.path, candidate.content)
        ):
            book = Refusal("FILE-BUSY", {"reason": being_written()})
        item = self.sorter.trapped(candidate.path, lambda: self.recogniser.recognise(candidate, book))
        if isinstance(item, FileResult):
            self.done[candidate.sha256] = item
        return item

    def _check(self, arrivals: Sequence[Arrival]) -> list[Checked | Exception]:
        """Checks all as tables; where that breaks, one by one, so that the culprit alone waits."""
        if not arrivals:
            return []
        try:
            return list(check_submissions([arrival.submission for arrival in arrivals]))
        except Exception as error:
            return [error] if len(arrivals) == 1 else [self._check([arrival])[0] for arrival in arrivals]

    def _end(self, arrival: Arrival, checked: Checked | Exception) -> FileResult:
        def conclude() -> FileResult:
            if isinstance(checked, Exception):
                raise checked
            return replace(self.keeper.conclude(arrival, checked), understood=arrival.understood)

        self.done[arrival.sha256] = result = self.sorter.trapped(arrival.path, conclude)
        return result
