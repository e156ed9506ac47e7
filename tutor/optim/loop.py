"""The loop itself: the steps of one run (d,), or of m runs (m, d) of which each goes as it would alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.optimizers import Here

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.objectives import Array, Objective
    from tutor.optim.optimizers import Optimizer, State
    from tutor.optim.pace import Pacer

FEW = 8
"""How many numbers numpy adds up in the same order however they lie in memory."""


class Walk:
    """Runs on their way from ``start`` (…, d)."""

    def __init__(self, objective: Objective, optimizer: Optimizer, start: Array) -> None:
        self._objective = objective
        self._update = optimizer.update
        self._proportional = optimizer.proportional
        self._state: State = optimizer.init(start)
        self._step = 0

    def go(self, points: Array, pacer: Pacer, rates: list[Array | float] | None = None) -> None:
        """Step from each row of ``points`` (k+1, …, d) to the next; append the rate of each to ``rates``.

        Raises UsageError if a line search is to scale a displacement that is not the rate times a direction.
        """
        objective, update, state = self._objective, self._update, self._state
        if pacer.line_search and not self._proportional:
            raise UsageError(
                "a line search needs an optimizer whose step is η times a direction, and this one's is not: "
                "choose another optimizer, or no line search"
            )
        rate_at = pacer.rate
        noisy, slope, search = objective.noisy, objective.gradient, pacer.line_search
        for row, step in enumerate(range(self._step, self._step + len(points) - 1)):
            point = points[row]
            here = Here(point, noisy(point, step) if noisy else slope(point), objective)
            rate = rate_at(step, point)
            if search:
                rate = pacer.search(here, update(here, state, 1.0)[0], rate)
            displacement, state = update(here, state, rate)
            np.add(point, displacement, out=points[row + 1])
            if rates is not None:
                rates.append(rate)
        self._state, self._step = state, self._step + len(points) - 1

    def only(self, runs: NDArray[np.bool_]) -> None:
        """Go on with these runs (m,) alone."""
        self._state = tuple(only(part, runs) if isinstance(part, np.ndarray) else part for part in self._state)


def only(part: Array, runs: NDArray[np.bool_]) -> Array:
    """Pick runs (m,) out of an array (m, …), and keep the order in which it lies in memory."""
    return np.asarray(part[runs], order="F" if part.flags.f_contiguous else "C")


def room(rows: int, *shape: int) -> Array:
    """Make room for ``rows`` of points (…, d)."""
    return laid_out(np.empty(rows * math.prod(shape)), rows, *shape)


def laid_out(store: Array, rows: int, *shape: int) -> Array:
    """Lay rows of points (…, d) out in a flat store, so that numpy is quick, and adds as for one run."""
    *runs, dimension = shape
    flat = store[: rows * math.prod(shape)]
    if dimension < FEW:
        return np.moveaxis(flat.reshape(rows, dimension, *runs), 1, -1)
    return flat.reshape(rows, *shape)
