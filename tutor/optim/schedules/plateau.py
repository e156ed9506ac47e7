"""Schedules that watch the loss, and so have no timetable of their own."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from tutor.optim.schedules.base import count, factor, rate_of
from tutor.optim.tables import Choice, Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Mapping


class Feedback(Protocol):
    """A schedule that is shown the loss after each step; immutable, so that any number of runs share one.

    The rate of a step is that of the feedback which has observed the values at all the points before the
    step's own, as in torch's training loop: the loss at a point is computed, then the step is taken, and
    then the scheduler is shown that loss::

        displacement = -feedback.rate * gradient
        feedback = feedback.observe(value)
    """

    @property
    def rate(self) -> float:
        """The rate of the next step."""

    def observe(self, value: float) -> Feedback:
        """Take in the loss at the point from which the last step started; it need not be finite."""


def feedback(name: str, /, *, rate: float, **settings: object) -> Feedback:
    """Build the schedule ``name`` of FEEDBACKS at a base rate; UsageError on a wrong name or setting."""
    return make("schedule", FEEDBACKS, name, settings, rate)


@dataclass(frozen=True)
class Plateau:
    """Match torch's ReduceLROnPlateau in its mode "min": the rate falls once the loss has stopped falling."""

    rate: float
    factor: float
    patience: int
    threshold: float
    threshold_mode: str
    cooldown: int
    min_lr: float
    eps: float
    best: float = math.inf
    bad: int = 0
    """How many values in a row were no better than the best, outside a cooldown."""

    cooling: int = 0
    """How many more values do not count as bad."""

    def observe(self, value: float) -> Plateau:
        """Count a value that is not better than the best by the threshold; NaN is none."""
        better = value < self._target
        bad = 0 if better or self.cooling else self.bad + 1
        patient = bad <= self.patience
        return replace(
            self,
            rate=self.rate if patient else self._lower(),
            best=value if better else self.best,
            bad=bad if patient else 0,
            cooling=max(0, self.cooling - 1) if patient else self.cooldown,
        )

    @property
    def _target(self) -> float:
        if self.threshold_mode == "rel":
            return self.best * (1.0 - self.threshold)
        return self.best - self.threshold

    def _lower(self) -> float:
        lower = max(self.rate * self.factor, self.min_lr)
        return lower if self.rate - lower > self.eps else self.rate


FEEDBACKS: Mapping[str, Entry[Feedback]] = {
    "reduce-on-plateau": Entry(
        Plateau,
        "times factor once the loss has not fallen for more than patience steps",
        {
            "factor": factor("the factor of each fall", default=0.1, high=0.9999),
            "patience": count("how many steps without a better loss it bears", default=10, low=0),
            "threshold": Parameter("by how much a better loss is lower", low=0.0, high=1e6, default=1e-4),
            "threshold_mode": Choice("whether that is a share of the best loss", ("rel", "abs"), default="rel"),
            "cooldown": count("for how many steps after a fall it does not count", default=0, low=0),
            "min_lr": rate_of("the lowest rate", default=0.0),
            "eps": rate_of("the least fall worth making", default=1e-8),
        },
    ),
}
