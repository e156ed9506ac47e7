"""The line search of CG_DESCENT: approximate Wolfe conditions, which see further than rounding lets Armijo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.linesearch.conditions import flattened, sufficient
from tutor.optim.linesearch.search import LineSearch, Trials
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from tutor.optim.linesearch.search import Line, Probe

    Bracket = tuple[Probe, Probe]
    Bracketing = Generator[float, Probe, Bracket]

THETA = 0.5
"""θ: where an interval is split that has no secant."""

GAMMA = 0.66
"""γ: the share to which an interval must shrink by secants, or it is halved."""

RHO = 5.0
"""ρ: the factor by which the first trial grows."""


def _hager_zhang(delta: float, sigma: float, epsilon: float) -> LineSearch:
    """Hager & Zhang (2005), with the constants of their paper and ε relative to the loss at the start.

    Take α once it meets Wolfe's conditions, or the approximate ones: (2δ−1)φ'(0) ≥ φ'(α) ≥ σφ'(0) and
    φ(α) ≤ φ(0) + ε|φ(0)|.
    """
    if delta >= sigma:
        raise UsageError(f"Wolfe's conditions need delta < sigma: {delta:g} is not less than {sigma:g}")

    def accepts(line: Line, probe: Probe) -> bool:
        if not flattened(line, probe, sigma):
            return False
        low = probe.value <= _limit(line, epsilon)
        return sufficient(line, probe, delta) or (
            low and probe.slope <= (2.0 * delta - 1.0) * line.origin.slope
        )

    return LineSearch(
        trials=lambda line, rate: _Zigzag(line, _limit(line, epsilon)).trials(rate),
        accepts=accepts,
        wanted="meets both Wolfe conditions",
    )


def _limit(line: Line, epsilon: float) -> float:
    """The highest loss that counts as none higher than at the start."""
    return line.origin.value + epsilon * abs(line.origin.value)


class _Zigzag:
    """The moves of the algorithm, by their names in the paper; an end of a bracket is a Probe."""

    def __init__(self, line: Line, limit: float) -> None:
        self._origin = line.origin
        self._limit = limit

    def trials(self, rate: float) -> Trials:
        """L0 to L3: shrink a bracket by secants, or else by halves."""
        low, high = yield from self._bracket(rate)
        while low.rate < 0.5 * (low.rate + high.rate) < high.rate:
            width = high.rate - low.rate
            low, high = yield from self._secant2(low, high)
            if high.rate - low.rate > GAMMA * width:
                low, high = yield from self._update(low, high, 0.5 * (low.rate + high.rate))

    def _bracket(self, rate: float) -> Bracketing:
        """B0 to B3: grow the rate until it is uphill, or too high."""
        low = self._origin
        while True:
            here = yield rate
            if here.slope >= 0.0:
                return low, here
            if not here.value <= self._limit:
                return (yield from self._halve(self._origin, here))
            low, rate = here, RHO * rate

    def _update(self, low: Probe, high: Probe, rate: float) -> Bracketing:
        """U0 to U3: put a rate in place of one of the ends, if it lies between."""
        if not low.rate < rate < high.rate:
            return low, high
        here = yield rate
        if here.slope >= 0.0:
            return low, here
        if here.value <= self._limit:
            return here, high
        return (yield from self._halve(low, here))

    def _halve(self, low: Probe, high: Probe) -> Bracketing:
        """U3: ``high`` slopes down, but lies too high."""
        while low.rate < (rate := (1.0 - THETA) * low.rate + THETA * high.rate) < high.rate:
            here = yield rate
            if here.slope >= 0.0:
                return low, here
            if here.value <= self._limit:
                low = here
            else:
                high = here
        return high, high

    def _secant2(self, low: Probe, high: Probe) -> Bracketing:
        """S1 to S4: one secant step, and a second one from the end that it has moved."""
        rate = _secant(low, high)
        first, last = yield from self._update(low, high, rate)
        if last.rate == rate:
            return (yield from self._update(first, last, _secant(high, last)))
        if first.rate == rate:
            return (yield from self._update(first, last, _secant(low, first)))
        return first, last


def _secant(one: Probe, other: Probe) -> float:
    """Find where the slope would vanish, were it linear; NaN if it never would."""
    rise = other.slope - one.slope
    return (one.rate * other.slope - other.rate * one.slope) / rise if rise else float("nan")


HAGER_ZHANG: Mapping[str, Entry[LineSearch]] = {
    "hager-zhang": Entry(
        _hager_zhang,
        "Wolfe's conditions by slopes alone near a minimum, where losses differ by rounding only",
        {
            "delta": Parameter(
                "the share of the decrease promised by the slope", low=0.0, high=0.49, default=0.1
            ),
            "sigma": Parameter("the share of the first slope that may be left", low=0.0, high=1.0, default=0.9),
            "epsilon": Parameter(
                "how much higher than the start a rate may end", low=0.0, high=1.0, default=1e-6
            ),
        },
    ),
}
