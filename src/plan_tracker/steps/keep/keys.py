"""``key renew``: a new key for the forms to come, or for what is published. Reads and writes ``data/``."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.errors import ConfigError, OrderError, UsageError
from plan_tracker.forms.definition.workbook.signing import renew_key, retired_keys, signing_key
from plan_tracker.i18n import _
from plan_tracker.publication.proof.keys import (
    PublishingKey,
    fingerprint,
    has_key,
    make_publishing_key,
    passing_key,
    publishing_key,
)
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class RenewedKey:
    """How many earlier keys go on being known; ``lost``: the one before is not among them."""

    known: int
    lost: bool


def renew(workspace: Workspace, store: Store, because: str, *, lost: bool = False, dry_run: bool = False) -> RenewedKey:
    """Makes a new key, on the record; ``PlantrackError`` where ``lost`` is not how it is with the one before."""
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    is_lost = _is_lost(workspace)
    if is_lost and not lost:
        signing_key(workspace.data)
    if lost and not is_lost:
        raise OrderError(
            _("data/signing.key is there and whole: it is not lost."),
            _("Leave --lost out; forms that are out then stay good."),
        )
    if not dry_run:
        renew_key(workspace.data)
        said = {"because": because.strip()} | ({"lost": "yes"} if lost else {})
        store.add_event(workspace.timestamp(), EventName.KEY_RENEW, **said)
    return RenewedKey(len(retired_keys(workspace.data)) + (0 if lost or not dry_run else 1), lost)


def office_key(workspace: Workspace, store: Store) -> PublishingKey:
    """The key that signs what is published; made with the first report, and never again in silence.

    ``ConfigError`` where it is missing or damaged, though something has been signed with it.
    """
    if has_key(workspace.data) or _has_published(store):
        return publishing_key(workspace.data)
    return make_publishing_key(workspace.data)


def trial_key(workspace: Workspace) -> PublishingKey:
    """For a dry run: the key where it is there, else one that is kept nowhere."""
    return publishing_key(workspace.data) if has_key(workspace.data) else passing_key()


def _has_published(store: Store) -> bool:
    """Whether a report on record, or a publication, bears a key's fingerprint."""
    signed = store.log.of(EventName.PUBLISH, EventName.PUBLISHING_KEY)
    return store.reports.any_signed() or any("key" in event.details for event in signed)


def renew_publishing(workspace: Workspace, store: Store, because: str, *, dry_run: bool = False) -> str:
    """Makes a new key for what is published, on the record; gives its fingerprint, blank on a dry run.

    What was published before stays as it is, and is held against the key that it was signed with.
    """
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    if dry_run:
        return ""
    made = fingerprint(make_publishing_key(workspace.data).public)
    store.add_event(workspace.timestamp(), EventName.PUBLISHING_KEY, because=because.strip(), key=made)
    return made


def _is_lost(workspace: Workspace) -> bool:
    try:
        signing_key(workspace.data)
    except ConfigError:
        return True
    return False
