"""Codes as they stand in a cell of the register: one, or several with something between them."""

from __future__ import annotations

import re

_BETWEEN_CODES = re.compile(r"[,;/\s،、]+")


def split_codes(text: str) -> list[str]:
    """``ops, ministry`` as a list, without repetition."""
    return list(dict.fromkeys(code for code in _BETWEEN_CODES.split(text) if code))
