"""Reports of a period and the circulation of its results."""
