"""Forward differentiation: numbers that carry their gradient, or their Hessian too, through a formula.

Griewank & Walther, 'Evaluating Derivatives' (2008), chapter 13. Exact up to rounding; many points at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.optim.objectives.base import Array


@dataclass(frozen=True, slots=True, eq=False)
class Jet:
    """The values of a function of d variables at m points, with their derivatives."""

    value: Array
    """(m,)."""

    slope: Array
    """(d, m), or what broadcasts to it."""

    bend: Array | None
    """(d, d, m), or what broadcasts to it; None if only the gradient is wanted."""

    def through(self, value: Array, first: Array, second: Callable[[], Array]) -> Jet:
        """Apply a function that has this value and these derivatives (m,) here: the chain rule."""
        bend = None
        if self.bend is not None:
            bend = second() * _outer(self.slope, self.slope) + first * self.bend
        return Jet(value, first * self.slope, bend)

    def __add__(self, other: Jet | float) -> Jet:
        if not isinstance(other, Jet):
            return Jet(self.value + other, self.slope, self.bend)
        bend = None
        if self.bend is not None and other.bend is not None:
            bend = self.bend + other.bend
        return Jet(self.value + other.value, self.slope + other.slope, bend)

    def __mul__(self, other: Jet | float) -> Jet:
        if not isinstance(other, Jet):
            bend = None if self.bend is None else other * self.bend
            return Jet(self.value * other, other * self.slope, bend)
        bend = None
        if self.bend is not None and other.bend is not None:
            both = _outer(self.slope, other.slope) + _outer(other.slope, self.slope)
            bend = self.value * other.bend + other.value * self.bend + both
        slope = self.value * other.slope + other.value * self.slope
        return Jet(self.value * other.value, slope, bend)

    def __truediv__(self, other: Jet | float) -> Jet:
        if not isinstance(other, Jet):
            bend = None if self.bend is None else self.bend / other
            return Jet(self.value / other, self.slope / other, bend)
        ratio = self * other**-1.0
        return Jet(self.value / other.value, ratio.slope, ratio.bend)

    def __pow__(self, other: Jet | float) -> Jet:
        """Raise to a power; where the power varies, its derivatives ask for a base above 0."""
        here = self.value
        if isinstance(other, Jet):
            power = here**other.value
            return (other * log(self)).through(power, power, lambda: power)
        return self.through(
            here**other,
            _monomial(other, here, other - 1.0),
            lambda: _monomial(other * (other - 1.0), here, other - 2.0),
        )

    def __rpow__(self, other: float) -> Jet:
        power = other**self.value
        return (self * float(np.log(other))).through(power, power, lambda: power)

    def __radd__(self, other: float) -> Jet:
        return self + other

    def __rmul__(self, other: float) -> Jet:
        return self * other

    def __pos__(self) -> Jet:
        return self

    def __neg__(self) -> Jet:
        return self * -1.0

    def __sub__(self, other: Jet | float) -> Jet:
        return self + -other

    def __rsub__(self, other: float) -> Jet:
        return -self + other

    def __rtruediv__(self, other: float) -> Jet:
        ratio = self**-1.0 * other
        return Jet(other / self.value, ratio.slope, ratio.bend)


def variables(points: Array, *, bend: bool) -> list[Jet]:
    """Make the coordinates x₁ … x_d of points (d, m) the jets to start from."""
    dimension = len(points)
    flat = np.zeros((dimension, dimension, 1)) if bend else None
    return [Jet(x, axis[:, None], flat) for x, axis in zip(points, np.eye(dimension), strict=True)]


@dataclass(frozen=True)
class Function:
    """A function of one number with its first two derivatives, for arrays and for jets."""

    value: Callable[[Array], Array]
    first: Callable[[Array], Array]
    second: Callable[[Array], Array]

    @overload
    def __call__(self, of: Jet) -> Jet: ...
    @overload
    def __call__(self, of: Array) -> Array: ...
    def __call__(self, of: Jet | Array) -> Jet | Array:
        """Apply the function."""
        if isinstance(of, Jet):
            here = of.value
            return of.through(self.value(here), self.first(here), lambda: self.second(here))
        return self.value(of)


log = Function(np.log, lambda t: 1.0 / t, lambda t: -1.0 / (t * t))

FUNCTIONS = {
    "sin": Function(np.sin, np.cos, lambda t: -np.sin(t)),
    "cos": Function(np.cos, lambda t: -np.sin(t), lambda t: -np.cos(t)),
    "tan": Function(np.tan, lambda t: 1.0 + np.tan(t) ** 2, lambda t: 2.0 * np.tan(t) * (1.0 + np.tan(t) ** 2)),
    "exp": Function(np.exp, np.exp, np.exp),
    "log": log,
    "sqrt": Function(np.sqrt, lambda t: 0.5 / np.sqrt(t), lambda t: -0.25 / (t * np.sqrt(t))),
    "abs": Function(np.abs, np.sign, np.zeros_like),
    "tanh": Function(
        np.tanh, lambda t: 1.0 - np.tanh(t) ** 2, lambda t: -2.0 * np.tanh(t) * (1.0 - np.tanh(t) ** 2)
    ),
}
"""What an expression may call. The slope of abs at 0 is taken as 0, a subgradient."""


def _monomial(factor: float, base: Array, power: float) -> Array:
    """Give factor·baseᵖ, and 0 for a factor of 0 even where baseᵖ is infinite."""
    return factor * base**power if factor else np.zeros_like(base)


def _outer(a: Array, b: Array) -> Array:
    """(d, m), (d, m) -> (d, d, m)."""
    return a[:, None] * b[None]
