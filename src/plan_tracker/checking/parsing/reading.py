"""What comes of reading one cell."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from plan_tracker.values import Value

CASE = "case"  # the parameter that tells one case of a finding from its others, which have words of their own
LIKELY = "likely"  # what was probably meant, to be offered
NO_PARAMS: Mapping[str, str] = MappingProxyType({})


class Reading(NamedTuple):
    """``value`` is None for blank and for what can't be read; ``problem`` then is the finding's code.

    ``note`` says what was read where that differs from what stands there (READ-AS).
    """

    value: Value | None
    problem: str = ""
    note: str = ""
    params: Mapping[str, str] = NO_PARAMS


BLANK = Reading(None)
