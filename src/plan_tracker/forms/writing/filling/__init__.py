"""One form being filled, sheet by sheet."""
