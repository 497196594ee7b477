"""Notes the templates of this release in ``template_history.json``, so that later releases know them as unedited.

To be run for every release: ``python -m tools.note_templates``.
"""

from __future__ import annotations

import json
from pathlib import Path

import plan_tracker
from plan_tracker.workspace.folders import bundled_templates, file_sha256
from plan_tracker.workspace.template_history import bundled_names

HISTORY = Path(plan_tracker.__file__).with_name("workspace") / "template_history.json"


def main() -> None:
    history: dict[str, dict[str, str]] = json.loads(HISTORY.read_text("utf-8")) if HISTORY.exists() else {}
    for name in bundled_names():
        known = history.setdefault(name, {})
        known.setdefault(file_sha256(bundled_templates() / name), plan_tracker.__version__)
    HISTORY.write_text(json.dumps(dict(sorted(history.items())), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
