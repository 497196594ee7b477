"""Files and what is noted of them come together: written aside first, put into place when the notes are committed.

A run that is cut off before leaves no file in its place and no note; one that is cut off after is finished by the next
(tables ``placements`` and ``removals``). Writes ``data/staged``, and the places.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _
from plan_tracker.store.database.connection import Database
from plan_tracker.workspace.folders import file_sha256

STAGED = "staged"


class Placing:
    """The files under way to their places in the workspace whose database's folder is ``data``."""

    def __init__(self, database: Database, data: Path) -> None:
        self._db, self._root, self._folder = database, data.parent, data / STAGED

    def aside(self, path: str) -> Path:
        """Where the file that is to lie at ``path`` in the workspace is written first, under its own name."""
        mark = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        written = self._folder / mark / Path(path).name
        written.parent.mkdir(parents=True, exist_ok=True)
        return written

    def place(self, path: str, *, ours: bool = True) -> None:
        """Notes that what lies aside takes its place once the transaction is committed, and its bytes as written.

        Not ``ours`` is what has an officer's changes in it: its bytes aren't noted.
        """
        with self._db.transaction():
            if ours:
                written = (path, file_sha256(self.aside(path)))
                self._db.execute("INSERT OR REPLACE INTO written (path, sha256) VALUES (?, ?)", written)
            self._db.execute("INSERT OR REPLACE INTO placements (path) VALUES (?)", (path,))
            self._db.once_committed(self.finish)

    def move(self, path: str, target: str, *, ours: bool = True) -> None:
        """Notes that the file at ``path`` lies at ``target`` once the transaction is committed."""
        source, aside = self._root / path, self.aside(target)
        atomic.copy_file(source, aside)
        dated = source.stat()
        os.utime(aside, ns=(dated.st_atime_ns, dated.st_mtime_ns))
        with self._db.transaction():
            self.remove(path)
            self.place(target, ours=ours)

    def remove(self, path: str) -> None:
        """Notes that the file at ``path`` goes once the transaction is committed, unless it is changed until then.

        One that another program holds open then goes with a later run.
        """
        with self._db.transaction():
            noted = (path, file_sha256(self._root / path))
            self._db.execute("INSERT OR REPLACE INTO removals (path, sha256) VALUES (?, ?)", noted)
            self._db.once_committed(self.finish)

    def free_path(self, path: str) -> str:
        """``path``, or the same name with a number that no file has, nor one that is under way."""
        wanted = Path(path)
        candidate, number = wanted, 1
        while os.path.lexists(self._root / candidate) or self.aside(candidate.as_posix()).exists():
            number += 1
            candidate = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        return candidate.as_posix()

    def finish(self) -> None:
        """Puts every file into its place whose note has been committed, and takes away what is to go.

        ``PlantrackError`` where another program holds a place; until that is closed nothing else is written, since it
        would be made from what lies there. All others are in their places then.
        """
        paths = [row["path"] for row in self._db.execute("SELECT path FROM placements ORDER BY path").fetchall()]
        placed = [path for path in paths if self._is_placed(path)]
        gone = [row["path"] for row in self._db.execute("SELECT * FROM removals").fetchall() if self._is_gone(*row)]
        if placed or gone:
            with self._db.transaction():
                self._db.executemany("DELETE FROM placements WHERE path = ?", [(path,) for path in placed])
                self._db.executemany("DELETE FROM removals WHERE path = ?", [(path,) for path in gone])
        held = [path for path in paths if path not in placed]
        if held:
            raise PlantrackError(
                _("The old version is open in another program, or may not be written over: {paths}").format(
                    paths=" ".join(held)
                ),
                _(
                    "Close it, also on others' computers, then run the command again. Nothing is lost: what was done"
                    " stands, and the new version waits in data/staged. Until then nothing else is written."
                ),
            )

    def _is_placed(self, path: str) -> bool:
        """Tries to put a file into its place; whether that could be done."""
        written = self.aside(path)
        if written.exists():
            try:
                atomic.replace_file(written, self._root / path)
            except PermissionError:
                return False
        written.parent.rmdir()
        return True

    def _is_gone(self, path: str, sha256: str) -> bool:
        """Whether nothing of what was to go is left at ``path``; tries to take it away."""
        place = self._root / path
        with suppress(PermissionError):
            if place.is_file() and file_sha256(place) == sha256:
                place.unlink()
                atomic.sync_folder(place.parent)
            return True
        return False

    def go_on(self) -> None:
        """Finishes what a run that was cut off has noted; what it only wrote aside goes."""
        self.finish()
        shutil.rmtree(self._folder, ignore_errors=True)
