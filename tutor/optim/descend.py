"""The loop: one run, or any number of them at once, from a start to a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.bounds import away, lasting
from tutor.optim.optimizers import SGD
from tutor.optim.verdict import SETTLED, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.optim.linesearch import LineSearch, Search
    from tutor.optim.objectives import Array, Objective
    from tutor.optim.optimizers import Optimizer
    from tutor.optim.schedules import Schedule

LOOK = 50
"""Every how many steps to look whether there is still a run to follow."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One run of n steps; all finite, also where it diverges, which only ends it early."""

    points: Array
    """(n+1, d), from the start."""

    values: Array
    """(n+1,)."""

    gradient_norms: Array
    """(n+1,)."""

    rates: Array
    """(n,): the rate of each step."""

    verdict: Verdict
    reason: str
    """The verdict and why, in one sentence."""

    searches: tuple[Search, ...] = ()
    """The line search of each step, if there was one."""

    @property
    def steps(self) -> int:
        """The number n of steps."""
        return len(self.rates)

    def steps_to(self, tolerance: float = SETTLED) -> int | None:
        """Count the steps until the slope is at most ``tolerance`` times the first one; None if never."""
        reached = self.gradient_norms <= tolerance * self.gradient_norms[0]
        return int(reached.argmax()) if reached.any() else None


def descend(
    objective: Objective,
    rate: float | Schedule,
    *,
    steps: int,
    start: Sequence[float] | Array | None = None,
    optimizer: Optimizer = SGD,
    line_search: LineSearch | None = None,
) -> Trajectory:
    """Take ``steps`` steps from ``start`` (d,); with a line search, ``rate`` is its first trial rate.

    Raises UsageError if the start has the wrong length or no finite value.
    """
    schedule = rate if callable(rate) else lambda _: rate
    return descend_many(
        objective,
        lambda step: np.array([schedule(step)]),
        steps=steps,
        start=start,
        optimizer=optimizer,
        line_search=line_search,
    )[0]


def descend_many(
    objective: Objective,
    rates: Callable[[int], Array],
    *,
    steps: int,
    start: Sequence[float] | Array | None = None,
    optimizer: Optimizer = SGD,
    line_search: LineSearch | None = None,
) -> tuple[Trajectory, ...]:
    """Take ``steps`` steps of m runs together, with ``rates(step)`` (m,), from ``start`` (d,) or (m, d).

    Each run is the same to the last bit as it would be alone. Raises UsageError as ``descend`` does.
    """
    origin = _origin(objective, start, runs=len(rates(0)))
    points = np.empty((steps + 1, *origin.shape))
    taken = np.empty((steps, len(origin)))
    searches: list[list[Search]] = []
    points[0] = origin
    state = optimizer.init(origin)
    with np.errstate(all="ignore"):
        for step in range(steps):
            here = points[step]
            gradient = objective.gradient(here)
            taken[step] = rates(step)
            if line_search:
                direction, _ = optimizer.update(gradient, state, 1.0)
                found = list(map(line_search, [objective] * len(here), here, gradient, direction, taken[step]))
                taken[step] = [search.rate for search in found]
                searches.append(found)
            displacement, state = optimizer.update(gradient, state, taken[step][:, None])
            np.add(here, displacement, out=points[step + 1])
            if step % LOOK == LOOK - 1 and away(points[step + 1], origin).all():
                points, taken = points[: step + 2], taken[: step + 1]
                break
        values = objective.value(points)
        gradient_norms = np.linalg.norm(objective.gradient(points), axis=-1)
        lengths = lasting(points, values + gradient_norms)
    return tuple(
        _trajectory(
            objective,
            points[:length, run],
            values[:length, run],
            gradient_norms[:length, run],
            taken[: length - 1, run],
            searches=tuple(found[run] for found in searches[: length - 1]),
            escaped=bool(length < len(points) or away(points[-1, run], origin[run])),
        )
        for run, length in enumerate(lengths)
    )


def _origin(objective: Objective, start: Sequence[float] | Array | None, runs: int) -> Array:
    """Check the start and repeat it for each run: (m, d)."""
    given = np.asarray(objective.start if start is None else start, dtype=float)
    dimension = len(objective.start)
    if given.shape not in {(dimension,), (runs, dimension)}:
        raise UsageError(f"a start on '{objective.name}' is {dimension} numbers, not {given.tolist()}")
    with np.errstate(all="ignore"):
        slopes = np.linalg.norm(objective.gradient(given), axis=-1)
        if not np.isfinite(objective.value(given) + slopes).all():
            raise UsageError(f"'{objective.name}' has no finite value at the start: choose one nearer to 0")
    return np.broadcast_to(given, (runs, dimension)).copy()


def _trajectory(
    objective: Objective,
    points: Array,
    values: Array,
    gradient_norms: Array,
    rates: Array,
    *,
    searches: tuple[Search, ...],
    escaped: bool,
) -> Trajectory:
    verdict, reason = judge(
        points,
        values,
        gradient_norms,
        escaped=escaped,
        lowest_curvature=float(objective.curvatures(points[-1])[0]),
        to_go=objective.distance_to_go(points[-1]),
    )
    return Trajectory(points, values, gradient_norms, rates, verdict, reason, searches)
