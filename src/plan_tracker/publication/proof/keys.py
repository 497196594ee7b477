"""The key that signs what is published (Ed25519): ``publishing.key`` in ``data/``, its owner's alone.

It is made once. In place of one that is missing or damaged none is made here: whoever has an earlier report or
publication could not tell the office's new key from a stranger's.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plan_tracker import atomic
from plan_tracker.documents.wording import grouped
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _

KEY = "publishing.key"
_BYTES = 32
_SHAPE = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


@dataclass(frozen=True)
class PublishingKey:
    """The private key, of which nothing but signatures, salts and the public key leave the workspace."""

    secret: bytes

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    @property
    def salting(self) -> bytes:
        """The secret that salts are made with, from which the key can't be told."""
        return hashlib.sha256(b"plantrack salt" + self.secret).digest()

    def sign(self, text: str) -> bytes:
        return self._private.sign(text.encode("utf-8"))


def fingerprint(public: bytes) -> str:
    """The SHA-256 of a public key, in groups that people can compare."""
    return grouped(hashlib.sha256(public).hexdigest())


def is_signed(public: bytes, signature: bytes, text: str) -> bool:
    """Whether the owner of ``public`` signed ``text``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return False
    return True


def has_key(folder: Path) -> bool:
    """Whether there is a key in ``folder``, be it whole or not."""
    return os.path.lexists(folder / KEY)


def publishing_key(folder: Path) -> PublishingKey:
    """The key; ``ConfigError`` where it is missing or damaged."""
    try:
        text = (folder / KEY).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise _lost(_("data/publishing.key is missing, which reports and publications are signed with.")) from None
    except UnicodeDecodeError:
        text = ""
    if not _SHAPE.fullmatch(text):
        raise _lost(_("data/publishing.key is empty or damaged, which reports and publications are signed with."))
    return PublishingKey(bytes.fromhex(text))


def _lost(what: str) -> ConfigError:
    return ConfigError(
        what + " " + _("No new one was made: readers know the office by it."),
        _("Put it back from a backup of data/. If there is none: plantrack key renew --publishing --because TEXT"),
    )


def passing_key() -> PublishingKey:
    """A key that is kept nowhere."""
    return PublishingKey(secrets.token_bytes(_BYTES))


def make_publishing_key(folder: Path) -> PublishingKey:
    """Makes a key, in place of one that may be there."""
    atomic.write_text(folder / KEY, secrets.token_hex(_BYTES) + "\n", private=True)
    return publishing_key(folder)
