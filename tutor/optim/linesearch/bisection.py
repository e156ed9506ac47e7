"""Searches that double a rate that is too short and halve the gap below one that is too long."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.linesearch.backtracking import share
from tutor.optim.linesearch.conditions import far_enough, flattened, sufficient
from tutor.optim.linesearch.search import LineSearch, Trials
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.linesearch.search import Line, Probe

    Condition = Callable[[Line, Probe], bool]


def _bisection(short_enough: Condition, long_enough: Condition, wanted: str) -> LineSearch:
    """Look for a rate that is neither too long nor too short.

    The bracketing of Lewis & Overton (2013, algorithm 2.6), which ends if the loss is bounded below.
    """
    return LineSearch(
        trials=lambda line, rate: _halvings(line, rate, short_enough),
        accepts=lambda line, probe: short_enough(line, probe) and long_enough(line, probe),
        wanted=wanted,
    )


def _halvings(line: Line, rate: float, short_enough: Condition) -> Trials:
    low, high = 0.0, math.inf
    while True:
        if short_enough(line, (yield rate)):
            low = rate
        else:
            high = rate
        rate = 2.0 * rate if high == math.inf else 0.5 * (low + high)
        if not low < rate < high:
            return


def _goldstein(c: float) -> LineSearch:
    """Take α once c and 1 − c of the decrease promised lie on either side of its own (Goldstein 1965)."""
    return _bisection(
        lambda line, probe: sufficient(line, probe, c),
        lambda line, probe: far_enough(line, probe, c),
        "lowers the loss by the share wanted",
    )


def _wolfe(c1: float, c2: float) -> LineSearch:
    """Take α once it meets the weak Wolfe conditions (Nocedal & Wright, 3.6)."""
    check_wolfe(c1, c2)
    return _bisection(
        lambda line, probe: sufficient(line, probe, c1),
        lambda line, probe: flattened(line, probe, c2),
        "meets both Wolfe conditions",
    )


def check_wolfe(c1: float, c2: float) -> None:
    """Raise UsageError unless some rate is sure to meet Wolfe's conditions."""
    if c1 >= c2:
        raise UsageError(f"Wolfe's conditions need c1 < c2: {c1:g} is not less than {c2:g}")


WOLFE: Mapping[str, Parameter] = {
    "c1": share(1e-4),
    "c2": Parameter("the share of the first slope that may be left", low=0.0, high=1.0, default=0.9),
}

BISECTION: Mapping[str, Entry[LineSearch]] = {
    "goldstein": Entry(
        _goldstein,
        "neither too long nor too short: the loss falls by a share of what the slope promised",
        {"c": Parameter("how near to all or nothing that share may be", low=0.0, high=0.49, default=0.1)},
    ),
    "wolfe": Entry(_wolfe, "the loss falls enough, and the slope has eased: the weak Wolfe conditions", WOLFE),
}
