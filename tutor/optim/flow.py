"""The gradient flow x' = −∇f(x), which descent discretises, by one-step methods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError, unknown
from tutor.optim.bounds import lasting
from tutor.optim.integrators import METHODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.optim.objectives import Array, Objective


@dataclass(frozen=True, eq=False)
class Flow:
    """A solution at equal steps of time; it ends early if it runs away or a step has no solution."""

    times: Array
    """(n,), from 0."""

    points: Array
    """(n, d), finite."""

    failed: str | None = None
    """Why it ends early, in one sentence; None if it doesn't."""


def flow(
    objective: Objective, start: Sequence[float] | Array, *, step: float, time: float, method: str = "rk4"
) -> Flow:
    """Follow the flow from ``start`` (d,) in whole steps, as many as come nearest to ``time``.

    Raises UsageError on an unknown method and a start of the wrong length.
    """
    if method not in METHODS:
        raise unknown("method", method, METHODS)
    if len(start) != len(objective.start):
        raise UsageError(f"a start on '{objective.name}' is {len(objective.start)} numbers, not {list(start)}")
    advance = METHODS[method].advance
    steps = max(1, round(time / step))
    points = np.full((steps + 1, len(start)), np.nan)
    points[0] = start
    with np.errstate(all="ignore"):
        for i in range(steps):
            here = points[i]
            points[i + 1] = here + advance(objective, here, objective.gradient(here), step)
            if not np.isfinite(points[i + 1]).all():
                break
        length = int(lasting(points[:, None], objective.value(points)[:, None])[0])
    times = step * np.arange(length, dtype=np.float64)
    return Flow(times, points[:length], _failure(method, times) if length <= steps else None)


def _failure(method: str, times: Array) -> str:
    reached = f"t = {times[-1] if len(times) else 0.0:.6g}"
    if METHODS[method].stable < math.inf:
        return f"It runs away after {reached}: try a shorter step."
    return f"After {reached} it runs away, or Newton's method finds no solution of its step: try a shorter one."
