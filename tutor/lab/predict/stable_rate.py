"""Prediction "stable-rate": the largest rate that does not diverge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Draw, Instance, Quantity
from tutor.lab.predict.scene import MOST_STEPS, Rule, Scene, cost, read_rules, read_scenes, rounded
from tutor.lab.words import exact, number
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

BELOW, ABOVE = (0.9, 0.95), (1.05, 1.1)
"""The multiples of the limit at which runs must hold, and at which they must diverge."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Runs on either side of the limit."""

    scenes: tuple[Scene, ...]
    rules: tuple[Rule, ...]
    steps: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a surface and an optimizer; the limit is clear if the runs bear it out."""
        scene, rule = chance.pick(self.scenes), chance.pick(self.rules)
        chance.spend(cost(rule.name, self.steps))
        limit, stable, sharpness = scene.limit(rule), rule.optimizer.stable, scene.surface.sharpness
        if not (limit and stable and sharpness):
            return None
        rates = [rounded(share * limit) for share in (*BELOW, *ABOVE)]
        runs = scene.runs(rates, self.steps, rule.optimizer)
        if [run.verdict is Verdict.DIVERGING for run in runs] != [False, False, True, True]:
            return None
        (_, below, above, _), (_, calm, wild, _) = rates, runs
        return Instance(
            text=f"{rule.words} runs on {scene.words}. What is the largest η at which it does not diverge?",
            experiment={
                "kind": "descent",
                **scene.settings,
                "optimizer": rule.name,
                "rate": above,
                "steps": self.steps,
            },
            quantity=Quantity(
                limit,
                unit="",
                explanation=(
                    f"{rule.words} is stable up to η·L = {number(stable)}, and the steepest curvature here is "
                    f"L = {number(sharpness)}. At η = {exact(above)} the loss goes from "
                    f"{number(wild.values[0])} to {number(wild.values[-1])} in {wild.steps} steps; "
                    f"at {exact(below)} it goes to {number(calm.values[-1])}."
                ),
            ),
        )


def read(settings: Settings) -> Draw:
    """Take scenes, ``optimizers`` and ``steps``."""
    return Limits(read_scenes(settings), read_rules(settings), settings.steps(MOST_STEPS)).draw
