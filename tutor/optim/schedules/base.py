"""What every schedule is, and the sorts of parameters that they take."""

from __future__ import annotations

from collections.abc import Callable

from tutor.optim.tables import Parameter

Schedule = Callable[[int], float]
"""The rate of a step, counted from 0; defined for every later step too."""


def count(about: str, default: int | None = None, low: int = 1) -> Parameter:
    """Describe a number of steps."""
    return Parameter(about, low=low, high=1_000_000, default=default, whole=True)


def rate_of(about: str, default: float | None = None) -> Parameter:
    """Describe a rate."""
    return Parameter(about, low=0.0, high=1e6, default=default)


def factor(about: str, default: float | None = None, high: float = 1.0) -> Parameter:
    """Describe a factor, by which a rate falls unless it may be higher than 1."""
    return Parameter(about, low=0.0, high=high, default=default)
