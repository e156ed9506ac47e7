"""Experiment "flow": descent, which is explicit Euler, beside the gradient flow that it discretises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.settings import MOST_STEPS
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, number, place
from tutor.optim.flow import Flow, flow
from tutor.plots.figure import Path

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Objective

FINE = 0.25
"""The step of the reference flow in units of 1/L: far below what a figure or three digits can show."""

CLOSE = 0.05
"""The gap up to which the steps follow the flow, as a share of the way from the start to the minimum, or to
the end of the flow if no minimum is known."""

LOST = 10.0
"""The gap, in the same measure, from which the steps have nothing to do with the flow any more."""

QUICK = 1_000
"""The most steps that a turn of the rate asks for."""


@dataclass(frozen=True, eq=False)
class Beside:
    """The flow up to a time, and descent beside it."""

    surface: Surface
    time: float

    @property
    def fine(self) -> float:
        """The step of the reference flow."""
        bends = np.abs(self.surface.objective.curvatures(self.surface.start)).max()
        return FINE / float(np.nanmax([bends, self.surface.sharpness or 0.0, 1.0 / self.time]))

    @cached_property
    def reference(self) -> Flow:
        """The flow itself, by fine steps of RK4."""
        return flow(self.surface.objective, self.surface.start, step=self.fine, time=self.time)

    def check(self, rate: float) -> None:
        """Raise UsageError if steps of ``rate`` would be too many."""
        if self.time / rate > MOST_STEPS:
            lowest = exact(self.time / MOST_STEPS)
            raise UsageError(f"η = {exact(rate)} takes more than {MOST_STEPS:,} steps: choose {lowest} or more")

    def outcome(self, rate: float) -> Outcome:
        """Step with h = η."""
        self.check(rate)
        surface, reference = self.surface, self.reference
        steps = flow(surface.objective, surface.start, step=rate, time=self.time, method="euler")
        gap = _gap(surface.objective, steps, reference)
        made = count(len(steps.times) - 1, "step")
        end = [*surface.objective.minima, reference.points[-1]][0]
        way = float(np.linalg.norm(surface.start - np.asarray(end)))
        verdict, course = _story(gap, way)
        return Outcome(
            figure=surface.contour(Path(steps.points, "A"), Path(reference.points, "B", smooth=True)),
            description=(
                f"Contour lines of the {surface.objective.summary}: from {place(surface.start)} the gradient "
                f"flow B runs smoothly down to the floor and along it to {place(reference.points[-1])}, while "
                f"descent A, in {made} of h = η = {exact(rate)}, {course}."
            ),
            readouts=(
                f"A descent, h = η = {exact(rate)}",
                f"B gradient flow to t = {number(self.time)}",
                *surface.share(rate),
                f"{made}, gap ≤ {number(gap, 2)}",
            ),
            verdict=verdict,
            limit=surface.limit(),
        )


def _story(gap: float, way: float) -> tuple[str, str]:
    """Tell the gap between steps and flow as a verdict, and as what the steps do."""
    if gap <= CLOSE * way:
        return (
            f"Close: the steps hug the flow, never more than {number(gap, 2)} away from it.",
            f"follows it within {number(gap, 2)}",
        )
    if gap <= LOST * way:
        return (
            f"Off: the steps stray from the flow, by up to {number(gap, 2)}.",
            f"strays from it by up to {number(gap, 2)}",
        )
    return (
        "Diverging: the steps are thrown off the map, where the flow runs on calmly.",
        "is thrown out of sight",
    )


def _gap(ground: Objective, steps: Flow, reference: Flow) -> float:
    """Find the largest distance between the two at the same times, by cubic Hermite interpolation."""
    times, points = reference.times, reference.points
    before = np.clip(np.searchsorted(times, steps.times) - 1, 0, len(times) - 2)
    h = times[1]
    s = ((steps.times - times[before]) / h)[:, None]
    from_here = (1 + 2 * s) * points[before] - s * h * ground.gradient(points[before])
    from_there = (3 - 2 * s) * points[before + 1] + (1 - s) * h * ground.gradient(points[before + 1])
    there = (1 - s) ** 2 * from_here + s**2 * from_there
    return float(np.linalg.norm(steps.points - there, axis=-1).max())


def read(settings: Settings) -> Experiment:
    """Take a surface, ``rate`` and ``time``."""
    rate, time = settings.rate(), settings.number("time", 1e-3, 1e3)
    rates = tuple(other for other in rates_around(rate) if other == rate or time / other <= QUICK)
    beside = Beside(read_surface(settings), time)
    beside.check(rate)
    if time / beside.fine > MOST_STEPS:
        longest = exact(MOST_STEPS * beside.fine)
        raise settings.wrong(
            f"the flow takes more than {MOST_STEPS:,} fine steps: choose a time up to {longest}"
        )
    if len(beside.reference.times) <= time / beside.fine:
        raise settings.wrong("the flow runs away from this start: choose another, or a shorter time")
    return Experiment("flow", rate, rates, beside.outcome)
