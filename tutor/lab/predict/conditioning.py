"""Prediction "conditioning": how many times as many steps one surface takes as another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.predict.instance import Draw, Instance, Quantity
from tutor.lab.predict.runs import Run
from tutor.lab.predict.scene import ITSELF, MOST_STEPS, Rule, Scene, cost, read_rules, read_scenes, rounded
from tutor.lab.predict.steps import FEWEST, STEADY
from tutor.lab.words import count, exact, number

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

CHANGED = 1.3
"""The factor between the numbers of steps that is worth a question."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Two surfaces, each at the same share of its own largest stable rate."""

    scenes: tuple[Scene, ...]
    rules: tuple[Rule, ...]
    shares: tuple[float, ...]
    steps: int
    tolerance: float

    def draw(self, chance: Chance) -> Instance | None:
        """Draw two surfaces; they are clear if both runs arrive, and about as soon at rates near by."""
        rule, share, first = chance.pick(self.rules), chance.pick(self.shares), chance.pick(self.scenes)
        chance.spend(2 * cost(rule.name, self.steps))
        start = first.surface.start
        second = chance.pick([other for other in self.scenes if (other.surface.start == start).all()])
        runs = [
            Run(scene, rule, rounded(share * limit), self.steps)
            for scene in (first, second)
            if (limit := scene.limit(rule))
        ]
        taken = [_arrival(run, self.tolerance) for run in runs]
        a, b = taken
        if a is None or b is None or max(a / b, b / a) < CHANGED:
            return None
        told = [_curvatures(run) for run in runs]
        grounds = [scene.surface.objective.summary for scene in (first, second)]
        return Instance(
            text=(
                f"{rule.words} starts from ({', '.join(map(exact, start))}) on two surfaces, each at "
                f"{exact(share)} times its largest stable rate: A is the {grounds[0]}, B is "
                f"the {grounds[1]}. Until {number(100 * self.tolerance)} % of the way to "
                "the minimum is left, how many times as many steps does B take as A?"
            ),
            experiment={**runs[b > a].experiment(), "steps": max(a, b)},
            quantity=Quantity(
                rounded(b / a, 6),
                unit="times",
                explanation=(
                    f"A takes {count(a, 'step')} at η = {exact(runs[0].rate)}, and B {b:,} at η = "
                    f"{exact(runs[1].rate)}: {number(b / a)} times as many. The condition number κ = L/μ is "
                    f"{told[0]} on A and {told[1]} on B: the steepest curvature sets η, and the gentlest the "
                    "number of steps."
                ),
            ),
        )


def _arrival(run: Run, tolerance: float) -> int | None:
    """Count the steps until ``tolerance`` of the way is left; None if too few, or others at rates near by."""
    goal = np.asarray(run.scene.surface.objective.minima[0])
    taken = []
    for other in run.fan:
        ways = np.linalg.norm(other.points - goal, axis=-1)
        there = ways <= tolerance * ways[0]
        taken.append(int(there.argmax()) if there.any() else None)
    value = taken[ITSELF]
    if value is None or value < FEWEST:
        return None
    return value if all(n is not None and abs(n - value) <= STEADY * value for n in taken) else None


def _curvatures(run: Run) -> str:
    """Give κ at the minimum."""
    curvatures = run.scene.surface.objective.minimum_curvatures(run.scene.surface.start)
    assert curvatures is not None
    return number(float(curvatures[-1] / curvatures[0]))


def read(settings: Settings) -> Draw:
    """Take scenes with one minimum each, ``optimizers``, ``shares``, ``tolerance`` and ``steps`` (the most)."""
    scenes, rules = read_scenes(settings), read_rules(settings)
    if any(len(scene.surface.objective.minima) != 1 for scene in scenes):
        raise settings.wrong("the way leads to one minimum: choose an objective that has just one")
    for rule in rules:
        if not all(scene.limit(rule) for scene in scenes):
            raise settings.wrong(f"'{rule.name}' has no largest stable rate here: choose another optimizer")
    return Pairs(
        scenes,
        rules,
        settings.numbers("shares", 1e-3, 0.99),
        settings.steps(MOST_STEPS),
        settings.number("tolerance", 1e-6, 0.5, default=1e-3),
    ).draw
