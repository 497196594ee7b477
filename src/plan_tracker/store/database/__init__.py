"""The one SQLite file: its connection, its tables, the journal beside it, whether it is sound."""
