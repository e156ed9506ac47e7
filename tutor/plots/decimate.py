"""Segments reduced to what a grid of braille dots can show: a long run costs little more than a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.plots.figure import Array

    Dots = NDArray[np.int64]

MOST_DOTS = 6000
"""Ink for one line: more would fill the picture, and take plotext longer than a key press should."""


def dots(segments: Array, columns: int, rows: int) -> Dots:
    """Segments (m, 2 ends, 2) in fractions of the axes, as ends on a grid of dots: (k, 2 ends, 2).

    Moves up and down within one column become one, and what is drawn already is left out. If all together
    are longer than ``MOST_DOTS``, only every second, third … is kept.
    """
    grid = np.array([columns, rows])
    snapped = np.minimum((segments * grid).astype(np.int64), grid - 1)
    kept = _unique(_merge_upright(snapped))
    ink = int(np.abs(kept[:, 1] - kept[:, 0]).max(axis=1).sum()) if len(kept) else 0
    return kept[:: 1 + ink // MOST_DOTS]


def _merge_upright(segments: Dots) -> Dots:
    """Joins consecutive segments within one column to a single one, from their lowest dot to the highest."""
    if not len(segments):
        return segments
    (x0, y0), (x1, y1) = segments[:, 0].T, segments[:, 1].T
    upright = x0 == x1
    touching = (segments[1:, 0] == segments[:-1, 1]).all(axis=1)
    first = np.flatnonzero(np.append(True, ~(upright[1:] & upright[:-1] & touching)))
    merged = segments[first]
    column = upright[first]
    merged[column, 0, 1] = np.minimum.reduceat(np.minimum(y0, y1), first)[column]
    merged[column, 1, 1] = np.maximum.reduceat(np.maximum(y0, y1), first)[column]
    return merged


def _unique(segments: Dots) -> Dots:
    """Each segment once, whichever way it runs, in the order of the first."""
    size = 1 + segments.max(initial=0)
    ends = np.sort(segments @ (size, 1), axis=1)
    _, first = np.unique(ends @ (size * size, 1), return_index=True)
    return segments[np.sort(first)]
