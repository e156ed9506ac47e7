"""Single runs to foretell: what the kinds that ask about one run have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.lab.predict.scene import (
    ITSELF,
    MOST_STEPS,
    PickRate,
    Rule,
    Scene,
    cost,
    read_rate,
    read_rules,
    read_scenes,
)
from tutor.lab.words import exact

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory


@dataclass(frozen=True, eq=False)
class Run:
    """One run that was drawn."""

    scene: Scene
    rule: Rule
    rate: float
    steps: int

    @cached_property
    def fan(self) -> tuple[Trajectory, ...]:
        """The run at each of the multiples in FAN of its rate."""
        return self.scene.fan(self.rate, self.steps, self.rule.optimizer)

    @property
    def trajectory(self) -> Trajectory:
        """The run itself."""
        return self.fan[ITSELF]

    @property
    def words(self) -> str:
        """Which optimizer, rate, objective and start."""
        return f"{self.rule.words} with η = {exact(self.rate)} on {self.scene.words}"

    def experiment(self) -> dict[str, object]:
        """Give the settings of an experiment that shows the run."""
        return {
            "kind": "descent",
            **self.scene.settings,
            "optimizer": self.rule.name,
            "rate": self.rate,
            "steps": self.steps,
        }


@dataclass(frozen=True, eq=False)
class Runs:
    """The runs to draw from."""

    scenes: tuple[Scene, ...]
    rules: tuple[Rule, ...]
    rate: PickRate
    steps: int

    def pick(self, chance: Chance) -> Run:
        """Draw one."""
        scene, rule = chance.pick(self.scenes), chance.pick(self.rules)
        chance.spend(cost(rule.name, self.steps))
        return Run(scene, rule, self.rate(chance, scene, rule), self.steps)


def read_runs(settings: Settings) -> Runs:
    """Take scenes, ``optimizers``, ``rates`` or ``shares``, and ``steps``."""
    return Runs(read_scenes(settings), read_rules(settings), read_rate(settings), settings.steps(MOST_STEPS))
