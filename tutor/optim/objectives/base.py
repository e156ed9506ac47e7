"""What an objective is: a function of d variables with its exact gradient and Hessian."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Array = NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Objective:
    """A function of d variables. Its three functions take any number of points at once.

    One point gives the same to the last bit, alone or among others.
    """

    name: str
    params: Mapping[str, float]
    summary: str
    """What it is and its formula with its numbers, on one line, to follow 'the'."""

    value: Callable[[Array], Array]
    """(…, d) -> (…)."""

    gradient: Callable[[Array], Array]
    """(…, d) -> (…, d)."""

    hessian: Callable[[Array], Array]
    """(…, d) -> (…, d, d)."""

    minima: tuple[tuple[float, ...], ...]
    """The minima worth a mark, the lowest first; () if there are none, or none is known."""

    view: tuple[Range, Range]
    """The part of the plane worth looking at: ((x0, x1), (y0, y1))."""

    start: tuple[float, ...]
    """Where a run starts unless told otherwise."""

    minimum_value: float | None = None
    """The lowest value f*; None if it is unbounded below or not known."""

    noisy: Callable[[Array, int], Array] | None = None
    """points (…, d), step -> an unbiased estimate (…, d) of the gradient; None if the gradient is what is seen.

    The noise follows from the objective's seed and the step alone: all points of a step share it.
    """

    def spectrum(self, points: Array) -> tuple[Array, Array]:
        """Find the Hessian's eigenvalues, ascending, and the axes that go with them, as columns.

        (…, d) -> (…, d), (…, d, d); the eigenvalues are NaN where the Hessian is not finite.
        """
        hessians = self.hessian(points)
        finite = np.asarray(np.isfinite(hessians).all(axis=(-2, -1), keepdims=True))
        eigenvalues, axes = np.linalg.eigh(np.where(finite, hessians, 0.0))
        return np.where(finite[..., 0], eigenvalues, np.nan), axes

    def curvatures(self, points: Array) -> Array:
        """Find the eigenvalues of the Hessian, ascending: (…, d) -> (…, d); NaN where it is not finite."""
        hessians = self.hessian(points)
        finite = np.asarray(np.isfinite(hessians).all(axis=(-2, -1), keepdims=True))
        eigenvalues = np.linalg.eigvalsh(np.where(finite, hessians, 0.0))
        return np.where(finite[..., 0], eigenvalues, np.nan)

    def distance_to_go(self, points: Array) -> Array:
        """Estimate the distance from points (…, d) to the minimum: exact on a quadratic; inf if there is none.

        It is the length of Newton's step, with the curvatures taken without their signs: (…).
        """
        curvatures, axes = self.spectrum(points)
        slopes = np.abs(np.sum(self.gradient(points)[..., None] * axes, axis=-2))
        parts = np.divide(
            slopes, np.abs(curvatures), out=np.where(slopes > 0.0, math.inf, 0.0), where=curvatures != 0.0
        )
        lengths = np.linalg.norm(parts, axis=-1)
        return np.where(np.isnan(lengths), math.inf, lengths)

    def sharpness(self, point: Array) -> float:
        """Find the largest curvature L at one point (d,): gradient descent is stable there iff η < 2/L."""
        return float(self.curvatures(point)[-1])

    def minimum_sharpness(self, near: Array) -> float | None:
        """Find the largest curvature L at the minimum nearest to a point (d,); None if nothing is known."""
        curvatures = self.minimum_curvatures(near)
        return None if curvatures is None or not curvatures[-1] > 0.0 else float(curvatures[-1])

    def minimum_curvatures(self, near: Array) -> Array | None:
        """Find the curvatures (d,), ascending, at the minimum nearest to a point (d,); None if unknown."""
        if not self.minima:
            return None
        minima = np.array(self.minima)
        curvatures = self.curvatures(minima[np.linalg.norm(minima - near, axis=-1).argmin()])
        return curvatures if np.isfinite(curvatures).all() else None
