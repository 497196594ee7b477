"""Form 1, a sheet per project: the manual's 14 numbered fields (R2), their keys, types and rules.

The sheet's columns: A keys (hidden), B labels, C–H answers, I notes, then those of its ``Columns``.
"""

from __future__ import annotations

from plan_tracker.forms.definition.form1.plan import SOURCE_KEYS, plan_sections
from plan_tracker.forms.definition.form1.results import BUDGETS, result_sections
from plan_tracker.forms.definition.form1.shapes import Form1Shape, shared
from plan_tracker.forms.definition.spec import Columns, Form

__all__ = ["BUDGETS", "SOURCE_KEYS", "TITLE", "build_form1"]

TITLE = "แบบรายงานผลการดำเนินงานประจำปีงบประมาณของ สป.ดศ. และ ดศ."


def build_form1(shape: Form1Shape, columns: Columns) -> Form:
    """Form 1 as one version asks it."""
    sections = (*plan_sections(shape), *result_sections(shape))
    return Form("form1", TITLE, tuple(map(shared, sections)) if shape.shared_key_rows else sections, columns)
