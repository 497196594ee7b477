"""``templates check``: whether edited templates can still be filled, before a quarter hangs on it. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from plan_tracker.documents.report.context import SHEETS, YEAR_END
from plan_tracker.documents.report.template_check import Flaw, check_report_template, check_template, fields_of
from plan_tracker.errors import ConfigError
from plan_tracker.forms.writing.build import FormWriter
from plan_tracker.forms.writing.office_template import read_template
from plan_tracker.i18n import _
from plan_tracker.store import Volume
from plan_tracker.workspace.folders import Workspace, bundled_templates

FORM = "form.xlsx"


class TemplatesCheck(NamedTuple):
    """The templates in use, by their names, and every flaw found in them."""

    names: list[str]
    flaws: list[Flaw]


def check_templates(workspace: Workspace) -> TemplatesCheck:
    """Looks through every template that the workspace uses."""
    names = sorted(path.name for path in (bundled_templates() / "docx").glob("*.docx"))
    paths = [workspace.template("docx", name) for name in names]
    form = workspace.template("xlsx", FORM)
    letters = _letters_fields()
    flaws = [flaw for path in paths for flaw in _check(path, letters)]
    return TemplatesCheck([*names, form.name], [*flaws, *_check_form(form)])


def _check(path: Path, letters: Mapping[str, Collection[str]]) -> list[Flaw]:
    if path.name.startswith("report"):
        volume = Volume.SHEETS if path.name == SHEETS else Volume.REPORT
        return check_report_template(path, volume, year_end=path.name == YEAR_END)
    # A letter may name whatever any letter that plantrack brings names: all are given the same.
    known = set().union(*letters.values())
    return check_template(path, known, dict.fromkeys(letters[path.name], ""), strict=False)


def _letters_fields() -> dict[str, set[str]]:
    """What each letter that plantrack brings names, by its template's file name."""
    letters = (path for path in (bundled_templates() / "docx").glob("*.docx") if not path.name.startswith("report"))
    return {path.name: fields_of(path) for path in letters}


def _check_form(path: Path) -> Iterator[Flaw]:
    """The form's template is looked through by the one who fills it."""
    try:
        FormWriter(read_template(path))
    except ConfigError as error:
        yield Flaw(path.name, error.what, error.advice)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        yield Flaw(
            path.name,
            _("It can't be read as a workbook."),
            _("Save it as .xlsx, or take plantrack's own: plantrack templates restore form"),
        )
