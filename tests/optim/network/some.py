"""What the tests of networks have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.data import Split, load, split
from tutor.optim.network import Network, initial, train

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.optim.network import Checkpoint, Recipe, Run, Training
    from tutor.optim.objectives import Array

DIGITS = split(load("digits"), train=1000)
NETWORK = Network((64, 12, 10))
FEW = Split(DIGITS.train.first(200), DIGITS.validation.first(60))


def some_points(network: Network, runs: int) -> Array:
    """Points (R, P) like those in the middle of a training, where biases are not 0."""
    rng = np.random.default_rng(7)
    starts = np.array([initial(network, seed=seed) for seed in range(runs)])
    return np.asarray(starts + 0.1 * rng.standard_normal(starts.shape))


def ended(
    recipe: Recipe, runs: Sequence[Run], split: Split = FEW, resume: Checkpoint | None = None
) -> Training:
    """The last of the partial results."""
    *_, last = train(recipe, split, runs, resume=resume)
    assert last.finished
    return last


def assert_same(one: Training, other: Training, places: Sequence[int] | slice = slice(None)) -> None:
    """All that is known of the runs in these places of ``other`` is equal to the bit."""
    for name in (
        "losses",
        "rates",
        "train_loss",
        "validation_loss",
        "validation_accuracy",
        "sharpness",
        "points",
    ):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name)[places], name)
    assert one.verdicts == tuple(np.array(other.verdicts)[places])
    np.testing.assert_array_equal(one.evaluated, other.evaluated)
