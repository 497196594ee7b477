"""How a workbook says what it is and what its cells are."""
