"""Step 4 of the manual: everything in ``inbox/`` is read, checked, kept and sorted away, then corrected (R6–R10).

Reads ``inbox/``; writes the store, ``data/originals``, ``inbox/rejected`` and ``outbox/…/corrections``. One file that
can't be used never stops the others, and every file is kept before it leaves the inbox. What has been taken in is told
even where no correction can be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plan_tracker.drafting.unwritten import Unwritten, trapped
from plan_tracker.intake.files import InboxFiles, in_order, is_no_return, shown_name, waiting
from plan_tracker.intake.keeping.settling import settle_kept, settled_results
from plan_tracker.intake.outcome import IGNORED, REJECTED, FileResult
from plan_tracker.intake.unpacking.passwords import Ask, ask_nobody
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace

if TYPE_CHECKING:
    from plan_tracker.drafting.corrections import WrittenCorrection
    from plan_tracker.drafting.offers import Offer

BATCH = 250  # returns checked as one table
BATCH_BYTES = 100_000_000  # of returns held at once


class Ingested(NamedTuple):
    """A result per file, what is no return at all first; the corrections written, and those that could not be.

    ``letters`` are those on rejected files, and ``unsaid`` what of them could not be written; ``withdrawn`` are letters
    that nobody need send or answer any more; ``offers`` are forms filled with what was understood and not taken in.
    """

    files: Sequence[FileResult]
    corrections: Sequence[WrittenCorrection] = ()
    unwritten: Sequence[Unwritten] = ()
    letters: Sequence[Letter] = ()
    unsaid: Sequence[Unwritten] = ()
    withdrawn: Sequence[Letter] = ()
    offers: Sequence[Offer] = ()

    @property
    def needs_a_person(self) -> bool:
        return bool(self.unwritten or self.unsaid) or any(result.needs_a_person for result in self.files)


def ingest(
    workspace: Workspace,
    store: Store,
    *,
    only: Sequence[Path] | None = None,
    dry_run: bool = False,
    ask: Ask | None = None,
) -> Ingested:
    """Takes up everything in the inbox, or ``only`` some files, then writes what is due on them.

    That is the corrections, and the letters on rejected files. ``ask`` is asked for the password of a file that none
    of those known opens; without it nobody is.
    """
    files = _take_all(workspace, store, only, ask or ask_nobody, dry_run=dry_run)
    if dry_run:
        return Ingested(files)
    corrected = _correct(workspace, store) if store.to_correct() else ((), ())
    offers, unoffered = _offer(workspace, store, files)
    letters, unsaid = _refuse(workspace, store, files, offers)
    withdrawn = _withdraw(workspace, store)
    return Ingested(files, *corrected, letters, [*unoffered, *unsaid], withdrawn, offers)


def _offer(
    workspace: Workspace, store: Store, files: Sequence[FileResult]
) -> tuple[Sequence[Offer], Sequence[Unwritten]]:
    if not any(one.understood for one in files):
        return (), ()
    from plan_tracker.drafting.offers import write_offers  # slow to load, and seldom needed

    return write_offers(workspace, store, files)


def _withdraw(workspace: Workspace, store: Store) -> Sequence[Letter]:
    requests = store.letters.not_withdrawn("L1")
    if not any(store.letters.not_withdrawn(kind) for kind in ("L2", "L3", "L10")) and not (
        any(letter.is_draft for letter in requests) and any(letter.is_sent for letter in requests)
    ):
        return ()
    from plan_tracker.drafting.withdrawing import withdraw_settled  # slow to load, and seldom needed

    return withdraw_settled(workspace, store)


def _refuse(
    workspace: Workspace, store: Store, files: Sequence[FileResult], offers: Sequence[Offer]
) -> tuple[Sequence[Letter], Sequence[Unwritten]]:
    if not any(one.outcome == REJECTED and one.unit for one in files):
        return (), ()
    from plan_tracker.drafting.rejections import write_rejections  # slow to load, and seldom needed

    return write_rejections(workspace, store, files, offers)


def _correct(workspace: Workspace, store: Store) -> tuple[Sequence[WrittenCorrection], Sequence[Unwritten]]:
    """Whatever stops all corrections takes nothing from what was ingested: the next run tries again."""
    from plan_tracker.drafting.corrections import write_corrections  # slow to load, and seldom needed

    made = trapped(workspace, "", "corrections", lambda: write_corrections(workspace, store))
    if not isinstance(made, Unwritten):
        return made
    return (), [made._replace(unit=unit) for unit in dict.fromkeys(kept.unit for kept in store.to_correct())]


def _take_all(
    workspace: Workspace, store: Store, only: Sequence[Path] | None, ask: Ask, *, dry_run: bool
) -> list[FileResult]:
    found = waiting(workspace.inbox, workspace.rejected) if only is None else InboxFiles(in_order(only))
    results = [FileResult(shown_name(path), IGNORED) for path in found.files if is_no_return(path)]
    if found.left:
        from plan_tracker.intake.sorting import left_alone  # seldom needed

        results += [left_alone(path, reason) for path, reason in found.left]
    paths = [path for path in found.files if not is_no_return(path)]
    if paths:
        import tempfile  # an empty inbox does without

        from plan_tracker.intake.unpacking.laying import clear_laid

        with tempfile.TemporaryDirectory() as aside:
            results.extend(_take(workspace, store, paths, Path(aside) if dry_run else None, ask))
            if not dry_run:
                clear_laid(workspace.inbox)
    if not dry_run:
        settle_kept(workspace, store)
    return results


def _take(workspace: Workspace, store: Store, paths: Sequence[Path], aside: Path | None, ask: Ask) -> list[FileResult]:
    """Takes ``paths`` in; a dry run, which lays out containers ``aside``, keeps and moves nothing."""
    from plan_tracker.intake.readers import readers, reading_limits

    results: list[FileResult] = []
    with readers(len(paths), reading_limits(workspace.config), workspace.config.work.cluster) as read_all:
        # These load pandas: an empty inbox does without, and the readers get ready meanwhile.
        from plan_tracker.intake.batch import Batch
        from plan_tracker.intake.opening import unpack
        from plan_tracker.intake.sorting import Sorter

        sorter = Sorter(workspace, store, dry_run=aside is not None)
        batch = Batch(sorter, read_all, ask)
        files: list[Path] = []
        for path in paths:
            unpacked, refused = unpack(sorter, path, aside or workspace.inbox)
            files.extend(file for file in unpacked if not is_no_return(file))
            results.extend(refused)
        batch.files = len(files)
        for some in _batches(files):
            results.extend(batch.take(some))
    return settled_results(store, batch.keeper, results)


def _batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """``files`` in batches that are bounded by their number and by their bytes."""
    batch: list[Path] = []
    weight = 0
    for path in files:
        size = path.stat().st_size if path.exists() else 0
        if batch and (len(batch) == BATCH or weight + size > BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(path)
        weight += size
    if batch:
        yield batch
