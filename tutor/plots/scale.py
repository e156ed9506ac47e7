"""The axes of a diagram, linear or logarithmic, from whatever numbers a run may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.plots import ticks
from tutor.plots.clip import sane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tutor.plots.figure import Array, Curves, Range
    from tutor.plots.ticks import Ticks

    Scale = Callable[[Array], Array]
    """How an axis counts: numbers to numbers."""

HEADROOM = 1.1
MARGIN = 0.03
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
    low, high = extent([*_heights(figure), levels, np.zeros(1)])
    span = sane((low, HEADROOM * high))
    return Scaled(levels, span, ticks.linear(span, most))


def logarithmic(figure: Curves, most: int) -> Scaled:
    """An axis of powers of ten; what is below its lower end, zero and negative numbers too, runs along it.

    It is measured from where the curves start, and from the lowest of the points.
    """
    levels = log10(np.array(figure.levels, dtype=np.float64))
    low, high = extent([*map(log10, _heights(figure)), levels])
    lines = [log10(series.y) for series in figure.series] + [np.sort(log10(each.y)) for each in figure.points]
    starts = [each[np.isfinite(each)][:1] for each in lines]
    _, start = extent(starts) if any(map(len, starts)) else (low, high)
    shown = max(low, start - DECADES_BELOW), min(high, start + DECADES_ABOVE)
    span = _exponents(shown)
    return Scaled(levels, span, ticks.decades(span, most))


def across(figure: Curves, most: int) -> tuple[Range, Ticks]:
    """The horizontal axis, with at most ``most`` ticks; it begins a little before measured points."""
    values = [*(series.x for series in figure.series), *(points.x for points in figure.points)]
    if not figure.log_x:
        span = sane(figure.x_range or _roomy(extent(values), figure))
        return span, ticks.linear(span, most)
    given = None if figure.x_range is None else [np.array(figure.x_range, dtype=np.float64)]
    ends = extent(map(log10, given or values))
    span = _exponents(ends if given else _roomy(ends, figure))
    return span, ticks.ladder(span, most)


def _roomy(ends: Range, figure: Curves) -> Range:
    """The ends of an axis, apart from measured points, so that the signs of these don't touch the frame."""
    low, high = ends
    margin = MARGIN * (high - low) if figure.points and np.isfinite(high - low) else 0.0
    return low - margin, high + margin


def _exponents(ends: Range) -> Range:
    """The ends of a logarithmic axis, apart, and not too far out."""
    low, high = np.clip(ends, -FARTHEST_EXPONENT, FARTHEST_EXPONENT).tolist()
    return (low, high) if high - low > 0.01 else (low - 0.5, high + 0.5)


def _heights(figure: Curves) -> list[Array]:
    """All that has a height in a diagram, levels aside."""
    spreads = [ends for each in figure.points for ends in (each.low, each.high) if ends is not None]
    return [*(series.y for series in figure.series), *(points.y for points in figure.points), *spreads]


def extent(arrays: Iterable[Array]) -> Range:
    """From the least to the largest finite number; 0 to 1 if there is none."""
    every = np.concatenate([np.zeros(0), *arrays])
    finite = every[np.isfinite(every)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)


def log10(values: Array) -> Array:
    """log₁₀, which is -inf for zero and for what is below it, and NaN for NaN."""
    with np.errstate(divide="ignore"):
        return np.log10(np.maximum(values, 0.0))
