"""The places where descent goes wrong, one at a time: saddles, a plateau, a cliff, a kink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives.plane import plane
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives.base import Array, Objective
    from tutor.optim.objectives.plane import Part

TILT = 0.1
"""The curvature along x of the floor that carries the plateau."""

EDGE = -2.0
"""Where the foot of the cliff is."""


def _saddle() -> Objective:
    return plane(
        name="saddle",
        params={},
        summary="saddle ½(x² − y²)",
        value=lambda x, y: 0.5 * (x * x - y * y),
        gradient=lambda x, y: (x, -y),
        hessian=lambda _x, _y: (1.0, 0.0, -1.0),
        minima=(),
        view=((-5.0, 5.0), (-3.0, 3.0)),
        start=(-4.0, 0.01),
    )


def _monkey_saddle() -> Objective:
    return plane(
        name="monkey-saddle",
        params={},
        summary="monkey saddle x³ − 3xy²",
        value=lambda x, y: x * (x * x - 3.0 * (y * y)),
        gradient=lambda x, y: (3.0 * (x * x - y * y), -6.0 * x * y),
        hessian=lambda x, y: (6.0 * x, -6.0 * y, -6.0 * x),
        minima=(),
        view=((-2.5, 2.5), (-2.0, 2.0)),
        start=(2.0, 0.02),
    )


def _plateau(height: float, width: float) -> Objective:
    """½(μx² + y²) + h·S((x₀ − x)/w): S = 6t⁵ − 15t⁴ + 10t³ on [0, 1], 0 below, 1 above.

    S is the smootherstep of Perlin 2002, twice differentiable, so that the floor beyond is exactly a bowl.
    """

    def up(x: Array) -> Array:
        """Tell how far up the cliff x is, from 0 at its foot to 1 at its edge."""
        return np.clip((EDGE - x) / width, 0.0, 1.0)

    def value(x: Array, y: Array) -> Array:
        t = up(x)
        return 0.5 * (TILT * (x * x) + y * y) + height * (t * t * t * ((6.0 * t - 15.0) * t + 10.0))

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        t = up(x)
        rise = t * (1.0 - t)
        return TILT * x - 30.0 * height / width * (rise * rise), y

    def hessian(x: Array, _y: Array) -> tuple[Part, Part, Part]:
        t = up(x)
        return TILT + 60.0 * height / width**2 * (t * (1.0 - t) * (1.0 - 2.0 * t)), 0.0, 1.0

    return plane(
        name="plateau",
        params={"height": height, "width": width},
        summary=f"plateau ½({TILT:g}x² + y²) with a cliff of height {height:g} at x = −{-EDGE:g}",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0, 0.0),),
        view=((-6.0, 6.0), (-3.0, 3.0)),
        start=(-5.0, 2.0),
        minimum_value=0.0,
    )


def _kink(slope: float) -> Objective:
    """c|x| + ½y². At x = 0, where any slope from −c to c is a subgradient, the gradient is 0 by convention.

    There is no second derivative there: the Hessian is NaN. Elsewhere it is 0 along x.
    """
    return plane(
        name="kink",
        params={"slope": slope},
        summary=f"kink {'' if slope == 1 else f'{slope:g}'}|x| + ½y²",
        value=lambda x, y: slope * np.abs(x) + 0.5 * (y * y),
        gradient=lambda x, y: (slope * np.sign(x), y),
        hessian=lambda x, _y: (np.where(x == 0.0, np.nan, 0.0), 0.0, 1.0),
        minima=((0.0, 0.0),),
        view=((-5.0, 5.0), (-3.0, 3.0)),
        start=(-4.0, 2.0),
        minimum_value=0.0,
    )


SHAPES: Mapping[str, Entry[Objective]] = {
    "saddle": Entry(
        _saddle, "½(x² − y²): a pass between two hills, flat in the middle, bottomless on both sides"
    ),
    "monkey-saddle": Entry(_monkey_saddle, "x³ − 3xy²: a saddle with three ways down, and no curvature at all"),
    "plateau": Entry(
        _plateau,
        "½(0.1x² + y²) + a cliff: hardly any slope, then far too much, then a floor",
        {
            "height": Parameter("the height h of the cliff", low=0.0, high=1e3, default=5.0),
            "width": Parameter("the width w of the cliff", low=0.01, high=2.0, default=0.5),
        },
    ),
    "kink": Entry(
        _kink,
        "c|x| + ½y²: the slope never fades, so no constant rate settles (at x = 0 its slope is taken as 0)",
        {"slope": Parameter("the slope c on both sides", low=0.01, high=1e3, default=1.0)},
    ),
}
