"""Prediction "steps": how many steps a run takes to a tolerance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Draw, Instance, Quantity
from tutor.lab.predict.runs import Runs, read_runs
from tutor.lab.words import exact, number

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

FEWEST = 20
"""Below this, one step more or less would decide whether an answer is near enough."""

STEADY = 0.1
"""The share by which the number may differ at rates near by."""


@dataclass(frozen=True, eq=False)
class Journeys:
    """Runs that arrive."""

    runs: Runs
    tolerance: float

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a run; it is clear if it arrives, and about as soon at rates near by."""
        run = self.runs.pick(chance)
        value = run.trajectory.steps_to(self.tolerance) or 0
        taken = [other.steps_to(self.tolerance) for other in run.fan]
        if value < FEWEST or any(n is None or abs(n - value) > STEADY * value for n in taken):
            return None
        slopes, half = run.trajectory.gradient_norms, value // 2
        late = (slopes[value] / slopes[half]) ** (1 / (value - half))
        return Instance(
            text=f"{run.words}: how many steps until the slope is {exact(self.tolerance)} times the first one?",
            experiment=replace(run, steps=value).experiment(),
            quantity=Quantity(
                value,
                unit="steps",
                explanation=(
                    f"The slope falls from {number(slopes[0])} to {number(slopes[half])} in {half} steps, and "
                    f"then to {number(slopes[value])}, where each step leaves {number(100 * late)} % of it."
                ),
            ),
        )


def read(settings: Settings) -> Draw:
    """Take what `read_runs` does, whose ``steps`` are the most there may be, and ``tolerance``."""
    return Journeys(read_runs(settings), settings.number("tolerance", 1e-6, 0.5, default=1e-3)).draw
