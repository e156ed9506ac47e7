"""Prediction "race": which of two rates ends lower."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.scene import FAN, ITSELF, MOST_STEPS, PickRate, Rule, Scene, read_rate, read_scenes
from tutor.lab.words import DEEDS, count, exact, number
from tutor.optim.optimizers import SGD
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory

CLEAR = 3.0
"""How many times lower the winner must end."""

RULE = Rule("sgd", SGD)


@dataclass(frozen=True, eq=False)
class Races:
    """Two runs of gradient descent that differ in their rates only."""

    scenes: tuple[Scene, ...]
    rate: PickRate
    steps: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw two rates; the race is clear if the same one ends far lower with rates near by."""
        scene = chance.pick(self.scenes)
        rates = [self.rate(chance, scene, RULE) for _ in range(2)]
        chance.spend(2 * self.steps)
        fans = [scene.fan(rate, self.steps) for rate in rates]
        winners = {
            _winner(_end(fans[0][n]), _end(fans[1][m])) for n in range(len(FAN)) for m in range(len(FAN))
        }
        if len(winners) > 1 or None in winners:
            return None
        (truth,) = winners
        ends = [told(fan[ITSELF]) for fan in fans]
        a, b = map(exact, rates)
        return Instance(
            text=(
                f"A and B are gradient descent on {scene.words}, A with η = {a} and B with η = {b}. "
                f"Which has the lower loss after {count(self.steps, 'step')}?"
            ),
            experiment={"kind": "race", **scene.settings, "rates": rates, "steps": self.steps},
            choices=(
                Choice(f"A, with η = {a}", truth == 0, f"A {ends[0]}."),
                Choice(f"B, with η = {b}", truth == 1, f"B {ends[1]}."),
                Choice("neither: both diverge", truth == 2, f"A {ends[0]}; B {ends[1]}."),
            ),
        )


def _end(run: Trajectory) -> float:
    """Give the last loss, infinite for a run that diverges."""
    return math.inf if run.verdict is Verdict.DIVERGING else float(run.values[-1])


def _winner(a: float, b: float) -> int | None:
    """Tell which is clearly lower: 0, 1, or 2 if both diverge; None if it is close."""
    if math.isinf(a) and math.isinf(b):
        return 2
    if CLEAR * a < b:
        return 0
    return 1 if CLEAR * b < a else None


def told(run: Trajectory) -> str:
    """Tell what a run does, to follow its letter."""
    return f"{DEEDS[run.verdict][0]}: its loss goes from {number(run.values[0])} to {number(run.values[-1])}"


def read(settings: Settings) -> Draw:
    """Take scenes, ``rates`` or ``shares``, and ``steps``."""
    return Races(read_scenes(settings), read_rate(settings), settings.steps(MOST_STEPS)).draw
