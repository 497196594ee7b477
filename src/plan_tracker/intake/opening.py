"""Takes containers apart: what is inside is laid into the inbox, the container is kept in ``data/containers``."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.intake.files import (
    being_written,
    fitting,
    is_being_written,
    keep_container,
    placeholder,
    say_why,
    shown_name,
)
from plan_tracker.intake.outcome import IGNORED, REJECTED, FileResult
from plan_tracker.intake.sorting import Sorter, of_file
from plan_tracker.intake.unpacking.containers import is_container, is_cut_short
from plan_tracker.intake.unpacking.laying import lay_down
from plan_tracker.intake.unpacking.members import BESIDE, UnpackError
from plan_tracker.merging.progress.rejections import params_text


def unpack(sorter: Sorter, path: Path, folder: Path) -> tuple[list[Path], list[FileResult]]:
    """Lays what is inside a container into ``folder``; a file that is none is given back as it is.

    Results are of what isn't taken out.
    """
    laid: list[Path] = []

    def lay() -> list[FileResult]:
        if placeholder(path):
            return [sorter.leave(path, _("its contents are not on this computer yet"))]
        if not is_container(path):
            laid.append(path)
            return []
        try:
            inside, results = _take_apart(sorter, path, folder)
        except (OSError, MemoryError, sqlite3.Error, ConfigError):
            raise
        except Exception as error:  # the libraries name no end of errors for what can't be taken apart
            return [sorter.reject(path, "FILE-UNREADABLE", {"reason": sorter.fault(path, error)})]
        laid.extend(inside)
        return results

    results = sorter.trapped(path, lay)
    return laid, [results] if isinstance(results, FileResult) else results


def _take_apart(sorter: Sorter, path: Path, folder: Path) -> tuple[list[Path], list[FileResult]]:
    workspace = sorter.workspace
    limit = workspace.config.limits.unpacked_mb
    said = {"limit": f"{limit} MB", "reason": path.suffix}
    content = path.read_bytes()
    if is_cut_short(path.name, content) and is_being_written(path, content):
        return [], [sorter.leave(path, being_written())]
    try:
        inside, refused = lay_down(path, folder, limit * 10**6)
    except UnpackError as error:
        if is_being_written(path, content):
            return [], [sorter.leave(path, being_written())]
        return [], [sorter.reject(path, error.code, said | dict(error.params))]
    unread = [member for member in refused if member.code != BESIDE]
    results = [_refuse(sorter, path, member.name, member.code, said | dict(member.params)) for member in unread]
    beside = [member.name for member in refused if member.code == BESIDE]
    kept = workspace.containers / fitting(path.name)
    if not sorter.dry_run:
        kept = keep_container(workspace.containers, path)
        sorter.log("unpacked", path, kept_at=workspace.relative(kept), beside=", ".join(beside))
    found = of_file(BESIDE, {"kept": workspace.relative(kept)})
    results += [FileResult(name, IGNORED, findings=(found,), container=shown_name(path)) for name in beside]
    return inside, results


def _refuse(sorter: Sorter, container: Path, name: str, code: str, said: dict[str, str]) -> FileResult:
    """A member that can't be taken out: the container is kept, and its reason goes to the rejected."""
    finding = of_file(code, said)
    if not sorter.dry_run:
        sorter.workspace.rejected.mkdir(parents=True, exist_ok=True)
        say_why(sorter.workspace.rejected / fitting(name), finding)
        sorter.log(REJECTED, Path(name), because=code, said=params_text(said), container=shown_name(container))
    return FileResult(name, REJECTED, findings=(finding,), container=shown_name(container))
