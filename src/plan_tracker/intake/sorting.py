"""What becomes of a file that is not kept, and the words for it: rejected, left where it is, a copy of another.

Moves files to ``inbox/rejected`` and writes the log; a dry run only says what would be done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from plan_tracker.checking.catalogue import CATALOGUE
from plan_tracker.checking.findings import Finding
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.faults import note_fault
from plan_tracker.intake.files import container_of, reject, shown_name
from plan_tracker.intake.outcome import DUPLICATE, IGNORED, REJECTED, FileResult
from plan_tracker.merging.progress.rejections import params_text
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.system import reason_of
from plan_tracker.values import writable
from plan_tracker.workspace.folders import Workspace, file_sha256

T = TypeVar("T")


class Sorter:
    """Sorts files away, and says of each what became of it."""

    def __init__(self, workspace: Workspace, store: Store, *, dry_run: bool) -> None:
        self.workspace, self.store, self.dry_run = workspace, store, dry_run

    def trapped(self, path: Path, work: Callable[[], T]) -> T | FileResult:
        """What ``work`` gives. A fault over one file never stops the others: it is ours, and the file waits for us."""
        try:
            return work()
        except OSError as error:  # open in another program, gone, not to be moved: tried again next time
            return self.leave(path, reason_of(error))
        except (sqlite3.Error, ConfigError):  # the store can't be read or written, the key is gone: no file's fault
            raise
        except Exception as error:
            return self.leave(path, self.fault(path, error))

    def fault(self, path: Path, error: Exception) -> str:
        """Notes what went wrong in plantrack itself over one file; gives the words for it."""
        log = note_fault(self.workspace, shown_name(path))
        return _("plantrack itself failed over it: {error}, {log}").format(error=type(error).__name__, log=log)

    def leave(self, path: Path, reason: str) -> FileResult:
        """Leaves a file that is busy or gone for the next run."""
        return left_alone(path, reason)

    def reject(
        self, path: Path, code: str, params: Mapping[str, str], unit: str = "", period: Period | None = None
    ) -> FileResult:
        """Moves a file that can't be used to the rejected."""
        finding = of_file(code, params)
        if not self.dry_run:
            sha256 = file_sha256(path)
            moved = self.workspace.relative(reject(path, self.workspace.rejected, finding))
            self.log(REJECTED, path, unit, period, sha256, because=code, said=params_text(params), moved_to=moved)
        return self.result(path, REJECTED, unit, period, findings=(finding,))

    def drop(
        self, path: Path, sha256: str, unit: str, period: Period | None, version: int | None, *found: Finding
    ) -> FileResult:
        """Takes away a copy of what is kept."""
        if not self.dry_run:
            self.log(DUPLICATE, path, unit, period, sha256)
            path.unlink()
        return self.result(path, DUPLICATE, unit, period, version, found)

    def result(
        self,
        path: Path,
        outcome: str,
        unit: str = "",
        period: Period | None = None,
        version: int | None = None,
        findings: Sequence[Finding] = (),
    ) -> FileResult:
        return FileResult(shown_name(path), outcome, unit, period, version, findings, container_of(path))

    def log(
        self, outcome: str, path: Path, unit: str = "", period: Period | None = None, sha256: str = "", **details: str
    ) -> None:
        about = {"file": shown_name(path), "unit": unit, "period": str(period or ""), "sha256": sha256} | details
        said = {name: writable(text) for name, text in about.items()}
        self.store.add_event(self.workspace.timestamp(), EventName.of_ingest(outcome), **said)


def left_alone(path: Path, reason: str) -> FileResult:
    """A file that stays in the inbox, and why."""
    busy = of_file("FILE-BUSY", {"reason": reason})
    return FileResult(shown_name(path), IGNORED, findings=(busy,), container=container_of(path))


def of_file(code: str, params: Mapping[str, str]) -> Finding:
    """A finding of a whole file."""
    return Finding(code, CATALOGUE[code].severity, params=params)
