"""Prediction "basin": at which of several minima a run ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.runs import Run, Runs, read_runs
from tutor.lab.words import count, number, place
from tutor.optim.verdict import SETTLED, Verdict

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array, Objective

NEAR = 0.05
"""How near a run must come to a minimum to end at it, as a share of its way."""

MOST_MINIMA = 6
SOME = "at a minimum"
SADDLE, NOWHERE = "at a saddle, which is flat but no minimum", "nowhere: it diverges"


@dataclass(frozen=True, eq=False)
class Basins:
    """Runs that come to an end."""

    runs: Runs

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a run; it is clear if it ends at the same place at rates near by."""
        run = self.runs.pick(chance)
        minima = np.reshape(run.scene.surface.objective.minima, (-1, 2))
        ends = {_end(other, run.scene.surface.objective) for other in run.fan}
        truth = ends.pop()
        if ends or truth is None:
            return None
        places = [f"at {place(minimum)}" for minimum in minima] or [SOME]
        return Instance(
            text=f"{run.words}: where does it end, in {count(run.steps, 'step')}?",
            experiment=run.experiment(),
            choices=tuple(
                Choice(text, text == truth, _fact(run) if text == truth else _denial(run, text, minima))
                for text in (*places, SADDLE, NOWHERE)
            ),
        )


def _end(run: Trajectory, ground: Objective) -> str | None:
    """Name the place where a run ends; None if it has not arrived at any that has a name."""
    if run.verdict is Verdict.DIVERGING:
        return NOWHERE
    if run.verdict is Verdict.STALLED:
        arrived = run.gradient_norms[-1] <= SETTLED * run.gradient_norms[0]
        return SADDLE if arrived and ground.curvatures(run.points[-1])[0] < 0.0 else None
    minima = np.reshape(ground.minima, (-1, 2))
    way = np.linalg.norm(run.points[-1] - run.points[0])
    gaps = np.linalg.norm(minima - run.points[-1], axis=-1)
    if run.verdict is Verdict.CONVERGING and len(gaps) and gaps.min() <= NEAR * way:
        return f"at {place(minima[gaps.argmin()])}"
    return None


def _fact(run: Run) -> str:
    made = run.trajectory
    return f"{made.reason} Its loss goes from {number(made.values[0])} to {number(made.values[-1])}."


def _denial(run: Run, text: str, minima: Array) -> str:
    """Say how far from that end the run stays."""
    made = run.trajectory
    if text == NOWHERE:
        far = np.abs(made.points).max()
        return f"It stays on the map: no coordinate is ever larger than {number(float(far))}."
    if text == SADDLE:
        if made.verdict is Verdict.DIVERGING:
            return f"Its slope is never zero: it grows to {number(float(made.gradient_norms[-1]))}."
        return f"Where it ends the ground rises on all sides: the lowest curvature is {number(_lowest(run))}."
    if text == SOME:
        return f"There is no minimum here: where it ends the lowest curvature is {number(_lowest(run))}."
    (minimum,) = [each for each in minima if text == f"at {place(each)}"]
    nearest = float(np.linalg.norm(made.points - minimum, axis=-1).min())
    return f"It never comes nearer to that minimum than {number(nearest)}: its path leads elsewhere."


def _lowest(run: Run) -> float:
    """Find the lowest curvature where a run ends."""
    return float(run.scene.surface.objective.curvatures(run.trajectory.points[-1])[0])


def read(settings: Settings) -> Draw:
    """Take what `read_runs` does, on an objective with at most MOST_MINIMA minima."""
    runs = read_runs(settings)
    if any(len(scene.surface.objective.minima) > MOST_MINIMA for scene in runs.scenes):
        raise settings.wrong(f"choose an objective with at most {MOST_MINIMA} minima, such as himmelblau")
    return Basins(runs).draw
