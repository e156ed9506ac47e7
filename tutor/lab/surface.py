"""The ground of an experiment: an objective of the plane, where a run starts, and what to show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives import Objective, objective
from tutor.optim.optimizers import SGD, Optimizer
from tutor.plots.figure import Contour, Path

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Array, Range

FAR = 1e6


@dataclass(frozen=True, eq=False)
class Surface:
    """An objective of two variables, and a view of it."""

    objective: Objective
    start: Array
    """(2,)."""

    view: tuple[Range, Range]

    @property
    def sharpness(self) -> float:
        """The largest curvature L at the minimum."""
        return self.objective.sharpness(np.array(self.objective.minima[0]))

    def limit(self, optimizer: Optimizer = SGD) -> float:
        """Find the largest rate that is stable at the minimum: 2/L for gradient descent."""
        return optimizer.stable / self.sharpness

    def contour(self, *paths: Path) -> Contour:
        """Show paths on the contour lines."""
        ground = self.objective
        x, y = ground.minima[0]
        key = (ground.name, *sorted(ground.params.items()))
        return Contour(ground.value, key=key, view=self.view, paths=paths, minima=((x, y),))


def read_surface(settings: Settings) -> Surface:
    """Take the settings ``objective``, ``param``, ``start`` [x, y] and ``view`` [left, right, bottom, top]."""
    ground = objective(settings.word("objective"), **settings.parameters("param"))
    start = settings.numbers("start", -FAR, FAR, entries=2) if "start" in settings else ground.start
    view = ground.view
    if "view" in settings:
        x0, x1, y0, y1 = settings.numbers("view", -FAR, FAR, entries=4)
        if not (x0 < x1 and y0 < y1):
            raise settings.wrong("view must be [left, right, bottom, top], each pair ascending")
        view = (x0, x1), (y0, y1)
    return Surface(ground, np.array(start), view)
