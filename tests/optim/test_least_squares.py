from __future__ import annotations

import numpy as np
import pytest

from tutor.optim.least_squares import draw, losses, stable_rate


@pytest.mark.parametrize(
    ("batch", "limit"), [(1, 0.0303), (4, 0.1159), (16, 0.3951), (64, 0.9922), (256, 1.595)]
)
def test_limits_in_64_dimensions(batch: int, limit: float) -> None:
    assert stable_rate(64, batch) == pytest.approx(limit, rel=5e-4)


@pytest.mark.parametrize(("dimension", "batch"), [(1, 1), (8, 1), (8, 4), (20, 3)])
def test_at_the_limit_the_mean_square_error_neither_grows_nor_shrinks(dimension: int, batch: int) -> None:
    """Measured over many single steps; its standard error is below 1 %."""
    rng = np.random.default_rng(5)
    limit = stable_rate(dimension, batch)
    start = rng.normal(size=dimension)
    many = draw(rng, steps=20_000, batch=batch, dimension=dimension, noise=0.0).inputs
    gradients = np.einsum("nbi,nb->ni", many, many @ start) / batch
    for rate, expected in ((limit, 1.0), (limit / 2, 1 - limit / 2)):
        after = np.sum((start - rate * gradients) ** 2, axis=-1).mean() / np.sum(start**2)
        assert after == pytest.approx(expected, abs=0.05)


def test_one_step_by_hand() -> None:
    examples = draw(np.random.default_rng(0), steps=1, batch=3, dimension=2, noise=0.5)
    start = np.array([1.0, -2.0])
    x, y = examples.inputs[0], examples.inputs[0] @ -start + examples.noise[0]  # w = 0, so w* = −start
    gradient = -(y[:, None] * x).mean(axis=0)
    expected = [0.5 * np.sum(start**2), 0.5 * np.sum((start - 0.1 * gradient) ** 2)]
    np.testing.assert_allclose(losses(examples, start, 0.1), expected)


def test_noise_leaves_a_floor_that_a_larger_batch_lowers() -> None:
    """The mean square settles where η²dσ²/B = (2η − η²(1 + (d+1)/B))·m."""
    rate, sigma, d = 0.02, 0.2, 8
    examples = draw(np.random.default_rng(1), steps=20_000, batch=4, dimension=d, noise=sigma)
    for batch in (1, 4):
        floor = rate**2 * d * sigma**2 / batch / (2 * rate - rate**2 * (1 + (d + 1) / batch))
        tail = losses(examples.first(batch), np.zeros(d), rate)[2000:]
        assert 2 * tail.mean() == pytest.approx(floor, rel=0.1)


def test_a_run_that_diverges_ends_with_finite_losses() -> None:
    examples = draw(np.random.default_rng(0), steps=500, batch=1, dimension=64, noise=0.1)
    run = losses(examples, np.full(64, 0.1), 1.0)
    assert len(run) < 100
    assert np.isfinite(run).all()


def test_draws_are_reproducible_and_shared_between_sizes() -> None:
    one, other = (draw(np.random.default_rng(7), steps=3, batch=4, dimension=5, noise=1) for _ in range(2))
    np.testing.assert_array_equal(one.inputs, other.inputs)
    np.testing.assert_array_equal(one.first(2).inputs, one.inputs[:, :2])
    np.testing.assert_array_equal(one.first(2).noise, one.noise[:, :2])
