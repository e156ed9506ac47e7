"""The line search of quasi-Newton methods: strong Wolfe conditions by bracketing and zooming."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.optim.linesearch.bisection import WOLFE, check_wolfe
from tutor.optim.linesearch.conditions import levelled, sufficient
from tutor.optim.linesearch.search import LineSearch, Trials
from tutor.optim.tables import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.linesearch.search import Line, Probe

EDGE = 0.1
"""The share of a bracket, at either end, that interpolation stays clear of."""


def _strong_wolfe(c1: float, c2: float) -> LineSearch:
    """Nocedal & Wright, algorithms 3.5 and 3.6, with cubic interpolation (3.59)."""
    check_wolfe(c1, c2)

    return LineSearch(
        trials=lambda line, rate: _bracketing(line, rate, c1),
        accepts=lambda line, probe: sufficient(line, probe, c1) and levelled(line, probe, c2),
        wanted="meets both strong Wolfe conditions",
    )


def _bracketing(line: Line, rate: float, c1: float) -> Trials:
    """Algorithm 3.5: double the rate until there is a good one between it and the last."""
    before = line.origin
    while True:
        here = yield rate
        if not sufficient(line, here, c1) or (before.rate and here.value >= before.value):
            yield from _zooming(line, before, here, c1)
            return
        if here.slope >= 0.0:
            yield from _zooming(line, here, before, c1)
            return
        before, rate = here, 2.0 * rate


def _zooming(line: Line, low: Probe, high: Probe, c1: float) -> Trials:
    """Algorithm 3.6: ``low`` is the lowest so far that meets Armijo's condition, and slopes toward ``high``."""
    while (rate := _interpolated(low, high)) not in {low.rate, high.rate}:
        here = yield rate
        if not sufficient(line, here, c1) or here.value >= low.value:
            high = here
        else:
            if here.slope * (high.rate - low.rate) >= 0.0:
                high = low
            low = here


def _interpolated(low: Probe, high: Probe) -> float:
    """Find the minimum of the cubic through two probes, clear of both; their middle where there is none."""
    a, b = low.rate, high.rate
    middle = 0.5 * (a + b)
    chord = low.slope + high.slope - 3.0 * (low.value - high.value) / (a - b)
    square = chord * chord - low.slope * high.slope
    if not 0.0 <= square < math.inf:
        return middle
    root = math.copysign(math.sqrt(square), b - a)
    below = high.slope - low.slope + 2.0 * root
    rate = b - (b - a) * (high.slope + root - chord) / below if below else middle
    first, last = sorted((a + EDGE * (b - a), b - EDGE * (b - a)))
    return min(max(rate, first), last) if math.isfinite(rate) else middle


STRONG_WOLFE: Mapping[str, Entry[LineSearch]] = {
    "strong-wolfe": Entry(
        _strong_wolfe, "the loss falls enough, and the slope is nearly level: for quasi-Newton methods", WOLFE
    ),
}
