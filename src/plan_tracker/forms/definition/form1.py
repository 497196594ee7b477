"""Form 1, a sheet per project: the manual's 14 numbered fields (R2), their keys, types and rules.

The sheet's columns: A keys (hidden), B–I what units see, J remarks (correction forms), K counts (hidden).
"""

from __future__ import annotations

from plan_tracker.forms.definition.form1_plan import PLAN_SECTIONS, SOURCE_KEYS
from plan_tracker.forms.definition.form1_results import BUDGETS, RESULT_SECTIONS
from plan_tracker.forms.definition.spec import Form

__all__ = ["BUDGETS", "FORM1", "SOURCE_KEYS", "TITLE"]

TITLE = "แบบรายงานผลการดำเนินงานประจำปีงบประมาณของ สป.ดศ. และ ดศ."

FORM1 = Form("form1", TITLE, (*PLAN_SECTIONS, *RESULT_SECTIONS))
