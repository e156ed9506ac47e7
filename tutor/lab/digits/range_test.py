"""Experiment "range-test": let η rise exponentially within one short run, and watch the loss (Smith 2017)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import UsageError
from tutor.lab.curves import LETTERS
from tutor.lab.digits.series import as_json
from tutor.lab.digits.slopes import Slopes, slopes
from tutor.lab.digits.state import Progress
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import share
from tutor.lab.outcome import Outcome
from tutor.lab.words import count, exact, number
from tutor.optim.network import Run
from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Generator

    from tutor.lab.digits.history import History
    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Workshop

APART = 3.0
"""The factor between what the seeds suggest above which they suggest nothing together."""

EDGE = 0.05
"""The share of the ramp at either end where a steepest fall says only that the ramp is too short."""

REMARK = "It saw only the first steps, from one start: not what is stable or best later."


@dataclass(frozen=True)
class RangeTest:
    """A ramp of η from ``low`` to ``high``."""

    problem: Problem
    low: float
    high: float
    steps: int
    seeds: int
    scale: float = 1.0


@dataclass(frozen=True, eq=False)
class RangeState:
    """A range test on its way, or done."""

    settings: RangeTest
    runs: tuple[History, ...] = ()
    share: float = 0.0
    finished: bool = False

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress(self.share, f"η from {exact(self.settings.low)} to {exact(self.settings.high)}")

    @cached_property
    def curves(self) -> tuple[Slopes, ...]:
        """The loss of each seed over log₁₀ η."""
        return tuple(slopes(np.log10(run.rates), run.losses) for run in self.runs if len(run.rates) > 1)

    @cached_property
    def steepest(self) -> tuple[float, ...]:
        """The η of the steepest fall, of those seeds whose fall can be told from noise."""
        found = ((curve, curve.steepest) for curve in self.curves)
        return tuple(float(10.0 ** curve.places[place]) for curve, place in found if place is not None)

    @property
    def suggestion(self) -> float | None:
        """The rate that the seeds suggest, if they agree."""
        return self._judged[0]

    @property
    def why_not(self) -> str | None:
        """Why there is no suggestion."""
        return self._judged[1]

    @cached_property
    def _judged(self) -> tuple[float | None, str | None]:
        found = self.steepest
        if not self.finished:
            return None, "the ramp is not at its end"
        if len(found) < len(self.runs) or not found:
            return None, "the loss does not fall clearly above its noise: take more steps or larger batches"
        if max(found) > APART * min(found):
            low, high = number(min(found), 2), number(max(found), 2)
            return None, f"the seeds disagree, from {low} to {high}: take more steps or larger batches"
        places = [(curve.steepest or 0, len(curve.places) - 1) for curve in self.curves]
        if any(place < EDGE * last for place, last in places):
            return None, "the loss falls most at the very start: begin the ramp lower (--low)"
        if any(last - place < EDGE * last for place, last in places):
            return None, "the loss still falls at the end: let the ramp end higher (--high)"
        return float(f"{float(np.exp(np.mean(np.log(found)))):.2g}"), None

    @property
    def lowest(self) -> float | None:
        """The η where the mean smoothed loss was lowest; None before there is any."""
        ends = [10.0 ** curve.places[curve.levels.argmin()] for curve in self.curves if len(curve.places)]
        return float(np.exp(np.mean(np.log(ends)))) if ends else None

    def outcome(self) -> Outcome:
        """Show the smoothed loss against η."""
        drawn = zip(LETTERS, self.curves, strict=False)
        series = tuple(Series(10.0**curve.places, curve.levels, letter) for letter, curve in drawn)
        return Outcome(
            figure=Curves(
                series,
                x_label="η",
                y_label="training loss, smoothed",
                log_x=True,
                x_range=(self.settings.low, self.settings.high),
                cursor=self.suggestion,
            ),
            description=self._description(),
            readouts=self._readouts(),
            verdict=self._verdict(),
            limit=None,
        )

    def table(self) -> tuple[str, ...]:
        """List the seeds."""
        lines = [f"{'':<8} {'steepest at η':<15} {'lowest at η':<13} {'loss, first to lowest'}"]
        for letter, curve in zip(LETTERS, self.curves, strict=False):
            if not len(curve.places):
                continue
            place = curve.steepest
            steep = "none clear" if place is None else number(float(10.0 ** curve.places[place]), 2)
            low = number(float(10.0 ** curve.places[curve.levels.argmin()]), 2)
            fall = f"{number(float(curve.levels[0]))} → {number(float(curve.levels.min()))}"
            lines.append(f"seed {letter:<3} {steep:<15} {low:<13} {fall}")
        return tuple(lines)

    def record(self) -> dict[str, Any]:
        """Give the losses of each seed with what they suggest."""
        return {
            "rates": self.runs[0].rates.tolist() if self.runs else [],
            "losses": [as_json(run.losses) for run in self.runs],
            "smoothed": [
                {"rates": (10.0**curve.places).tolist(), "loss": curve.levels.tolist()} for curve in self.curves
            ],
            "steepest": list(self.steepest),
            "suggestion": self.suggestion,
            "why_not": self.why_not,
            "remark": REMARK,
            "verdict": self._verdict(),
        }

    def _description(self) -> str:
        settings = self.settings
        what = (
            f"Training loss, smoothed, while η rises from {exact(settings.low)} to {exact(settings.high)}, "
            f"on a log axis, within {count(settings.steps, 'step')}"
        )
        if self.suggestion is None:
            return f"{what}."
        low = "" if self.lowest is None else f" and is lowest at about {number(self.lowest, 2)}"
        return f"{what}: it falls most steeply at η = {exact(self.suggestion)}{low}."

    def _readouts(self) -> tuple[str, ...]:
        lowest = () if self.lowest is None else (f"lowest at η = {number(self.lowest, 2)}",)
        steep = () if self.suggestion is None else (f"steepest at η = {exact(self.suggestion)}",)
        runs = (count(self.settings.seeds, "seed"), f"{count(self.settings.steps, 'step')} each")
        return (*steep, *lowest, *runs)

    def _verdict(self) -> str:
        if not self.finished:
            return "The ramp is on its way."
        if self.suggestion is None:
            return f"No suggestion: {self.why_not}."
        return (
            f"Begin a bracket at η = {exact(self.suggestion)}, where the loss falls most per decade. {REMARK}"
        )


def range_test(settings: RangeTest, workshop: Workshop) -> Generator[RangeState, None, None]:
    """Let the rate rise; raises UsageError if that cannot be done."""
    if settings.low >= settings.high:
        raise UsageError(
            f"the ramp rises: low = {exact(settings.low)} must be less than high = {exact(settings.high)}"
        )
    problem = replace(settings.problem, ramp=settings.high, steps=settings.steps, every=settings.steps)
    problem.recipe()
    runs = tuple(Run(settings.low, seed, settings.scale) for seed in range(settings.seeds))
    state = RangeState(settings)
    with workshop.open() as hands:
        latest = None
        for parts in hands.run([Task(problem, runs)]):
            if parts is not latest and parts[0]:
                latest = parts
                state = RangeState(settings, parts[0].histories, share(parts))
            yield state
    yield replace(state, finished=True)
