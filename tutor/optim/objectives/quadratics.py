"""Quadratics: bowls with the same curvatures everywhere, where theory is exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives.base import Array, Objective
from tutor.optim.objectives.plane import plane, square
from tutor.optim.objectives.sums import total
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

KAPPA = Parameter("how many times as steep the walls are as the floor", low=1.0, high=1e6, default=10.0)
DIMENSION = Parameter("the number d of variables", low=2, high=100, default=2, whole=True)


def spread(kappa: float, dimension: int) -> Array:
    """Give curvatures (d,) from 1 to κ, evenly spaced on a log scale."""
    curvatures = np.geomspace(1.0, kappa, dimension)
    curvatures[-1] = kappa
    return curvatures


def offsets(dimension: int) -> Array:
    """Give the start (d,) of a run as seen from the minimum: (−4, 2), and on in the same way."""
    return np.resize([-4.0, 2.0], dimension)


def _quadratic(kappa: float, rotation: float, dimension: int) -> Objective:
    """½zᵀΛz with Λ from 1 to κ, and z the point in axes that are turned by ``rotation`` degrees.

    The flattest axis turns with the steepest, the next flattest with the next steepest, and so on, so that
    there is no valley along an axis left.
    """
    curvatures = spread(kappa, dimension)
    turn = np.radians(rotation)
    cosine = np.full(dimension, np.cos(turn))
    sine = np.sin(turn) * np.sign(np.arange(dimension) - 0.5 * (dimension - 1))
    if dimension % 2:
        cosine[dimension // 2] = 1.0

    def turned(points: Array, sine: Array) -> Array:
        return cosine * points - sine * points[..., ::-1] if rotation else points

    def value(points: Array) -> Array:
        inside = turned(points, sine)
        return 0.5 * total(curvatures * (inside * inside))

    def gradient(points: Array) -> Array:
        return turned(curvatures * turned(points, sine), -sine)

    matrix = gradient(np.eye(dimension))

    def hessian(points: Array) -> Array:
        return np.broadcast_to(matrix, (*points.shape, dimension)).copy()

    steep = "" if kappa == 1 else f"{kappa:g}"
    plain = f"½(x² + {steep}y²)" if dimension == 2 else f"of {dimension} dimensions, κ = {kappa:g}"
    return Objective(
        name="quadratic",
        params={"kappa": kappa, "rotation": rotation, "dimension": dimension},
        summary=f"bowl {plain}{f', turned by {rotation:g}°' if rotation else ''}",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0,) * dimension,),
        view=((-5.0, 5.0), (-3.0, 3.0)),
        start=tuple(offsets(dimension).tolist()),
        minimum_value=0.0,
    )


def _booth() -> Objective:
    return plane(
        name="booth",
        params={},
        summary="Booth bowl (x + 2y − 7)² + (2x + y − 5)²",
        value=lambda x, y: square(x + 2.0 * y - 7.0) + square(2.0 * x + y - 5.0),
        gradient=lambda x, y: (10.0 * x + 8.0 * y - 34.0, 8.0 * x + 10.0 * y - 38.0),
        hessian=lambda _x, _y: (10.0, 8.0, 10.0),
        minima=((1.0, 3.0),),
        view=((-5.0, 5.0), (-2.0, 8.0)),
        start=(-4.0, 6.0),
        minimum_value=0.0,
    )


QUADRATICS: Mapping[str, Entry[Objective]] = {
    "quadratic": Entry(
        _quadratic,
        "½(x² + κ·y²): a straight valley, with μ = 1 and L = κ",
        {
            "kappa": KAPPA,
            "rotation": Parameter(
                "how far the valley is turned out of the axes, in degrees", low=-180.0, high=180.0, default=0.0
            ),
            "dimension": DIMENSION,
        },
    ),
    "booth": Entry(_booth, "(x + 2y − 7)² + (2x + y − 5)²: an oblique bowl, with curvatures 2 and 18"),
}
