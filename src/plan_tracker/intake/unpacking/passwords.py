"""The passwords that returns may be opened with: from the environment, the system's keyring, or whoever is asked.

They are held in memory while a run lasts, and stand neither in the settings nor in a log.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property

from plan_tracker.workspace.secrets import kept

VARIABLE = "PLANTRACK_PASSWORD"
ENTRY = "returns"  # in the keyring, a password a line
_TRIES = 3

Ask = Callable[[str], str]  # a file's name to what was typed; blank where nobody knows


def ask_nobody(_file: str) -> str:
    return ""


class Passwords:
    """What is known, and what is asked about a file that nothing known opens."""

    def __init__(self, ask: Ask = ask_nobody) -> None:
        self.ask = ask

    @cached_property
    def known(self) -> list[str]:
        return list(filter(None, (os.environ.get(VARIABLE, ""), *kept(ENTRY).splitlines())))

    def to_try(self, file: str) -> Iterator[list[str]]:
        """What is known, all at once; then what is typed, each by itself, until nothing is."""
        if self.known:
            yield list(self.known)
        for _try in range(_TRIES):
            typed = self.ask(file)
            if not typed:
                return
            yield [typed]

    def remember(self, passwords: list[str]) -> None:
        """Keeps what has opened a file, for the others of its unit."""
        self.known.extend(password for password in passwords if password not in self.known)
