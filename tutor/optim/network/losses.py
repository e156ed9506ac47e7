"""How wrong the outputs of a network are: the loss of each example, its slope and its curvature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from tutor.optim.network.arrays import Reals

    Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Loss:
    """A loss of outputs z (…, C, B), with the right class of each example marked in targets (…, C, B)."""

    start: Callable[[Reals, Marks], Reals]
    """z, targets -> the loss of each example (…, B); z is changed in place to the slope ∂loss/∂z."""

    curvature: Callable[[Reals, Reals, Marks], Reals]
    """slope, ż, targets -> the change of the slope when z moves along ż: (…, C, B)."""

    chance: Callable[[Reals], float]
    """The shares (C,) of the classes -> the lowest mean loss of outputs that are the same for every example."""


def _cross_entropy(outputs: Reals, targets: Marks) -> Reals:
    """−log softmax(z) at the right class, in nats; the slope is softmax(z) − target."""
    outputs -= np.maximum.reduce(outputs, axis=-2, keepdims=True)
    right = np.add.reduce(outputs * targets, axis=-2)
    np.exp(outputs, out=outputs)
    total = np.add.reduce(outputs, axis=-2, keepdims=True)
    outputs /= total
    outputs -= targets
    losses: Reals = np.log(total[..., 0, :])
    losses -= right
    return losses


def _softmax_curvature(slope: Reals, moved: Reals, targets: Marks) -> Reals:
    shares = slope + targets
    shift: Reals = shares * (moved - (shares * moved).sum(axis=-2, keepdims=True))
    return shift


def _entropy(shares: Reals) -> float:
    some = shares[shares > 0.0]
    return float(-(some * np.log(some)).sum())


def _squares(outputs: Reals, targets: Marks) -> Reals:
    """½‖z − target‖², the target being 1 for the right class and 0 for the others."""
    outputs -= targets
    losses: Reals = 0.5 * (outputs * outputs).sum(axis=-2)
    return losses


LOSSES: Mapping[str, Loss] = {
    "cross-entropy": Loss(_cross_entropy, _softmax_curvature, _entropy),
    "mse": Loss(
        _squares, lambda _slope, moved, _targets: moved, lambda shares: float(0.5 * (1.0 - (shares**2).sum()))
    ),
}
"""By name. The loss of a batch is the mean over its examples."""
