"""Returns are kept: with what they replace, what waits for an officer, what files of several hands come to together."""
