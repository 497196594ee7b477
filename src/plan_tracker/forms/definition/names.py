"""Names that an issued workbook goes by: its sheets, its hidden columns, its identity."""

from __future__ import annotations

COVER_SHEET = "คำชี้แจง"
FORM1_SHEET = "แบบรายงาน"  # in the template; an issued sheet is named by its project's code
FORM2_SHEET = "ตัวชี้วัด"
IDENTITY_SHEET = "_plantrack"
CELLS_SHEET = "_cells"

KEY = "A"
LAST = {"form1": "I", "form2": "L", "orders": "G"}  # the last column that units see
REMARK = {"form1": "J", "form2": "M", "orders": "H"}
COUNT = {"form1": "K", "form2": "N", "orders": "I"}
MARKS = {"form1": "M", "form2": "P", "orders": "K"}  # in correction forms: red cells that still hold what was wrong
MIRROR = {"form1": "L", "form2": "O", "orders": "J"}  # the keys once more

ISSUE, CORRECTION = "issue", "correction"
