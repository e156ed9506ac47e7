"""Experiment "edge": the sharpness along a run of gradient descent, beside the 2/η that it can bear."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, number, place
from tutor.optim.descend import descend
from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array

MOST_STEPS = 4_000

LATE = 0.25
"""The last part of the steps, over which the sharpness is averaged."""

NEAR = 0.05
"""How far from 2/η, as a share of it, the sharpness may be on average where a run is at the edge."""

HIGHEST = 3.0
"""How far up the figure goes, in multiples of 2/η."""


@dataclass(frozen=True, eq=False)
class Edge:
    """``steps`` steps of gradient descent."""

    surface: Surface
    steps: int

    def outcome(self, rate: float) -> Outcome:
        """Run at the rate η."""
        surface = self.surface
        run = descend(surface.objective, rate, steps=self.steps, start=surface.start)
        each, edge = surface.objective.curvatures(run.points)[:, -1], 2.0 / rate
        sharpness = hopping(each)
        late = float(sharpness[-max(1, int(LATE * len(sharpness))) :].mean())
        lost = run.steps < self.steps
        verdict = "Diverging: the jumps grow, and no gentler ground stops them." if lost else _story(late, edge)
        end = "the run leaves the map" if lost else f"late in the run it is {number(late)} on average"
        made = count(run.steps, "step")
        steps = np.arange(len(sharpness), dtype=np.float64)
        return Outcome(
            figure=Curves(
                (Series(steps, np.minimum(sharpness, HIGHEST * edge), "S"),),
                x_label="step",
                y_label="sharpness",
                levels=(edge,),
            ),
            description=(
                f"The sharpness S, the largest curvature where the run stands, as a mean of each two points in "
                f"a row, over {made} at η = {exact(rate)} on the {surface.objective.summary}, from "
                f"{place(surface.start)}, with a line at 2/η = {number(edge)}: it begins at "
                f"{number(each[0])}, and {end}."
            ),
            readouts=(
                f"η = {exact(rate)}",
                f"2/η = {number(edge)}",
                *(() if lost else (f"late sharpness {number(late)}",)),
                *(() if lost else self._floor(run, rate)),
                made,
            ),
            verdict=verdict,
            limit=surface.limit(),
        )

    def _floor(self, run: Trajectory, rate: float) -> tuple[str, ...]:
        """Tell where the run stays on the floor of Rosenbrock's valley, and where 2/η is the sharpness."""
        if self.surface.objective.name != "rosenbrock":
            return ()
        late = run.points[-max(1, int(LATE * run.steps)) :, 0].mean()
        told = f"late x = {number(late)}"
        at = floor(rate, self.surface.objective.params["b"])
        return (told,) if at is None else (told, f"edge at x = {number(at)}")


def hopping(sharpness: Array) -> Array:
    """Average the sharpness (n,) of each two points in a row, which lie on opposite walls: (n−1,)."""
    return np.asarray(0.5 * (sharpness[1:] + sharpness[:-1]))


def floor(rate: float, b: float) -> float | None:
    """Find where the two curvatures of Rosenbrock's valley add up to 2/η on its floor y = x²; None if nowhere.

    There they are 2 + 2b + 8bx² together, and the lower one is small: x* = √((2/η − 2 − 2b)/(8b)).
    """
    square = (2.0 / rate - 2.0 - 2.0 * b) / (8.0 * b)
    return math.sqrt(square) if square >= 0.0 else None


def _story(late: float, edge: float) -> str:
    if late > (1.0 + NEAR) * edge:
        return f"Above the edge: a sharpness of {number(late)} is more than 2/η = {number(edge)} can bear."
    if late < (1.0 - NEAR) * edge:
        return f"Below the edge: the sharpness has come to {number(late)}, under 2/η = {number(edge)}."
    return f"At the edge: the sharpness hovers about {number(late)}, and 2/η is {number(edge)}."


def read(settings: Settings) -> Experiment:
    """Take a surface, ``rate`` and ``steps``."""
    rate = settings.rate()
    edge = Edge(read_surface(settings), settings.steps(MOST_STEPS))
    return Experiment("edge", rate, rates_around(rate, rate, rate), edge.outcome)
