"""Noisy gradients against their stated means and variances, and against the data that they give away."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.optim.objectives import Array, Objective, objective


def estimates(ground: Objective, point: Array, steps: int) -> Array:
    """The gradients (steps, d) seen at one point."""
    assert ground.noisy
    return np.array([ground.noisy(point, step) for step in range(steps)])


@pytest.mark.parametrize(("sigma", "batch"), [(1.0, 1), (2.0, 16)])
def test_the_noise_of_the_quadratic_has_the_stated_mean_and_variance(sigma: float, batch: int) -> None:
    ground, point = objective("noisy-quadratic", h=3, sigma=sigma, batch=batch), np.array([1.0, -2.0])
    errors = estimates(ground, point, 20_000) - ground.gradient(point)
    spread = sigma / np.sqrt(batch)
    np.testing.assert_allclose(errors.mean(axis=0) / spread, 0, atol=5 / np.sqrt(20_000))
    np.testing.assert_allclose(errors.std(axis=0) / spread, 1, rtol=0.03)
    for lag in (1, 256):  # independent from step to step, within a block and across
        assert abs(np.mean(errors[lag:] * errors[:-lag])) < 5 * spread**2 / np.sqrt(40_000)
    assert abs(np.mean(errors[:, 0] * errors[:, 1])) < 5 * spread**2 / np.sqrt(20_000)


@pytest.mark.parametrize("params", [{}, {"dimension": 5, "kappa": 100, "examples": 60, "batch": 7, "sigma": 2}])
def test_noise_follows_from_seed_and_step_alone(params: dict[str, float]) -> None:
    for name in ("noisy-quadratic", "linear-regression"):
        given = params if name == "linear-regression" else {}
        one, same, other = (objective(name, **given, seed=seed) for seed in (3, 3, 4))
        assert one.noisy
        assert same.noisy
        assert other.noisy
        point = np.array(one.start)
        forth = [one.noisy(point, step) for step in (0, 1, 255, 256, 5000)]
        back = [same.noisy(point, step) for step in (5000, 256, 255, 1, 0)]
        np.testing.assert_array_equal(forth, back[::-1])
        assert len(np.unique(forth, axis=0)) == 5
        assert not np.allclose(other.noisy(point, 1), forth[1])


def regression(**params: float) -> tuple[Objective, Array, Array]:
    """A regression and the examples (n, d), (n,) that its single-example gradients a(a·w − b) give away."""
    ground = objective("linear-regression", **params, batch=1)
    n, d = int(ground.params["examples"]), len(ground.start)
    at_zero = estimates(ground, np.zeros(d), n)  # −ab
    at_best = estimates(ground, np.array(ground.start), n)
    slopes = at_best - at_zero  # a(a·w), along a
    aw2 = np.sum(slopes * np.array(ground.start), axis=-1)  # (a·w)²
    inputs = slopes / np.sqrt(aw2)[:, None]  # ±a, with a·w > 0
    labels = -np.sum(at_zero * inputs, axis=-1) / np.sum(inputs * inputs, axis=-1)
    return ground, inputs, labels


@pytest.mark.parametrize(
    "params",
    [{}, {"dimension": 3, "kappa": 30, "examples": 40, "sigma": 0.2, "seed": 9}, {"sigma": 0, "examples": 12}],
)
def test_linear_regression_is_least_squares_on_its_examples(params: dict[str, float]) -> None:
    ground, inputs, labels = regression(**params)
    some = np.random.default_rng(0).normal(size=(6, len(ground.start)))
    residuals = some @ inputs.T - labels
    np.testing.assert_allclose(ground.value(some), 0.5 * np.mean(residuals**2, axis=-1), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ground.gradient(some), residuals @ inputs / len(labels), rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(ground.hessian(some[0]), inputs.T @ inputs / len(labels), rtol=1e-5, atol=1e-7)
    best = np.linalg.lstsq(inputs, labels, rcond=None)[0]
    np.testing.assert_allclose(ground.minima, [best], rtol=1e-5)


def test_the_examples_are_those_asked_for() -> None:
    ground = objective("linear-regression", dimension=4, kappa=1000, examples=10_000, sigma=0.5)
    curvatures = ground.curvatures(np.zeros(4))
    np.testing.assert_allclose(curvatures, [1, 10, 100, 1000], rtol=0.1)
    np.testing.assert_allclose(ground.minima, [[1, -1, 1, -1]], atol=0.05)
    assert ground.minimum_value == pytest.approx(0.5 * 0.5**2, rel=0.1)


@pytest.mark.parametrize("batch", [1, 4, 16])
def test_an_epoch_of_batches_averages_to_the_gradient(batch: int) -> None:
    ground, point = objective("linear-regression", examples=64, batch=batch), np.array([0.3, 2.0])
    seen = estimates(ground, point, 5 * 64 // batch)
    for epoch in np.split(seen, 5):
        np.testing.assert_allclose(epoch.mean(axis=0), ground.gradient(point), rtol=1e-10, atol=1e-12)
    assert not np.allclose(seen[0], seen[64 // batch])  # shuffled anew


def test_the_variance_of_a_batch_without_repetition() -> None:
    """It is (1/B)·(n − B)/(n − 1) of a single example's."""
    point, n = np.array([0.3, 2.0]), 64
    single = estimates(objective("linear-regression", examples=n, batch=1), point, n).var(axis=0)
    for batch in (4, 32):
        ground = objective("linear-regression", examples=n, batch=batch)
        seen = estimates(ground, point, 4000 * n // batch)
        np.testing.assert_allclose(seen.var(axis=0), single * (n - batch) / (n - 1) / batch, rtol=0.1)


def test_a_full_batch_has_no_noise() -> None:
    assert objective("linear-regression", examples=8, batch=8).noisy is None
