"""Polylines of any numbers, cut to the segments that a view shows (Liang–Barsky, all segments at once).

plotext aborts the process on NaN and on points far outside of its limits, and a diverging run holds both.
Whatever is shown comes out in fractions of the axes, from 0 to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.plots.figure import Array, Range

    View = tuple[Range, Range]

FARTHEST = 8e307
"""Numbers beyond are moved here: the difference of any two is then finite."""


def sane(span: Range) -> Range:
    """The range itself, or one near it with room to draw: finite, increasing, wider than rounding errors."""
    low, high = np.clip(np.nan_to_num(span), -FARTHEST, FARTHEST).tolist()
    middle = low / 2 + high / 2
    if high - low > max(1e-290, 1e-9 * abs(middle)):
        return low, high
    half = abs(middle) / 4 if abs(middle) > 1e-280 else 0.5
    return middle - half, middle + half


def fractions(points: Array, view: View) -> Array:
    """Where the points (n, 2) lie in a ``view`` of two sane ranges; NaN for those outside."""
    low, high = np.asarray(view, dtype=np.float64).T
    inside = ((points >= low) & (points <= high)).all(axis=1, keepdims=True)
    places: Array = (np.where(inside, points, np.nan) - low) / (high - low)
    return places


def segments(points: Array, view: View) -> Array:
    """The pieces of the polyline through ``points`` (n, 2) inside the ``view``, in order: (m, 2 ends, 2).

    A point that is not finite splits the line; a point with no finite neighbour is a segment of no length.
    """
    low, high = np.asarray(view, dtype=np.float64).T
    if len(points) > 1 and (points >= low).all() and (points <= high).all():  # most are, and this is quick
        places = (points - low) / (high - low)
        return np.stack([places[:-1], places[1:]], axis=1)
    near = np.clip(points, -FARTHEST, FARTHEST)
    finite: NDArray[np.bool_] = np.all(np.isfinite(points), axis=1)
    joined = np.append(finite[:-1] & finite[1:], False)[: len(points)]
    alone = finite & ~joined & ~np.roll(joined, 1)
    first = np.flatnonzero(joined | alone)
    inside = _clip(near[first], near[first + joined[first]], low, high)
    pieces: Array = (inside - low) / (high - low)
    return pieces


def _clip(start: Array, end: Array, low: Array, high: Array) -> Array:
    """The parts of the segments from ``start`` to ``end`` (n, 2) inside the box: (m, 2 ends, 2).

    Each is measured from its end nearer to the box, so that a segment to or from a point at 1e308 crosses the
    border where it should.
    """
    middle = low / 2 + high / 2
    turned = np.abs(start - middle).max(axis=1) > np.abs(end - middle).max(axis=1)
    origin = np.where(turned[:, None], end, start)
    step = np.where(turned[:, None], start, end) - origin
    enter, leave = _crossings(origin, step, low, high)
    seen = enter < leave
    parts = np.stack([enter, leave], axis=1)[seen, :, None]
    pieces = origin[seen, None] + parts * step[seen, None]
    pieces[turned[seen]] = pieces[turned[seen], ::-1]
    inside: Array = np.clip(pieces, low, high)
    return inside


def _crossings(origin: Array, step: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """The parts of each ``step`` where it enters and leaves the box, (n,) each; in reverse if it misses it."""
    with np.errstate(all="ignore"):
        enter = np.where(step > 0, low - origin, high - origin) / step
        leave = np.where(step > 0, high - origin, low - origin) / step
    parallel = np.where((origin >= low) & (origin <= high), np.inf, -np.inf)
    enter = np.where(step == 0, -parallel, enter).max(axis=1)
    leave = np.where(step == 0, parallel, leave).min(axis=1)
    return np.maximum(enter, 0.0), np.minimum(leave, 1.0)
