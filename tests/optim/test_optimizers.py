from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.objectives import objective
from tutor.optim.optimizers import OPTIMIZERS, optimizer

KAPPA = 100.0
"""μ = 1, L = 100, as in facts.md."""


def spectral_radius(alpha: float, beta: float) -> float:
    """The worst eigen-rate of heavy ball over the curvatures 1 and KAPPA, from the map that update makes."""
    ball = optimizer("momentum", momentum=beta)
    radii = []
    for curvature in (1.0, KAPPA):
        columns = []
        for x, v in np.eye(2):
            point = np.array([x])
            displacement, (velocity,) = ball.update(curvature * point, (np.array([v]),), alpha)
            columns.append([(point + displacement)[0], velocity[0]])
        radii.append(np.abs(np.linalg.eigvals(np.array(columns).T)).max())
    return float(max(radii))


def test_heavy_balls_optimum() -> None:
    root = np.sqrt(KAPPA)
    alpha, beta = 4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2
    assert alpha == pytest.approx(0.0330579, abs=1e-7)
    assert beta == pytest.approx(0.669421, abs=1e-6)
    best = spectral_radius(alpha, beta)
    assert best == pytest.approx(9 / 11, abs=1e-6)
    for change in (0.99, 1.01):
        assert spectral_radius(alpha * change, beta) > best + 1e-4
        assert spectral_radius(alpha, beta * change) > best + 1e-4


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.99])
def test_momentum_is_stable_up_to_its_limit(beta: float) -> None:
    limit = optimizer("momentum", momentum=beta).stable / KAPPA
    assert limit == pytest.approx(2 * (1 + beta) / KAPPA)
    assert spectral_radius(limit * (1 - 1e-6), beta) < 1.0 < spectral_radius(limit * (1 + 1e-6), beta)


@settings(max_examples=20)
@given(st.floats(0, 0.99), st.floats(1e-4, 0.1))
def test_momentum_is_polyaks_recursion(beta: float, rate: float) -> None:
    """x_{k+1} = x_k − η·g_k + β·(x_k − x_{k−1}), which has no velocity."""
    ground, ball = objective("ravine", kappa=5, bend=0.1), optimizer("momentum", momentum=beta)
    point = before = polyak = np.array([-2.0, 1.0])
    state = ball.init(point)
    for _ in range(20):
        displacement, state = ball.update(ground.gradient(point), state, rate)
        point = point + displacement
        polyak, before = polyak - rate * ground.gradient(polyak) + beta * (polyak - before), polyak
        np.testing.assert_allclose(point, polyak, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_optimizers_are_pure_and_the_same_in_a_batch(name: str) -> None:
    rule = optimizer(name)
    rng = np.random.default_rng(3)
    gradients, rates = rng.normal(size=(5, 7, 2)), rng.uniform(0.01, 1, size=(7, 1))
    states = rule.init(gradients[0])
    singles = [rule.init(gradient) for gradient in gradients[0]]
    for gradient in gradients:
        kept = gradient.copy(), [array.copy() for array in states]
        together, new = rule.update(gradient, states, rates)
        np.testing.assert_array_equal(gradient, kept[0])
        for array, copy in zip(states, kept[1], strict=True):
            np.testing.assert_array_equal(array, copy)
        states = new
        for i in range(len(gradient)):
            alone, singles[i] = rule.update(gradient[i], singles[i], float(rates[i, 0]))
            np.testing.assert_array_equal(alone, together[i])


def test_wrong_settings() -> None:
    with pytest.raises(UsageError, match="did you mean 'momentum'"):
        optimizer("momentums")
    with pytest.raises(
        UsageError, match=r"momentum of optimizer 'momentum' must be a number from 0 to 0\.9999, not 1"
    ):
        optimizer("momentum", momentum=1)
    with pytest.raises(UsageError, match="optimizer 'sgd' takes no parameters: leave out 'momentum'"):
        optimizer("sgd", momentum=0.9)
