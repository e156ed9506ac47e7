"""Chance that follows from a seed and a step alone, however the runs are batched or replayed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.objectives.base import Array

BLOCK = 256
"""How many steps' noise to draw at once: making a generator costs more than its numbers."""


def normals(seed: int, step: int, dimension: int) -> Array:
    """Draw the step's standard normal numbers (d,)."""
    block, row = divmod(step, BLOCK)
    drawn: Array = _normals(seed, block, dimension)[row]
    return drawn


def batch(seed: int, step: int, examples: int, size: int) -> NDArray[np.int_]:
    """Draw the step's mini-batch (size,) of example numbers.

    Each epoch shuffles the examples and goes through them without repetition; what does not fill a batch at
    its end is left out, as by torch's DataLoader with ``drop_last``.
    """
    epoch, number = divmod(step, examples // size)
    drawn: NDArray[np.int_] = _order(seed, epoch, examples)[number * size : (number + 1) * size]
    return drawn


@lru_cache(maxsize=16)
def _normals(seed: int, block: int, dimension: int) -> Array:
    return np.random.default_rng((seed, block)).standard_normal((BLOCK, dimension))


@lru_cache(maxsize=16)
def _order(seed: int, epoch: int, examples: int) -> NDArray[np.int_]:
    return np.random.default_rng((seed, epoch)).permutation(examples)
