"""Which templates a workspace got, of which release, and whether an officer has edited them since.

Reads ``template_history.json``, the SHA-256 of every template that a release has brought. Writes what is copied into a
workspace, and ``templates/.plantrack-templates.json``, which says where each came from. Templates go with the program
that fills them: one that nobody has edited is replaced when another release opens the workspace, an edited one stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plan_tracker import __version__, atomic
from plan_tracker.i18n import _
from plan_tracker.workspace.folders import bundled_templates, file_sha256

RECORD = ".plantrack-templates.json"


class TemplateStatus(StrEnum):
    """How a workspace's template stands to the one that plantrack brings now."""

    CURRENT = "current"
    OLDER = "older"  # of another release, and nobody has edited it
    EDITED = "edited"
    ABSENT = "absent"  # plantrack's own is used


class Template(NamedTuple):
    """A template ``docx/L1-memo.docx``. ``release`` is the one that it came from, blank where that is not known."""

    name: str
    standing: TemplateStatus
    release: str


class Upgrade(NamedTuple):
    """What a workspace's templates came to: those ``replaced``, and the ``edited`` ones, which stay.

    ``is_first``: this release has not written in the workspace before.
    """

    replaced: tuple[str, ...]
    edited: tuple[str, ...]
    is_first: bool


def bundled_names() -> list[str]:
    """The templates that plantrack brings, such as ``docx/report.docx``."""
    bundled = bundled_templates()
    return sorted(path.relative_to(bundled).as_posix() for path in bundled.rglob("*.*") if path.is_file())


def is_as_brought(path: Path) -> bool:
    """Whether the template ``path`` (``…/docx/report.docx``) is, to the byte, the one that this release brings."""
    brought = bundled_templates() / path.parent.name / path.name
    return brought.is_file() and path.read_bytes() == brought.read_bytes()


def templates_in(root: Path) -> list[Template]:
    """How each template of the workspace ``root`` stands."""
    record = _read_record(root)
    return [_look_at(root, name, record) for name in bundled_names()]


def _look_at(root: Path, name: str, record: Mapping[str, Mapping[str, str]]) -> Template:
    own = root / "templates" / name
    recorded = record.get(name, {})
    if not own.is_file():
        return Template(name, TemplateStatus.ABSENT, __version__)
    if is_as_brought(own):
        return Template(name, TemplateStatus.CURRENT, __version__)
    sha256 = file_sha256(own)
    if sha256 == recorded.get("sha256"):
        return Template(name, TemplateStatus.OLDER, recorded.get("release", ""))
    brought = _history().get(name, {}).get(sha256)
    if brought:
        return Template(name, TemplateStatus.OLDER, brought)
    return Template(name, TemplateStatus.EDITED, recorded.get("release", ""))


def copy_templates(root: Path, names: Iterable[str]) -> None:
    """Puts plantrack's own templates ``names`` into the workspace, over what is there, and records where from."""
    record = _read_record(root)
    for name in names:
        _copy(root, name)
        record[name] = _as_brought(root, name)
    _write_record(root, record)


def upgrade_templates(root: Path) -> Upgrade:
    """Replaces what nobody has edited by what this release brings. A template that is held open elsewhere waits."""
    is_first = _last_release(root) != __version__
    replaced, edited, own = [], [], []
    for found in templates_in(root):
        if found.standing is TemplateStatus.EDITED:
            edited.append(found.name)
        if found.standing is TemplateStatus.OLDER:
            try:
                _copy(root, found.name)
            except OSError:
                continue
            replaced.append(found.name)
        if found.standing in (TemplateStatus.OLDER, TemplateStatus.CURRENT):
            own.append(found.name)
    if replaced or is_first:
        _write_record(root, _read_record(root) | {name: _as_brought(root, name) for name in own})
    return Upgrade(tuple(replaced), tuple(edited), is_first)


def keep_beside(root: Path, name: str) -> str:
    """Moves an edited template to a free name beside its own; gives that name."""
    path = root / "templates" / name
    number, kept = 1, path.with_stem(_("{stem} (edited)").format(stem=path.stem))
    while kept.exists():
        number += 1
        kept = path.with_stem(_("{stem} (edited {number})").format(stem=path.stem, number=number))
    atomic.move_file(path, kept)
    return kept.relative_to(root / "templates").as_posix()


def _as_brought(root: Path, name: str) -> dict[str, str]:
    """What the record says of a template that is this release's."""
    return {"release": __version__, "sha256": file_sha256(root / "templates" / name)}


def _copy(root: Path, name: str) -> None:
    atomic.copy_file(bundled_templates() / name, root / "templates" / name)


@cache
def _history() -> dict[str, dict[str, str]]:
    """By template, the release of each SHA-256."""
    text = Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    history: dict[str, dict[str, str]] = json.loads(text)
    return history


def _read_record(root: Path) -> dict[str, dict[str, str]]:
    return dict(_read(root).get("templates", {}))


def _last_release(root: Path) -> str:
    return str(_read(root).get("release", ""))


def _read(root: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The record; empty where there is none, or none that can be read: the history knows what is unedited, too."""
    try:
        said = json.loads((root / "templates" / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("templates"), dict) else {}


def _write_record(root: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    content = {"release": __version__, "templates": dict(sorted(record.items()))}
    atomic.write_text(root / "templates" / RECORD, json.dumps(content, indent=1) + "\n")
