"""Experiment "flow": descent, which is explicit Euler, and other one-step methods beside the gradient flow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError, unknown
from tutor.lab.curves import LETTERS
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.settings import MOST_STEPS
from tutor.lab.sides import DEEDS, DESCENT, side
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, number, place, together
from tutor.optim.flow import Flow, flow
from tutor.optim.integrators import METHODS
from tutor.plots.figure import Path

if TYPE_CHECKING:
    from tutor.lab.settings import Settings

FINE = 0.25
"""The step of the reference flow in units of 1/L: beside descent, whose gaps are far larger than its error."""

FINER = 0.05
"""The same beside methods of a higher order, whose gaps are small."""

QUICK = 1_000
"""The most steps that a turn of the rate asks for."""

SLOWER = 10
"""How many times longer an implicit step takes, in which equations are solved."""


@dataclass(frozen=True, eq=False)
class Beside:
    """The flow up to a time, and methods beside it."""

    surface: Surface
    time: float
    methods: tuple[str, ...] = (DESCENT,)

    @property
    def slower(self) -> int:
        """How many times longer than one of descent a step takes."""
        return SLOWER if any(METHODS[method].stable == math.inf for method in self.methods) else 1

    @property
    def fine(self) -> float:
        """The step of the reference flow."""
        bends = np.abs(self.surface.objective.curvatures(self.surface.start)).max()
        share = FINER if any(METHODS[method].order > 1 for method in self.methods) else FINE
        return share / float(np.nanmax([bends, self.surface.sharpness or 0.0, 1.0 / self.time]))

    @cached_property
    def reference(self) -> Flow:
        """The flow itself, by fine steps of RK4; UsageError if it runs away."""
        smooth = flow(self.surface.objective, self.surface.start, step=self.fine, time=self.time)
        if smooth.failed:
            raise UsageError(
                "experiment 'flow': the flow runs away from this start: choose another, or a shorter time"
            )
        return smooth

    def check(self, rate: float) -> None:
        """Raise UsageError if steps of ``rate`` would be too many."""
        most = MOST_STEPS // self.slower
        if self.time / rate > most:
            lowest = exact(self.time / most)
            raise UsageError(f"η = {exact(rate)} takes more than {most:,} steps: choose {lowest} or more")

    def outcome(self, rate: float) -> Outcome:
        """Step with h = η."""
        self.check(rate)
        surface, reference = self.surface, self.reference
        sides = [
            side(surface, reference, method, letter, step=rate, time=self.time)
            for letter, method in zip(LETTERS, self.methods, strict=False)
        ]
        smooth = LETTERS[len(sides)]
        made = count(max(1, round(self.time / rate)), "step")
        courses = "; ".join(f"{each.name} {each.course}" for each in sides)
        alone = sides[0] if self.methods == (DESCENT,) else None
        return Outcome(
            figure=surface.contour(
                *(Path(each.steps.points, each.letter) for each in sides),
                Path(reference.points, smooth, smooth=True),
            ),
            description=(
                f"Contour lines of the {surface.objective.summary}: from {place(surface.start)} the gradient "
                f"flow {smooth} runs smoothly to {place(reference.points[-1])}, while in {made} of h = η = "
                f"{exact(rate)} {courses}."
            ),
            readouts=(
                f"A descent, h = η = {exact(rate)}" if alone else f"h = η = {exact(rate)}, {made}",
                *(() if alone else (each.readout for each in sides)),
                f"{smooth} gradient flow to t = {number(self.time)}",
                *surface.share(rate, self._stable),
                *((f"{made}, gap ≤ {number(alone.gap, 2)}",) if alone else ()),
            ),
            verdict=alone.story if alone else f"{together([DEEDS[each.word] for each in sides])}.",
            limit=self._limit(),
        )

    @property
    def _stable(self) -> float | None:
        """The largest η·L at which all methods are stable; None if none of them has a limit."""
        lowest = min(METHODS[method].stable for method in self.methods)
        return lowest if lowest < math.inf else None

    def _limit(self) -> float | None:
        """Find the rate up to which all methods are stable; None if it is unknown, or there is none."""
        sharpness = self.surface.sharpness
        return self._stable / sharpness if self._stable and sharpness else None


def read(settings: Settings) -> Experiment:
    """Take a surface, ``methods`` (explicit Euler, which is descent, unless told), ``rate`` and ``time``."""
    rate, time = settings.rate(), settings.number("time", 1e-3, 1e3)
    methods = settings.words("methods") if "methods" in settings else (DESCENT,)
    for method in methods:
        if method not in METHODS:
            raise unknown("method", method, METHODS)
    if len(set(methods)) < len(methods):
        raise settings.wrong('methods must be different ones, such as ["euler", "rk4"]')
    beside = Beside(read_surface(settings), time, methods)
    quick = QUICK // beside.slower
    rates = tuple(other for other in rates_around(rate) if other == rate or time / other <= quick)
    beside.check(rate)
    if time / beside.fine > MOST_STEPS:
        longest = exact(MOST_STEPS * beside.fine)
        raise settings.wrong(
            f"the flow takes more than {MOST_STEPS:,} fine steps: choose a time up to {longest}"
        )
    if not len(beside.surface.objective.minima):  # a flow comes to a minimum that there is; it isn't followed
        _ = beside.reference
    return Experiment("flow", rate, rates, beside.outcome)
