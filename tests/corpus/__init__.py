"""A corpus of returned workbooks: ``cases.txt`` is the table, and the modules here make its files and ask the intake."""
