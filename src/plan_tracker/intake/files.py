"""Files in and out of the inbox: what waits, what is none of ours, where each goes. Nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from plan_tracker.checking.findings import Finding
from plan_tracker.forms.identity import Identity

_NOT_RETURNS = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"})
_UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".tmp", ".download"})


def waiting(inbox: Path, rejected: Path) -> list[Path]:
    """The files in the inbox and its folders, but for what was rejected before; the oldest first."""
    if not inbox.is_dir():
        return []
    found = [path for path in inbox.rglob("*") if path.is_file() and rejected not in path.parents]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def is_no_return(path: Path) -> bool:
    """Whether a file is one that programs leave about: lock files, thumbnails, half downloads."""
    name = path.name.lower()
    return name.startswith(("~$", ".")) or name in _NOT_RETURNS or path.suffix.lower() in _UNFINISHED


def keep_container(containers: Path, path: Path) -> Path:
    """Moves an archive or e-mail, whose contents are in the inbox now, to ``containers``."""
    containers.mkdir(parents=True, exist_ok=True)
    target = free_name(containers / path.name)
    shutil.move(path, target)
    return target


def keep_original(originals: Path, suffix: str, content: bytes, identity: Identity, version: int) -> Path:
    """Writes the bytes of a returned file, as they were read, to ``originals/2569-q1/YS-v1.xlsx``."""
    folder = originals / str(identity.period)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{identity.unit}-v{version}{suffix.lower()}"
    unfinished = target.with_name(target.name + ".part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)
    return target


def reject(path: Path, rejected: Path, finding: Finding) -> Path:
    """Moves a file that can't be used to ``rejected``, its reason in Thai and English beside it."""
    rejected.mkdir(parents=True, exist_ok=True)
    target = free_name(rejected / path.name)
    from plan_tracker.checking.catalogue import words

    said = [words(finding, language) for language in ("th", "en")]
    lines = [f"{finding.code}", *(f"{text.message}\n→ {text.fix}" for text in said)]
    shutil.move(path, target)
    reason = target.with_name(target.name + ".txt")
    reason.write_text("\n\n".join(lines) + "\n", encoding="utf-8-sig")
    return target


def free_name(path: Path) -> Path:
    """``path``, or the same name with a number that is not taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate
