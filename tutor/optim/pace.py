"""How far each step goes: what gives the rates of one run, and of many runs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers import Here

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tutor.optim.linesearch import LineSearch, Search
    from tutor.optim.objectives import Array, Objective
    from tutor.optim.schedules import Feedback, Schedule

    Pace = float | Schedule | Feedback
    """What gives the rate of each step of a run: a constant, a timetable, or what watches the loss."""


class Alone:
    """The pace of one run (d,)."""

    def __init__(self, objective: Objective, pace: Pace, line_search: LineSearch | None = None) -> None:
        self.rate = _clock(objective, pace)
        """step, point (d,) -> the rate of the step from there."""

        self.line_search = line_search
        """For which the rates are only the first trials."""

        self.searches: list[Search] = []
        """The line search of each step so far."""

    def search(self, here: Here, direction: Array, trial: Array | float) -> float:
        """Search along the direction (d,), and give the rate to take."""
        assert self.line_search
        last = self.searches[-1] if self.searches else None
        found = self.line_search(here.objective, here.points, here.gradient, direction, float(trial), last=last)
        self.searches.append(found)
        return found.rate


class Together:
    """The paces of m runs (m, d); their rates are a column (m, 1)."""

    def __init__(
        self, objective: Objective, paces: Sequence[Pace] | Array, line_search: LineSearch | None = None
    ) -> None:
        constant = line_search is None and all(isinstance(pace, float | int) for pace in paces)
        self.line_search = line_search
        self._column = np.array(paces, dtype=float)[:, None] if constant else None
        self.runs = () if constant else tuple(Alone(objective, pace, line_search) for pace in paces)
        """Each run alone, unless all go at constant rates."""

    def rate(self, step: int, points: Array) -> Array:
        """Give the rates of step ``step``, which starts from the points (m, d)."""
        if self._column is not None:
            return self._column
        return np.array([run.rate(step, point) for run, point in zip(self.runs, points, strict=True)])[:, None]

    def search(self, here: Here, direction: Array, trial: Array | float) -> Array:
        """Search for each run along its direction (d,), and give the rates to take."""
        each = zip(self.runs, here.points, here.gradient, direction, np.asarray(trial)[:, 0], strict=True)
        found = [
            run.search(Here(point, gradient, here.objective), ahead, first)
            for run, point, gradient, ahead, first in each
        ]
        return np.array(found)[:, None]

    def only(self, runs: NDArray[np.bool_]) -> None:
        """Go on with these runs (m,) alone."""
        if self._column is not None:
            self._column = self._column[:, 0][runs][:, None]
        self.runs = tuple(run for run, kept in zip(self.runs, runs, strict=False) if kept)


Pacer = Alone | Together


def _clock(objective: Objective, pace: Pace) -> Callable[[int, Array], float]:
    """Make of a pace a function of the step and the point (d,) that it starts from."""
    if callable(pace):
        return lambda step, _: pace(step)
    if isinstance(pace, float | int):
        constant = float(pace)
        return lambda _step, _point: constant
    return _Watching(objective, pace).rate


class _Watching:
    """Shows a feedback schedule the loss at each point of a run."""

    def __init__(self, objective: Objective, feedback: Feedback) -> None:
        self._objective = objective
        self._feedback = feedback

    def rate(self, _: int, point: Array) -> float:
        rate = self._feedback.rate
        self._feedback = self._feedback.observe(float(self._objective.value(point)))
        return rate
