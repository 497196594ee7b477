"""Workbooks that are protected by a password to open them: opened by msoffcrypto-tool with one that is given."""

from __future__ import annotations

import io
from collections.abc import Sequence


def decrypted(content: bytes, passwords: Sequence[str]) -> bytes | None:
    """The workbook inside an encrypted .xlsx or .xls; None where none of ``passwords`` opens it."""
    import msoffcrypto  # seldom needed

    for password in passwords:
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(content))
            office.load_key(password=password, verify_password=True)
            opened = io.BytesIO()
            office.decrypt(opened)
        except Exception:  # noqa: S112 - the wrong one, or whatever comes of damage
            continue
        return opened.getvalue()
    return None
