"""The publication package as a whole: built beside the old one, looked through, and only then put in its place.

Reads the frozen reports; writes the folder that it is given. A failure at any moment leaves an old package whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docx import Document

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.atomic import sync_folder
from plan_tracker.config import Config
from plan_tracker.documents.word.libreoffice import write_pdf
from plan_tracker.errors import OrderError, PlantrackError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.publication.content import build_content
from plan_tracker.publication.opendata import FORMATS, build_metadata, write_data, write_json
from plan_tracker.publication.privacy import ContactDetails, Leak, find_leaks, private_answers, told_in_answers
from plan_tracker.publication.site import Download, Site
from plan_tracker.publication.tables import build_tables
from plan_tracker.workspace import file_sha256

_PROGRAMS = ("python-docx", "plantrack")


@dataclass(frozen=True, slots=True)
class ApprovedReport:
    """A plan's report as it was approved: the frozen copy, and the SHA-256 of its bytes on record."""

    plan: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicationPackage:
    """What is published. ``reports`` are the figures of each plan, ``approved`` their documents."""

    reports: Sequence[ReportFigures]
    approved: Sequence[ApprovedReport]
    config: Config
    permitted_on: date | None
    others: Sequence[tuple[Period, str]]

    @property
    def period(self) -> Period:
        return self.reports[0].period

    def write(self, folder: Path) -> None:
        """Writes everything into ``folder``, which is new; ``PlantrackError`` where a file says something private."""
        documents = self._write_documents(folder / "reports")
        tables = build_tables(self.reports)
        (folder / "data").mkdir()
        data = write_data(tables, self.config, folder / "data", f"plantrack-{self.period}")
        formats = [*FORMATS, *dict.fromkeys(path.suffix[1:].upper() for path in documents)]
        names = [report.now.dataset.plan.name for report in self.reports]
        catalogue = folder / "data" / "metadata.json"
        write_json(build_metadata(self.config, self.period, names, formats), catalogue)
        titles = {table.name: table.title for table in tables}
        downloads = [_download(path, folder, self._title(path)) for path in documents]
        downloads += [_download(path, folder, _data_title(path, titles)) for path in (*data, catalogue)]
        has_pdf = any(path.suffix == ".pdf" for path in documents)
        content = build_content(self.reports)
        Site(content, self.config, self.permitted_on, downloads, has_pdf, self.others).write(folder)
        private = private_answers(self.reports, self.config)
        refuse_leaks(find_leaks(folder, private), told_in_answers(self.reports, private), self.period)

    def _write_documents(self, folder: Path) -> list[Path]:
        """The approved bytes of each report, and its PDF where LibreOffice is installed."""
        folder.mkdir()
        written = []
        for report in self.approved:
            copy = folder / report.path.name
            if not report.path.is_file():
                raise _damaged(report.path)
            shutil.copyfile(report.path, copy)
            if file_sha256(copy) != report.sha256:
                raise _damaged(report.path)
            pdf = write_pdf(copy, folder)
            written += [copy, pdf] if pdf else [copy]
        return written

    def authors(self) -> list[str]:
        """Whom the properties of the approved documents name: whoever last saved them in Word."""
        named = set()
        for report in self.approved:
            properties = Document(str(report.path)).core_properties
            named |= {properties.author, properties.last_modified_by}
        return sorted(named - {"", *_PROGRAMS, self.config.office.name})

    def _title(self, path: Path) -> str:
        names = {report.now.dataset.plan.code: report.now.dataset.plan.name for report in self.reports}
        code = path.stem.removeprefix(f"{self.period}-")
        return f"รายงานผลการดำเนินงานตาม{names.get(code, code)}"


def refuse_leaks(leaks: Sequence[Leak], told: Sequence[ContactDetails], period: Period) -> None:
    """``PlantrackError`` for any of ``leaks``, naming the files, and every answer that tells one.

    The value itself is not repeated. Where no answer tells it, somebody typed it into the report.
    """
    if not leaks:
        return
    named = ", ".join(dict.fromkeys(leak.file for leak in leaks if not leak.file.endswith(".html")))
    answers = [f"\n  {one.period.name} {one.code} ({one.unit}): {one.field}" for one in told]
    message = _("A contact person's name, telephone number or e-mail address would be published: {files}")
    raise PlantrackError(
        message.format(files=named or leaks[0].file) + "".join(answers),
        _(
            "Take it out of the return or the report, then go through the review again: {command}. If it names no"
            " person, say so in config.toml: not_personal = […] under [publication]."
        ).format(command=f"plantrack review reopen {period.name} --because TEXT"),
    )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder beside ``target`` that takes its place once the block is done.

    When the block fails, ``target`` stays as it was. A run that was killed between the two moves is mended by the next.
    """
    fresh, old = target.with_name(f".{target.name}-new"), target.with_name(f".{target.name}-old")
    target.parent.mkdir(parents=True, exist_ok=True)
    if old.exists() and not target.exists():
        old.rename(target)
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        _swap(fresh, target, old)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise PlantrackError(
            _("{name} can't be replaced: {error}").format(name=target.name, error=error.strerror or error),
            _("Close whatever is open in it, then try again. The earlier package is as it was."),
        ) from error


def _damaged(path: Path) -> OrderError:
    return OrderError(
        _("The approved copy {name} is missing or damaged.").format(name=path.name),
        _("Put it back from a backup of data/, or begin the review again with: plantrack review reopen"),
    )


def _download(path: Path, folder: Path, title: str) -> Download:
    relative = path.relative_to(folder).as_posix()
    return Download(relative, title, path.suffix[1:].upper(), path.stat().st_size, relative.startswith("reports/"))


def _data_title(path: Path, titles: dict[str, str]) -> str:
    if path.name == "metadata.json":
        return "คำอธิบายชุดข้อมูล (metadata)"
    return titles.get(path.stem.rpartition("-")[2], "ข้อมูลทั้งหมด") if path.suffix == ".csv" else "ข้อมูลทั้งหมด"
