"""Prediction "line-search": which trial rate backtracking accepts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.scene import FAN, Scene, read_scenes
from tutor.lab.words import exact, number
from tutor.optim.descend import descend
from tutor.optim.linesearch import line_search

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

OPTIONS = 4
SEARCH = "armijo"

PROBES_COST = 300.0
"""What the first steps of a fan cost, in steps of gradient descent."""


@dataclass(frozen=True, eq=False)
class Backtracks:
    """First steps of a backtracking line search."""

    scenes: tuple[Scene, ...]
    trials: tuple[float, ...]
    c: float
    shrink: float

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a start and a trial; it is clear if as many cuts are made from trials near by."""
        scene, trial = chance.pick(self.scenes), chance.pick(self.trials)
        chance.spend(PROBES_COST)
        cuts = self._cuts(scene, trial)
        if cuts is None or any(self._cuts(scene, share * trial) != cuts for share in FAN):
            return None
        first = chance.below(min(cuts, OPTIONS - 1) + 1)
        tried = [trial * self.shrink**n for n in range(cuts - first, cuts - first + OPTIONS)]
        return Instance(
            text=(
                f"A line search on {scene.words}, first tries η = {exact(trial)}, and multiplies it by "
                f"{exact(self.shrink)} until the loss falls by at least {exact(self.c)}·η·‖∇f‖². "
                "Which η does its first step take?"
            ),
            experiment={
                "kind": "line-search",
                **scene.settings,
                "search": SEARCH,
                "set": {"c": self.c, "shrink": self.shrink},
                "rate": trial,
                "steps": 30,
            },
            choices=tuple(
                Choice(f"η = {exact(rate)}", n == first, self._explanation(scene, rate, n - first))
                for n, rate in enumerate(tried)
            ),
        )

    def _cuts(self, scene: Scene, trial: float) -> int | None:
        """Count the cuts of the first step; None if nothing will do."""
        search = line_search(SEARCH, c=self.c, shrink=self.shrink)
        run = descend(scene.surface.objective, trial, steps=1, start=scene.surface.start, line_search=search)
        (found,) = run.searches
        return found.cuts if found.rate else None

    def _explanation(self, scene: Scene, rate: float, later: int) -> str:
        ground, start = scene.surface.objective, scene.surface.start
        with np.errstate(all="ignore"):
            slope, here = ground.gradient(start), float(ground.value(start))
            ahead = float(ground.value(start - rate * slope))
        fact = f"there the loss goes from {number(here)} to {number(ahead)}"
        if later < 0:
            enough = number(here - self.c * rate * float(slope @ slope))
            return f"Cut: {fact}{f', and {enough} is the most that would do' * (ahead < here)}."
        if later == 0:
            return f"Taken: {fact}, the first trial that lowers it enough."
        return f"Not tried: {fact}, but the search stops at the first trial that will do."


def read(settings: Settings) -> Draw:
    """Take scenes, ``trials`` (first rates to draw from), ``c`` and ``shrink``."""
    return Backtracks(
        read_scenes(settings),
        settings.rates("trials"),
        c=settings.number("c", 1e-6, 0.9, default=1e-4),
        shrink=settings.number("shrink", 0.1, 0.9, default=0.5),
    ).draw
