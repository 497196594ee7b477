"""The forms: one definition, the workbooks made from it, and the reading of what comes back."""
