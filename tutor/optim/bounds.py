"""Where a run that runs away ends: with finite points, the last of them far out of any picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.objectives import Array

REACH = 1e6


def reach(start: Array) -> Array:
    """Give the distance from the origin beyond which a run from ``start`` (…, d) is away: (…)."""
    return np.asarray(REACH * (1.0 + np.linalg.norm(start, axis=-1)))


def away(points: Array, start: Array) -> NDArray[np.bool_]:
    """Mark the points (…, d) that lie further than their reach from the origin, or nowhere: (…)."""
    with np.errstate(all="ignore"):
        near: NDArray[np.bool_] = np.linalg.norm(points, axis=-1) <= reach(start)
        return ~near


def lasting(points: Array, measures: Array, start: Array | None = None) -> NDArray[np.int_]:
    """Count the points that each run (n, …, d) keeps, given some measure of them (n, …): (…).

    A run ends at its first point that is ``away`` from its start, which is the first of the points unless told
    otherwise; that point is kept if its measure is finite.
    """
    gone = away(points, points[0] if start is None else start)
    return np.minimum(_first(gone) + 1, _first(~np.isfinite(measures)))


def _first(marks: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Find the place of the first True along axis 0: (n, …) -> (…); n where there is none."""
    return np.where(marks.any(axis=0), marks.argmax(axis=0), len(marks))
