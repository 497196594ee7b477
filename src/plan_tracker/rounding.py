"""How figures are rounded: half up, from unrounded sums, to as many decimals as every output states."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PERCENT_PLACES = 2  # decimals of every per cent that is told


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """``value`` rounded half up to ``places`` decimals."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def rounded_percent(value: Decimal) -> Decimal:
    """A per cent as every output states it."""
    return half_up(value, PERCENT_PLACES)


def stated_percent(value: Decimal | None) -> Decimal | None:
    """The same; None where there is none."""
    return None if value is None else rounded_percent(value)


def per_cent(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` as unrounded per cent of ``whole``; None where the whole is 0."""
    return part / whole * 100 if whole else None
