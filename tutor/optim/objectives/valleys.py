"""Curved valleys: steep across, gentle along, and never in the direction of the slope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives.plane import plane, square
from tutor.optim.objectives.quadratics import KAPPA
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives.base import Array, Objective
    from tutor.optim.objectives.plane import Part


def _ravine(kappa: float, bend: float) -> Objective:
    def value(x: Array, y: Array) -> Array:
        off = y - bend * (x * x)
        return 0.5 * (x * x + kappa * (off * off))

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        push = kappa * (y - bend * (x * x))
        return x - 2.0 * bend * x * push, push

    def hessian(x: Array, y: Array) -> tuple[Part, Part, Part]:
        off = y - bend * (x * x)
        along = 1.0 - 2.0 * kappa * bend * off + 4.0 * kappa * bend**2 * (x * x)
        return along, -2.0 * kappa * bend * x, kappa

    return plane(
        name="ravine",
        params={"kappa": kappa, "bend": bend},
        summary=f"curved ravine ½(x² + {kappa:g}(y − {bend:g}x²)²)",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0, 0.0),),
        view=((-5.0, 2.0), (-2.0, 3.0)),
        start=(-4.0, 2.0),
        minimum_value=0.0,
    )


def _rosenbrock(b: float) -> Objective:
    """Rosenbrock 1960, 'An automatic method for finding the greatest or least value of a function'."""

    def value(x: Array, y: Array) -> Array:
        off = y - x * x
        return square(1.0 - x) + b * (off * off)

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        push = 2.0 * b * (y - x * x)
        return -2.0 * (1.0 - x) - 2.0 * x * push, push

    def hessian(x: Array, y: Array) -> tuple[Part, Part, Part]:
        return 2.0 - 4.0 * b * y + 12.0 * b * (x * x), -4.0 * b * x, 2.0 * b

    return plane(
        name="rosenbrock",
        params={"b": b},
        summary=f"Rosenbrock valley (1 − x)² + {b:g}(y − x²)²",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((1.0, 1.0),),
        view=((-2.0, 2.0), (-1.0, 3.0)),
        start=(-1.2, 1.0),
        minimum_value=0.0,
    )


def _beale() -> Objective:
    """Σ rₙ² with rₙ = cₙ − x(1 − yⁿ), n = 1, 2, 3 (Beale 1958)."""

    def residuals(x: Array, y: Array) -> tuple[tuple[Array, Array, Array, Array], ...]:
        """Give rₙ, 1 − yⁿ, nyⁿ⁻¹ and n(n−1)yⁿ⁻² for each n."""
        yy, one, zero = y * y, np.ones_like(y), np.zeros_like(y)
        return (
            (1.5 - x * (1.0 - y), 1.0 - y, one, zero),
            (2.25 - x * (1.0 - yy), 1.0 - yy, 2.0 * y, 2.0 * one),
            (2.625 - x * (1.0 - yy * y), 1.0 - yy * y, 3.0 * yy, 6.0 * y),
        )

    def value(x: Array, y: Array) -> Array:
        (a, *_), (b, *_), (c, *_) = residuals(x, y)
        return a * a + b * b + c * c

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        parts = residuals(x, y)
        along: Part = sum(-2.0 * r * p for r, p, _, _ in parts)
        across: Part = sum(2.0 * r * dp for r, _, dp, _ in parts)
        return along, x * across

    def hessian(x: Array, y: Array) -> tuple[Part, Part, Part]:
        parts = residuals(x, y)
        xx: Part = sum(2.0 * p * p for _, p, _, _ in parts)
        xy: Part = sum(2.0 * (r * dp - x * p * dp) for r, p, dp, _ in parts)
        yy: Part = sum(2.0 * x * (x * dp * dp + r * ddp) for r, _, dp, ddp in parts)
        return xx, xy, yy

    return plane(
        name="beale",
        params={},
        summary="Beale function Σ (cₙ − x(1 − yⁿ))² with c = 1.5, 2.25, 2.625",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((3.0, 0.5),),
        view=((-0.5, 4.5), (-1.5, 1.5)),
        start=(1.0, 1.0),
        minimum_value=0.0,
    )


VALLEYS: Mapping[str, Entry[Objective]] = {
    "ravine": Entry(
        _ravine,
        "½(x² + κ(y − c·x²)²): steep walls, and a floor that curves gently toward the minimum",
        {
            "kappa": KAPPA,
            "bend": Parameter("the curve c of the floor y = c·x²", low=-10.0, high=10.0, default=0.1),
        },
    ),
    "rosenbrock": Entry(
        _rosenbrock,
        "(1 − x)² + b(y − x²)²: the classic curved valley, easy to enter and slow to follow",
        {"b": Parameter("how steep the walls are", low=0.1, high=1e6, default=100.0)},
    ),
    "beale": Entry(_beale, "Σ (cₙ − x(1 − yⁿ))²: a flat cross with one deep end and sharp corners"),
}
