"""Plays a quarter or a year on invented returns, through the same steps that an officer runs."""
