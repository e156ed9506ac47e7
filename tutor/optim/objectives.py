"""The functions that are descended, each with its exact gradient and Hessian."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tutor.optim.tables import Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Array = NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Objective:
    """A smooth function of d variables. Its three functions take any number of points at once."""

    name: str
    params: Mapping[str, float]
    summary: str
    """The formula with its numbers, on one line."""

    value: Callable[[Array], Array]
    """(…, d) -> (…)."""

    gradient: Callable[[Array], Array]
    """(…, d) -> (…, d)."""

    hessian: Callable[[Array], Array]
    """(…, d) -> (…, d, d)."""

    minima: tuple[tuple[float, ...], ...]
    view: tuple[Range, Range]
    """The part of the plane worth looking at: ((x0, x1), (y0, y1))."""

    start: tuple[float, ...]
    """Where a run starts unless told otherwise."""

    def curvatures(self, points: Array) -> Array:
        """Find the eigenvalues of the Hessian, ascending: (…, d) -> (…, d); NaN where it is not finite."""
        hessians = self.hessian(points)
        finite = np.isfinite(hessians.sum(axis=(-2, -1)))[..., None]
        eigenvalues = np.linalg.eigvalsh(np.where(finite[..., None], hessians, 0.0))
        return np.where(finite, eigenvalues, np.nan)

    def distance_to_go(self, point: Array) -> float:
        """Estimate the distance from a point (d,) to the minimum: exact on a quadratic; inf if there is none.

        It is the length of Newton's step, with the curvatures taken without their signs.
        """
        hessian = self.hessian(point)
        if not np.isfinite(hessian).all():
            return math.inf
        curvatures, axes = np.linalg.eigh(hessian)
        slopes = np.abs(self.gradient(point) @ axes)
        parts = np.divide(
            slopes, np.abs(curvatures), out=np.where(slopes > 0.0, math.inf, 0.0), where=curvatures != 0.0
        )
        return float(np.linalg.norm(parts))

    def sharpness(self, point: Array) -> float:
        """Find the largest curvature L at one point (d,): gradient descent is stable there iff η < 2/L."""
        return float(self.curvatures(point)[-1])


def objective(name: str, /, **params: object) -> Objective:
    """Build the objective ``name`` of OBJECTIVES; UsageError on a wrong name or parameter."""
    return make("objective", OBJECTIVES, name, params)


def _quadratic(kappa: float) -> Objective:
    curvatures = np.array([1.0, kappa])

    def value(points: Array) -> Array:
        x, y = points[..., 0], points[..., 1]
        return 0.5 * (x * x + kappa * (y * y))

    def gradient(points: Array) -> Array:
        return curvatures * points

    def hessian(points: Array) -> Array:
        return np.broadcast_to(np.diag(curvatures), (*points.shape, 2)).copy()

    return Objective(
        name="quadratic",
        params={"kappa": kappa},
        summary=f"bowl ½(x² + {kappa:g}y²)",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0, 0.0),),
        view=((-5.0, 5.0), (-3.0, 3.0)),
        start=(-4.0, 2.0),
    )


def _ravine(kappa: float, bend: float) -> Objective:
    def value(points: Array) -> Array:
        x, y = points[..., 0], points[..., 1]
        off = y - bend * (x * x)
        return 0.5 * (x * x + kappa * (off * off))

    def gradient(points: Array) -> Array:
        x, y = points[..., 0], points[..., 1]
        push = kappa * (y - bend * (x * x))
        result = np.empty_like(points)
        result[..., 0] = x - 2.0 * bend * x * push
        result[..., 1] = push
        return result

    def hessian(points: Array) -> Array:
        x, y = points[..., 0], points[..., 1]
        off = y - bend * (x * x)
        result = np.empty((*points.shape, 2))
        result[..., 0, 0] = 1.0 - 2.0 * kappa * bend * off + 4.0 * kappa * bend**2 * (x * x)
        result[..., 0, 1] = result[..., 1, 0] = -2.0 * kappa * bend * x
        result[..., 1, 1] = kappa
        return result

    return Objective(
        name="ravine",
        params={"kappa": kappa, "bend": bend},
        summary=f"curved ravine ½(x² + {kappa:g}(y − {bend:g}x²)²)",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0, 0.0),),
        view=((-5.0, 2.0), (-2.0, 3.0)),
        start=(-4.0, 2.0),
    )


_KAPPA = Parameter("how many times as steep the walls are as the floor", low=1.0, high=1e6, default=10.0)

OBJECTIVES: Mapping[str, Entry[Objective]] = {
    "quadratic": Entry(_quadratic, "½(x² + κ·y²): a straight valley, with μ = 1 and L = κ", {"kappa": _KAPPA}),
    "ravine": Entry(
        _ravine,
        "½(x² + κ(y − c·x²)²): steep walls, and a floor that curves gently toward the minimum",
        {
            "kappa": _KAPPA,
            "bend": Parameter("the curve c of the floor y = c·x²", low=-10.0, high=10.0, default=0.1),
        },
    ),
}
