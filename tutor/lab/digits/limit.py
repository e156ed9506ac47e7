"""The search for the largest stable rate: which rates to try next, and what those tried say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.lab.digits.bracket_plan import best_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.lab.digits.spread import Tried

GRID = tuple(0.001 * 2.0**power for power in range(13))
"""The rates to begin with: 0.001 to 4.096."""

LOWEST, HIGHEST = 1e-8, 1e5

STRIDE = 16.0
"""How far to go at once beyond a grid of which all or none diverge."""

INSIDE = 3
"""How many rates to try at once between the largest stable one and the next."""

RESOLVED = 1.06
"""The factor between a stable and a diverging rate at which the search ends."""


def further(tried: Sequence[Tried]) -> tuple[float, ...]:
    """Choose the rates to try next, by those tried so far; none if the limit is known well enough."""
    if not tried:
        return GRID
    rates = sorted(each.rate for each in tried)
    stable, lost = limit(tried), first_lost(tried)
    if lost is None:
        return _ladder(rates[-1], rates[-1] * STRIDE) if rates[-1] < HIGHEST else ()
    if stable is None:
        return (
            tuple(rate / (2.0 * STRIDE) for rate in _ladder(rates[0], rates[0] * STRIDE))
            if rates[0] > LOWEST
            else ()
        )
    if lost / stable <= RESOLVED:
        return ()
    ratio = (lost / stable) ** (1 / (INSIDE + 1))
    return tuple(stable * ratio**n for n in range(1, INSIDE + 1))


def limit(tried: Sequence[Tried]) -> float | None:
    """Find the largest rate at and below which nothing diverged; None if the smallest one did."""
    lost = first_lost(tried)
    return max((each.rate for each in tried if lost is None or each.rate < lost), default=None)


def first_lost(tried: Sequence[Tried]) -> float | None:
    """Find the smallest rate at which any seed diverged."""
    return min((each.rate for each in tried if each.diverged), default=None)


def best(tried: Sequence[Tried]) -> float | None:
    """Find the rate with the lowest validation loss."""
    found = best_of(tried)
    return found.rate if found else None


def _ladder(low: float, high: float) -> tuple[float, ...]:
    """Go from low to high by factors of 2, without low."""
    return tuple(low * 2.0**n for n in range(1, round(math.log2(high / low)) + 1))
