"""Where the workspace is. Apart from ``workspace``, so that help in its language needn't wait for all its settings."""

from __future__ import annotations

import os
from pathlib import Path

CONFIG = "config.toml"


def find_root(named: Path | None = None) -> Path | None:
    """The workspace ``named``, or in ``PLANTRACK_WORKSPACE``, or found from the current folder upwards, if any."""
    named = named or (Path(os.environ["PLANTRACK_WORKSPACE"]) if os.environ.get("PLANTRACK_WORKSPACE") else None)
    candidates = [named] if named else [Path.cwd(), *Path.cwd().parents]
    return next((folder for folder in candidates if (folder / CONFIG).is_file()), None)
