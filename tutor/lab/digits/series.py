"""Curves of training, as figures and JSON have them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.figure import Series

if TYPE_CHECKING:
    from tutor.optim.objectives import Array
    from tutor.plots.figure import Dash

PARTS = 60
"""Into how many stretches a noisy curve is divided at most, of each of which the mean is drawn."""


def finite(values: Array) -> Array:
    """Keep what is a number."""
    return values[np.isfinite(values)]


def smoothed(losses: Array, label: str = "", dash: Dash = "solid") -> Series:
    """Draw the losses (n,) of batches as the means of stretches of steps; it ends where the run was lost."""
    ends = ~np.isfinite(losses)
    sound = losses[: int(ends.argmax())] if ends.any() else losses
    size = max(1, -(-len(losses) // PARTS))
    starts = np.arange(0, len(sound), size)
    if not len(starts):
        return Series(np.empty(0), np.empty(0), label, dash)
    counts = np.diff(np.append(starts, len(sound)))
    means = np.add.reduceat(sound, starts) / counts
    return Series(starts + (counts - 1) / 2, means, label, dash)


def as_json(values: Array) -> list[float | None]:
    """Give the numbers as JSON can carry them: null for what is not finite."""
    return [value if math.isfinite(value) else None for value in values.tolist()]
