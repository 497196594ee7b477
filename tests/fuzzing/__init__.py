"""Coverage-guided fuzzing of what reads strangers' bytes: ``python -m tests.fuzzing TARGET``. ``found`` has the finds."""
