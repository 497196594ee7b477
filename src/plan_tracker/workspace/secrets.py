"""Passwords: from the environment or the system's keyring, and never from the settings."""

from __future__ import annotations

import os

SERVICE = "plantrack"  # in the keyring


def secret(variable: str, entry: str) -> str:
    """What the environment has under ``variable``, else the keyring under ``entry``; empty where neither has any."""
    return os.environ.get(variable, "") or kept(entry)


def kept(entry: str) -> str:
    """What the keyring has; nothing where there is none, or it can't be opened."""
    try:
        import keyring

        return keyring.get_password(SERVICE, entry) or ""
    except Exception:  # locked, or no backend: each backend has errors of its own
        return ""
