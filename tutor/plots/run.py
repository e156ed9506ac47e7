"""A polyline within a view: a path across a plane, or a curve of a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.clip import fractions, segments
from tutor.plots.decimate import dots
from tutor.plots.figure import Path
from tutor.plots.raster import ACROSS, UP, Stroke
from tutor.plots.scale import log10

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.plots.clip import View
    from tutor.plots.figure import Array, Dash, Role, Series
    from tutor.plots.marks import Board, Mark

ROLES: tuple[Role, ...] = ("path-a", "path-b", "path-c", "path-d")


@dataclass(frozen=True, eq=False)
class Run:
    """What a view shows of a polyline, in fractions of the axes."""

    label: str
    role: Role
    line: Array
    """The visible segments, (m, 2 ends, 2)."""

    places: Array
    """The finite points, (n, 2), NaN where they lie outside."""

    dash: Dash = "solid"

    def stroke(self, columns: int, rows: int) -> Stroke:
        """The line on a canvas of so many cells."""
        return _stroke(self, columns, rows)

    def ends(self, board: Board) -> list[Mark]:
        """Its letter, or ● where it stands, or an arrow where it leaves the view for good; none if unseen."""
        if not len(self.line):
            return []
        start, end = self.line[-1]
        if self.label:
            return [board.mark(end, self.label, self.role)]
        stays = np.isfinite(self.places[-1]).all()
        return [board.mark(end, "●" if stays else board.arrow(end - start), "current")]


def runs(lines: Iterable[Path | Series], view: View, *, log_x: bool = False, log_y: bool = False) -> list[Run]:
    """What the ``view`` shows of paths or curves, with a role for each; all below a log axis runs along it."""
    return [
        _seen(line, role, view, log_x=log_x, log_y=log_y)
        for line, role in zip(lines, cycle(ROLES), strict=False)
    ]


@lru_cache(maxsize=128)
def _seen(line: Path | Series, role: Role, view: View, *, log_x: bool, log_y: bool) -> Run:
    """One of them. It is kept, since most key presses change one run and leave the others as they are."""
    if isinstance(line, Path):
        points = np.reshape(line.points, (-1, 2))
    else:
        x = log10(line.x) if log_x else line.x
        points = np.stack([x, np.maximum(log10(line.y), view[1][0]) if log_y else line.y], axis=1)
    finite = points[np.isfinite(points).all(axis=1)]
    return Run(line.label, role, segments(points, view), fractions(finite, view), line.dash)


@lru_cache(maxsize=128)
def _stroke(run: Run, columns: int, rows: int) -> Stroke:
    return Stroke(dots(run.line, columns * ACROSS, rows * UP), run.role, run.dash)
