"""The unit's page, laid beside a quarter's forms: ``วิธีกรอก.docx``, and ``.pdf`` where LibreOffice is installed.

Reads the store and what lies there; writes ``outbox/…/forms``. It is written anew where it would say something else
now. A page that an officer has edited is the office's own: it stays, and the PDF follows it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from plan_tracker.documents.unit_page import write_unit_page
from plan_tracker.documents.word.files import check_closed
from plan_tracker.documents.word.libreoffice import write_pdf
from plan_tracker.due import return_due
from plan_tracker.fiscal import Period
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace, file_sha256

_NAME = "วิธีกรอก"


def unit_page(workspace: Workspace, period: Period) -> str:
    """Where the page on ``period`` lies, from the workspace."""
    return workspace.relative(workspace.root / "outbox" / str(period) / "forms" / f"{_NAME}.docx")


@contextmanager
def unit_page_ready(workspace: Workspace, store: Store, period: Period) -> Iterator[Path]:
    """The page as it is to be now, apart from its place: what stands in its way is told before any form goes out.

    Errors as ``write_unit_page``'s; ``PlantrackError`` where the page is to be replaced and open in Word.
    """
    page = workspace.root / unit_page(workspace, period)
    with TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / page.name
        write_unit_page(workspace, period, return_due(workspace.config, period), made)
        if _is_due(workspace, store, made, page):
            check_closed(page)
        yield made


def lay_unit_page(workspace: Workspace, store: Store, period: Period, made: Path) -> list[str]:
    """Sees to it that the page lies there, as ``made``; gives its files, from the workspace: DOCX, and PDF if any."""
    page = workspace.root / unit_page(workspace, period)
    if _is_due(workspace, store, made, page):
        _place(workspace, store, made, page)
    pdf = page.with_suffix(".pdf")
    if _may_write(workspace, store, pdf) and _is_older(pdf, page):
        printed = write_pdf(page, made.parent)
        if printed:
            _place(workspace, store, printed, pdf)
    return [workspace.relative(path) for path in (page, pdf) if path.exists()]


def _is_due(workspace: Workspace, store: Store, made: Path, page: Path) -> bool:
    """Whether ``made`` says something else than the page that lies there, which nobody has edited."""
    return _may_write(workspace, store, page) and not (page.exists() and file_sha256(made) == file_sha256(page))


def _may_write(workspace: Workspace, store: Store, path: Path) -> bool:
    return not path.exists() or store.is_as_written(workspace.relative(path), file_sha256(path))


def _is_older(pdf: Path, page: Path) -> bool:
    return not pdf.exists() or pdf.stat().st_mtime_ns < page.stat().st_mtime_ns


def _place(workspace: Workspace, store: Store, made: Path, path: Path) -> None:
    relative = workspace.relative(path)
    shutil.copyfile(made, store.placing.aside(relative))
    with store.transaction():
        store.placing.place(relative)
