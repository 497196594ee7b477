"""``templates update`` and ``templates restore``: the templates of this release, and what becomes of edited ones.

Reads and writes the workspace's ``templates``; nothing that an officer has edited is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from plan_tracker.documents.report.template_check import fields_of
from plan_tracker.errors import UsageError
from plan_tracker.forms.writing.office_template import lost_fields
from plan_tracker.i18n import _
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace, bundled_templates
from plan_tracker.workspace.template_history import (
    TemplateStatus,
    bundled_names,
    copy_templates,
    keep_beside,
    templates_in,
    upgrade_templates,
)

_UNREADABLE = (
    OSError,
    PackageNotFoundError,
    InvalidFileException,
    BadZipFile,
    KeyError,
    ValueError,
    etree.XMLSyntaxError,
)


@dataclass(frozen=True, slots=True)
class EditedTemplate:
    """A template that an officer has edited, the release that it came from (blank where that is not known), and
    the fields of plantrack's own that it lacks; None where it can't be read.
    """

    name: str
    release: str
    lacks: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class TemplateUpdate:
    """The templates that were replaced or added, and the edited ones, which stay."""

    replaced: Sequence[str]
    added: Sequence[str]
    edited: Sequence[EditedTemplate]


@dataclass(frozen=True, slots=True)
class Restored:
    """A template that is plantrack's own again; ``kept``: where the edited one lies now, blank without one."""

    name: str
    kept: str = ""


def update_templates(workspace: Workspace, store: Store, *, dry_run: bool = False) -> TemplateUpdate:
    """Takes what this release brings in place of what nobody has edited, and adds what is absent."""
    found = templates_in(workspace.root)
    older = [one.name for one in found if one.standing is TemplateStatus.OLDER]
    absent = [one.name for one in found if one.standing is TemplateStatus.ABSENT]
    edited = [
        EditedTemplate(one.name, one.release, _lacks(workspace, one.name))
        for one in found
        if one.standing is TemplateStatus.EDITED
    ]
    if not dry_run:
        upgrade_templates(workspace.root)
        copy_templates(workspace.root, [*older, *absent])
        if older or absent:
            store.add_event(workspace.timestamp(), EventName.TEMPLATES_UPDATE, files=" ".join([*older, *absent]))
    return TemplateUpdate(older, absent, edited)


def restore_templates(
    workspace: Workspace, store: Store, named: Iterable[str], *, dry_run: bool = False
) -> list[Restored]:
    """Puts plantrack's own templates back, the edited ones kept beside them; those that are its own stay.

    ``named``: ``L3-memo``, ``L3-memo.docx`` or ``docx/L3-memo.docx``; ``UsageError`` for one that there is not.
    """
    names = list(dict.fromkeys(_find(name) for name in named))
    standing = {one.name: one.standing for one in templates_in(workspace.root)}
    wanted = [name for name in names if standing[name] is not TemplateStatus.CURRENT]
    if dry_run:
        return [Restored(name) for name in wanted]
    restored = []
    for name in wanted:
        kept = keep_beside(workspace.root, name) if standing[name] is TemplateStatus.EDITED else ""
        copy_templates(workspace.root, [name])
        restored.append(Restored(name, kept))
    if restored:
        files = " ".join(one.name for one in restored)
        store.add_event(workspace.timestamp(), EventName.TEMPLATES_RESTORE, files=files)
    return restored


def _find(named: str) -> str:
    """The template that is meant."""
    names = bundled_names()
    by_any = {
        spelling: name for name in names for spelling in (name, PurePosixPath(name).name, PurePosixPath(name).stem)
    }
    if named in by_any:
        return by_any[named]
    near = get_close_matches(named, sorted(by_any), 1)
    raise UsageError(
        _("There is no template {name}.").format(name=named),
        _("Did you mean {name}?").format(name=near[0])
        if near
        else _("These there are: {names}").format(names=", ".join(sorted(PurePosixPath(name).stem for name in names))),
    )


def _lacks(workspace: Workspace, name: str) -> list[str] | None:
    """The fields of plantrack's own template that the workspace's has not."""
    own, bundled = workspace.root / "templates" / name, bundled_templates() / name
    try:
        return lost_fields(own) if name.endswith(".xlsx") else sorted(fields_of(bundled) - fields_of(own))
    except _UNREADABLE:
        return None
