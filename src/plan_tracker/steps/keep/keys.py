"""``key renew``: a new key for the forms to come; those that are out stay good. Reads and writes ``data/``."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.errors import ConfigError, OrderError, UsageError
from plan_tracker.forms.definition.workbook.signing import renew_key, retired_keys, signing_key
from plan_tracker.i18n import _
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


def _is_lost(workspace: Workspace) -> bool:
    try:
        signing_key(workspace.data)
    except ConfigError:
        return True
    return False
