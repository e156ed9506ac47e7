"""Rules that bend the slope by the curvature: Newton's, which knows it, and L-BFGS, which learns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.own_step import dot, first_length
from tutor.optim.optimizers.row import row
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tutor.optim.objectives import Array

FLATTEST = 1e-8
"""The share of the largest curvature below which a curvature counts as this share."""

LEAST_BEND = 1e-10
"""The sᵀy up to which a step of L-BFGS teaches nothing, as in torch."""


def _newton(damping: float) -> Optimizer:
    """Newton's step: x ← x − η·(|H| + damping·I)⁻¹·g, where |H| has the curvatures without their signs.

    On a convex objective that is Newton's method, damped by η < 1 or by Levenberg's term. Where a curvature
    is negative Newton would climb to the saddle; this goes down from it (Dauphin et al. 2014). A flat
    direction counts as curved by FLATTEST of the steepest, and where all are flat, the step is the slope.
    """

    def init(_: Array) -> State:
        return ()

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        curvatures, axes = here.objective.spectrum(here.points)
        sizes = np.abs(curvatures) + damping
        most = sizes.max(axis=-1, keepdims=True)
        sizes = np.where(most == 0.0, 1.0, np.maximum(sizes, FLATTEST * most))
        parts = (axes * here.gradient[..., None]).sum(axis=-2) / sizes
        step = (axes * parts[..., None, :]).sum(axis=-1)
        return -rate * step, state

    return Optimizer(init, update, own_rate=1.0)


def _lbfgs(history_size: int) -> Optimizer:
    """Bend the slope by the last few steps and changes of slope (Nocedal & Wright, algorithm 7.4).

    One step is one iteration of torch.optim.LBFGS, so it equals LBFGS(max_iter=1, tolerance_grad=0,
    tolerance_change=0): torch's own default does up to 20 of these at each call of step(), and remembers 100
    of them where ten do. The first step is min(1, 1/‖g‖₁) times the slope. Without a line search it may
    diverge where the objective isn't convex; with one that ensures Wolfe's conditions it is what is used.
    """

    def init(points: Array) -> State:
        none = np.zeros((*points.shape[:-1], 0, points.shape[-1]))
        return False, np.zeros_like(points), np.zeros_like(points), none, none, np.ones_like(points[..., :1])

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        moving, moved, before, steps, changes, scale = state
        gradient = here.gradient.copy("K")
        if moving:
            change = gradient - before
            bend = dot(moved, change)
            learns = np.greater(bend, LEAST_BEND)
            steps = _remember(steps, moved, learns, history_size)
            changes = _remember(changes, change, learns, history_size)
            scale = np.divide(bend, dot(change, change), out=scale.copy(), where=learns)
            direction = _bent(gradient, steps, changes, scale)
        else:
            direction = -first_length(gradient) * gradient
        displacement = rate * direction
        return displacement, (True, displacement.copy("K"), gradient, steps, changes, scale)

    return Optimizer(init, update, own_rate=1.0)


def _remember(memory: Array, new: Array, learns: NDArray[np.bool_], most: int) -> Array:
    """Append vectors (…, d) to the runs' memories (…, k, d) that learn; put zeros before the others'."""
    new = new[..., None, :]
    longer = np.where(
        learns[..., None],
        np.concatenate((memory, new), axis=-2),
        np.concatenate((np.zeros_like(new), memory), axis=-2),
    )
    return longer[..., -most:, :]


def _bent(gradient: Array, steps: Array, changes: Array, scale: Array) -> Array:
    """Multiply −g by the inverse Hessian that the memories stand for, in two loops; zeros change nothing."""
    bends = (steps * changes).sum(axis=-1, keepdims=True)
    weights = np.divide(1.0, bends, out=np.zeros_like(bends), where=bends > 0.0)
    direction = -gradient
    shares = []
    for i in reversed(range(steps.shape[-2])):
        shares.append(weights[..., i, :] * dot(steps[..., i, :], direction))
        direction = direction - shares[-1] * changes[..., i, :]
    direction = scale * direction
    for i, share in enumerate(reversed(shares)):
        back = weights[..., i, :] * dot(changes[..., i, :], direction)
        direction = direction + (share - back) * steps[..., i, :]
    return direction


ROWS: Mapping[str, Entry[Optimizer]] = {
    "newton": row(
        _newton,
        "each direction's slope divided by its curvature, downhill also from a saddle; η is 1 or less",
        {"damping": Parameter("a curvature added to every direction", low=0.0, high=1e9, default=0.0)},
    ),
    "lbfgs": row(
        _lbfgs,
        "Newton's idea, with the curvature learnt from the last steps; η is 1, or found by a line search",
        {"history_size": Parameter("how many steps it remembers", low=1, high=100, default=10, whole=True)},
    ),
}
