"""An optimizer is a pair of pure functions, after optax: ``init`` makes a state, ``update`` a displacement.

Arrays are (…, d) and rates broadcast to them, so the same code serves one run or thousands, and each of the
thousands is equal to the same run alone to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.optim.objectives import Array

if TYPE_CHECKING:
    from tutor.optim.objectives import Objective

State = tuple[Any, ...]
"""Fresh arrays that have the runs' axes first, as the points have, and plain numbers that all runs share."""


class Here(NamedTuple):
    """Where a step starts from."""

    points: Array
    """(…, d)."""

    gradient: Array
    """(…, d): at the points, or an estimate of it."""

    objective: Objective
    """For the rules that look further: at the value, or at the Hessian."""


Update = Callable[[Here, State, Array | float], tuple[Array, State]]
"""here, state, rate (broadcastable to (…, d)) -> (displacement (…, d), state)."""


def here_itself(points: Array, _: State) -> Array:
    """Answer with the point where the run is."""
    return points


@dataclass(frozen=True)
class Optimizer:
    """A rule that turns what is seen here into a displacement."""

    init: Callable[[Array], State]
    """points (…, d) -> state."""

    update: Update

    stable: float | None = None
    """The largest stable η·L on a quadratic of largest curvature L; None where no such number exists."""

    own_rate: float | None = None
    """The η that suits a rule which finds its own step length, as it multiplies that; None for the others."""

    proportional: bool = True
    """Whether the displacement is the rate times a direction, which is what a line search needs."""

    answer: Callable[[Array, State], Array] = here_itself
    """points (…, d), state -> (…, d): what the rule would hand out now; its average, where it keeps one."""
