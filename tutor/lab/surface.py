"""The ground of an experiment: an objective of the plane, where a run starts, and what to show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.words import number
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
    def sharpness(self) -> float | None:
        """The largest curvature L at the minimum nearest to the start; None if none is known."""
        return self.objective.minimum_sharpness(self.start)

    def limit(self, optimizer: Optimizer = SGD) -> float | None:
        """Find the largest rate that is stable at the minimum: 2/L for gradient descent; None if unknown."""
        sharpness = self.sharpness
        return optimizer.stable / sharpness if optimizer.stable and sharpness else None

    def share(self, rate: float, optimizer: Optimizer = SGD) -> tuple[str, ...]:
        """Tell η·L, of how much at most, as a readout; () if L is unknown, or has no say in what is stable."""
        if not (self.sharpness and optimizer.stable):
            return ()
        return (f"η·L = {number(rate * self.sharpness)} of {number(optimizer.stable)}",)

    def contour(self, *paths: Path) -> Contour:
        """Show paths on the contour lines."""
        ground = self.objective
        key = (ground.name, *sorted(ground.params.items()))
        minima = tuple((x, y) for x, y in ground.minima)
        return Contour(ground.value, key=key, view=self.view, paths=paths, minima=minima)


def read_surface(settings: Settings) -> Surface:
    """Take the settings ``objective``, ``param``, ``start`` [x, y] and ``view`` [left, right, bottom, top]."""
    ground = objective(settings.word("objective"), **settings.parameters("param"))
    if len(ground.start) != 2:
        raise settings.wrong(f"only 2 dimensions can be drawn, and this objective has {len(ground.start)}")
    start = settings.numbers("start", -FAR, FAR, entries=2) if "start" in settings else ground.start
    view = ground.view
    if "view" in settings:
        x0, x1, y0, y1 = settings.numbers("view", -FAR, FAR, entries=4)
        if not (x0 < x1 and y0 < y1):
            raise settings.wrong("view must be [left, right, bottom, top], each pair ascending")
        view = (x0, x1), (y0, y1)
    return Surface(ground, np.array(start), view)
