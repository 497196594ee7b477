"""Figures beside those of earlier quarters: what changed, how it goes on, what became of what was called for."""
