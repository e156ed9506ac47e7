"""The line search of textbooks: the lowest point along the line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.optim.linesearch.conditions import levelled
from tutor.optim.linesearch.search import LineSearch, Trials
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.linesearch.search import Line, Probe


def _exact(tolerance: float) -> LineSearch:
    """On a quadratic the step gᵀg/gᵀHg (Nocedal & Wright, 3.26) at once, by one step of Newton's method.

    On other objectives Newton's method goes on along the line, between rates that are known to be too
    short and too long, where it falls back on halving (Press et al. 2007, section 9.4): that ends at a
    minimum along the line, though not always the lowest. It starts from the trial rate where the line
    curves down.
    """
    return LineSearch(
        trials=_newton,
        accepts=lambda line, probe: probe.value <= line.origin.value and levelled(line, probe, tolerance),
        wanted="is level",
    )


def _newton(line: Line, trial: float) -> Trials:
    low, high = line.origin, math.inf
    rate = _vertex(low)
    if not 0.0 < rate < math.inf:
        rate = trial
    while low.rate < rate < high:
        here = yield rate
        if here.value <= low.value and here.slope < 0.0:
            low = here
        else:
            high = rate
        rate = _vertex(here)
        if not low.rate < rate < min(high, 10.0 * here.rate):
            rate = 2.0 * here.rate if high == math.inf else 0.5 * (low.rate + high)


def _vertex(probe: Probe) -> float:
    """Find where the parabola through a probe has its vertex; NaN if it opens downward."""
    return probe.rate - probe.slope / probe.curvature if probe.curvature > 0.0 else math.nan


EXACT: Mapping[str, Entry[LineSearch]] = {
    "exact": Entry(
        _exact,
        "the lowest point along the line: in one step on a quadratic, by Newton's method elsewhere",
        {
            "tolerance": Parameter(
                "the share of the first slope that may be left", low=0.0, high=0.1, default=1e-9
            )
        },
    ),
}
