"""One-step methods for the gradient flow x' = −∇f(x): how far a step of time h leads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from tutor.optim.objectives import Array, Objective

    Advance = Callable[[Objective, Array, Array, Array | float], Array]

ITERATIONS = 50
"""The most iterations of Newton's method in an implicit step, which needs a few."""

HALVINGS = 40
"""The most halvings of one iteration that overshoots."""

SOLVED = 1e-12
"""The last of Newton's moves, as a share of the step and of the point, that counts as none."""


@dataclass(frozen=True, eq=False)
class Method:
    """A one-step method."""

    advance: Advance
    """objective, points (…, d), their slopes (…, d), step (broadcastable) -> displacements (…, d).

    They are not finite where there is no such step.
    """

    about: str
    order: int
    """The power of the step by which the error at a fixed time shrinks."""

    stable: float
    """The largest stable h·λ on x' = −λx; inf where there is no limit (Hairer & Wanner, chapter IV)."""


def _explicit(nodes: Sequence[Sequence[float]], weights: Sequence[float]) -> Advance:
    """Make the explicit Runge–Kutta method of a Butcher tableau, given row by row below the diagonal.

    The first row, which has no entries, is left out. With the single weight 1 it is gradient descent.
    """

    def advance(objective: Objective, points: Array, slopes: Array, step: Array | float) -> Array:
        stages = [slopes]
        for row in nodes:
            stages.append(objective.gradient(points + _ahead(step, row, stages)))
        return _ahead(step, weights, stages)

    return advance


def _ahead(step: Array | float, weights: Sequence[float], stages: Sequence[Array]) -> Array:
    parts = [(-step * weight) * stage for weight, stage in zip(weights, stages, strict=True) if weight]
    return np.asarray(sum(parts[1:], parts[0]))


def _implicit(theta: float) -> Advance:
    """Make the θ-method x' = x − h·((1−θ)·∇f(x) + θ·∇f(x')), solved by damped Newton iterations.

    θ = 1 is implicit Euler, which in optimisation is the proximal step; θ = ½ is the trapezoidal rule. The
    Jacobian I + θh·H has the exact Hessian.
    """

    def advance(objective: Objective, points: Array, slopes: Array, step: Array | float) -> Array:
        ahead = theta * step
        target = points - (step - ahead) * slopes

        def residual(places: Array) -> Array:
            return np.asarray(places + ahead * objective.gradient(places) - target)

        found, left = points, points + ahead * slopes - target
        solved = stuck = np.zeros((*points.shape[:-1], 1), dtype=bool)
        for _ in range(ITERATIONS):
            curvatures, axes = objective.spectrum(found)
            parts = (axes * left[..., None]).sum(axis=-2) / (1.0 + ahead * curvatures)
            move = (axes * parts[..., None, :]).sum(axis=-1)
            near = _length(move) <= SOLVED * np.maximum(_length(found), _length(found - points))
            found = np.where(near & ~(solved | stuck), found - move, found)
            solved = solved | (near & ~stuck)
            share, better = _shorten(residual, found, move, left, solved | stuck)
            stuck = stuck | ~(better | solved)
            if (solved | stuck).all():
                break
            found = np.where(solved | stuck, found, found - share * move)
            left = residual(found)
        return np.where(solved, found - points, np.nan)

    return advance


def _shorten(
    residual: Callable[[Array], Array], found: Array, move: Array, left: Array, ended: NDArray[np.bool_]
) -> tuple[Array, NDArray[np.bool_]]:
    """Halve each of Newton's moves until less is left: the shares (…, 1), and for which it will do."""
    share, before = np.ones(ended.shape), _length(left)
    for _ in range(HALVINGS):
        better: NDArray[np.bool_] = np.less(_length(residual(found - share * move)), before)
        if (better | ended).all():
            break
        share = np.where(better, share, 0.5 * share)
    return share, better


def _length(vectors: Array) -> Array:
    """Measure vectors (…, d): (…, 1)."""
    return np.asarray(np.linalg.norm(vectors, axis=-1, keepdims=True))


METHODS: Mapping[str, Method] = {
    "euler": Method(
        _explicit([], [1.0]), "explicit Euler: one slope a step, which is gradient descent", 1, 2.0
    ),
    "midpoint": Method(
        _explicit([(0.5,)], [0.0, 1.0]), "the slope half a step ahead (Runge 1895): order 2", 2, 2.0
    ),
    "rk3": Method(
        _explicit([(0.5,), (-1.0, 2.0)], [1 / 6, 4 / 6, 1 / 6]),
        "three slopes a step (Kutta 1901): order 3",
        3,
        2.5127453266183286,
    ),
    "rk4": Method(
        _explicit([(0.5,), (0.0, 0.5), (0.0, 0.0, 1.0)], [1 / 6, 2 / 6, 2 / 6, 1 / 6]),
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
