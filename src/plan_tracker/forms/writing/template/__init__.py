"""The template workbook as plantrack lays it out."""
