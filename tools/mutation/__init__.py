"""Mutation testing: small bugs put in by a recorded seed, each held against the tests that cover its line.

``python -m tools.mutation cover`` plays the tests and notes in ``.mutation/`` which lines each runs; ``python -m
tools.mutation play --seed 22 --mutants 600`` draws the mutants, plays them, and adds what came out to ``played.tsv``.
mutmut mutates functions alone, and here much of what counts stands in tables and lambdas of modules; cosmic-ray starts
a process for all tests at each mutant: hence this one. docs/mutation.md has the score.
"""
