"""Descent from a start to a verdict, of one run or of several together, with every point kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.bounds import away, lasting
from tutor.optim.loop import Walk, room
from tutor.optim.optimizers import SGD
from tutor.optim.pace import Alone, Together
from tutor.optim.summary import summary
from tutor.optim.verdict import SETTLED, Verdict, judge, tell, tell_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.optim.linesearch import LineSearch, Search
    from tutor.optim.objectives import Array, Objective
    from tutor.optim.optimizers import Optimizer
    from tutor.optim.pace import Pace, Pacer

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

    def part(self, first: int, last: int) -> Trajectory:
        """Cut out the steps from point ``first`` to point ``last``; the verdict stays that of the whole run."""
        return replace(
            self,
            points=self.points[first : last + 1],
            values=self.values[first : last + 1],
            gradient_norms=self.gradient_norms[first : last + 1],
            rates=self.rates[first:last],
            searches=self.searches[first:last],
        )

    def steps_to(self, tolerance: float = SETTLED) -> int | None:
        """Count the steps until the slope is at most ``tolerance`` times the first one; None if never."""
        reached = self.gradient_norms <= tolerance * self.gradient_norms[0]
        return int(reached.argmax()) if reached.any() else None


def descend(
    objective: Objective,
    pace: Pace,
    *,
    steps: int,
    start: Sequence[float] | Array | None = None,
    optimizer: Optimizer = SGD,
    line_search: LineSearch | None = None,
) -> Trajectory:
    """Take ``steps`` steps from ``start`` (d,); ``pace`` gives the rate, or a line search's first trial.

    Raises UsageError if the start has the wrong length or no finite value.
    """
    origin = starts(objective, start)
    alone = Alone(objective, pace, line_search)
    points, rates = _history(objective, alone, origin, steps, optimizer)
    (run,) = _trajectories(objective, points[:, None], rates[:, None], (alone,))
    return run


def descend_many(
    objective: Objective,
    paces: Sequence[Pace] | Array,
    *,
    steps: int,
    start: Sequence[float] | Array | None = None,
    optimizer: Optimizer = SGD,
    line_search: LineSearch | None = None,
) -> tuple[Trajectory, ...]:
    """Take ``steps`` steps of m runs together, one for each of the paces, from ``start`` (d,) or (m, d).

    Each run is the same to the last bit as it would be alone. Raises UsageError as ``descend`` does.
    """
    origin = starts(objective, start, len(paces))
    together = Together(objective, paces, line_search)
    points, rates = _history(objective, together, origin, steps, optimizer)
    return _trajectories(objective, points, rates[..., 0], together.runs)


def starts(objective: Objective, start: Sequence[float] | Array | None, *runs: int) -> Array:
    """Check the start and repeat it for each run: (d,) or (m, d)."""
    given = np.asarray(objective.start if start is None else start, dtype=float)
    dimension = len(objective.start)
    if given.shape not in {(dimension,), (*runs, dimension)}:
        raise UsageError(f"a start on '{objective.name}' is {dimension} numbers, not {given.tolist()}")
    with np.errstate(all="ignore"):
        slopes = np.linalg.norm(objective.gradient(given), axis=-1)
        if not np.isfinite(objective.value(given) + slopes).all():
            raise UsageError(f"'{objective.name}' has no finite value at the start: choose one nearer to 0")
    origin: Array = room(1, *runs, dimension)[0]
    origin[...] = given
    return origin


def _history(
    objective: Objective, pacer: Pacer, origin: Array, steps: int, optimizer: Optimizer
) -> tuple[Array, Array]:
    """Take the steps, unless all runs are gone before: the points (n+1, …, d) and the rates (n, …)."""
    points = room(steps + 1, *origin.shape)
    points[0] = origin
    rates: list[Array | float] = []
    walk = Walk(objective, optimizer, origin)
    with np.errstate(all="ignore"):
        for first in range(0, steps, LOOK):
            last = min(first + LOOK, steps)
            walk.go(points[first : last + 1], pacer, rates)
            if away(points[last], origin).all():
                break
    return points[: len(rates) + 1], np.array(rates)


def _trajectories(
    objective: Objective, points: Array, rates: Array, alone: Sequence[Alone]
) -> tuple[Trajectory, ...]:
    """Cut runs (n+1, m, d) with rates (n, m) where they run away, and judge them."""
    with np.errstate(all="ignore"):
        values = objective.value(points)
        gradient_norms = np.linalg.norm(objective.gradient(points), axis=-1)
        lengths = lasting(points, values + gradient_norms)
        escaped = (lengths < len(points)) | away(points[-1], points[0])
        seen = summary(objective, points)
    rules = judge(seen)
    trajectories = []
    for run, length in enumerate(map(int, lengths)):
        verdict, reason = tell_escape(length - 1) if escaped[run] else tell(rules[run], seen.of(run))
        trajectories.append(
            Trajectory(
                np.array(points[:length, run], order="C"),
                values[:length, run].copy(),
                gradient_norms[:length, run].copy(),
                rates[: length - 1, run].copy(),
                verdict,
                reason,
                tuple(alone[run].searches[: length - 1]) if alone else (),
            )
        )
    return tuple(trajectories)
