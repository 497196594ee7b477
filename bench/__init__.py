"""Measures plantrack against its yardsticks, side by side in one run: ``make bench``."""
