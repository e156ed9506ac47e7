"""Searches that cut a trial rate until it lowers the loss enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.optim.linesearch.conditions import sufficient
from tutor.optim.linesearch.search import SHORTEST, LineSearch, Trials
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping


CUTS = 400
"""More cuts than it takes to SHORTEST."""


def _armijo(c: float, shrink: float, grow: float | None = None) -> LineSearch:
    """Backtracking (Nocedal & Wright, algorithm 3.1): take α once f(x + αp) ≤ f(x) + c·α·gᵀp."""
    return LineSearch(
        trials=lambda _, rate: _cuts(rate, shrink),
        accepts=lambda line, probe: sufficient(line, probe, c),
        wanted="lowers the loss enough",
        most=CUTS,
        grow=grow,
    )


def _stochastic_armijo(c: float, shrink: float, grow: float) -> LineSearch:
    """Backtracking from the last rate, grown (Vaswani et al. 2019, algorithm 2 with its option 2).

    Made for mini-batches, whose loss and slope are those of the same examples at every probe; on a noisy
    objective only the slope is noisy here. The first search starts at the trial rate, and so does one
    after a search that took no step.
    """
    return _armijo(c, shrink, grow)


def _cuts(rate: float, shrink: float) -> Trials:
    shortest = SHORTEST * rate
    while rate >= shortest:
        yield rate
        rate *= shrink


def share(default: float) -> Parameter:
    """Describe the constant of Armijo's condition."""
    return Parameter("the share of the decrease promised by the slope", low=0.0, high=1.0, default=default)


def _factor(default: float) -> Parameter:
    return Parameter("the factor of each cut", low=0.01, high=0.9, default=default)


BACKTRACKING: Mapping[str, Entry[LineSearch]] = {
    "armijo": Entry(
        _armijo,
        "backtracking: cut the step until it lowers the loss enough",
        {"c": share(1e-4), "shrink": _factor(0.5)},
    ),
    "stochastic-armijo": Entry(
        _stochastic_armijo,
        "backtracking from the last step, grown: for mini-batches, where rates change little by little",
        {
            "c": share(0.1),
            "shrink": _factor(0.9),
            "grow": Parameter("the factor by which the last rate grows", low=1.0, high=100.0, default=2.0),
        },
    ),
}
