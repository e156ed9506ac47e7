"""The exact values of a run at the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.bench.runs import trajectory
from tutor.lab.bench.tables import the_objective

if TYPE_CHECKING:
    from tutor.lab.bench.state import Ground, LabState, Point, RunSetup
    from tutor.optim.verdict import Verdict


@dataclass(frozen=True)
class Readout:
    """What is known of one run at one step."""

    step: int
    point: Point
    loss: float
    slope: float
    """The gradient norm."""

    rate: float
    """The rate of the step from here; at the end, of the last step."""

    effective: Point
    """How far that step went for the slope it stood on, −Δx/∇f, in each coordinate; NaN where it is flat."""

    sharpness: float
    overshoot: float
    """η·gᵀHg / gᵀg: 1 goes to the lowest point along the slope, from 2 on the loss does not fall."""

    verdict: Verdict
    reason: str

    @property
    def limit(self) -> float | None:
        """2/sharpness: the largest η at which gradient descent is stable here; None if nothing limits it."""
        return 2.0 / self.sharpness if self.sharpness > 0 else None


def readout(ground: Ground, setup: RunSetup, step: int) -> Readout:
    """Read a run at a step; where it ended before, at its end."""
    run, objective = trajectory(ground, setup), the_objective(ground.objective)
    step = min(step, run.steps)
    taken = min(step, run.steps - 1)
    point = run.points[step]
    with np.errstate(all="ignore"):
        moved, slope = run.points[taken + 1] - run.points[taken], objective.gradient(run.points[taken])
        effective = np.divide(-moved, slope, out=np.full_like(moved, np.nan), where=slope != 0)
        here = objective.gradient(point)
        along = float(here @ objective.hessian(point) @ here) / float(here @ here) if here.any() else np.nan
        sharpness = objective.sharpness(point)
    return Readout(
        step=step,
        point=tuple(point.tolist()),
        loss=float(run.values[step]),
        slope=float(run.gradient_norms[step]),
        rate=float(run.rates[taken]),
        effective=tuple(effective.tolist()),
        sharpness=sharpness,
        overshoot=float(run.rates[taken]) * along,
        verdict=run.verdict,
        reason=run.reason,
    )


def readouts(state: LabState) -> tuple[Readout, ...]:
    """Read all runs at the cursor, or at the last step that is shown."""
    return tuple(readout(state.ground, setup, min(state.step, state.seen)) for setup in state.runs)
