"""FSRS-6 on arrays: what `fsrs6` computes for one review, for hundreds of thousands of questions at once.

It is equal to it but for the last bits, which the tests see to. ``weights`` are the 21 parameters; stabilities
and elapsed times are in days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Weights = Sequence[float]

LEAST_STABILITY = 0.001
EASIEST, HARDEST = 1.0, 10.0
"""Between them lies every difficulty."""

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


class Memory(NamedTuple):
    """The memory of n questions."""

    stability: Array
    """(n,): days after which each is remembered with a probability of 0.9."""

    difficulty: Array
    """(n,): from 1 (easy) to 10 (hard)."""


def retrievability(weights: Weights, stability: Array, elapsed: Array | Whole) -> Array:
    """The probability of remembering after so many days: R = (1 + F·t/S)^(−w₂₀), F = 0.9^(−1/w₂₀) − 1."""
    decay = weights[20]
    return np.asarray((1 + (0.9 ** (-1 / decay) - 1) * elapsed / stability) ** -decay)


def interval(weights: Weights, stability: Array, retention: float) -> Whole:
    """The whole days, 1 at least and unfuzzed, until the probability of remembering falls to ``retention``."""
    decay = weights[20]
    days = stability / (0.9 ** (-1 / decay) - 1) * (retention ** (-1 / decay) - 1)
    return np.asarray(np.clip(np.rint(days), 1, 36_500), dtype=np.int64)


def first(weights: Weights, rating: Whole) -> Memory:
    """The memory after the first review, rated ``rating`` (n,)."""
    stability = np.asarray(weights[:4])[rating - 1]
    return Memory(np.maximum(stability, LEAST_STABILITY), np.clip(_easiness(weights, rating), EASIEST, HARDEST))


def later(weights: Weights, memory: Memory, rating: Whole, elapsed: Whole) -> Memory:
    """The memory after one more review, rated ``rating`` (n,), ``elapsed`` (n,) ≥ 0 days after the last."""
    stability, difficulty = memory
    gone = 1 - retrievability(weights, stability, elapsed)
    logarithm = np.log(stability)
    recalled = stability * (
        1
        + np.exp(weights[8] - weights[9] * logarithm)
        * (11 - difficulty)
        * np.expm1(gone * weights[10])
        * np.where(rating == HARD, weights[15], np.where(rating == EASY, weights[16], 1.0))
    )
    forgotten = np.minimum(
        weights[11]
        * difficulty ** -weights[12]
        * ((stability + 1) ** weights[13] - 1)
        * np.exp(gone * weights[14]),
        stability / np.exp(weights[17] * weights[18]),
    )
    growth = np.exp(weights[17] * (rating - 3 + weights[18]) - weights[19] * logarithm)
    same_day = stability * np.where(rating == AGAIN, growth, np.maximum(growth, 1.0))
    new = np.where(elapsed < 1, same_day, np.where(rating == AGAIN, forgotten, recalled))
    damped = difficulty - weights[6] * (rating - 3) * (10 - difficulty) / 9
    mean = weights[7] * float(_easiness(weights, np.array(EASY))) + (1 - weights[7]) * damped
    return Memory(np.maximum(new, LEAST_STABILITY), np.clip(mean, EASIEST, HARDEST))


def _easiness(weights: Weights, rating: Whole) -> Array:
    """The difficulty that the first rating stands for, before it is clipped."""
    return np.asarray(weights[4] - np.exp(weights[5] * (rating - 1)) + 1)
