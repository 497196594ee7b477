"""What figures stand on: the answers that count, the approved plans, what changed since last quarter."""
