"""Form 1, a sheet per project."""
