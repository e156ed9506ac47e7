"""The exact values of a run at the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.bench.runs import trajectory
from tutor.lab.bench.tables import the_objective
from tutor.optim import diagnostics

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
    """sᵀHs / −gᵀs of that step s: 1 goes to the lowest point along it, from 2 on the loss does not fall."""

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
    one = run.part(taken, taken + 1)
    return Readout(
        step=step,
        point=tuple(run.points[step].tolist()),
        loss=float(run.values[step]),
        slope=float(run.gradient_norms[step]),
        rate=float(run.rates[taken]),
        effective=tuple(diagnostics.effective_rates(one, objective)[0].tolist()),
        sharpness=float(diagnostics.sharpness(one, objective)[step - taken]),
        overshoot=float(diagnostics.step_ratio(one, objective)[0]),
        verdict=run.verdict,
        reason=run.reason,
    )


def readouts(state: LabState) -> tuple[Readout, ...]:
    """Read all runs at the cursor, or at the last step that is shown."""
    return tuple(readout(state.ground, setup, min(state.step, state.seen)) for setup in state.runs)
