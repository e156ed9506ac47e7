"""What a judgement of runs goes by: a few numbers a run, seen through three windows on its steps.

A window is short whatever the number of steps, so thousands of runs can be watched without keeping them, and
what is seen of a run is the same to the last bit however many others are watched and in whatever pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from tutor.optim.windows import late, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.objectives import Array, Objective

BACK = -0.01
"""The cosine between two steps below which the second turns back on the first."""


ROUNDING = 1e-12
"""The share of a loss by which it may rise through rounding alone, where a run hops to and fro for ever."""


class Glimpse(NamedTuple):
    """What an early window shows; each array has one entry a run: (…)."""

    point: Array
    """Its first point: (…, d)."""

    slope: Array
    """The length of the gradient there."""

    value: Array
    """The loss there."""

    highest: Array
    lowest: Array
    """The largest and the smallest loss in the window."""


class Ending(NamedTuple):
    """What the closing window shows; each array has one entry a run: (…)."""

    point: Array
    """The last point: (…, d)."""

    slope: Array
    value: Array
    lowest: Array

    highest: Array
    """The largest loss after a late step."""

    jumping: NDArray[np.bool_]
    """Whether each late step turns back on the one before and goes uphill."""

    turning: Array
    """The share of the window's steps that turn back on the one before."""

    restless: Array
    """The share of them that turn back or go uphill."""

    spread: Array
    """The diagonal of the box around the late points."""


Window = TypeVar("Window", Glimpse, Ending)


class Summary(NamedTuple):
    """What was seen of runs of n steps, each of which stayed within bounds."""

    steps: int
    start: Glimpse
    half: Glimpse
    end: Ending

    lowest_curvature: Array
    """The smallest eigenvalue of the Hessian at the end, which tells a saddle from a minimum: (…)."""

    to_go: Array
    """The distance from the end to the minimum, as the Hessian there has it: (…)."""

    minimum_value: float | None
    """The lowest loss there is, if it is known."""

    def of(self, run: int) -> Summary:
        """Pick what was seen of one run."""
        return self._replace(
            start=_pick(self.start, run),
            half=_pick(self.half, run),
            end=_pick(self.end, run),
            lowest_curvature=self.lowest_curvature[run],
            to_go=self.to_go[run],
        )


def summary(objective: Objective, points: Array) -> Summary:
    """Sum up runs of n steps by their points (n+1, …, d)."""
    watch = Watch(objective, len(points) - 1)
    watch.see(0, points)
    return watch.summary()


class Watch:
    """Watches runs of ``steps`` steps, whose points it is shown piece by piece."""

    def __init__(self, objective: Objective, steps: int) -> None:
        self._objective = objective
        self._steps = steps
        self._early: list[Glimpse] = []
        self._end: Ending | None = None

    def see(self, first: int, points: Array) -> None:
        """Look at the points (k, …, d) from the ``first`` on, if a whole window is among them."""
        *early, closing = [
            points[window.start - first : window.stop - first]
            if first <= window.start < window.stop <= first + len(points)
            else None
            for window in windows(self._steps)
        ]
        self._early += [glimpse(self._objective, shown) for shown in early if shown is not None]
        if closing is not None:
            self._end = ending(self._objective, closing, self._steps)

    def only(self, runs: NDArray[np.bool_]) -> None:
        """Forget all runs but these (m,)."""
        self._early = [_pick(window, runs) for window in self._early]
        self._end = self._end and _pick(self._end, runs)

    def summary(self) -> Summary:
        """Sum up, once all has been shown."""
        start, half = self._early
        assert self._end
        return Summary(
            steps=self._steps,
            start=start,
            half=half,
            end=self._end,
            lowest_curvature=self._objective.curvatures(self._end.point)[..., 0],
            to_go=self._objective.distance_to_go(self._end.point),
            minimum_value=self._objective.minimum_value,
        )


def glimpse(objective: Objective, points: Array) -> Glimpse:
    """Look at the points (k, …, d) of an early window."""
    values = objective.value(points)
    return Glimpse(
        points[0].copy(), slope(objective, points[0]), values[0], values.max(axis=0), values.min(axis=0)
    )


def ending(objective: Objective, points: Array, steps: int) -> Ending:
    """Look at the points (k, …, d) of the closing window of a run of ``steps`` steps."""
    last, values = late(steps), objective.value(points)
    moves = np.diff(points, axis=0)
    squares = np.sum(moves * moves, axis=-1)
    back = np.sum(moves[1:] * moves[:-1], axis=-1) < BACK * np.sqrt(squares[1:]) * np.sqrt(squares[:-1])
    uphill = np.diff(values, axis=0)[1:] > ROUNDING * np.abs(values[1:-1])
    most = max(1, len(back))
    return Ending(
        point=points[-1].copy(),
        slope=slope(objective, points[-1]),
        value=values[-1],
        lowest=values.min(axis=0),
        highest=values[-last:].max(axis=0),
        jumping=(back & uphill)[-last:].all(axis=0) & (steps > 1),
        turning=back.sum(axis=0) / most,
        restless=(back | uphill).sum(axis=0) / most,
        spread=np.linalg.norm(np.ptp(points[-1 - last :], axis=0), axis=-1),
    )


def _pick(window: Window, runs: NDArray[np.bool_] | int) -> Window:
    picked: list[Any] = [seen[runs] for seen in window]
    return type(window)(*picked)


def slope(objective: Objective, points: Array) -> Array:
    """Measure the gradient at points (…, d): (…)."""
    return np.asarray(np.linalg.norm(objective.gradient(points), axis=-1))
