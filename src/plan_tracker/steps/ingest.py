"""Step 4 of the manual: everything in ``inbox/`` is read, checked, kept and sorted away (R6–R8).

Reads ``inbox/``; writes the store, ``data/originals`` and ``inbox/rejected``. One file that can't be
used never stops the others, and every file is kept before it leaves the inbox.
"""

from __future__ import annotations

from itertools import islice

from plan_tracker.steps.inbox import is_no_return, waiting
from plan_tracker.steps.outcome import IGNORED, FileResult
from plan_tracker.store import Store
from plan_tracker.workspace import Workspace

BATCH = 250  # returns checked as one table


def ingest(workspace: Workspace, store: Store, *, dry_run: bool = False) -> list[FileResult]:
    """Takes up everything in the inbox; gives a result per file, what is no return at all first."""
    waiting_files = waiting(workspace.inbox, workspace.rejected)
    results = [FileResult(path.name, IGNORED) for path in waiting_files if is_no_return(path)]
    paths = iter([path for path in waiting_files if not is_no_return(path)])
    while batch := list(islice(paths, BATCH)):
        from plan_tracker.steps.intake import Batch  # the readers and pandas: an empty inbox needs neither

        results.extend(Batch(workspace, store, dry_run=dry_run).take(batch))
    return results
