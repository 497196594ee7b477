"""The publication package as a whole: built beside the old one, looked through, and only then put in its place.

Reads the frozen reports; writes the folder that it is given. A failure at any moment leaves an old package whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from plan_tracker import __version__
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.atomic import sync_folder, sync_tree
from plan_tracker.config import Config, Imprint
from plan_tracker.documents.tables import Table
from plan_tracker.documents.word.properties import named_people
from plan_tracker.documents.word.published_pdf import write_published_pdf
from plan_tracker.errors import OrderError, PlantrackError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import LANGUAGES, THAI, Message, Words, _
from plan_tracker.publication.opendata.catalogue_entry import Described, build_entry
from plan_tracker.publication.opendata.files import PublishedFile, named, write_data, write_entry
from plan_tracker.publication.opendata.tables import build_tables
from plan_tracker.publication.privacy import ContactDetails, Leak, Private, find_leaks, private_answers, told_in_answers
from plan_tracker.publication.proof.keys import PublishingKey, fingerprint
from plan_tracker.publication.proof.statement import PROOF, Proof
from plan_tracker.publication.revisions import REVISIONS, Edition, next_editions, write_revisions
from plan_tracker.publication.site.about_data import dictionary_tables
from plan_tracker.publication.site.build import Download, Site
from plan_tracker.publication.site.periods import HOMES
from plan_tracker.publication.values import Values, values_of
from plan_tracker.register import Plan
from plan_tracker.store.reporting.reports import Volume
from plan_tracker.system import reason_of
from plan_tracker.workers import workers
from plan_tracker.workspace.folders import file_sha256

_VOLUMES: Final[Mapping[Volume, Message]] = {
    Volume.REPORT: Message("file", "Report on {plan}, in Thai"),
    Volume.SHEETS: Message("file", "Project sheets of {plan}, in Thai"),
}
_DATA = Message("file", "Results of the {plan}, {period}")
_PROOF = Message("file", "Proof of the published values: hash tree and signature")
_REVISIONS = Message("file", "Revisions of the published values")
_PAGES_A_TASK = 10  # handing figures on takes a while: another process is worth it from 400 pages
PROGRAM = f"plantrack {__version__}"
_PROGRAMS = ("python-docx", "plantrack")


@dataclass(frozen=True, slots=True)
class ApprovedReport:
    """A volume of a plan's report as it was approved: the frozen copy, and the SHA-256 of its bytes on record."""

    plan: str
    path: Path
    sha256: str
    volume: Volume = Volume.REPORT


@dataclass(frozen=True, slots=True)
class Before:
    """What was published of the period before: the folder of it, days and the reports' SHA-256; and today."""

    folder: Path
    published: Sequence[tuple[date, str]]
    today: date


@dataclass(frozen=True, slots=True)
class PublicationPackage:
    """What is published. ``reports`` are the figures of each plan, ``approved`` their documents."""

    reports: Sequence[ReportFigures]
    approved: Sequence[ApprovedReport]
    config: Config
    permitted_on: date | None
    others: Sequence[tuple[Period, str]]
    data: str  # the SHA-256 of what the figures stand on
    key: PublishingKey
    before: Before

    @property
    def period(self) -> Period:
        return self.reports[0].period

    def write(self, folder: Path) -> None:
        """Writes everything into ``folder``, which is new; ``PlantrackError`` where a file says something private."""
        documents = self._write_documents(folder / "reports")
        tables = build_tables(self.reports)
        values = values_of(tables)
        editions = self._editions(values)
        data = self._write_data(folder, documents, tables, values, editions)
        downloads = [_download(file, folder) for file in (*documents, *data)]
        has_pdf = any(file.path.suffix == ".pdf" for file in documents)
        imprint = Imprint(PROGRAM, self.data, fingerprint(self.key.public))
        site = Site(self.reports, self.config, self.permitted_on, downloads, has_pdf, self.others)
        dictionaries = {language: dictionary_tables(tables, Words(language)) for language in HOMES}
        site = replace(site, imprint=imprint, dictionaries=dictionaries, editions=editions)
        private = private_answers(self.reports, self.config)
        leaks = _write_site(site, folder, private)
        if leaks:
            raise _leaking(leaks, told_in_answers(self.reports, private), self.period)

    def _editions(self, values: Values) -> list[Edition]:
        reports = " ".join(report.sha256 for report in self.approved)
        return next_editions(self.before.folder, self.before.published, values, reports, self.before.today)

    def _write_data(
        self,
        folder: Path,
        documents: Sequence[PublishedFile],
        tables: Sequence[Table[Any]],
        values: Values,
        editions: Sequence[Edition],
    ) -> list[PublishedFile]:
        """The open data with its proof and revisions, and the catalogue's entry for it and for ``documents``."""
        target, plan_title = folder / "data", self.config.report.plan_title
        target.mkdir()
        title = {
            language: Words(language).of(_DATA, plan=plan_title, period=self.period.title_in(Words(language)))
            for language in LANGUAGES
        }
        data = write_data(tables, self.config.office.name, target, f"plantrack-{self.period}", title)
        proof, revisions = named(target / PROOF, _PROOF), named(target / REVISIONS, _REVISIONS)
        proof.path.write_text(
            Proof.of(values, self.key, str(self.period), PROGRAM, self.data).to_json(), encoding="utf-8"
        )
        write_revisions(editions, revisions.path)
        data += [proof, revisions]
        data_date = max(report.now.dataset.data_date for report in self.reports)
        described = Described(
            self.period,
            title["th"],
            [report.now.dataset.plan.name for report in self.reports],
            data_date,
            self.permitted_on or data_date,
            [(file.path.relative_to(folder).as_posix(), file) for file in (*data, *documents)],
        )
        return [*data, write_entry(build_entry(self.config, described), target)]

    def _write_documents(self, folder: Path) -> list[PublishedFile]:
        """The approved bytes of each report, and its PDF where LibreOffice is installed."""
        folder.mkdir()
        plans = {report.now.dataset.plan.code: report.now.dataset.plan for report in self.reports}
        written = []
        for report in self.approved:
            copy = folder / report.path.name
            if not report.path.is_file():
                raise _damaged(report.path)
            shutil.copyfile(report.path, copy)
            if file_sha256(copy) != report.sha256:
                raise _damaged(report.path)
            pdf = write_published_pdf(copy, folder)
            paths = [copy, pdf] if pdf else [copy]
            titles = _document_titles(_VOLUMES[report.volume], plans.get(report.plan), report.plan)
            written += [PublishedFile(path, titles) for path in paths]
        return written

    def authors(self) -> list[str]:
        """Whom the properties of the approved documents name: whoever last saved them in Word."""
        named = {person for report in self.approved for person in named_people(report.path)}
        return sorted(named - {*_PROGRAMS, self.config.office.name})


@contextmanager
def replacing(target: Path, keep: Path | None = None) -> Iterator[Path]:
    """A new folder beside ``target`` that takes its place once the block is done; what was there then lies at ``keep``.

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
        sync_tree(fresh)
        _swap(fresh, target, keep or old)
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
            _("{name} can't be replaced: {error}").format(name=target.name, error=reason_of(error)),
            _("Close whatever is open in it, then try again. The earlier package is as it was."),
        ) from error


def _damaged(path: Path) -> OrderError:
    return OrderError(
        _("The approved copy {name} is missing or damaged.").format(name=path.name),
        _("Put it back from a backup of data/, or begin the review again with: plantrack review reopen"),
    )


def _write_site(site: Site, folder: Path, private: Private) -> list[Leak]:
    """Writes all pages of ``site`` into ``folder``; gives what of ``private`` stands in any file that is there then.

    Of a large site each language is written, and looked through, by a process of its own: the first by this one, which
    then looks at the rest.
    """
    site.write_assets(folder)
    others, (first, *further) = _files_below(folder), HOMES
    write = partial(_write_edition, site, folder, private)
    with workers(site.size // _PAGES_A_TASK, beside=True) as crew:
        elsewhere = crew.each(write, further, meanwhile=partial(site.tell_written, folder))
        pages, leaks = write(first)
        leaks += find_leaks(folder, sorted(others), private)
        for _language, (written, found) in elsewhere:
            pages, leaks = pages | written, leaks + found
    unseen = _files_below(folder) - others - pages
    return sorted(leaks + find_leaks(folder, sorted(unseen), private), key=lambda leak: Path(leak.file))


def _write_edition(site: Site, folder: Path, private: Private, language: str) -> tuple[set[Path], list[Leak]]:
    """The pages in ``language``, and what of ``private`` stands in them."""
    pages = site.write_pages(folder, language)
    return set(pages), find_leaks(folder, pages, private)


def _files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _leaking(leaks: Sequence[Leak], told: Sequence[ContactDetails], period: Period) -> PlantrackError:
    """For ``leaks``, of which there are any: names the files, and every answer that tells one.

    The value itself is not repeated. Where no answer tells it, somebody typed it into the report.
    """
    named = ", ".join(dict.fromkeys(leak.file for leak in leaks if not leak.file.endswith(".html")))
    answers = [f"\n  {one.period.name} {one.code} ({one.unit}): {one.field}" for one in told]
    message = _("A contact person's name, telephone number or e-mail address would be published: {files}")
    return PlantrackError(
        message.format(files=named or leaks[0].file) + "".join(answers),
        _(
            "Take it out of the return or the report, then go through the review again: {command}. If it names no"
            " person, say so in config.toml: not_personal = […] under [publication]."
        ).format(command=f"plantrack review reopen {period.name} --because TEXT"),
    )


def _document_titles(message: Message, plan: Plan | None, code: str) -> dict[str, str]:
    """What a volume is called in each language, with the plan's name in it where the register has one."""
    thai = plan.name if plan else code
    names = {language: thai if language == THAI.language or not plan else plan.name_en or thai for language in HOMES}
    return {language: Words(language).of(message, plan=name) for language, name in names.items()}


def _download(file: PublishedFile, folder: Path) -> Download:
    relative = file.path.relative_to(folder).as_posix()
    return Download(relative, file.title, file.path.suffix[1:].upper(), file.path.stat().st_size)
