"""Products with the Hessian, the sharpness, and the noise scale."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.optim.network.some import DIGITS, some_points
from tests.optim.network.test_gradients import at
from tutor.optim.data import Examples
from tutor.optim.network import ACTIVATIONS, LOSSES, Network, hessian_vector, noise_scale, sharpness
from tutor.optim.network.sharpness import largest

SMALL = DIGITS.train.first(23)
THUMBNAILS = Examples(SMALL.inputs[:, 20:30], SMALL.labels)
"""Of few pixels, so that the whole Hessian can be looked at."""


@pytest.mark.parametrize(
    ("activation", "loss", "sizes"),
    list(product(ACTIVATIONS, LOSSES, [(64, 10), (64, 6, 10), (64, 6, 5, 4, 10)])),
)
def test_products_with_the_hessian_against_differences_of_the_gradient(
    activation: str, loss: str, sizes: tuple[int, ...]
) -> None:
    network = Network(sizes, activation, loss)
    points = some_points(network, 2)
    along = np.random.default_rng(1).standard_normal(points.shape)
    step = 1e-6
    expected = (at(network, points + step * along, SMALL)[1] - at(network, points - step * along, SMALL)[1]) / (
        2 * step
    )
    found = hessian_vector(network, points, SMALL)(along)
    assert np.abs(found).max() > 0.1
    np.testing.assert_allclose(found, expected, atol=1e-7 * np.abs(expected).max())


def test_the_hessian_is_a_mean_over_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((64, 6, 10), "tanh")
    points = some_points(network, 2)
    along = np.random.default_rng(1).standard_normal(points.shape)
    whole = hessian_vector(network, points, SMALL)(along)
    scale = noise_scale(network, points, SMALL)
    monkeypatch.setattr("tutor.optim.network.passes.PIECE", 7)
    np.testing.assert_allclose(hessian_vector(network, points, SMALL)(along), whole, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(noise_scale(network, points, SMALL), scale, rtol=1e-10)


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_the_sharpness_is_the_largest_eigenvalue(activation: str, loss: str) -> None:
    network = Network((10, 6, 5, 10), activation, loss)
    points = some_points(network, 3)
    multiply = hessian_vector(network, points, THUMBNAILS)
    rows = [multiply(np.tile(row, (3, 1))) for row in np.eye(network.parameters)]
    hessians = np.array(rows).swapaxes(0, 1)
    np.testing.assert_allclose(hessians, hessians.swapaxes(1, 2), atol=1e-12)
    expected = np.linalg.eigvalsh(hessians)[:, -1]
    np.testing.assert_allclose(sharpness(network, points, THUMBNAILS), expected, rtol=1e-3)
    narrow = sharpness(network, points.astype(np.float32), THUMBNAILS)
    np.testing.assert_allclose(narrow, expected, rtol=1e-3)


def test_lanczos_finds_the_top_and_not_the_largest_size() -> None:
    values = np.array([-50.0, *np.linspace(-1.0, 3.0, 40), 4.0])
    found = largest(lambda vectors: values * vectors, np.zeros((2, len(values))))
    np.testing.assert_allclose(found, 4.0, rtol=1e-3)


def test_lanczos_knows_a_flat_and_a_tiny_space() -> None:
    np.testing.assert_array_equal(largest(np.zeros_like, np.zeros((2, 5))), 0.0)
    np.testing.assert_allclose(largest(lambda vectors: 3.0 * vectors, np.zeros((1, 1))), 3.0)


def test_each_sharpness_is_the_same_in_any_company() -> None:
    network = Network((64, 6, 10), "tanh", "mse")
    points = some_points(network, 4) * np.array([[0.1], [1.0], [2.0], [1.0]])
    together = sharpness(network, points, SMALL)
    np.testing.assert_array_equal(together, [sharpness(network, point[None], SMALL)[0] for point in points])


def test_a_lost_run_has_no_sharpness() -> None:
    network = Network((64, 6, 10))
    points = some_points(network, 2)
    points[0, 0] = np.nan
    with np.errstate(all="ignore"):
        found = sharpness(network, points, SMALL)
    assert np.isnan(found[0])
    assert found[1] > 0.0


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_the_noise_scale_against_the_gradient_of_each_example(activation: str, loss: str) -> None:
    """McCandlish et al. 2018: tr(Σ)/‖g‖², from gradients one by one."""
    network = Network((64, 6, 5, 10), activation, loss)
    points = some_points(network, 2)
    each = [Examples(SMALL.inputs[k : k + 1], SMALL.labels[k : k + 1]) for k in range(len(SMALL))]
    gradients = np.array([at(network, points, one)[1] for one in each])
    covariance = gradients.var(axis=0, ddof=1).sum(axis=-1)
    expected = covariance / (gradients.mean(axis=0) ** 2).sum(axis=-1)
    np.testing.assert_allclose(noise_scale(network, points, SMALL), expected, rtol=1e-10)
