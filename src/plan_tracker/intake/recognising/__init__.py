"""Whose form a workbook is: by its identity, by what it shows, and what of it is understood without."""
