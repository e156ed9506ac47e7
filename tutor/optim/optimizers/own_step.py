"""Rules that find the length of their step themselves; η multiplies it, and 1 is its natural value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import row
from tutor.optim.tables import Choice, Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def dot(a: Array, b: Array) -> Array:
    """Multiply vectors (…, d) by vectors: (…, 1)."""
    return np.asarray((a * b).sum(axis=-1, keepdims=True))


def first_length(gradient: Array) -> Array:
    """Choose the length of a step before anything is known, as torch's LBFGS does: min(1, 1/‖g‖₁), (…, 1)."""
    return np.asarray(1.0 / np.maximum(np.abs(gradient).sum(axis=-1, keepdims=True), 1.0))


def _polyak(f_min: float | None) -> Optimizer:
    """Polyak's step: x ← x − η·(f − f*)/‖g‖²·g (Polyak 1987); f* is the objective's unless given as ``f_min``.

    Where η < 2, a step on a convex objective never leads away from its minima. A clipped gradient makes the
    steps longer, as g is in the denominator.
    """

    def init(_: Array) -> State:
        return ()

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        lowest = here.objective.minimum_value if f_min is None else f_min
        if lowest is None:
            raise UsageError(
                f"'polyak' must know the lowest value of '{here.objective.name}', and none is known: "
                "set f_min, or choose another optimizer"
            )
        gap = np.maximum(here.objective.value(here.points) - lowest, 0.0)[..., None]
        square = dot(here.gradient, here.gradient)
        length = np.divide(gap, square, out=np.zeros_like(gap), where=square != 0.0)
        return -rate * (length * here.gradient), state

    return Optimizer(init, update, own_rate=1.0)


def _barzilai_borwein(step: str) -> Optimizer:
    """Step by the curvature seen along the last step: displacement s, change of gradient y.

    Barzilai & Borwein 1988. Long: sᵀs/sᵀy; short: sᵀy/yᵀy. A negative curvature counts by its size; where
    nothing changed the last length stays. The first is min(1, 1/‖g‖₁). The loss may rise on the way.
    """
    long = step == "long"

    def init(points: Array) -> State:
        return False, np.zeros_like(points), np.zeros_like(points), np.zeros_like(points[..., :1])

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        moving, moved, before, length = state
        gradient = here.gradient.copy("K")
        if moving:
            change = gradient - before
            bend = np.abs(dot(moved, change))
            above, below = (dot(moved, moved), bend) if long else (bend, dot(change, change))
            length = np.divide(above, below, out=length.copy(), where=(above > 0.0) & (below > 0.0))
        else:
            length = first_length(gradient)
        displacement = -rate * (length * gradient)
        return displacement, (True, displacement.copy("K"), gradient, length)

    return Optimizer(init, update, own_rate=1.0)


ROWS: Mapping[str, Entry[Optimizer]] = {
    "polyak": row(
        _polyak,
        "the step that would reach the lowest loss if the slope went on as it is",
        {"f_min": Parameter("the lowest loss f* (the objective's)", low=-1e12, high=1e12)},
    ),
    "barzilai-borwein": row(
        _barzilai_borwein,
        "gradient descent at one over the curvature seen along its last step",
        {
            "step": Choice(
                "which of the two steps: long (sᵀs/sᵀy) or short (sᵀy/yᵀy)", ("long", "short"), "long"
            )
        },
    ),
}
