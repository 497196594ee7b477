"""Coverage-guided fuzzing of what reads strangers' bytes: ``python -m tests.fuzzing TARGET``; finds in ``found``."""
