"""The gradient flow's one-step methods as rules that descend: η is the step of time.

Explicit Euler is left out, being gradient descent. Implicit Euler is the proximal step (Rockafellar 1976). The
slopes at other places than the start of the step are the objective's own, without noise and clipping.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.optim.integrators import METHODS
from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.tables import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.objectives import Array


def _rule(method: str) -> Callable[[], Optimizer]:
    integrator = METHODS[method]
    stable = integrator.stable if integrator.stable < math.inf else None

    def init(_: Array) -> State:
        return ()

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        return integrator.advance(here.objective, here.points, here.gradient, rate), state

    return lambda: Optimizer(init, update, stable=stable, proportional=False)


ROWS: Mapping[str, Entry[Optimizer]] = {
    name: Entry(_rule(name), f"the gradient flow: {METHODS[name].about}") for name in METHODS if name != "euler"
}
