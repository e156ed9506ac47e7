"""Prediction "place": how far along the floor a run has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.runs import Run, Runs, read_runs
from tutor.lab.words import count, exact, number, place

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory

PARTS = 4
"""Into how many stretches the floor is divided, from the start to the minimum."""

MARGIN = 0.04
"""How far from the ends of its stretch a place has to be, as a share of the floor."""


@dataclass(frozen=True, eq=False)
class Places:
    """Runs that are still on their way."""

    runs: Runs

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a run; it is clear if it ends well inside a stretch, and in the same one at rates near by."""
        run = self.runs.pick(chance)
        ends = {_stretch(_done(run, other)) for other in run.fan}
        truth = ends.pop()
        if ends or truth is None:
            return None
        start, goal = _floor(run)
        stations = [exact(start + (goal - start) * part / PARTS) for part in range(PARTS + 1)]
        return Instance(
            text=f"{run.words}: where on the floor is it after {count(run.steps, 'step')}?",
            experiment=run.experiment(),
            choices=tuple(
                Choice(
                    f"between x = {stations[part]} and x = {stations[part + 1]}",
                    part == truth,
                    _fact(run) if part == truth else _denial(part > truth),
                )
                for part in range(PARTS)
            ),
        )


def _fact(run: Run) -> str:
    ahead = 1.0 - _done(run, run.trajectory)
    return (
        f"It is at {place(run.trajectory.points[-1])}, with {100 * ahead:.0f} % of the floor still ahead: "
        f"on average a step leaves {number(100 * ahead ** (1 / run.steps))} % of it."
    )


def _denial(further: bool) -> str:
    more = "more" if further else "less"
    return f"To end there, it would have to cover {more} of the floor with a step."


def _floor(run: Run) -> tuple[float, float]:
    """Give x at the start and at the minimum."""
    return float(run.scene.surface.start[0]), run.scene.surface.objective.minima[0][0]


def _done(run: Run, made: Trajectory) -> float:
    """Give the share of the floor that is behind at the end; NaN if there is no floor to go."""
    start, goal = _floor(run)
    return float(made.points[-1, 0] - start) / (goal - start) if goal != start else float("nan")


def _stretch(done: float) -> int | None:
    """Give the number of the stretch; None for a place near its ends, or off the floor."""
    for part in range(PARTS):
        if part / PARTS + MARGIN <= done <= (part + 1) / PARTS - MARGIN:
            return part
    return None


def read(settings: Settings) -> Draw:
    """Take what `read_runs` does, on an objective with one minimum."""
    runs = read_runs(settings)
    if any(len(scene.surface.objective.minima) != 1 for scene in runs.scenes):
        raise settings.wrong("the floor leads to one minimum: choose an objective that has just one")
    return Places(runs).draw
