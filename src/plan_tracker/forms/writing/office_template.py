"""The officer's template of the forms: read, and whether it still has every sheet and every field."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.errors import ConfigError
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.forms.definition.workbook.keys import find_places
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM1_SHEET, FORM2_SHEET
from plan_tracker.forms.writing.compiled.shapes import grid_of
from plan_tracker.i18n import _


class OfficeTemplate(NamedTuple):
    """A template's file."""

    name: str
    content: bytes


def read_template(path: Path) -> OfficeTemplate:
    """``OSError`` as reading has it."""
    return OfficeTemplate(path.name, path.read_bytes())


def open_template(template: OfficeTemplate, version: FormVersion) -> Workbook:
    """The template, if it can hold a form of ``version``.

    ``ConfigError`` where it has lost a sheet or a field; errors as openpyxl has them for what is no workbook.
    """
    book = load_workbook(BytesIO(template.content))
    _check(book, template.name, version)
    return book


def lost_fields(template: Path) -> list[str]:
    """The fields that an edited template no longer has, sheet by sheet; all of a sheet's where that is gone."""
    book = load_workbook(template)
    return [
        field
        for name, form in forms_on_sheets(CURRENT)
        for field in (_lost(book[name], form) if name in book.sheetnames else form.fields)
    ]


def forms_on_sheets(version: FormVersion) -> tuple[tuple[str, Form], ...]:
    """The form on each sheet."""
    sheets = (COVER_SHEET, COVER_SHEET, FORM1_SHEET, FORM2_SHEET)
    return tuple(zip(sheets, version.forms_by_sheet, strict=True))


def _lost(sheet: Worksheet, form: Form) -> list[str]:
    found = {field for _code, field, _row, _column in find_places(grid_of(sheet), form.block_of_row)}
    return sorted(set(form.fields) - found)


def _check(book: Workbook, file: str, version: FormVersion) -> None:
    """An edited template must still hold every sheet and every field."""
    for name in (COVER_SHEET, FORM1_SHEET, FORM2_SHEET):
        if name not in book.sheetnames:
            raise ConfigError(
                _("The template {path} has no sheet '{sheet}'.").format(path=file, sheet=name),
                _("Restore the sheet's name, or take plantrack's own: plantrack templates restore form"),
            )
    _check_age(book, file, version)
    for name, form in forms_on_sheets(version):
        lost = _lost(book[name], form)
        if lost:
            raise ConfigError(
                _("The template {path}, sheet '{sheet}', has lost the field {field}.").format(
                    path=file, sheet=name, field=lost[0]
                ),
                _(
                    "Put its key back into the hidden column A, or take plantrack's own:"
                    " plantrack templates restore form"
                ),
            )


def _check_age(book: Workbook, file: str, version: FormVersion) -> None:
    """An edited template of an earlier version lacks all that the cover asks of the unit: no key can mend it."""
    asked = version.unit.fields
    if asked and len(_lost(book[COVER_SHEET], version.unit)) == len(asked):
        raise ConfigError(
            _("The template {path} is of an earlier version of the form, which did not ask for “{label}”.").format(
                path=file, label=next(iter(asked.values())).label
            ),
            _(
                "Take plantrack's own and make your changes there; yours is kept beside it:"
                " plantrack templates restore form"
            ),
        )
