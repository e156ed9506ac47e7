"""The runs of a bench, each computed once for what defines it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.lab import curves
from tutor.lab.bench.paces import pace
from tutor.lab.bench.state import MOST_STEPS, Ground, LabState, RunSetup
from tutor.lab.bench.tables import the_objective, the_optimizer, the_search
from tutor.lab.settings import HIGHEST_RATE, LOWEST_RATE
from tutor.lab.words import exact
from tutor.optim.descend import descend
from tutor.optim.flow import Flow, flow
from tutor.optim.integrators import METHODS

if TYPE_CHECKING:
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array

MOST_EIGENVALUES = 20_000
"""Of how many Hessians times dimensions the sharpness is found; a longer run is sampled evenly."""


FINE, MOST_FINE = 0.25, 2_000
"""The step of the gradient flow in units of 1/sharpness, and the most of them."""

DISCRETISATIONS = {"sgd"} | METHODS.keys()
"""The optimizers that follow the gradient flow, each η of time a step."""


@lru_cache(maxsize=64)
def trajectory(ground: Ground, setup: RunSetup) -> Trajectory:
    """Run; UsageError on a choice, start, rate or number of steps that makes no sense."""
    for rate in (setup.rate, *(rate for _, rate in setup.turns)):
        check_rate(rate)
    if not 1 <= ground.steps <= MOST_STEPS:
        raise UsageError(f"a run in the lab has 1 to {MOST_STEPS:,} steps, not {ground.steps:,}")
    return descend(
        the_objective(ground.objective),
        pace(setup, ground.steps),
        steps=ground.steps,
        start=ground.start,
        optimizer=the_optimizer(setup.optimizer),
        line_search=the_search(setup.search) if setup.search else None,
    )


def check_rate(rate: float) -> None:
    """Raise UsageError unless the lab can run at this rate."""
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise UsageError(f"η is a number from {LOWEST_RATE:g} to {HIGHEST_RATE:,.0f}, not {exact(rate)}")


def trajectories(state: LabState) -> tuple[Trajectory, ...]:
    """All runs of the bench, in the order of their letters."""
    return tuple(trajectory(state.ground, setup) for setup in state.runs)


@lru_cache(maxsize=64)
def sharpness(ground: Ground, setup: RunSetup) -> tuple[Array, Array]:
    """The steps (k,) at which the largest curvature along a run was found, and what it is there (k,)."""
    points = trajectory(ground, setup).points
    stride = 1 + points.size * points.shape[1] // MOST_EIGENVALUES
    steps = np.arange(0, len(points), stride)
    with np.errstate(all="ignore"):
        largest: Array = the_objective(ground.objective).curvatures(points[steps])[:, -1]
    return steps.astype(np.float64), largest


@lru_cache(maxsize=64)
def effective_rates(ground: Ground, setup: RunSetup) -> Array:
    """How far each step of a run went for the slope it stood on: (n,); NaN where there is no slope."""
    return curves.effective_rates(trajectory(ground, setup))


@lru_cache(maxsize=64)
def stream(ground: Ground, setup: RunSetup, step: int) -> Flow:
    """The gradient flow from the same start over the time that the rates of a run add up to before a step.

    Descent is its explicit Euler. It is followed by RK4, in steps far below what a picture can show, and no
    further than MOST_FINE of them lead.
    """
    objective, run = the_objective(ground.objective), trajectory(ground, setup)
    time = float(run.rates[:step].sum())
    if not time > 0:
        return Flow(np.zeros(1), run.points[:1])
    sharpest = max(objective.sharpness(run.points[0]), objective.minimum_sharpness(run.points[-1]) or 0.0)
    steps = max(1, math.ceil(time * sharpest / FINE)) if sharpest > 0 else MOST_FINE
    fine = time / steps
    return flow(objective, run.points[0], step=fine, time=fine * min(steps, MOST_FINE))


def behind(ground: Ground, setup: RunSetup, step: int) -> float | None:
    """Measure how far a run is from the gradient flow after the same time, the rates before a step.

    None if its rule does not discretise the flow, or the flow can't be followed as far.
    """
    run = trajectory(ground, setup)
    step = min(step, run.steps)
    if setup.search or setup.optimizer.name not in DISCRETISATIONS:
        return None
    there = stream(ground, setup, step)
    if there.failed or there.times[-1] < (1 - 1e-9) * run.rates[:step].sum():
        return None
    return float(np.linalg.norm(run.points[step] - there.points[-1]))


def limit(ground: Ground, setup: RunSetup) -> float | None:
    """The largest stable η at the minimum nearest to where the run ends; None if no such number is known."""
    stable = the_optimizer(setup.optimizer).stable
    sharpness = the_objective(ground.objective).minimum_sharpness(trajectory(ground, setup).points[-1])
    return stable / sharpness if stable and sharpness else None
