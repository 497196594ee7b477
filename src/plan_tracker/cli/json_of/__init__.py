"""What scripts get: the objects that ``--json`` prints. Their keys are a contract; more may be added."""
