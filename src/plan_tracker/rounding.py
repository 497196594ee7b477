"""How figures are rounded: half up, from unrounded sums, to as many decimals as every output states."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PERCENT_PLACES = 2  # decimals of every per cent that is told


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """``value`` rounded half up to ``places`` decimals."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def is_rounding_of(said: Decimal, exact: Decimal) -> bool:
    """Whether ``said`` is ``exact`` as far as its own decimals go, two at the most: 45 for 44.5 to 45.5."""
    return abs(exact - said) <= half_step(said)


def half_step(said: Decimal) -> Decimal:
    """Half of what the last decimal of ``said`` counts, and a trifle, since spreadsheets reckon in binary."""
    places = next((places for places in (0, 1) if said == half_up(said, places)), 2)
    return HALF_STEPS[places]


HALF_STEPS = tuple(Decimal(text) for text in ("0.500000001", "0.050000001", "0.005000001"))  # by decimals


def rounded_percent(value: Decimal) -> Decimal:
    """A per cent as every output states it."""
    return half_up(value, PERCENT_PLACES)


def stated_percent(value: Decimal | None) -> Decimal | None:
    """The same; None where there is none."""
    return None if value is None else rounded_percent(value)


def per_cent(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` as unrounded per cent of ``whole``; None where the whole is 0."""
    return part / whole * 100 if whole else None
