"""Letters to units: the request (L1) and the correction (L3), as memo or external letter.

Reads ``templates/docx/L*-memo.docx`` or ``L*-external.docx``, which hold the letters' words; writes one
``.docx``. Number and date stay dotted blanks, to be filled in when the letter is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plan_tracker.config import Office
from plan_tracker.documents import wording as w
from plan_tracker.documents.emblem import with_emblem
from plan_tracker.documents.word import render_document
from plan_tracker.fiscal import Period, long_date
from plan_tracker.register import Kpi, Project, Register, Unit
from plan_tracker.workspace import Workspace

OFFICE_PLAN = "ops"  # who reports on the Office's own plan is one of its divisions
MEMO = "memo"
_TITLES = {"L1": "รายงานผลการดำเนินงาน", "L3": "แก้ไขข้อมูลในแบบรายงานผลการดำเนินงาน"}  # in the file's properties
_NUMBER_BLANK, _DATE_BLANK, _NAME_BLANK = "." * 30, "." * 44, "." * 50


def write_request(
    workspace: Workspace, register: Register, unit: Unit, period: Period, due: date, attachment: str, path: Path
) -> None:
    """Writes L1 to ``path``: asks ``unit`` to return the form ``attachment`` (a file name) by ``due``.

    Errors as ``render_document``'s, and ``ConfigError`` for an emblem that can't be used.
    """
    _write("L1", workspace, register, unit, period, due, (attachment,), path)


def write_correction(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    due: date,
    errors: int,
    warnings: int,
    attachments: Sequence[str],
    path: Path,
) -> None:
    """Writes L3 to ``path``: ``errors`` answers to mend and ``warnings`` to confirm, not both 0, by ``due``.

    ``attachments`` are the file names of the correction list and of the correction form. Errors as ``write_request``'s.
    """
    counts: dict[str, object] = {
        "errors": w.count(errors),
        "warnings": w.count(warnings),
        "has_errors": bool(errors),
        "has_warnings": bool(warnings),
    }
    _write("L3", workspace, register, unit, period, due, attachments, path, counts)


def _write(
    kind: str,
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    due: date,
    attachments: Sequence[str],
    path: Path,
    more: dict[str, object] | None = None,
) -> None:
    context = build_context(workspace, register, unit, period)
    form = MEMO if unit.letter_type == MEMO else "external"
    template = with_emblem(workspace.template("docx", f"{kind}-{form}.docx"), workspace)
    render_document(
        template,
        context | {"due": long_date(due), "attachments": list(attachments)} | (more or {}),
        path,
        thai_digits=workspace.config.report.thai_digits,
        title=f"{context['ask']}{_TITLES[kind]} {period.title} {unit.name}",
    )


def build_context(workspace: Workspace, register: Register, unit: Unit, period: Period) -> dict[str, object]:
    """What every letter's tags name. A memo's blanks are the template's dotted lines, an external letter's are dots."""
    config, memo = workspace.config, unit.letter_type == MEMO
    projects, kpis = register.projects_by_unit.get(unit.code, []), register.kpis_by_unit.get(unit.code, [])
    plans = [plan for plan in register.plans if plan.code in plans_of(projects, kpis)]
    own = memo and any(plan.code == OFFICE_PLAN for plan in plans)
    return {
        "number": "" if memo else _NUMBER_BLANK,
        "date": "" if memo else _DATE_BLANK,
        "urgency": "",
        "reference": "",
        "copies": "",
        "own": own,
        "ask": "ขอให้" if own else "ขอความอนุเคราะห์",
        "office": config.office,
        "contact": contact_line(config.office),
        "signatory": {
            "name": config.letters.signatory_name or _NAME_BLANK,
            "position": config.letters.signatory_position,
        },
        "unit": unit,
        "period": period,
        "plan_title": config.report.plan_title,
        "plan": config.report.plan_title + (f"ของ{w.listed([plan.owner for plan in plans])}" if plans else ""),
        "projects": _numbered(projects),
        "kpis": _numbered(kpis),
        "project_count": w.count(len(projects)),
        "kpi_count": w.count(len(kpis)),
    }


def plans_of(projects: Sequence[Project], kpis: Sequence[Kpi]) -> set[str]:
    """The codes of the plans that ``projects`` and ``kpis`` belong to."""
    return {code for project in projects for code in project.plans} | {kpi.plan for kpi in kpis}


def contact_line(office: Office) -> str:
    """Whom to ask and where, as ``นางสาว… โทร. …``; empty where the configuration names neither."""
    if not office.contact and not office.phone:
        return ""
    who = office.contact or office.division
    return f"{who} โทร. {office.phone}" if office.phone else who


def _numbered(items: Sequence[Project | Kpi]) -> list[dict[str, str]]:
    return [{"number": w.count(i), "name": item.name, "code": item.code} for i, item in enumerate(items, 1)]
