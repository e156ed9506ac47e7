"""Rules that divide each coordinate's slope by the size it has had: AdaGrad and its children but Adam's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import EPS, row, share
from tutor.optim.tables import Entry, Flag, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def _adagrad(lr_decay: float, initial_accumulator_value: float, eps: float) -> Optimizer:
    """G ← G + g², x ← x − η/(1 + (t−1)·lr_decay)·g/(√G + ε) (Duchi, Hazan & Singer 2011), as in torch."""

    def init(points: Array) -> State:
        return 0, np.full_like(points, initial_accumulator_value)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, total = state
        total = total + here.gradient * here.gradient
        size = np.sqrt(total)
        size += eps
        return -rate / (1.0 + steps * lr_decay) * (here.gradient / size), (steps + 1, total)

    return Optimizer(init, update)


def _adadelta(rho: float, eps: float) -> Optimizer:
    """Take √(D + ε)/√(V + ε)·g: V averages g², D the squares of these steps (Zeiler 2012), as in torch."""

    def init(points: Array) -> State:
        return np.zeros_like(points), np.zeros_like(points)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        square, steps = state
        gradient = here.gradient
        square = rho * square + (1.0 - rho) * (gradient * gradient)
        step = np.sqrt(steps + eps) / np.sqrt(square + eps) * gradient
        steps = rho * steps + (1.0 - rho) * (step * step)
        return -rate * step, (square, steps)

    return Optimizer(init, update, own_rate=1.0)


def _rmsprop(alpha: float, eps: float, momentum: float, *, centered: bool) -> Optimizer:
    """V ← α·V + (1−α)·g², x ← x − η·g/(√V + ε) (Tieleman & Hinton 2012), as in torch.

    Centred, √V becomes √(V − ḡ²), with ḡ the average of g (Graves 2013); momentum keeps a velocity of
    these steps. At a constant rate it ends in a cycle of ±η/2.
    """

    def init(points: Array) -> State:
        return np.zeros_like(points), np.zeros_like(points), np.zeros_like(points)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        square, mean, velocity = state
        gradient = here.gradient
        square = alpha * square + (1.0 - alpha) * (gradient * gradient)
        spread = square
        if centered:
            mean = mean + (1.0 - alpha) * (gradient - mean)
            spread = square - mean * mean
        size = np.sqrt(spread)
        size += eps
        step = gradient / size
        if momentum:
            step = velocity = momentum * velocity + step
        return -rate * step, (square, mean, velocity)

    return Optimizer(init, update)


ROWS: Mapping[str, Entry[Optimizer]] = {
    "adagrad": row(
        _adagrad,
        "each coordinate's rate falls with all the slope it has ever seen",
        {
            "lr_decay": Parameter(
                "lets the rate fall as 1/(1 + lr_decay·t) too", low=0.0, high=1e3, default=0.0
            ),
            "initial_accumulator_value": Parameter(
                "the slope, squared, seen before the start", low=0.0, high=1e9, default=0.0
            ),
            "eps": replace(EPS, default=1e-10),
        },
        decays=True,
    ),
    "adadelta": row(
        _adadelta,
        "each coordinate's step is as long as its last ones were; η only scales it, and 1 is usual",
        {
            "rho": share("the weight of the past in both averages", 0.9),
            "eps": replace(EPS, about="the step, squared, that gets it going", default=1e-6),
        },
        decays=True,
    ),
    "rmsprop": row(
        _rmsprop,
        "each coordinate's slope is divided by its recent size",
        {
            "alpha": share("the weight of the past in the average of squares", 0.99),
            "eps": EPS,
            "momentum": Parameter("the share of its velocity that it keeps", low=0.0, high=0.9999, default=0.0),
            "centered": Flag("divide by the spread of the slopes, not by their size"),
        },
        decays=True,
    ),
}
