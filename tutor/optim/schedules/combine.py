"""Schedules made of others: one after another, or all at once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.optim.schedules.base import Schedule


def join(schedules: Sequence[Schedule], boundaries: Sequence[int]) -> Schedule:
    """Follow one schedule after another, each counting from its own boundary.

    Match optax.join_schedules, and torch's SequentialLR; the last schedule says what comes past the end.
    Raises UsageError unless there is one boundary, each later than the last, between any two schedules.
    """
    if len(boundaries) != len(schedules) - 1 or any(b <= a for a, b in pairwise((0, *boundaries))):
        raise UsageError(
            f"{len(schedules)} schedules are joined at {len(schedules) - 1} steps, each later than the last, "
            f"not at {list(boundaries)}"
        )
    begins = (0, *boundaries)

    def at(step: int) -> float:
        i = bisect_right(begins, step) - 1
        return schedules[i](step - begins[i])

    return at


def chain(schedules: Sequence[Schedule], rate: float) -> Schedule:
    """Multiply the factors that schedules of the same base rate apply to it.

    Match torch's ChainedScheduler for what multiplies the rate it finds, which is all but a floor such as
    ``eta_min``.
    """

    def at(step: int) -> float:
        product = rate
        for each in schedules:
            product *= each(step) / rate
        return product

    return at
