"""Files and what is noted of them come together: written aside first, put into place when the notes are committed.

A run that is cut off before leaves no file in its place and no note; one that is cut off after is finished by the next
(table ``placements``). Writes ``data/staged``, and the places.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from plan_tracker import atomic
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

    def place(self, path: str) -> None:
        """Notes that what lies aside takes its place once the transaction is committed, and its bytes as written."""
        with self._db.transaction():
            written = (path, file_sha256(self.aside(path)))
            self._db.execute("INSERT OR REPLACE INTO written (path, sha256) VALUES (?, ?)", written)
            self._db.execute("INSERT OR REPLACE INTO placements (path) VALUES (?)", (path,))
            self._db.once_committed(self.finish)

    def finish(self) -> None:
        """Puts every file into its place whose note has been committed."""
        paths = [row["path"] for row in self._db.execute("SELECT path FROM placements ORDER BY path").fetchall()]
        for path in paths:
            written = self.aside(path)
            if written.exists():
                atomic.replace_file(written, self._root / path)
            written.parent.rmdir()
        if paths:
            with self._db.transaction():
                self._db.execute("DELETE FROM placements")

    def go_on(self) -> None:
        """Finishes what a run that was cut off has noted; what it only wrote aside goes."""
        self.finish()
        shutil.rmtree(self._folder, ignore_errors=True)
