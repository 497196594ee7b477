"""What stands in one cell, read by the grammars of what people write."""
