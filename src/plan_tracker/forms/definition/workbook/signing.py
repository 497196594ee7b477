"""The workspace's keys: the one that signs forms and the log, and those before it, which forms that are out bear.

Reads and writes ``signing.key`` and ``signing-retired.keys`` in ``data/``, their owner's alone. A key is never made
here in place of one that is missing or damaged: whoever may tell that none was ever used asks for it.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _

KEY, RETIRED = "signing.key", "signing-retired.keys"
_BYTES = 32
_SHAPE = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


def has_key(folder: Path) -> bool:
    """Whether there is a key in ``folder``, be it whole or not."""
    return os.path.lexists(folder / KEY)


def signing_key(folder: Path) -> bytes:
    """The key that signs; ``ConfigError`` where it is missing or damaged."""
    path = folder / KEY
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise _lost(_("data/signing.key is missing, which the forms that are out are signed with.")) from None
    except UnicodeDecodeError:
        text = ""
    if not _SHAPE.fullmatch(text):
        raise _lost(_("data/signing.key is empty or damaged, which the forms that are out are signed with."))
    return bytes.fromhex(text)


def _lost(what: str) -> ConfigError:
    return ConfigError(
        what + " " + _("No new one was made: honest returns would be called forged."),
        _(
            "Put it back from a backup of data/. If there is none: plantrack key renew --lost --because TEXT;"
            " forms that are out must then be issued anew."
        ),
    )


def known_keys(folder: Path) -> list[bytes]:
    """Every key that a form of this workspace may bear: the one that signs first."""
    return [signing_key(folder), *retired_keys(folder)]


def first_key(folder: Path) -> bytes:
    """The oldest key that is known: what is told by it stays the same when the key is renewed."""
    return known_keys(folder)[-1]


def retired_keys(folder: Path) -> list[bytes]:
    """The keys that signed before; a line that is damaged is passed over, and never taken for a key."""
    try:
        lines = (folder / RETIRED).read_text(encoding="ascii", errors="replace").split()
    except FileNotFoundError:
        return []
    return [bytes.fromhex(line) for line in lines if _SHAPE.fullmatch(line)]


def make_key(folder: Path) -> None:
    """Makes the first key."""
    atomic.write_text(folder / KEY, secrets.token_hex(_BYTES) + "\n", private=True)


def renew_key(folder: Path) -> None:
    """Makes a new key; the one before, where there is one, goes on being known. It is kept first, then replaced."""
    try:
        before = [signing_key(folder)]
    except ConfigError:
        before = []
    kept = dict.fromkeys([*before, *retired_keys(folder)])
    if kept:
        atomic.write_text(folder / RETIRED, "".join(f"{key.hex()}\n" for key in kept), private=True)
    make_key(folder)
