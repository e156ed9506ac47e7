"""What the tests of networks have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.data import load, split
from tutor.optim.network import Network, initial

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

DIGITS = split(load("digits"), train=1000)


def some_points(network: Network, runs: int) -> Array:
    """Points (R, P) like those in the middle of a training, where biases are not 0."""
    rng = np.random.default_rng(7)
    starts = np.array([initial(network, seed=seed) for seed in range(runs)])
    return np.asarray(starts + 0.1 * rng.standard_normal(starts.shape))
