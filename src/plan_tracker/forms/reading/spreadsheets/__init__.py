"""Workbooks of every program, from their bytes to sheets of one shape."""
