"""Names that an issued workbook goes by: its sheets, its columns, its identity."""

from __future__ import annotations

COVER_SHEET = "คำชี้แจง"
FORM1_SHEET = "แบบรายงาน"  # in the template; an issued sheet is named by its project's code
FORM2_SHEET = "ตัวชี้วัด"
IDENTITY_SHEET = "_plantrack"
CELLS_SHEET = "_cells"
CHECKS_SHEET = "_checks"
VALUES_SHEET = "_v"  # what each cell says, for the checks
SAYINGS_SHEET = "_says"  # what the checks say, in forms of release 0.4.0
LISTS_SHEET = "_lists"  # what drop-downs offer that is too long to stand in them
HIDDEN_SHEETS = frozenset({IDENTITY_SHEET, CELLS_SHEET, CHECKS_SHEET, VALUES_SHEET, SAYINGS_SHEET, LISTS_SHEET})

KEY = "A"  # the column of the keys
ISSUE, CORRECTION = "issue", "correction"
