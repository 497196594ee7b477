"""Issued workbooks: the template made from the definition, and forms filled from it."""
