"""The checks that run in a form, as formulas."""
