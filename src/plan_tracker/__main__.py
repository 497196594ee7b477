"""``python -m plan_tracker`` runs the same program as ``plantrack``."""

from plan_tracker.cli import main

main()
