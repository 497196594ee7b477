"""What a spreadsheet program offers at an input: a drop-down, bounds that warn, a hint."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.workbook.names import LISTS_SHEET


def validation(field: Field) -> DataValidation:
    """The drop-down, bounds and hint of a field."""
    check = DataValidation(type="none", allow_blank=True, errorStyle="warning", showInputMessage=True)
    check.prompt = field.hint[:255]
    if field.choices:
        is_province = field.kind is FieldKind.PROVINCES
        check.type = "list"
        check.formula1 = f"{LISTS_SHEET}!$A$1:$A${len(PROVINCES)}" if is_province else f'"{",".join(field.choices)}"'
        check.errorTitle, check.error = "เลือกจากรายการ", "ขอให้เลือกคำตอบจากรายการในช่องนี้"
    elif field.low is not None and field.high is not None:
        check.type, check.operator = "decimal", "between"
        check.formula1, check.formula2 = str(field.low), str(field.high)
        check.errorTitle, check.error = "ตัวเลขเท่านั้น", f"ช่องนี้รับตัวเลขตั้งแต่ {field.low} ถึง {field.high}"
    elif field.low is not None:
        check.type, check.operator, check.formula1 = "decimal", "greaterThanOrEqual", str(field.low)
        check.errorTitle, check.error = "ตัวเลขเท่านั้น", f"ช่องนี้รับตัวเลขตั้งแต่ {field.low} ขึ้นไป"
    check.showErrorMessage = bool(check.error)
    return check
