"""Experiment "batch": stochastic descent at one rate, with batches of several sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.curves import LETTERS, loss_curves
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.words import count, exact, number, summary
from tutor.optim.least_squares import Examples, draw, losses, stable_rate
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Array

MOST_NUMBERS = 5_000_000
"""The most random numbers that an experiment may draw."""

SETTLED = 0.01
"""The share of the first loss down to which a converging run comes."""


@dataclass(frozen=True, eq=False)
class Batches:
    """Least squares in d dimensions; each size of batch sees the first of the same examples."""

    dimension: int
    sizes: tuple[int, ...]
    noise: float
    steps: int
    seed: int

    @cached_property
    def examples(self) -> Examples:
        """The examples, the same at every rate."""
        rng = np.random.default_rng(self.seed)
        return draw(rng, steps=self.steps, batch=max(self.sizes), dimension=self.dimension, noise=self.noise)

    def runs(self, rate: float) -> list[Array]:
        """Give the losses (n+1,) of each size at the same rate η; a run that runs away ends early."""
        start = np.full(self.dimension, self.dimension**-0.5)
        return [losses(self.examples.first(size), start, rate) for size in self.sizes]

    def outcome(self, rate: float) -> Outcome:
        """Run each size at the same rate η."""
        runs = self.runs(rate)
        fates = [fate(run) for run in runs]
        why = ": a larger batch has a quieter gradient" if len(set(fates)) > 1 else ""
        limits = [stable_rate(self.dimension, size) for size in self.sizes]
        names = [f"{letter} batch {size}" for letter, size in zip(LETTERS, self.sizes, strict=False)]
        ends = [f"{name}: loss {number(run[-1], 2)}" for name, run in zip(names, runs, strict=True)]
        return Outcome(
            figure=loss_curves(runs),
            description=(
                f"Loss over {count(self.steps, 'step')}, on a log axis, of least squares in {self.dimension} "
                f"dimensions at η = {exact(rate)}, from {number(runs[0][0])}; at the end {', '.join(ends)}."
            ),
            readouts=(
                f"η = {exact(rate)}",
                *(f"{name}: limit {number(limit)}" for name, limit in zip(names, limits, strict=True)),
            ),
            verdict=f"{summary(fates)}{why}.",
            limit=min(limits),
        )


def fate(run: Array) -> Verdict:
    """Judge by the level of the last tenth of the steps: each single loss is noisy."""
    level = float(np.mean(run[-max(1, len(run) // 10) :])) / run[0]
    if level > 1.0:
        return Verdict.DIVERGING
    return Verdict.CONVERGING if level <= SETTLED else Verdict.CRAWLING


def read(settings: Settings) -> Experiment:
    """Take ``dimension``, ``batches``, ``noise`` (of the labels), ``rate``, ``steps`` and ``seed``."""
    rate = settings.rate()
    dimension = settings.whole("dimension", 1, 100, default=64)
    sizes = settings.wholes("batches", 1, 1024)
    steps = settings.steps()
    if steps * max(sizes) * dimension > MOST_NUMBERS:
        raise settings.wrong(
            f"steps × batch × dimension must be at most {MOST_NUMBERS:,}: make one of them smaller"
        )
    batches = Batches(
        dimension,
        sizes,
        noise=settings.number("noise", 0.0, 100.0, default=0.03),
        steps=steps,
        seed=settings.whole("seed", 0, 2**31, default=0),
    )
    return Experiment("batch", rate, rates_around(rate), batches.outcome)
