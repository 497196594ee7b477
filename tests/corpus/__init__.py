"""A corpus of returned workbooks: ``cases.txt`` is the table; the modules make its files and ask the intake."""
