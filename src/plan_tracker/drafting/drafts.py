"""Drafts of letters, laid into a folder and the ledger. Reads and writes the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.documents.word.files import check_closed
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import free_name
from plan_tracker.remarks import remark
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace, file_sha256


def keep_edited(workspace: Workspace, store: Store, path: Path) -> str:
    """Moves a document that an officer has edited to a free name beside its own; gives that, blank where none was."""
    if not path.exists() or store.is_as_written(workspace.relative(path), file_sha256(path)):
        return ""
    kept = free_name(path.with_stem(_("{stem} (edited)").format(stem=path.stem)))
    atomic.move_file(path, kept)
    return workspace.relative(kept)


class LetterDrafts:
    """Lays drafts of letters into a folder and the ledger.

    Until a letter has its number, writing it again replaces its draft. A letter that was sent, or that an officer
    has edited, is never written over: the new draft gets a name of its own.
    """

    def __init__(self, workspace: Workspace, store: Store, period: Period, folder: str = "letters") -> None:
        self._workspace, self._store, self._period = workspace, store, period
        self._folder = workspace.root / "outbox" / str(period) / folder

    def path(self, kind: str, unit: str, about: str = "") -> str:
        """Where the draft is to lie, from the workspace; nothing is written."""
        stem = "-".join(part for part in (str(self._period), unit, about, kind) if part)
        number, path = 1, self._folder / f"{stem}.docx"
        while path.exists() and not self._may_write(path):
            self._tell_edited(path)
            number += 1
            path = self._folder / f"{stem}-{number}.docx"
        return self._workspace.relative(path)

    def plan(self, kind: str, unit: str, about: str = "") -> Letter:
        """The letter that ``write`` would draft: neither written nor noted."""
        return Letter(0, kind, unit, self._period, about, self.path(kind, unit, about), "")

    def write(self, kind: str, unit: str, write: Callable[[Path], None], about: str = "") -> Letter:
        """Has ``write`` write the draft, and notes it in the ledger."""
        relative = self.path(kind, unit, about)
        write(self.aside(relative))
        return self.note(kind, unit, relative, about)

    def aside(self, path: str) -> Path:
        """Where the draft of ``path`` is written until it is noted; ``PlantrackError`` while that is open in Word."""
        check_closed(self._workspace.root / path)
        return self._store.placing.aside(path)

    def note(self, kind: str, unit: str, path: str, about: str = "") -> Letter:
        """Notes the draft that has been written aside in the ledger; it takes its place at ``path`` with that."""
        with self._store.transaction():
            self._store.placing.place(path)
            at = self._workspace.timestamp()
            return self._store.letters.draft(kind, unit, self._period, about, path, at)

    def _tell_edited(self, path: Path) -> None:
        relative = self._workspace.relative(path)
        if not self._store.letters.is_sent(relative):
            said = _("Not as it was written, so it may have been edited; kept beside the new one: {path}")
            remark(said.format(path=relative))

    def _may_write(self, path: Path) -> bool:
        relative = self._workspace.relative(path)
        return not self._store.letters.is_sent(relative) and self._store.is_as_written(relative, file_sha256(path))
