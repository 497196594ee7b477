"""The language of this run, known before anything is said: help is made before a workspace is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plan_tracker.i18n import LANGUAGES
from plan_tracker.workspace.root import CONFIG, find_root

OPTION = "--workspace"


def language_of(words: Sequence[str]) -> str:
    """What the settings of the workspace that ``words`` are about say; Thai where they say nothing that can be read."""
    root = find_root(_named(words))
    if root is None:
        return LANGUAGES[0]
    import tomllib

    try:
        said = tomllib.loads((root / CONFIG).read_text(encoding="utf-8-sig")).get("language")
    except (OSError, ValueError):  # whoever reads the settings for their own sake will say what is wrong
        return LANGUAGES[0]
    return said if said in LANGUAGES else LANGUAGES[0]


def _named(words: Sequence[str]) -> Path | None:
    for number, word in enumerate(words):
        if word == OPTION and number + 1 < len(words):
            return Path(words[number + 1])
        if word.startswith(f"{OPTION}="):
            return Path(word.partition("=")[2])
    return None
