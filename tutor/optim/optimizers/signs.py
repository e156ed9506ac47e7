"""Rules that look only at the sign of the slope, so that how steep it is doesn't matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import WEIGHT_DECAY, row, share
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def _sign() -> Optimizer:
    """Sign descent: x ← x − η·sign(g) (Bernstein et al. 2018); at a constant rate it ends in a cycle."""

    def init(_: Array) -> State:
        return ()

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        return -rate * np.sign(here.gradient), state

    return Optimizer(init, update)


def _lion(beta1: float, beta2: float, weight_decay: float) -> Optimizer:
    """Lion: x ← x − η·(sign(β₁·m + (1−β₁)·g) + λ·x), then m ← β₂·m + (1−β₂)·g.

    Chen et al. 2023, arXiv 2302.06675.
    """

    def init(points: Array) -> State:
        return (np.zeros_like(points),)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        (mean,) = state
        step = np.sign(beta1 * mean + (1.0 - beta1) * here.gradient)
        if weight_decay:
            step += weight_decay * here.points
        return -rate * step, (beta2 * mean + (1.0 - beta2) * here.gradient,)

    return Optimizer(init, update)


def _rprop(etaminus: float, etaplus: float, step_size_min: float, step_size_max: float) -> Optimizer:
    """Give each coordinate a step of its own: longer while the sign of its slope lasts, shorter when it turns.

    After a turn a coordinate rests for one step (Riedmiller & Braun 1993), as in torch. The rate is the
    length of the first steps, and counts no more after them.
    """

    def init(points: Array) -> State:
        return np.zeros_like(points), np.zeros_like(points)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        before, sizes = state
        agreement = here.gradient * before
        turned = agreement < 0.0
        factors = np.where(turned, etaminus, np.where(agreement > 0.0, etaplus, 1.0))
        sizes = np.clip(np.where(sizes > 0.0, sizes, rate) * factors, step_size_min, step_size_max)
        gradient = np.where(turned, 0.0, here.gradient)
        return -sizes * np.sign(gradient), (gradient, sizes)

    return Optimizer(init, update, proportional=False)


ROWS: Mapping[str, Entry[Optimizer]] = {
    "sign": row(_sign, "sign descent: a step of η along each coordinate, downhill", decays=True),
    "lion": row(
        _lion,
        "steps of η along each coordinate, downhill on an average slope",
        {
            "beta1": share("the weight of the past in the average that gives the sign", 0.9),
            "beta2": share("the weight of the past in the average that is kept", 0.99),
            "weight_decay": replace(WEIGHT_DECAY, about="the pull λ: a step of η·λ·x to 0"),
        },
    ),
    "rprop": row(
        _rprop,
        "steps that grow while the sign of the slope lasts and shrink when it turns; η is the first",
        {
            "etaminus": Parameter("the factor when the sign turns", low=1e-3, high=0.999, default=0.5),
            "etaplus": Parameter("the factor while the sign lasts", low=1.0, high=1e3, default=1.2),
            "step_size_min": Parameter("the shortest step", low=1e-12, high=1e6, default=1e-6),
            "step_size_max": Parameter("the longest step", low=1e-12, high=1e6, default=50.0),
        },
    ),
}
