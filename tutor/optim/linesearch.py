"""Line searches: how far to go along a direction, by looking at the loss ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives import Array, Objective
from tutor.optim.tables import Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Mapping

LineSearch = Callable[[Objective, Array, Array, Array, float], "Search"]
"""objective, point (d,), gradient (d,), direction (d,), first trial rate -> Search."""

SHORTEST = 1e-15
"""The share of the first trial below which a search gives up."""


@dataclass(frozen=True, eq=False)
class Search:
    """One search, from one point."""

    rate: float
    """The rate taken; 0 if none would do."""

    probes: Array
    """(k,): the rates tried, in order; the last is the one taken, if any was."""

    @property
    def cuts(self) -> int:
        """The number of probes after the first."""
        return len(self.probes) - 1


def line_search(name: str, /, **settings: object) -> LineSearch:
    """Build the line search ``name`` of LINE_SEARCHES; UsageError on a wrong name or setting."""
    return make("line search", LINE_SEARCHES, name, settings)


def _armijo(c: float, shrink: float) -> LineSearch:
    """Backtracking (Nocedal & Wright, algorithm 3.1): take α once f(x + αp) ≤ f(x) + c·α·gᵀp."""

    def search(objective: Objective, point: Array, gradient: Array, direction: Array, trial: float) -> Search:
        value = float(objective.value(point))
        slope = float(np.sum(gradient * direction))
        probes: list[float] = []
        shortest = SHORTEST * trial
        while trial >= shortest:
            probes.append(trial)
            if objective.value(point + trial * direction) <= value + c * trial * slope:
                return Search(trial, np.array(probes))
            trial *= shrink
        return Search(0.0, np.array(probes))

    return search


LINE_SEARCHES: Mapping[str, Entry[LineSearch]] = {
    "armijo": Entry(
        _armijo,
        "backtracking: cut the step until it lowers the loss enough",
        {
            "c": Parameter("the share of the decrease promised by the slope", low=0.0, high=1.0, default=1e-4),
            "shrink": Parameter("the factor of each cut", low=0.01, high=0.9, default=0.5),
        },
    ),
}
