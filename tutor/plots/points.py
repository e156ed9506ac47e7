"""Measured points of a diagram: a sign for each, its spread as a bar, and a dotted line through all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.clip import fractions, segments
from tutor.plots.decimate import dots
from tutor.plots.raster import ACROSS, UP, Stroke

if TYPE_CHECKING:
    from tutor.plots.clip import View
    from tutor.plots.figure import Array, Dash, Points, Role
    from tutor.plots.marks import Board, Mark
    from tutor.plots.scale import Scale

DIVERGED, ABOVE = "✗", "↑"


class Spots:
    """What a view shows of measured points."""

    def __init__(self, points: Points, role: Role, view: View, x: Scale, y: Scale) -> None:
        """Measure the points in the view's own numbers: ``x`` and ``y`` say how each axis counts."""
        self._role = role
        self._view = view
        self._signs = points.signs.ljust(len(points.x), "●")
        self._joined = points.joined
        self._x, self._y = x(points.x), _raised(y(points.y), view)
        self._low = None if points.low is None else _raised(y(points.low), view)
        self._high = None if points.high is None else _raised(y(points.high), view)

    def strokes(self, columns: int, rows: int) -> list[Stroke]:
        """The line and the bars on a canvas of so many cells."""
        drawn: list[tuple[Array, Dash]] = []
        if self._joined:
            order = np.argsort(self._x, kind="stable")
            drawn.append((np.stack([self._x, self._y], axis=1)[order], "dotted"))
        if self._low is not None and self._high is not None:
            top = np.minimum(self._high, self._view[1][1])
            ends = [(self._x, self._low), (self._x, top), (self._x, np.full_like(top, np.nan))]
            drawn.append((np.stack([np.stack(end, axis=1) for end in ends], axis=1).reshape(-1, 2), "solid"))
        size = columns * ACROSS, rows * UP
        return [Stroke(dots(segments(line, self._view), *size), self._role, dash) for line, dash in drawn]

    def marks(self, board: Board) -> list[Mark]:
        """The signs, those of the last points first; at the upper edge for what lies above it or diverged."""
        top = self._view[1][1]
        above = ~(self._y <= top)
        places = fractions(np.stack([self._x, np.where(above, top, self._y)], axis=1), self._view)
        found = []
        for place, height, sign in zip(places, self._y, self._signs, strict=False):
            if np.isfinite(place).all():
                glyph = DIVERGED if not np.isfinite(height) else ABOVE if height > top else sign
                role: Role = self._role if glyph == sign else "current"
                found.append(board.mark(place, glyph, role))
        return found[::-1]


def _raised(heights: Array, view: View) -> Array:
    """The heights with what is below a view, such as the logarithm of zero, on its lower edge; NaN stays."""
    raised: Array = np.maximum(heights, view[1][0])
    return raised
