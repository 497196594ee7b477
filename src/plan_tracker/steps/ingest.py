"""Step 4 of the manual: everything in ``inbox/`` is read, checked, kept and sorted away (R6–R8).

Reads ``inbox/``; writes the store, ``data/originals`` and ``inbox/rejected``. One file that can't be
used never stops the others, and every file is kept before it leaves the inbox.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from plan_tracker.intake.containers import is_container
from plan_tracker.intake.files import is_no_return, waiting
from plan_tracker.intake.outcome import IGNORED, FileResult
from plan_tracker.store import Store
from plan_tracker.workspace import Workspace

BATCH = 250  # returns checked as one table


def ingest(workspace: Workspace, store: Store, *, dry_run: bool = False) -> list[FileResult]:
    """Takes up everything in the inbox; gives a result per file, what is no return at all first."""
    waiting_files = waiting(workspace.inbox, workspace.rejected)
    results = [FileResult(path.name, IGNORED) for path in waiting_files if is_no_return(path)]
    paths = [path for path in waiting_files if not is_no_return(path)]
    if paths:
        with tempfile.TemporaryDirectory() as aside:
            results.extend(_take(workspace, store, paths, Path(aside) if dry_run else None))
    return results


def _take(workspace: Workspace, store: Store, paths: Sequence[Path], aside: Path | None) -> list[FileResult]:
    """Takes ``paths`` in; a dry run, which lays out containers ``aside``, keeps and moves nothing."""
    from plan_tracker.intake.readers import readers, reading_limits

    results: list[FileResult] = []
    with readers(len(paths), reading_limits(workspace.config)) as read_all:
        from plan_tracker.intake.batch import (
            Batch,  # it loads pandas: an empty inbox does without, the readers meanwhile
        )

        intake = Batch(workspace, store, dry_run=aside is not None, read_all=read_all)
        files = []
        for path in paths:
            if is_container(path):
                unpacked, refused = intake.unpack(path, aside or workspace.inbox)
                files.extend(unpacked)
                results.extend(refused)
            else:
                files.append(path)
        remaining = iter(files)
        while batch := list(islice(remaining, BATCH)):
            results.extend(intake.take(batch))
    return results
