"""plantrack: issue, ingest, check and report on an annual government action plan."""

__version__ = "0.7.0"
