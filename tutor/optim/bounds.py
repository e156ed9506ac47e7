"""Where a run that runs away ends: with finite points, the last of them far out of any picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.objectives import Array

REACH = 1e6


def away(points: Array, start: Array) -> NDArray[np.bool_]:
    """Mark the points (…, d) that lie further than REACH·(1 + ‖start‖) from the origin, or nowhere: (…)."""
    with np.errstate(all="ignore"):
        reach = REACH * (1.0 + np.linalg.norm(start, axis=-1))
        near: NDArray[np.bool_] = np.linalg.norm(points, axis=-1) <= reach
        return ~near


def lasting(points: Array, measures: Array) -> NDArray[np.int_]:
    """Count the points that each of m runs (n, m, d) keeps, given some measure of them (n, m): (m,).

    A run ends at its first point that is ``away``; that point is kept if its measure is finite.
    """
    gone = away(points, points[0])
    lost = ~np.isfinite(measures)
    return np.minimum(_first(gone) + 1, _first(lost))


def _first(marks: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Find the first True of each column; the number of rows where there is none."""
    return np.where(marks.any(axis=0), marks.argmax(axis=0), len(marks))
