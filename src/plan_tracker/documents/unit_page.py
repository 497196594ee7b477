"""The unit's page: how a form is filled in and sent back, one A4 in Thai with pictures, for all units of a quarter.

Reads ``templates/docx/unit-page.docx``, which holds its words and pictures; writes one ``.docx``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.words import contact_line, in_full
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import Period
from plan_tracker.workspace.folders import Workspace

TEMPLATE = "unit-page.docx"


def write_unit_page(workspace: Workspace, period: Period, due: date, path: Path) -> None:
    """Writes the page on the forms of ``period``, to be back by ``due``, to ``path``; errors as ``render_document``'s.

    Digits are Arabic, as the form's are.
    """
    office = workspace.config.office
    render_document(
        workspace.template("docx", TEMPLATE),
        {
            "period": {"title": w.bound(period.title), "span": w.bound(period.span)},
            "due": in_full(due),
            "office": {"name": office.name, "division": office.division, "email": w.whole(office.email)},
            "contact": contact_line(office),
        },
        path,
        thai_digits=False,
        title=f"วิธีกรอกแบบรายงาน {period.title}",
    )
