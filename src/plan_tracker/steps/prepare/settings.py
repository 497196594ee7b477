"""Whether the settings are an office's own, and whole. Reads ``config.toml`` and the store, writes nothing.

What is wrong in the settings themselves is told when they are read; this is about what is right, and not yet yours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from plan_tracker.config import sample_contacts
from plan_tracker.documents.central.layouts import build_layout
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace

_ASKED = ("office.contact", "office.phone", "office.email")  # where units are told to call and write
_NAMED = 5  # units without an address that are named


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at: which ``setting`` (blank: in the register), and what to do."""

    setting: str
    message: str


def check_settings(workspace: Workspace, store: Store) -> Sequence[Note]:
    """Sample contacts, units without an address, an emblem that is not there, layouts that can't be followed."""
    return [*_contacts(workspace), *_emblem(workspace), *_exports(workspace), *_addresses(workspace, store)]


def _contacts(workspace: Workspace) -> Iterator[Note]:
    config = workspace.config
    samples = sample_contacts(config)
    for name in dict.fromkeys((*_ASKED, *samples)):
        value = str(attrgetter(name)(config))
        if name in samples:
            said = _("'{value}' is the sample's. Units are told to call and write there: put your own.")
            yield Note(name, said.format(value=value))
        elif not value.strip():
            yield Note(name, _("It is blank. Units are told to call and write there."))


def _emblem(workspace: Workspace) -> Iterator[Note]:
    name = workspace.config.letters.emblem
    if not name:
        said = _("No emblem is named: letters leave room for it. Put an image into the workspace and name it here.")
        yield Note("letters.emblem", said)
    elif not (workspace.root / name).is_file():
        said = _("{name} is not in the workspace: no letter can be written before it is there.")
        yield Note("letters.emblem", said.format(name=name))


def _exports(workspace: Workspace) -> Iterator[Note]:
    layouts = workspace.config.export.layouts
    for name in layouts:
        try:
            build_layout(name, layouts)
        except ConfigError as error:
            yield Note(f"export.{name}", " ".join(filter(None, (error.what, error.advice))))


def _addresses(workspace: Workspace, store: Store) -> Iterator[Note]:
    register = store.register(fiscal_year=workspace.config.fiscal_year)
    lacking = [unit.code for unit in register.reporting_units() if not unit.email.strip()] if register else []
    if lacking:
        names = " ".join(lacking[:_NAMED]) + (" …" if len(lacking) > _NAMED else "")
        said = _("{count} units have no e-mail address in the register: {units}")
        yield Note("", said.format(count=len(lacking), units=names))
