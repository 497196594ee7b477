"""Native Word charts: what one shows (``chart``), its XML (``drawing``), its place in a document (``placing``)."""
