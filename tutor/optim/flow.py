"""The gradient flow x' = −∇f(x), which descent discretises, by one-step methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import unknown
from tutor.optim.bounds import lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tutor.optim.objectives import Array, Objective

    Field = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Flow:
    """A solution at equal steps of time; it ends early if it runs away."""

    times: Array
    """(n,), from 0."""

    points: Array
    """(n, d), finite."""


def flow(
    objective: Objective, start: Sequence[float] | Array, *, step: float, time: float, method: str = "rk4"
) -> Flow:
    """Follow the flow from ``start`` (d,) in whole steps, as many as come nearest to ``time``.

    Raises UsageError on an unknown method.
    """
    if method not in METHODS:
        raise unknown("method", method, METHODS)
    advance = METHODS[method]
    steps = max(1, round(time / step))
    points = np.empty((steps + 1, len(start)))
    points[0] = start
    with np.errstate(all="ignore"):
        for i in range(steps):
            points[i + 1] = advance(objective.gradient, points[i], step)
        length = int(lasting(points[:, None], objective.value(points)[:, None])[0])
    return Flow(step * np.arange(length, dtype=np.float64), points[:length])


def _euler(gradient: Field, point: Array, step: float) -> Array:
    return point - step * gradient(point)


def _rk4(gradient: Field, point: Array, step: float) -> Array:
    k1 = -gradient(point)
    k2 = -gradient(point + 0.5 * step * k1)
    k3 = -gradient(point + 0.5 * step * k2)
    k4 = -gradient(point + step * k3)
    return point + step / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)


METHODS: Mapping[str, Callable[[Field, Array, float], Array]] = {"euler": _euler, "rk4": _rk4}
"""gradient, point (d,), step -> the next point. Euler has order 1, and is gradient descent; RK4 has order 4."""
