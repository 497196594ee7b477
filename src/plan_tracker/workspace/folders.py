"""The workspace: a folder with ``config.toml``, and where everything lies in it."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from plan_tracker.config import Config, read_config
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period, parse_date, use_year
from plan_tracker.i18n import _, use_language
from plan_tracker.workspace.root import CONFIG, find_root


@dataclass(frozen=True)
class Workspace:
    """``root`` holds ``config.toml``. ``today`` is the day being played (``PLANTRACK_TODAY``)."""

    root: Path
    config: Config
    today: date = field(default_factory=date.today)

    @cached_property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @cached_property
    def rejected(self) -> Path:
        return self.inbox / "rejected"

    @cached_property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def originals(self) -> Path:
        return self.data / "originals"

    @cached_property
    def containers(self) -> Path:
        return self.data / "containers"

    @cached_property
    def database(self) -> Path:
        return self.data / "plantrack.db"

    @cached_property
    def register_book(self) -> Path:
        return self.root / "register.xlsx"

    def outbox(self, period: Period, kind: str) -> Path:
        """``outbox/2569-q2/forms`` and its like, made if need be."""
        folder = self.root / "outbox" / str(period) / kind
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def template(self, kind: str, name: str) -> Path:
        """The workspace's own ``templates/xlsx/form.xlsx`` and its like, else the one that plantrack brings."""
        own = self.root / "templates" / kind / name
        return own if own.exists() else bundled_templates() / kind / name

    def relative(self, path: Path) -> str:
        """``path`` as people and scripts are told it: from the workspace, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return str(path)

    def now(self) -> datetime:
        """The present moment, on the day that is being played."""
        clock = datetime.now(UTC).astimezone()
        return clock.replace(year=self.today.year, month=self.today.month, day=self.today.day)

    def timestamp(self) -> str:
        """The present moment as text, such as ``2026-01-15T09:30:00+07:00``."""
        return self.now().isoformat(timespec="seconds")


def close_to_others(folder: Path) -> None:
    """Makes ``folder`` if need be, and its owner's alone; what a group shares on purpose (setgid) stays the group's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt":
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    closed = mode & ~0o007 if mode & stat.S_ISGID else mode & ~0o077
    if closed != mode:
        with suppress(OSError):  # another user's, or a drive that knows no modes
            folder.chmod(closed)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bundled_templates() -> Path:
    """The templates that travel with plantrack: in the wheel, or beside ``src`` in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parents[1] / "templates"


def open_workspace(named: Path | None = None) -> Workspace:
    """The workspace ``named``, or in ``PLANTRACK_WORKSPACE``, or found from the current folder upwards."""
    root = find_root(named)
    if root is None:
        sought = named or os.environ.get("PLANTRACK_WORKSPACE") or Path.cwd()
        if not Path(sought).exists():
            raise ConfigError(
                _("There is no folder {folder}.").format(folder=sought),
                _("Connect the drive that it lies on, or name another folder. To begin anew: plantrack init FOLDER"),
            )
        raise ConfigError(
            _("No workspace here: there is no config.toml in {folder}.").format(folder=sought),
            _("Make one with: plantrack init FOLDER"),
        )
    config = read_config(root / CONFIG)
    use_language(config.language)
    use_year(config.fiscal_year)
    return Workspace(root, config, today())


def today() -> date:
    """The day that ``PLANTRACK_TODAY`` says, else the real one."""
    played = os.environ.get("PLANTRACK_TODAY")
    return parse_date(played) if played else date.today()
