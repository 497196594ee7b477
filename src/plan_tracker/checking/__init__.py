"""From cells to values to findings."""
