"""Gradient descent, and the two ways to give it a velocity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import row
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def _sgd() -> Optimizer:
    """Gradient descent: x ← x − η·g, explicit Euler on the gradient flow; stable to η = 2/L (Cauchy 1847)."""

    def init(_: Array) -> State:
        return ()

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        return -rate * here.gradient, state

    return Optimizer(init, update, stable=2.0)


def _momentum(momentum: float, dampening: float) -> Optimizer:
    """Heavy ball, as in torch: v ← β·v + (1−d)·g, x ← x − η·v (Polyak 1964); the first v is g itself.

    Stable to η = 2(1+β)/((1−d)·L) (Cohen et al. 2021).
    """

    def init(points: Array) -> State:
        return False, np.zeros_like(points)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        moving, velocity = state
        push = (1.0 - dampening) * here.gradient if dampening and moving else here.gradient
        velocity = momentum * velocity + push
        return -rate * velocity, (True, velocity)

    return Optimizer(init, update, stable=2.0 * (1.0 + momentum) / (1.0 - dampening))


def _nesterov(momentum: float) -> Optimizer:
    """Nesterov's method in torch's form: v ← β·v + g, x ← x − η·(g + β·v) (Sutskever et al. 2013).

    Its points are the ones looked ahead to, where the gradients are taken; they are stable to
    η = 2(1+β)/((1+2β)·L), which is below gradient descent's (Cohen et al. 2021).
    """

    def init(points: Array) -> State:
        return (np.zeros_like(points),)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        velocity = momentum * state[0] + here.gradient
        return -rate * (here.gradient + momentum * velocity), (velocity,)

    return Optimizer(init, update, stable=2.0 * (1.0 + momentum) / (1.0 + 2.0 * momentum))


_MOMENTUM = Parameter("the share β of its velocity that it keeps", low=0.0, high=0.9999, default=0.9)

ROWS: Mapping[str, Entry[Optimizer]] = {
    "sgd": row(_sgd, "gradient descent: a step of η times the slope", decays=True),
    "momentum": row(
        _momentum,
        "heavy ball: the steps remember where they were going",
        {
            "momentum": _MOMENTUM,
            "dampening": Parameter("the share of each new slope left out", low=0.0, high=0.9999, default=0.0),
        },
        decays=True,
    ),
    "nesterov": row(
        _nesterov,
        "a heavy ball that looks at the slope where it is about to be",
        {"momentum": _MOMENTUM},
        decays=True,
    ),
}
