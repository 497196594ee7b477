"""The commands, by the parts of the work: each parses what is its own, calls one step, and tells what came of it."""
