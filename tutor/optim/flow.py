"""The gradient flow x' = −∇f(x), which descent discretises, by one-step methods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError, unknown
from tutor.optim.bounds import lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tutor.optim.objectives import Array, Objective

    Advance = Callable[[Objective, Array, float], Array]

ITERATIONS = 50
"""The most iterations of Newton's method in an implicit step, which needs a few."""

HALVINGS = 40
"""The most halvings of one iteration that overshoots."""

SOLVED = 1e-12
"""The last of Newton's moves, as a share of the step and of the point, that counts as none."""


@dataclass(frozen=True, eq=False)
class Flow:
    """A solution at equal steps of time; it ends early if it runs away or a step has no solution."""

    times: Array
    """(n,), from 0."""

    points: Array
    """(n, d), finite."""

    failed: str | None = None
    """Why it ends early, in one sentence; None if it doesn't."""


@dataclass(frozen=True, eq=False)
class Method:
    """A one-step method."""

    advance: Advance
    """objective, point (d,), step -> the next point (d,), not finite if there is none."""

    about: str
    order: int
    """The power of the step by which the error at a fixed time shrinks."""

    stable: float
    """The largest stable h·λ on x' = −λx; inf where there is no limit (Hairer & Wanner, chapter IV)."""


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
            points[i + 1] = advance(objective, points[i], step)
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


def _explicit(nodes: Sequence[Sequence[float]], weights: Sequence[float]) -> Advance:
    """Make the explicit Runge–Kutta method of a Butcher tableau, given row by row below the diagonal.

    With the single weight 1 it is gradient descent to the last bit.
    """

    def advance(objective: Objective, point: Array, step: float) -> Array:
        slopes: list[Array] = []
        for row in nodes:
            slopes.append(objective.gradient(_ahead(point, step, row, slopes)))
        return _ahead(point, step, weights, slopes)

    return advance


def _ahead(point: Array, step: float, weights: Sequence[float], slopes: Sequence[Array]) -> Array:
    for weight, slope in zip(weights, slopes, strict=True):
        if weight:
            point = point - (step * weight) * slope
    return point


def _implicit(theta: float) -> Advance:
    """Make the θ-method x' = x − h·((1−θ)·∇f(x) + θ·∇f(x')), solved by damped Newton iterations.

    θ = 1 is implicit Euler, which in optimisation is the proximal step; θ = ½ is the trapezoidal rule. The
    Jacobian I + θh·H has the exact Hessian.
    """

    def advance(objective: Objective, point: Array, step: float) -> Array:
        ahead = theta * step
        target = point - (step - ahead) * objective.gradient(point)
        found = point
        residual = found + ahead * objective.gradient(found) - target
        for _ in range(ITERATIONS):
            try:
                move = np.linalg.solve(np.eye(len(point)) + ahead * objective.hessian(found), residual)
            except np.linalg.LinAlgError:
                break
            if np.linalg.norm(move) <= SOLVED * max(np.linalg.norm(found), np.linalg.norm(found - point)):
                return np.asarray(found - move)
            for halvings in range(HALVINGS):
                moved = found - 0.5**halvings * move
                left = moved + ahead * objective.gradient(moved) - target
                if np.linalg.norm(left) < np.linalg.norm(residual):
                    break
            else:
                break
            found, residual = moved, left
        return np.full_like(point, np.nan)

    return advance


METHODS: Mapping[str, Method] = {
    "euler": Method(
        _explicit([()], [1.0]), "explicit Euler: one slope a step, which is gradient descent", 1, 2.0
    ),
    "midpoint": Method(
        _explicit([(), (0.5,)], [0.0, 1.0]), "the slope half a step ahead (Runge 1895): order 2", 2, 2.0
    ),
    "rk3": Method(
        _explicit([(), (0.5,), (-1.0, 2.0)], [1 / 6, 4 / 6, 1 / 6]),
        "three slopes a step (Kutta 1901): order 3",
        3,
        2.5127453266183286,
    ),
    "rk4": Method(
        _explicit([(), (0.5,), (0.0, 0.5), (0.0, 0.0, 1.0)], [1 / 6, 2 / 6, 2 / 6, 1 / 6]),
        "four slopes a step (Kutta 1901): order 4",
        4,
        2.785293563405282,
    ),
    "implicit-euler": Method(
        _implicit(1.0), "the slope at the end of the step, found by Newton's method: always stable", 1, math.inf
    ),
    "trapezoid": Method(
        _implicit(0.5),
        "the mean of the slopes at both ends: stable and of order 2, but it may ring",
        2,
        math.inf,
    ),
}
