"""Objectives of the plane, written in x and y."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.optim.objectives.base import Array, Objective

if TYPE_CHECKING:
    from collections.abc import Callable

    Part = Array | float


def plane(
    *,
    value: Callable[[Array, Array], Array],
    gradient: Callable[[Array, Array], tuple[Part, Part]],
    hessian: Callable[[Array, Array], tuple[Part, Part, Part]],
    **facts: Any,
) -> Objective:
    """Make an Objective of functions of x and y (…): f, then (f_x, f_y), then (f_xx, f_xy, f_yy)."""

    def gradients(points: Array) -> Array:
        result = np.empty_like(points)
        result[..., 0], result[..., 1] = gradient(points[..., 0], points[..., 1])
        return result

    def hessians(points: Array) -> Array:
        result = np.empty((*points.shape, 2))
        xx, xy, yy = hessian(points[..., 0], points[..., 1])
        result[..., 0, 0] = xx
        result[..., 0, 1] = result[..., 1, 0] = xy
        result[..., 1, 1] = yy
        return result

    return Objective(
        value=lambda points: value(points[..., 0], points[..., 1]),
        gradient=gradients,
        hessian=hessians,
        **facts,
    )


def square(of: Array) -> Array:
    """Square: ``**`` has other last bits for one number than for many."""
    return of * of
