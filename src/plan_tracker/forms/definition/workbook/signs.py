"""What stands for an answer that can't be read, where the form checks itself; a blank one is ``""``."""

from __future__ import annotations

from enum import StrEnum


class Sign(StrEnum):
    """No unit types these: each begins with ``MARK``."""

    MARK = "‹"
    UNREAD = "‹?›"  # there, and nothing can be made of it
    OUTSIDE = "‹!›"  # a number outside the field's range
    UNCLEAR = "‹%›"  # a number between 0 and 1 where a per cent is asked, a day that a program made of a short year
    FAULTY = "‹#›"  # an error value
    DASH = "‹-›"  # a dash where amounts stand beside it
    LONG = "‹+›"  # more letters than the field takes
