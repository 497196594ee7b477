"""What the sheets of a form's template say by themselves, as they were when forms were made from it."""

from __future__ import annotations

from plan_tracker.forms.layout import Layout
from plan_tracker.store.database.connection import Database


class Layouts:
    """The layouts in the database, by their ids."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, layout: Layout) -> str:
        """Keeps what a template's sheets say; gives its id."""
        with self._db.transaction():
            self._db.execute("INSERT OR IGNORE INTO layouts (id, content) VALUES (?, ?)", (layout.id, layout.to_json()))
        return layout.id

    def find(self, number: str) -> Layout | None:
        """The layout by its id; None for forms that were issued before it was recorded."""
        row = self._db.execute("SELECT content FROM layouts WHERE id = ?", (number,)).fetchone()
        return Layout.from_json(row["content"]) if row else None
