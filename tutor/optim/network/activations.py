"""What hidden units do to the sum of what comes in: each has its slope and its bend, from its output alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.network.arrays import Reals


@dataclass(frozen=True)
class Activation:
    """A function φ of a unit's sum z with output a = φ(z)."""

    apply: Callable[[Reals], object]
    """z, changed in place to a."""

    slope: Callable[[Reals, Reals], object]
    """e, a: multiplies e by φ′(z) in place."""

    bend: Callable[[Reals, Reals, Reals], Reals | None]
    """e, a, ȧ -> e·φ″(z)·ż, where ȧ = φ′(z)·ż; None where φ″ is 0."""


def _relu_slope(backward: Reals, output: Reals) -> None:
    np.multiply(backward, output > 0.0, out=backward)


def _tanh_slope(backward: Reals, output: Reals) -> None:
    slope = output * output
    np.subtract(1.0, slope, out=slope)
    np.multiply(backward, slope, out=backward)


ACTIVATIONS: Mapping[str, Activation] = {
    "relu": Activation(lambda z: np.maximum(z, 0.0, out=z), _relu_slope, lambda _e, _a, _moved: None),
    "tanh": Activation(lambda z: np.tanh(z, out=z), _tanh_slope, lambda e, a, moved: -2.0 * a * moved * e),
    "linear": Activation(lambda z: z, lambda e, _: e, lambda _e, _a, _moved: None),
}
"""By name; relu's slope at 0 is 0, as torch has it."""
