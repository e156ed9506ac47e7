"""Where a noisy curve falls most steeply, and whether it can be told from its noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

WINDOW = 1 / 8
"""The share of the curve over which a line is fitted at each place."""

LEAST = 8
"""The fewest points of a line."""

TOLERATED = 4.0
"""How many times its first level the curve may reach before it is cut off."""

CLEAR = 5.0
"""How many standard errors a slope must be away from zero to count."""


@dataclass(frozen=True, eq=False)
class Slopes:
    """Straight lines fitted by least squares to the neighbourhood of each place of a curve (m places)."""

    places: Array
    """(m,): x in the middle of each neighbourhood."""

    levels: Array
    """(m,): the line's height there, which is the mean of the neighbourhood: the smoothed curve."""

    slopes: Array
    errors: Array
    """(m,): the standard error of each slope, from how far the points lie off their line."""

    @property
    def steepest(self) -> int | None:
        """The place of the steepest fall before the lowest level; None if none stands out from the noise."""
        if not len(self.places):
            return None
        lowest = int(self.levels.argmin())
        steep = int(self.slopes[: lowest + 1].argmin())
        return steep if self.slopes[steep] < -CLEAR * self.errors[steep] else None


def slopes(x: Array, y: Array) -> Slopes:
    """Fit lines to a curve over evenly spaced x (n,), cut off where it is no longer finite, or too high."""
    window = max(LEAST, round(len(x) * WINDOW))
    ends = ~np.isfinite(y)
    if len(y) >= LEAST and np.isfinite(y[:LEAST]).all():
        ends |= np.where(np.isfinite(y), y, np.inf) > TOLERATED * max(y[:LEAST].max(), 1e-300)
    count = int(ends.argmax()) if ends.any() else len(y)
    if count < window:
        nothing = np.empty(0)
        return Slopes(nothing, nothing, nothing, nothing)
    pieces = sliding_window_view(y[:count], window)
    offsets = np.arange(window) - (window - 1) / 2
    step = (x[-1] - x[0]) / (len(x) - 1)
    squares = float((offsets**2).sum())
    levels = pieces.mean(axis=1)
    rises = pieces @ offsets / squares
    rest = pieces - levels[:, None] - rises[:, None] * offsets
    errors = np.sqrt((rest**2).sum(axis=1) / (window - 2) / squares)
    middles = x[: count - window + 1] + (window - 1) / 2 * step
    return Slopes(middles, levels, rises / step, errors / step)
