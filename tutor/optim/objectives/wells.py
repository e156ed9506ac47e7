"""Wells: several minima, and the start and the rate decide in which of them a run ends.

The formulas are those of Jamil & Yang 2013, arXiv 1308.4008.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives.plane import plane, square
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives.base import Array, Objective
    from tutor.optim.objectives.plane import Part


def _himmelblau() -> Objective:
    """Himmelblau 1972, 'Applied Nonlinear Programming'."""

    def value(x: Array, y: Array) -> Array:
        return square(x * x + y - 11.0) + square(x + y * y - 7.0)

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        r, s = x * x + y - 11.0, x + y * y - 7.0
        return 4.0 * x * r + 2.0 * s, 2.0 * r + 4.0 * y * s

    def hessian(x: Array, y: Array) -> tuple[Part, Part, Part]:
        xx, yy = 12.0 * (x * x) + 4.0 * y - 42.0, 12.0 * (y * y) + 4.0 * x - 26.0
        return xx, 4.0 * (x + y), yy

    return plane(
        name="himmelblau",
        params={},
        summary="Himmelblau function (x² + y − 11)² + (x + y² − 7)²",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        view=((-5.0, 5.0), (-5.0, 5.0)),
        start=(0.0, 0.0),
        minimum_value=0.0,
    )


def _goldstein_price() -> Objective:
    """A(u)·B(v) with u = x + y and v = 2x − 3y: Goldstein & Price 1971, with its squares multiplied out."""

    def a(u: Array) -> tuple[Array, Array, Array]:
        """Give A, A' and A''."""
        return (
            (((3.0 * u - 8.0) * u - 6.0) * u + 24.0) * u + 20.0,
            12.0 * (u - 2.0) * (u - 1.0) * (u + 1.0),
            (36.0 * u - 48.0) * u - 12.0,
        )

    def b(v: Array) -> tuple[Array, Array, Array]:
        """Give B, B' and B''."""
        return (
            ((3.0 * v - 16.0) * v + 18.0) * (v * v) + 30.0,
            12.0 * v * (v - 1.0) * (v - 3.0),
            (36.0 * v - 96.0) * v + 36.0,
        )

    def value(x: Array, y: Array) -> Array:
        return a(x + y)[0] * b(2.0 * x - 3.0 * y)[0]

    def gradient(x: Array, y: Array) -> tuple[Part, Part]:
        (a0, a1, _), (b0, b1, _) = a(x + y), b(2.0 * x - 3.0 * y)
        u, v = a1 * b0, a0 * b1
        return u + 2.0 * v, u - 3.0 * v

    def hessian(x: Array, y: Array) -> tuple[Part, Part, Part]:
        (a0, a1, a2), (b0, b1, b2) = a(x + y), b(2.0 * x - 3.0 * y)
        uu, uv, vv = a2 * b0, a1 * b1, a0 * b2
        return uu + 4.0 * uv + 4.0 * vv, uu - uv - 6.0 * vv, uu - 6.0 * uv + 9.0 * vv

    return plane(
        name="goldstein-price",
        params={},
        summary="Goldstein–Price function, a product of two polynomials of degree 4",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=((0.0, -1.0), (-0.6, -0.4), (1.8, 0.2), (1.2, 0.8)),
        view=((-2.0, 2.5), (-2.0, 1.5)),
        start=(0.0, 0.0),
        minimum_value=3.0,
    )


def _styblinski_tang() -> Objective:
    """Styblinski & Tang 1990; its minima have coordinates that are roots of 4t³ − 32t + 5."""
    low, high = -2.9035340277711770, 2.7468027709908369

    def part(t: Array) -> Array:
        return 0.5 * (((t * t) - 16.0) * (t * t) + 5.0 * t)

    def slope(t: Array) -> Array:
        return (2.0 * (t * t) - 16.0) * t + 2.5

    def bend(t: Array) -> Array:
        return 6.0 * (t * t) - 16.0

    return plane(
        name="styblinski-tang",
        params={},
        summary="Styblinski–Tang function ½(x⁴ − 16x² + 5x) + ½(y⁴ − 16y² + 5y)",
        value=lambda x, y: part(x) + part(y),
        gradient=lambda x, y: (slope(x), slope(y)),
        hessian=lambda x, y: (bend(x), 0.0, bend(y)),
        minima=tuple(product((low, high), repeat=2)),
        view=((-5.0, 5.0), (-5.0, 5.0)),
        start=(4.5, -0.5),
        minimum_value=-78.33233140754285,
    )


def _rastrigin(amplitude: float) -> Objective:
    """Rastrigin 1974. Of its many minima only the lowest is marked."""
    turn = 2.0 * math.pi

    def part(t: Array) -> Array:
        return t * t + amplitude * (1.0 - np.cos(turn * t))

    def slope(t: Array) -> Array:
        return 2.0 * t + turn * amplitude * np.sin(turn * t)

    def bend(t: Array) -> Array:
        return 2.0 + turn**2 * amplitude * np.cos(turn * t)

    return plane(
        name="rastrigin",
        params={"amplitude": amplitude},
        summary=f"Rastrigin egg box x² + y² + {amplitude:g}(2 − cos 2πx − cos 2πy)",
        value=lambda x, y: part(x) + part(y),
        gradient=lambda x, y: (slope(x), slope(y)),
        hessian=lambda x, y: (bend(x), 0.0, bend(y)),
        minima=((0.0, 0.0),),
        view=((-5.12, 5.12), (-5.12, 5.12)),
        start=(3.4, -2.6),
        minimum_value=0.0,
    )


WELLS: Mapping[str, Entry[Objective]] = {
    "himmelblau": Entry(
        _himmelblau, "(x² + y − 11)² + (x + y² − 7)²: four minima, equally low, unequally sharp"
    ),
    "goldstein-price": Entry(
        _goldstein_price, "a product of two polynomials: four minima, and values from 3 to a million"
    ),
    "styblinski-tang": Entry(_styblinski_tang, "a double well in each coordinate: the lowest of four minima"),
    "rastrigin": Entry(
        _rastrigin,
        "x² + y² + A(2 − cos 2πx − cos 2πy): a bowl full of dents, each a trap",
        {"amplitude": Parameter("the depth A of the dents", low=0.0, high=1e3, default=10.0)},
    ),
}
