"""The rules of bracketing: which rates to try next, and when to stop."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.lab.digits.bracket_view import Round
    from tutor.lab.digits.spread import Tried

LOWEST, HIGHEST = 1e-9, 1e6

WIDER = 10.0
"""The factor by which a grid is widened beyond an edge where the best lies."""

RESOLVED = 2.0
"""The factor between the best rate and its neighbours down to which refinement always goes."""

FINEST = 1.1
"""The factor below which it never goes: seeds differ by more."""

GAIN = 0.02
"""The share by which a round must lower the best validation loss, or else that has reached a plateau."""

ROUNDING = 0.06
"""The share by which a rate may be moved to one that is easier to read."""

Why = Literal["coarse", "lower", "higher", "finer"]
End = Literal["plateau", "finest", "rounds", "all diverge"]


@dataclass(frozen=True)
class Plan:
    """A round to come."""

    rates: tuple[float, ...]
    why: Why


def coarse(rates: Sequence[float]) -> Plan:
    """Begin with a grid."""
    return Plan(tuple(sorted(set(rates))), "coarse")


def following(rounds: Sequence[Round], most: int) -> tuple[Plan | None, End | None]:
    """Choose the round after these, or None and why it is enough."""
    tried = sorted((each for done in rounds for each in done.tried), key=lambda each: each.rate)
    plan, end = _next(tried, rounds)
    if plan is not None and len(rounds) >= most:
        return None, "rounds"
    return plan, end


def best_of(tried: Sequence[Tried]) -> Tried | None:
    """Find the rate of the lowest mean validation loss among those that never diverged."""
    sound = [each for each in tried if not each.diverged]
    return min(sound, key=lambda each: each.loss) if sound else None


def _next(tried: list[Tried], rounds: Sequence[Round]) -> tuple[Plan | None, End | None]:
    lowest, highest = tried[0].rate, tried[-1].rate
    best = best_of(tried)
    if best is None:
        lower = tuple(rate for rate in (lowest / WIDER**2, lowest / WIDER) if rate >= LOWEST)
        return (Plan(tuple(map(readable, lower)), "lower"), None) if lower else (None, "all diverge")
    if best.rate == highest and highest * WIDER <= HIGHEST:
        return Plan((readable(highest * WIDER),), "higher"), None
    if best.rate == lowest and lowest / WIDER >= LOWEST:
        return Plan((readable(lowest / WIDER),), "lower"), None
    place = tried.index(best)
    around = [each.rate for each in tried[max(0, place - 1) : place + 2] if each is not best]
    ratio = max(max(rate, best.rate) / min(rate, best.rate) for rate in around) if around else 1.0
    if ratio <= RESOLVED * (1 + ROUNDING) and plateau(rounds):
        return None, "plateau"
    finer = [readable(math.sqrt(rate * best.rate)) for rate in around]
    known = {each.rate for each in tried}
    finer = [
        new
        for new, rate in zip(finer, around, strict=True)
        if new not in known and max(rate, best.rate) / min(rate, best.rate) >= FINEST**2
    ]
    return (Plan(tuple(finer), "finer"), None) if finer else (None, "finest")


def plateau(rounds: Sequence[Round]) -> bool:
    """Tell whether the last round lowered the best validation loss by little, or by less than seeds differ."""
    before = best_of([each for done in rounds[:-1] for each in done.tried])
    now = best_of([each for done in rounds for each in done.tried])
    if before is None or now is None:
        return False
    return before.loss - now.loss <= max(GAIN * before.loss, now.spread)


def readable(rate: float) -> float:
    """Round a rate to as few digits as move it by little.

    >>> [readable(rate) for rate in (0.0316, 0.1732, 0.5477, 10.0)]
    [0.03, 0.17, 0.55, 10.0]
    """
    rounded = (float(f"{rate:.{digits}g}") for digits in (1, 2, 3))
    return next(value for value in (*rounded, rate) if abs(value - rate) <= ROUNDING * rate)
