"""What a line search is: trial rates, one after another, until one meets a condition.

The trials of a search are a generator: it yields a rate and is sent the Probe of it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tutor.optim.objectives import Array, Objective

SHORTEST = 1e-15
"""The share of the first trial at which cutting gives up."""

LONGEST = 1e15
"""The multiple of the first trial at which growing gives up: the loss falls without end."""

MOST = 100
"""The most probes of a search that does more than cut."""


@dataclass(frozen=True, eq=False)
class Search:
    """One search, from one point."""

    rate: float
    """The rate taken; 0 if the search failed and no probe lowered the loss."""

    probes: Array
    """(k,): the rates tried, in order; the last is the one taken, unless the search failed."""

    failed: str | None = None
    """Why no probe would do, and which step is taken instead, in one sentence; None if one did."""

    @property
    def cuts(self) -> int:
        """The number of probes after the first."""
        return max(0, len(self.probes) - 1)


@dataclass(frozen=True, eq=False)
class Line:
    """The loss along a ray: φ(α) = f(x + αp)."""

    objective: Objective
    point: Array
    gradient: Array
    direction: Array

    @cached_property
    def origin(self) -> Probe:
        """The start."""
        return Probe(self, 0.0, self.gradient)


@dataclass(frozen=True, eq=False)
class Probe:
    """What there is at one rate; each number is computed when it is first asked for."""

    line: Line
    rate: float
    gradient: Array | None = None
    """(d,), if it is known already."""

    @cached_property
    def point(self) -> Array:
        """The point x + αp (d,)."""
        with np.errstate(all="ignore"):
            return self.line.point + self.rate * self.line.direction

    @cached_property
    def value(self) -> float:
        """The loss; infinite wherever it is not a finite number, so that no search goes there."""
        with np.errstate(all="ignore"):
            value = float(self.line.objective.value(self.point))
        return value if math.isfinite(value) else math.inf

    @cached_property
    def slope(self) -> float:
        """φ'(α) = pᵀ∇f; NaN where it is not finite."""
        with np.errstate(all="ignore"):
            gradient = self.line.objective.gradient(self.point) if self.gradient is None else self.gradient
            slope = float(np.sum(gradient * self.line.direction))
        return slope if math.isfinite(slope) else math.nan

    @cached_property
    def curvature(self) -> float:
        """φ''(α) = pᵀHp; NaN where it is not finite."""
        with np.errstate(all="ignore"):
            hessian, direction = self.line.objective.hessian(self.point), self.line.direction
            curvature = float(np.sum(direction * (hessian @ direction)))
        return curvature if math.isfinite(curvature) else math.nan


Trials = Generator[float, Probe, None]


@dataclass(frozen=True, eq=False)
class LineSearch:
    """Finds how far to go along a direction."""

    trials: Callable[[Line, float], Trials]
    """line, first trial rate -> the rates to try, each in the light of the probes before it."""

    accepts: Callable[[Line, Probe], bool]
    """Whether a probe will do."""

    wanted: str
    """What a probe does that will do, such as "lowers the loss enough"."""

    most: int = MOST
    """The most probes of a search."""

    grow: float | None = None
    """The factor by which the rate taken last is grown for the first trial; None if it plays no role."""

    def __call__(
        self,
        objective: Objective,
        point: Array,
        gradient: Array,
        direction: Array,
        trial: float,
        *,
        last: Search | None = None,
    ) -> Search:
        """Search from a point (d,) with its gradient (d,) along a direction (d,), first at the rate ``trial``.

        ``last`` is the search of the run's last step. Never raises, whatever lies ahead.
        """
        line = Line(objective, point, gradient, direction)
        if why := _hopeless(line):
            return Search(0.0, np.array([]), f"{why}: no step is taken.")
        first = self.grow * last.rate if self.grow and last and last.rate else float(trial)
        return self._look(line, self.trials(line, first))

    def _look(self, line: Line, trials: Trials) -> Search:
        probes: list[Probe] = []
        rate = next(trials, math.nan)
        longest = min(LONGEST * rate, sys.float_info.max)
        while 0.0 < rate <= longest and len(probes) < self.most:
            probes.append(probe := Probe(line, rate))
            if self.accepts(line, probe):
                return Search(rate, _rates(probes))
            try:
                rate = trials.send(probe)
            except StopIteration:
                break
        if not probes:
            return Search(
                0.0, np.array([]), f"A first trial rate of {rate:.3g} leads nowhere: no step is taken."
            )
        lowest = min(probes, key=lambda probe: probe.value)
        rate = lowest.rate if lowest.value < line.origin.value else 0.0
        instead = f"the lowest of them, {rate:.3g}, is taken" if rate else "no step is taken"
        return Search(rate, _rates(probes), f"None of {len(probes)} trial rates {self.wanted}: {instead}.")


def _hopeless(line: Line) -> str:
    """Say why there is nothing to look for; empty if there is."""
    if line.origin.value == math.inf:
        return "The loss is not finite here"
    if line.origin.slope == 0.0:
        return "There is no slope here"
    return "" if line.origin.slope < 0.0 else "The direction does not lead downhill"


def _rates(probes: list[Probe]) -> Array:
    return np.array([probe.rate for probe in probes])
