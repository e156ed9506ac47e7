"""What ``tutor descend`` was told to run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.cli.choices import deal
from tutor.lab.bench.paces import pace
from tutor.lab.bench.predictions import plain
from tutor.lab.bench.state import RunSetup, choice
from tutor.lab.bench.tables import TABLES, the_optimizer, the_search
from tutor.optim.objectives import Objective, objective

if TYPE_CHECKING:
    import argparse

    from tutor.optim.linesearch import LineSearch
    from tutor.optim.optimizers import Optimizer
    from tutor.optim.pace import Pace

OPTIONS = {
    "optimizer": TABLES["optimizer"],
    "schedule": TABLES["schedule"],
    "line_search": TABLES["line search"],
}
"""The tables from which options choose what --set sets."""


@dataclass(frozen=True, eq=False)
class Setup:
    """A run, or one of many, but for its rate."""

    objective: Objective
    plan: RunSetup
    steps: int
    start: list[float] | None

    @property
    def optimizer(self) -> Optimizer:
        """What takes the steps."""
        return the_optimizer(self.plan.optimizer)

    @property
    def line_search(self) -> LineSearch | None:
        """What looks ahead, if anything does."""
        return the_search(self.plan.search) if self.plan.search else None

    def pace(self, rate: float) -> Pace:
        """Give the pace at a base rate."""
        return rate if plain(self.plan) else pace(replace(self.plan, rate=rate), self.steps)

    def stable_rate(self, sharpness: float | None) -> float | None:
        """Give the largest stable rate where the largest curvature is ``sharpness``; None if there is none."""
        stable = self.optimizer.stable
        return stable / sharpness if stable is not None and sharpness else None


def read_setup(options: argparse.Namespace) -> Setup:
    """Read the arguments; UsageError on a wrong name or parameter."""
    ground = objective(options.objective, **{key: value for _, (key, value) in options.param})
    names = {option: getattr(options, option) for option in OPTIONS}
    dealt = deal(options.set, names, OPTIONS)
    plan = RunSetup(
        rate=1.0,
        turns=tuple(sorted(dict(options.turn).items())),
        optimizer=choice(options.optimizer, dealt["optimizer"]),
        schedule=choice(options.schedule, dealt["schedule"]),
        search=choice(options.line_search, dealt["line_search"]) if options.line_search else None,
    )
    return Setup(ground, plan, options.steps, options.start)
