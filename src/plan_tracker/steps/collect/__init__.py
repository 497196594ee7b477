"""While returns come in: ingest, reminders, acceptance, status."""
