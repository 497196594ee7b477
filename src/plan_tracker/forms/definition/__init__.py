"""What a form asks, said once: fields, choices, keys, and the identity that a workbook carries."""
