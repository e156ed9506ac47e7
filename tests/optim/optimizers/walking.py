"""A bare loop to try an optimizer with, apart from the one under test in ``tutor.optim.descend``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers import Here, Optimizer, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from tutor.optim.objectives import Array, Objective


def walk(
    rule: Optimizer,
    ground: Objective,
    start: ArrayLike,
    steps: int,
    rate: float | Array | Callable[[int], float] = 1.0,
) -> Array:
    """Take steps from ``start`` (…, d): (steps+1, …, d)."""
    return walk_on(rule, ground, start, steps, rate)[0]


def walk_on(
    rule: Optimizer,
    ground: Objective,
    start: ArrayLike,
    steps: int,
    rate: float | Array | Callable[[int], float] = 1.0,
) -> tuple[Array, State]:
    """Take steps from ``start``: the points, and the state at the end."""
    point = np.array(start, dtype=float)
    state = rule.init(point)
    points = [point]
    for step in range(steps):
        here = Here(point, ground.gradient(point), ground)
        displacement, state = rule.update(here, state, rate(step) if callable(rate) else rate)
        point = point + displacement
        points.append(point)
    return np.array(points), state
