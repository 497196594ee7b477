"""The template that a report is made with, kept so that the same report can be made again (R12, R13).

Reads the workspace's templates; writes ``data/templates/SHA-256/report.docx``, never written over.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.workspace.folders import Workspace, file_sha256


class TemplateUse(StrEnum):
    """Which template a report was made with."""

    TODAY = "today"  # the one that a report gets today
    KEPT = "kept"  # the one of then; today's is another
    LOST = "lost"  # today's, since that of then is not known, or not kept whole


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """A template, the SHA-256 of its bytes, and why this one."""

    path: Path
    sha256: str
    use: TemplateUse = TemplateUse.TODAY


def template_today(workspace: Workspace, name: str) -> ReportTemplate:
    """The template ``name`` (``report.docx``) as it is now."""
    path = workspace.template("docx", name)
    return ReportTemplate(path, file_sha256(path))


def template_then(workspace: Workspace, name: str, sha256: str) -> ReportTemplate:
    """The template ``sha256`` of an earlier making, blank where that was not recorded yet."""
    today = template_today(workspace, name)
    if today.sha256 == sha256:
        return today
    kept = _place(workspace, name, sha256)
    if sha256 and kept.is_file() and file_sha256(kept) == sha256:
        return ReportTemplate(kept, sha256, TemplateUse.KEPT)
    return ReportTemplate(today.path, today.sha256, TemplateUse.LOST)


def keep_template(workspace: Workspace, name: str) -> ReportTemplate:
    """A copy of today's template, under the SHA-256 of its bytes; a damaged copy is replaced."""
    content = workspace.template("docx", name).read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    kept = _place(workspace, name, sha256)
    if not kept.is_file() or file_sha256(kept) != sha256:
        atomic.write_bytes(kept, content)
    return ReportTemplate(kept, sha256)


def _place(workspace: Workspace, name: str, sha256: str) -> Path:
    return workspace.data / "templates" / sha256 / name
