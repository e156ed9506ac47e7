"""A polyline within a view: a path across a plane, or a curve of a diagram."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.plots.canvas import ACROSS, UP, Stroke
from tutor.plots.clip import fractions, segments
from tutor.plots.decimate import dots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.plots.clip import View
    from tutor.plots.figure import Array, Role
    from tutor.plots.marks import Board, Mark

ROLES: tuple[Role, ...] = ("path-a", "path-b", "path-c", "path-d")


class Run(NamedTuple):
    """What a view shows of a polyline, in fractions of the axes."""

    label: str
    role: Role
    line: Array
    """The visible segments, (m, 2 ends, 2)."""

    places: Array
    """The finite points, (n, 2), NaN where they lie outside."""

    def stroke(self, columns: int, rows: int) -> Stroke:
        """The line on a canvas of so many cells."""
        return Stroke(dots(self.line, columns * ACROSS, rows * UP), self.role)

    def ends(self, board: Board) -> list[Mark]:
        """Its letter, or ● where it stands, or an arrow where it leaves the view for good; none if unseen."""
        if not len(self.line):
            return []
        start, end = self.line[-1]
        if self.label:
            return [board.mark(end, self.label, self.role)]
        stays = np.isfinite(self.places[-1]).all()
        return [board.mark(end, "●" if stays else board.arrow(end - start), "current")]


def runs(polylines: Iterable[tuple[Array, str]], view: View) -> list[Run]:
    """The labelled polylines, (n, 2) each, as the ``view`` shows them, with a role for each."""
    found = []
    for (given, label), role in zip(polylines, cycle(ROLES), strict=False):
        points = np.reshape(given, (-1, 2))
        finite = points[np.isfinite(points).all(axis=1)]
        found.append(Run(label, role, segments(points, view), fractions(finite, view)))
    return found
