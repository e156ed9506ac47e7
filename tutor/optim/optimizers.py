"""Optimizers as pairs of pure functions, after optax: ``init`` makes a state, ``update`` a displacement.

Arrays are (…, d) and rates broadcast against them, so the same code serves one run or thousands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.tables import Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.objectives import Array

    State = tuple[Array, ...]


@dataclass(frozen=True)
class Optimizer:
    """A rule that turns gradients into displacements, linearly in the rate."""

    init: Callable[[Array], State]
    """points (…, d) -> state."""

    update: Callable[[Array, State, Array | float], tuple[Array, State]]
    """gradient (…, d), state, rate -> (displacement (…, d), state)."""

    stable: float
    """The largest stable η·L on a quadratic of largest curvature L."""


def optimizer(name: str, /, **settings: object) -> Optimizer:
    """Build the optimizer ``name`` of OPTIMIZERS; UsageError on a wrong name or setting."""
    return make("optimizer", OPTIMIZERS, name, settings)


def _sgd() -> Optimizer:
    def init(_: Array) -> State:
        return ()

    def update(gradient: Array, state: State, rate: Array | float) -> tuple[Array, State]:
        return -rate * gradient, state

    return Optimizer(init, update, stable=2.0)


def _momentum(momentum: float) -> Optimizer:
    """Heavy ball, as in torch: v ← β·v + g, x ← x − η·v; stable to η = 2(1+β)/L (Cohen et al. 2021)."""

    def init(points: Array) -> State:
        return (np.zeros_like(points),)

    def update(gradient: Array, state: State, rate: Array | float) -> tuple[Array, State]:
        velocity = momentum * state[0] + gradient
        return -rate * velocity, (velocity,)

    return Optimizer(init, update, stable=2.0 * (1.0 + momentum))


OPTIMIZERS: Mapping[str, Entry[Optimizer]] = {
    "sgd": Entry(_sgd, "gradient descent: a step of η times the slope"),
    "momentum": Entry(
        _momentum,
        "heavy ball: the steps remember where they were going",
        {"momentum": Parameter("the share β of its velocity that it keeps", low=0.0, high=0.9999, default=0.9)},
    ),
}

SGD = optimizer("sgd")
