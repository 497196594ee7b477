"""Writes ``templates/xlsx/form.xlsx``, the form's layout, from the form's definition."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.writing.template.sheets import build_template
from plan_tracker.openxml_fonts import save_book
from tools.parts import write_if_changed

FORM = Path(__file__).parents[1] / "templates" / "xlsx" / "form.xlsx"
_DATED = ("docProps/core.xml",)  # openpyxl writes the time of saving


def main() -> None:
    made = BytesIO()
    save_book(build_template(CURRENT), made)
    write_if_changed(made, FORM, _DATED)


if __name__ == "__main__":
    main()
