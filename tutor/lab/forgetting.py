"""Experiment "your own forgetting": the learner's log as the objective, descended by an optimizer at a rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.descent import Descent
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.surface import Surface
from tutor.lab.words import number
from tutor.optim.objectives.forgetting import forgetting, recall
from tutor.optim.optimizers import optimizer

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS = {
    "sgd": 0.05,
    "momentum": 0.01,
    "nesterov": 0.01,
    "adagrad": 0.5,
    "rmsprop": 0.05,
    "adam": 0.2,
    "lbfgs": 1.0,
}
"""The optimizers to fit with, each with the rate to begin at."""

STEPS = 200
TWICE = 2.0
"""The time, in units of the stability, at which the fitted curve is read off besides 1."""


@dataclass(frozen=True, eq=False)
class Forgetting:
    """A forgetting curve fitted to answers by descent."""

    descent: Descent

    def outcome(self, rate: float) -> Outcome:
        """Descend at the rate η, and say what curve that leads to."""
        run = self.descent.run(rate)
        found = self.descent.shown(run, rate)
        x, y = run.points[-1].tolist()
        with np.errstate(all="ignore"):
            once, twice = (
                recall(x, y, np.array([1.0, TWICE])) if abs(y) < 5 and abs(x) < 50 else (math.nan,) * 2
            )
        told = (f"R(S) = {number(once)}", f"R(2S) = {number(twice)}") if math.isfinite(once) else ()
        return replace(
            found,
            readouts=(*found.readouts, *told),
            description="x is the log of the time in stabilities after which nine in ten are left, y the log "
            f"of the decay. {found.description}",
        )


def own_forgetting(
    elapsed: Sequence[float], passed: Sequence[float], answers: Sequence[float], method: str
) -> Experiment:
    """Fit the curve to answers by the optimizer ``method``, one of `METHODS`.

    ``elapsed`` are times in units of the stability, with how many of how many answers were right then. Raises
    UsageError if there is no such optimizer.
    """
    ground = forgetting(elapsed, passed, answers)
    surface = Surface(ground, np.array(ground.start), ground.view)
    rate = METHODS.get(method, 0.05)
    run = Forgetting(Descent(surface, optimizer(method), STEPS))
    return Experiment("forgetting", rate, rates_around(rate), run.outcome)
