"""Step 8 of the manual: the publication package of a report whose publication has been permitted (R19).

Reads the store and the frozen reports; writes ``outbox/…/publication`` as a whole or not at all, and then the list of
periods in the year's other packages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from plan_tracker.config import check_contacts
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import free_name
from plan_tracker.merging.reports.plan_figures import figures_on_record
from plan_tracker.merging.reports.provenance import data_digest
from plan_tracker.merging.reports.submissions import check_copies, record_of
from plan_tracker.publication.package import ApprovedReport, Before, PublicationPackage, replacing
from plan_tracker.publication.proof.keys import fingerprint
from plan_tracker.publication.site.periods import relist_all
from plan_tracker.publication.untouched import folder_digest
from plan_tracker.steps.keep.keys import office_key, trial_key
from plan_tracker.store import Store, Submitted
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Published:
    """The package's folder and every file in it, by path in the workspace; whether there is no PDF.

    ``authors`` are people whom the reports' own properties name, ``relisted`` the pages of other packages that have
    come to name this one, ``not_relisted`` those that could not be written. ``kept``: where the package before lies
    that somebody has changed since it was written; blank where nobody has. ``report_key``: the fingerprint that the
    reports bear, where the package is signed with another key; blank where they bear its own, or none.
    """

    folder: str
    written: Sequence[str]
    without_pdf: bool
    authors: Sequence[str]
    relisted: Sequence[str] = ()
    not_relisted: Sequence[str] = ()
    kept: str = ""
    report_key: str = ""


def publish(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> Published:
    """Builds the package; ``OrderError`` without a permission that stands, and for sample contacts but in a demo."""
    check_contacts(workspace.config)
    permitted = store.reviews.permitted(period)
    if permitted is None:
        review = store.reviews.review(period)
        raise OrderError(
            _("There is no permission to publish the report of {period}: {stands}.").format(
                period=period.spoken, stands=review.stands
            ),
            _("Next: {command}").format(command=review.next_command),
        )
    check_copies(workspace, permitted, f"plantrack review reopen {period.typed} --because TEXT")
    package = _package(workspace, store, permitted, dry_run=dry_run)
    printed = record_of(store, period, permitted.reports[0]).settings.imprint.fingerprint
    target = _folder(workspace, period)
    if dry_run:
        with TemporaryDirectory(prefix="plantrack-") as scratch:
            trial = Path(scratch)
            package.write(trial)
            return _published(workspace, package, trial, target, printed)
    others = [other for other, _link in package.others]
    kept = _place_for_edited(workspace, store, target)
    with replacing(target, kept) as fresh:
        package.write(fresh)
        digest = folder_digest(fresh)
        store.set_written(_laid(workspace, target), digest)  # should this run end before it notes the package itself
    published = _published(workspace, package, target, target, printed)
    assert permitted.permitted is not None
    with store.transaction():
        store.set_written(published.folder, digest)
        store.add_event(
            workspace.timestamp(),
            EventName.PUBLISH,
            period=str(period),
            folder=published.folder,
            reference=permitted.permitted.reference,
            sha256=permitted.sha256,
            key=fingerprint(package.key.public),
            **_passed_over(workspace),
        )
    changed, failed = relist_all((_folder(workspace, other), other, _others(workspace, other)) for other in others)
    return replace(
        published,
        relisted=list(map(workspace.relative, changed)),
        not_relisted=list(map(workspace.relative, failed)),
        kept=workspace.relative(kept) if kept else "",
    )


def _place_for_edited(workspace: Workspace, store: Store, target: Path) -> Path | None:
    """Where the package that is to be replaced goes, if somebody has changed it; None if nobody has."""
    if not target.is_dir():
        return None
    digest, places = folder_digest(target), (workspace.relative(target), _laid(workspace, target))
    if any(store.is_as_written(place, digest) for place in places):
        return None
    return free_name(target.with_name(_("{stem} (edited)").format(stem=target.name)))


def _laid(workspace: Workspace, target: Path) -> str:
    """What a package is noted under before it takes its place."""
    return f"{workspace.relative(target)} (laid)"


def _passed_over(workspace: Workspace) -> dict[str, str]:
    """For the record: the words that the settings say name nobody."""
    words = workspace.config.publication.not_personal
    return {"not_personal": ", ".join(words)} if words else {}


def _package(workspace: Workspace, store: Store, permitted: Submitted, *, dry_run: bool) -> PublicationPackage:
    assert permitted.permitted is not None
    record = record_of(store, permitted.period, permitted.reports[0])
    earlier = [event for event in store.events_of(EventName.PUBLISH) if event.details["period"] == str(record.period)]
    days = [(datetime.fromisoformat(event.at).date(), event.details.get("sha256", "")) for event in earlier]
    return PublicationPackage(
        figures_on_record(store, record),
        [ApprovedReport(r.plan, workspace.root / r.frozen, r.sha256, r.volume) for r in permitted.reports],
        workspace.config,
        permitted.permitted.day,
        _others(workspace, permitted.period),
        record.settings.imprint.data or data_digest(store, record.bases),
        trial_key(workspace) if dry_run else office_key(workspace, store),
        Before(_folder(workspace, permitted.period), days, workspace.today),
    )


def _folder(workspace: Workspace, period: Period) -> Path:
    return workspace.root / "outbox" / str(period) / "publication"


def _others(workspace: Workspace, period: Period) -> list[tuple[Period, str]]:
    """The year's other periods that have been published, with the links that the settings give."""
    year = [Period(period.fiscal_year, number) for number in (*QUARTERS, YEAR_END)]
    return [
        (other, workspace.config.publication.earlier.replace("{period}", str(other)))
        for other in year
        if other != period and (_folder(workspace, other) / "index.html").is_file()
    ]


def _published(
    workspace: Workspace, package: PublicationPackage, folder: Path, target: Path, printed: str
) -> Published:
    """The files of ``folder`` as they lie in ``target``; ``printed``: the fingerprint that the reports bear."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    without_pdf = not any(path.suffix == ".pdf" for path in files)
    place = workspace.relative(target)
    written = [f"{place}/{path.as_posix()}" for path in files]
    report_key = printed if printed != fingerprint(package.key.public) else ""
    return Published(place, written, without_pdf, package.authors(), report_key=report_key)
