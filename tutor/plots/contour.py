"""Contour lines as dots: where a function crosses a level between neighbouring dots of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.plots.clip import View
    from tutor.plots.decimate import Dots
    from tutor.plots.figure import Array

    Mask = NDArray[np.bool_]

SPACING = 2
"""Every second dot along a line is lit: lighter than a path, with colour or without."""


def contour_dots(value: Callable[[Array], Array], view: View, columns: int, rows: int) -> Dots:
    """The dots of a grid over ``view`` on contour lines of ``value``, counted from the lower left: (n, 2)."""
    with np.errstate(all="ignore"):
        heights = _sample(value, view, columns, rows)
        flat = _flat(heights)
        lit = np.zeros_like(flat)
        for level in levels(heights):
            lit |= _line(heights, flat, level)
    return np.argwhere(lit.T)


def levels(heights: Array) -> Array:
    """Levels that enclose areas growing as the squares of 1, 2, 3, …: evenly spaced rings round a bowl.

    Between 3 and 7 of them, as the grid of heights is small or large, and fewer if the heights don't differ.
    """
    finite = heights[np.isfinite(heights)]
    if not len(finite):
        return finite
    count = int(np.clip(min(heights.shape) // 10, 3, 7))
    areas = (np.arange(1, count + 1) / (count + 0.5)) ** 2
    return np.unique(np.quantile(finite, areas))


def _sample(value: Callable[[Array], Array], view: View, columns: int, rows: int) -> Array:
    """The value in the middle of each dot, (rows, columns), the lowest row first."""
    (x0, x1), (y0, y1) = view
    x = x0 + (np.arange(columns) + 0.5) / columns * (x1 - x0)
    y = y0 + (np.arange(rows) + 0.5) / rows * (y1 - y0)
    return value(np.stack(np.meshgrid(x, y), axis=-1))


def _flat(heights: Array) -> Mask:
    """Where contour lines run along the rows rather than across them."""
    up, right = np.gradient(heights)
    flat: Mask = np.abs(up) >= np.abs(right)
    return flat


def _line(heights: Array, flat: Mask, level: float) -> Mask:
    """The dots nearest to one contour line, in every second column where it is flat, or row where it is steep.

    Each column crosses a flat line once, and each row a steep one, so the dots come evenly, whatever the slope.
    """
    above, away = heights >= level, np.abs(heights - level)
    row, column = np.indices(heights.shape)
    across = _nearest(above, away) & flat & (column % SPACING == 0)
    upright = _nearest(above.T, away.T).T & ~flat & (row % SPACING == 0)
    line: Mask = across | upright
    return line


def _nearest(above: Mask, away: Array) -> Mask:
    """Of two neighbours in a column, on either side of a level, the one less far ``away`` from it."""
    crossed, lower = above[1:] != above[:-1], away[:-1] <= away[1:]
    lit = np.zeros_like(above)
    lit[:-1] |= crossed & lower
    lit[1:] |= crossed & ~lower
    return lit
