"""Experiment "noise": how far stochastic descent hovers about a minimum, over the size of its batches or η."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import unknown
from tutor.lab.curves import loss_curves, over_steps
from tutor.lab.hovering import HOVERS, MOST_BATCH, MOST_STEPS, WALKERS, Hovering, Level, Setting, parabola
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.words import count, exact, number, together
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Array


@dataclass(frozen=True, eq=False)
class Noise:
    """What to show of it."""

    hovering: Hovering
    show: str

    def outcome(self, rate: float) -> Outcome:
        """Run all settings at the turned rate η, or at their shares of it."""
        of = self.hovering
        walks = of.walks(rate)
        levels = of.levels(rate, walks)
        what, figure = FIGURES[self.show](walks, levels)
        held = f" and momentum {exact(of.momentum)}" if of.momentum else ""
        return Outcome(
            figure=figure,
            description=(
                f"{what} over {count(of.steps, 'step')} of stochastic descent on {parabola(of.h)} at η = "
                f"{exact(rate)}{held}, from x = {exact(of.start)}, where one example's gradient is off by "
                f"σ = {exact(of.sigma)}; late in the run {'; '.join(level.told for level in levels)}."
            ),
            readouts=(
                f"η = {exact(rate)}",
                f"η·h = {number(rate * of.h)} of {number(2.0 * (1.0 + of.momentum))}",
                "variances (theory in brackets)",
                *(level.readout for level in levels),
            ),
            verdict=_verdict(levels),
            limit=2.0 * (1.0 + of.momentum) / (of.h * max(setting.share for setting in of.settings)),
        )


def _verdict(levels: list[Level]) -> str:
    """Tell what all do, and how much higher the highest hovers than the lowest."""
    told = together([level.deed for level in levels])
    still = sorted((level for level in levels if level.deed == HOVERS), key=lambda level: level.theory)
    if len(levels) == 1 and still:
        return f"It hovers at a variance of {number(still[0].measured)}, by theory {number(still[0].theory)}."
    if len(still) < 2:
        return f"{told}."
    low, high = still[0], still[-1]
    times, theory = (number(ratio) for ratio in (high.measured / low.measured, high.theory / low.theory))
    return f"{told}; {high.name[0]} has {times} times the variance of {low.name[0]}, by theory {theory}."


def _squares(_: Array, levels: list[Level]) -> tuple[str, Curves]:
    curves = loss_curves((level.squares for level in levels), "mean x²")
    lines = tuple(level.theory for level in levels if math.isfinite(level.theory))
    what = f"The mean of x² over {WALKERS} runs, on a log axis, with a line at the variance of theory,"
    return what, replace(curves, levels=lines)


def _one(walks: Array, levels: list[Level]) -> tuple[str, Curves]:
    """Show the first walker of each setting, no further than twice as far off as it starts."""
    far = 2.0 * float(walks[0, 0, 0])
    ones = (np.clip(walks[: len(level.squares), n, 0], -far, far) for n, level in enumerate(levels))
    series = [over_steps(one, level.name[0]) for one, level in zip(ones, levels, strict=True)]
    return "x of one run", Curves(tuple(series), x_label="step", y_label="x")


FIGURES: dict[str, Callable[[Array, list[Level]], tuple[str, Curves]]] = {"variance": _squares, "run": _one}
"""What is shown, and what to call it."""


def read(settings: Settings) -> Experiment:
    """Take ``batches`` and ``rate``, or ``rates`` (the middle one is turned) and ``batch``.

    And ``h``, ``sigma``, ``momentum``, ``start``, ``steps``, ``seed``, and ``show``, one of FIGURES.
    """
    if ("batches" in settings) == ("rates" in settings):
        raise settings.wrong("give either batches = [1, 4, 16] with a rate, or rates = [0.1, 0.2, 0.4]")
    if "batches" in settings:
        rate = settings.rate()
        sizes = settings.wholes("batches", 1, MOST_BATCH)
        each = tuple(Setting(f"batch {size}", 1.0, size) for size in sizes)
    else:
        rates = settings.rates("rates")
        rate = rates[len(rates) // 2]
        batch = settings.whole("batch", 1, MOST_BATCH, default=1)
        each = tuple(Setting("η = {}", other / rate, batch) for other in rates)
    show = settings.word("show", "variance")
    if show not in FIGURES:
        raise unknown("figure", show, FIGURES)
    hovering = Hovering(
        each,
        h=settings.number("h", 1e-3, 1e3, default=1.0),
        sigma=settings.number("sigma", 1e-6, 1e3, default=1.0),
        momentum=settings.number("momentum", 0.0, 0.99, default=0.0),
        start=settings.number("start", 1e-3, 1e3, default=2.0),
        steps=settings.whole("steps", 20, MOST_STEPS, default=200),
        seed=settings.whole("seed", 0, 2**31, default=0),
    )
    return Experiment("noise", rate, rates_around(rate), Noise(hovering, show).outcome)
