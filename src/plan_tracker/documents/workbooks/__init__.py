"""Workbooks for people: the master workbook and the correction list."""
