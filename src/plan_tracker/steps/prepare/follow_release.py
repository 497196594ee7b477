"""When another release opens a workspace: templates that nobody has edited become its own.

Reads and writes the workspace's ``templates``; each time is on record in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from plan_tracker import __version__
from plan_tracker.i18n import _
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace
from plan_tracker.workspace.template_history import upgrade_templates


def follow_release(workspace: Workspace, store: Store) -> Iterator[str]:
    """Upgrades the templates; gives what to tell the officer, a line each."""
    upgrade = upgrade_templates(workspace.root)
    if upgrade.replaced:
        store.add_event(workspace.timestamp(), EventName.TEMPLATES_UPDATE, files=" ".join(upgrade.replaced))
        yield _("{count} templates that you had not edited are now those of plantrack {release}.").format(
            count=len(upgrade.replaced), release=__version__
        )
    if upgrade.edited and (upgrade.replaced or upgrade.is_first):
        yield _(
            "Edited by you, and left as they are: {names}. What they lack, says: plantrack templates update"
        ).format(names=", ".join(upgrade.edited))
