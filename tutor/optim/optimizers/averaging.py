"""Rules that keep an average of their points, and give it as their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import row, share
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def _asgd(lambd: float, alpha: float, t0: float) -> Optimizer:
    """Averaged SGD: x ← (1 − λ·ηₜ)·x − ηₜ·g, ηₜ = η/(1 + λ·η·t)^α, averaged from t0 on.

    Polyak & Juditsky 1992, as in torch, where the run goes on from x, and the average is only its answer.
    Torch sees a change of η one step late; this doesn't.
    """

    def init(points: Array) -> State:
        return 0, points.copy("K")

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, average = state
        eta = rate / np.power(1.0 + lambd * rate * steps, alpha)
        displacement = -eta * (here.gradient + lambd * here.points)
        average = average + (here.points + displacement - average) / max(1.0, steps - t0)
        return displacement, (steps + 1, average)

    return Optimizer(init, update, proportional=False, answer=_average)


def _schedule_free(momentum: float) -> Optimizer:
    """Schedule-free SGD (Defazio et al. 2024, arXiv 2405.15682, algorithm 1 without its Adam).

    z ← z − γ·g, x ← (1−c)·x + c·z with c = γ²/Σγ², and the next gradient is taken at y = (1−β)·z + β·x. The
    run's points are the y; its answer is the average x.
    """

    def init(points: Array) -> State:
        return points.copy("K"), np.zeros_like(points[..., :1]), points.copy("K")

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        base, total, average = state
        base = base - rate * here.gradient
        total = total + rate * rate
        share_of_new = rate * rate / np.maximum(total, np.finfo(total.dtype).tiny)  # a warmup may start at 0
        average = average + share_of_new * (base - average)
        looking = (1.0 - momentum) * base + momentum * average
        return looking - here.points, (base, total, average)

    return Optimizer(init, update, proportional=False, answer=_average)


def _average(_: Array, state: State) -> Array:
    average: Array = state[-1]
    return average


ROWS: Mapping[str, Entry[Optimizer]] = {
    "asgd": row(
        _asgd,
        "gradient descent with a slowly falling rate, whose answer is the average of its late points",
        {
            "lambd": Parameter("the pull to 0, and how fast the rate falls", low=0.0, high=1e3, default=1e-4),
            "alpha": Parameter("the power with which the rate falls", low=0.0, high=1.0, default=0.75),
            "t0": Parameter("the step from which on it averages", low=0.0, high=1e9, default=1e6),
        },
        decays=True,
    ),
    "schedule-free": row(
        _schedule_free,
        "gradient descent beside its own average, which takes the place of a falling rate",
        {"momentum": share("how near to the average β the slope is taken", 0.9)},
        decays=True,
    ),
}
