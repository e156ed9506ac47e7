"""The vertical axis of a diagram, linear or logarithmic, from whatever numbers a run may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.plots import ticks
from tutor.plots.clip import sane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.plots.figure import Array, Curves, Range
    from tutor.plots.ticks import Ticks

HEADROOM = 1.1
DECADES_BELOW, DECADES_ABOVE = 12, 3
"""How far a logarithmic axis goes from the highest start: what falls or rises further leaves the picture."""

FARTHEST_EXPONENT = 300
"""Beyond there is no room for ticks among the doubles."""


class Scaled(NamedTuple):
    """What a diagram shows along its vertical axis, in the axis's own numbers (exponents if logarithmic)."""

    levels: Array
    span: Range
    ticks: Ticks


def linear(figure: Curves, most: int) -> Scaled:
    """An axis with at most ``most`` ticks that holds every finite number, zero, and some room above them."""
    levels = np.array(figure.levels, dtype=np.float64)
    heights = [series.y for series in figure.series]
    low, high = extent([*heights, levels, np.zeros(1)])
    span = sane((low, HEADROOM * high))
    return Scaled(levels, span, ticks.linear(span, most))


def logarithmic(figure: Curves, most: int) -> Scaled:
    """An axis of powers of ten; what is below its lower end, zero and negative numbers too, runs along it."""
    levels = log10(np.array(figure.levels, dtype=np.float64))
    heights = [log10(series.y) for series in figure.series]
    low, high = extent([*heights, levels])
    starts = [each[np.isfinite(each)][:1] for each in heights]
    _, start = extent(starts) if any(map(len, starts)) else (low, high)
    shown = max(low, start - DECADES_BELOW), min(high, start + DECADES_ABOVE)
    low, high = np.clip(shown, -FARTHEST_EXPONENT, FARTHEST_EXPONENT).tolist()
    span = (low, high) if high - low > 0.01 else (low - 0.5, high + 0.5)
    return Scaled(levels, span, ticks.decades(span, most))


def extent(arrays: Iterable[Array]) -> Range:
    """From the least to the largest finite number; 0 to 1 if there is none."""
    every = np.concatenate([np.zeros(0), *arrays])
    finite = every[np.isfinite(every)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)


def log10(values: Array) -> Array:
    """log₁₀, which is -inf for zero and for what is below it, and NaN for NaN."""
    with np.errstate(divide="ignore"):
        return np.log10(np.maximum(values, 0.0))
