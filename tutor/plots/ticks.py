"""Few and tidy ticks: 1, 2 or 5 times a power of ten on a linear axis, powers of ten on a logarithmic one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.plots.figure import Range

Ticks = tuple[tuple[float, str], ...]
"""Positions, 0 at the lower end of the axis and 1 at the upper one, with their labels."""

PLAIN = 10
"""Exponents up to about half of this are written out."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def linear(span: Range, most: int) -> Ticks:
    """At most ``most`` ≥ 1 ticks on a linear axis over ``span``."""
    low, high = span
    values = _round_values(low, high, most)
    places = ((value - low) / (high - low) for value in values)
    return tuple(zip(places, _labels(values), strict=True))


def decades(span: Range, most: int) -> Ticks:
    """At most ``most`` ≥ 1 ticks on a logarithmic axis; ``span`` holds the exponents of its ends."""
    low, high = span
    first, last = math.ceil(low), math.floor(high)
    if last <= first:
        return _within_a_decade(low, high, most)
    stride = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) // s < most)
    exponents = [e for e in range(first, last + 1) if e % stride == 0]
    return tuple(((e - low) / (high - low), power(e)) for e in exponents)


def ladder(span: Range, most: int) -> Ticks:
    """The same with numbers as rates are written: 0.01, 0.02, 0.05, 0.1, or if that is too many, 0.01, 0.1."""
    low, high = span
    for digits, stride in ((1, 2, 5), 1), ((1,), 1), ((1,), 2), ((1,), 3):
        exponents = [e for e in range(math.floor(low), math.floor(high) + 1) if e % stride == 0]
        steps = ((e + math.log10(digit), digit * 10.0**e) for e in exponents for digit in digits)
        shown = [(place, value) for place, value in steps if low <= place <= high]
        if 1 < len(shown) <= most and abs(low) + abs(high) < PLAIN:
            places = ((place - low) / (high - low) for place, _ in shown)
            return tuple(zip(places, _labels([value for _, value in shown]), strict=True))
    return decades(span, most)


def power(exponent: int) -> str:
    """A power of ten as text: 10⁻³."""
    return "10" + str(exponent).translate(_RAISED)


def _within_a_decade(low: float, high: float, most: int) -> Ticks:
    values = [value for value in _round_values(10.0**low, 10.0**high, most) if value > 0]
    places = [(math.log10(value) - low) / (high - low) for value in values]
    return tuple(zip(places, _labels(values), strict=True))


def _round_values(low: float, high: float, most: int) -> list[float]:
    """The multiples of the smallest round step of which at most ``most`` lie between ``low`` and ``high``."""
    exponent = math.floor(math.log10((high - low) / most))
    steps = (digit * 10.0**e for e in range(exponent, exponent + 3) for digit in (1, 2, 5))
    step = next(step for step in steps if math.floor(high / step) - math.ceil(low / step) < most)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _labels(values: list[float]) -> list[str]:
    """The values in as few digits as tell them apart."""
    written = ([f"{value:.{digits}g}" for value in values] for digits in range(4, 18))
    return [text.replace("-", "−") for text in next(texts for texts in written if len({*texts}) == len(texts))]
