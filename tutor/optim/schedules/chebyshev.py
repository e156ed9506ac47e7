"""The best T rates for a quadratic whose curvatures lie between μ and L."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array
    from tutor.optim.schedules.base import Schedule


def _chebyshev(rate: float, _steps: int, kappa: float, T: int) -> Schedule:  # noqa: N803
    """The inverse roots of a Chebyshev polynomial (Young 1953): η/(1 + (κ−1)/(κ+1)·cos θ), θ = (2k+1)π/2T.

    η is the best constant rate 2/(L+μ) and κ = L/μ, so μ and L are 2/(η(κ+1)) and κ times that. T steps
    shrink the error to 2ρᵀ/(1+ρ²ᵀ) or less, ρ = (√κ−1)/(√κ+1): no other T rates promise as much. Half of
    them exceed η, and for a large κ even 2/L. Past T steps it begins anew.
    """
    angles = (2 * np.arange(T) + 1) * math.pi / (2 * T)
    rates = rate / _calm(1.0 + (kappa - 1.0) / (kappa + 1.0) * np.cos(angles))
    return lambda step: float(rates[step % T])


def _calm(curvatures: Array) -> Array:
    """Order the roots (T,) so that the error stays small in between, after Leja (Reichel 1991).

    Each is the one with the largest product of distances from those before it. In their own order the
    long steps come last, and blow up the rounding errors.
    """
    order = [int(curvatures.argmax())]
    with np.errstate(divide="ignore"):
        logs = np.log(np.abs(curvatures - curvatures[order[0]]))
        for _ in curvatures[1:]:
            order.append(int(logs.argmax()))
            logs += np.log(np.abs(curvatures - curvatures[order[-1]]))
    return curvatures[order]


CHEBYSHEV: Mapping[str, Entry[Schedule]] = {
    "chebyshev": Entry(
        _chebyshev,
        "short and long steps, T of which shrink a quadratic further than any constant rate",
        {
            "kappa": Parameter(
                "the condition number κ = L/μ; the rate is 2/(L+μ)", low=1.0, high=1e9, default=10.0
            ),
            "T": Parameter("the number of rates", low=1, high=1000, default=8, whole=True),
        },
    ),
}
