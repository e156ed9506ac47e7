from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import objective
from tutor.optim.optimizers import Here, optimizer

KAPPA = 100.0
"""μ = 1, L = 100, as in facts.md."""

BOWL = objective("quadratic", kappa=KAPPA)


def spectral_radius(name: str, alpha: float, beta: float) -> float:
    """The worst eigen-rate over the curvatures 1 and KAPPA, from the map that update makes."""
    rule = optimizer(name, momentum=beta)
    radii = []
    for curvature in (1.0, KAPPA):
        columns = []
        for x, v in np.eye(2):
            point = np.array([x])
            state = (*rule.init(point)[:-1], np.array([v]))
            displacement, (*_, velocity) = rule.update(Here(point, curvature * point, BOWL), state, alpha)
            columns.append([(point + displacement)[0], velocity[0]])
        radii.append(np.abs(np.linalg.eigvals(np.array(columns).T)).max())
    return float(max(radii))


def test_heavy_balls_optimum() -> None:
    root = np.sqrt(KAPPA)
    alpha, beta = 4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2
    assert alpha == pytest.approx(0.0330579, abs=1e-7)
    assert beta == pytest.approx(0.669421, abs=1e-6)
    best = spectral_radius("momentum", alpha, beta)
    assert best == pytest.approx(9 / 11, abs=1e-6)
    for change in (0.99, 1.01):
        assert spectral_radius("momentum", alpha * change, beta) > best + 1e-4
        assert spectral_radius("momentum", alpha, beta * change) > best + 1e-4


def test_nesterovs_rates() -> None:
    """Lessard et al. 2016, table 1."""
    root = np.sqrt(KAPPA)
    standard = spectral_radius("nesterov", 1 / KAPPA, (root - 1) / (root + 1))
    assert standard == pytest.approx(1 - 1 / root, abs=1e-6) == pytest.approx(0.9)
    root = np.sqrt(3 * KAPPA + 1)
    alpha, beta = 4 / (3 * KAPPA + 1), (root - 2) / (root + 2)
    best = spectral_radius("nesterov", alpha, beta)
    assert best == pytest.approx(0.884722, abs=1e-6)
    for change in (0.99, 1.01):
        assert spectral_radius("nesterov", alpha * change, beta) > best + 1e-5
        assert spectral_radius("nesterov", alpha, beta * change) > best + 1e-5


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_stable_up_to_the_limit(name: str, beta: float) -> None:
    stable = optimizer(name, momentum=beta).stable
    assert stable == pytest.approx(2 * (1 + beta) / (1 if name == "momentum" else 1 + 2 * beta))
    assert stable is not None
    below, above = (spectral_radius(name, scale * stable / KAPPA, beta) for scale in (1 - 1e-6, 1 + 1e-6))
    assert below < 1.0 < above


def test_the_limits_of_the_usual_momentum() -> None:
    assert optimizer("sgd").stable == 2.0
    assert optimizer("momentum").stable == pytest.approx(3.8)
    assert optimizer("nesterov").stable == pytest.approx(1.357143, abs=1e-6)


def test_dampening_widens_the_limit() -> None:
    damped = optimizer("momentum", momentum=0.5, dampening=0.25)
    assert damped.stable == pytest.approx(4.0)
    for scale, grows in ((1 - 1e-3, False), (1 + 1e-3, True)):
        end = walk(damped, BOWL, (0.0, 1.0), 4000, scale * 4.0 / KAPPA)[-1]
        assert bool(abs(end[1]) > 1.0) is grows


def test_dampening_leaves_the_first_slope_whole() -> None:
    points = walk(optimizer("momentum", momentum=0.5, dampening=0.25), BOWL, (8.0, 0.0), 2, 0.5)
    np.testing.assert_allclose(points[:, 0], [8.0, 4.0, 4.0 - 0.5 * (0.5 * 8 + 0.75 * 4)])


@settings(max_examples=20)
@given(st.floats(0, 0.99), st.floats(1e-4, 0.1))
def test_momentum_is_polyaks_recursion(beta: float, rate: float) -> None:
    """x_{k+1} = x_k − η·g_k + β·(x_k − x_{k−1}), which has no velocity."""
    ground = objective("ravine", kappa=5, bend=0.1)
    polyak = [np.array([-2.0, 1.0])] * 2
    for _ in range(20):
        polyak.append(polyak[-1] - rate * ground.gradient(polyak[-1]) + beta * (polyak[-1] - polyak[-2]))
    points = walk(optimizer("momentum", momentum=beta), ground, (-2.0, 1.0), 20, rate)
    np.testing.assert_allclose(points, polyak[1:], rtol=1e-9, atol=1e-12)


@settings(max_examples=20)
@given(st.floats(0, 0.99), st.floats(1e-4, 0.05))
def test_nesterov_takes_its_slopes_at_the_points_looked_ahead_to(beta: float, rate: float) -> None:
    """His two sequences: x_{k+1} = y_k − η·g(y_k), y_{k+1} = x_{k+1} + β·(x_{k+1} − x_k). Ours are the y.

    Torch's first velocity is g itself, so its first y looks ahead already, as if x had stood at y before.
    """
    ground = objective("ravine", kappa=5, bend=0.1)
    x = ahead = np.array([-2.0, 1.0])
    expected = [ahead]
    for _ in range(20):
        x, before = ahead - rate * ground.gradient(ahead), x
        ahead = x + beta * (x - before)
        expected.append(ahead)
    points = walk(optimizer("nesterov", momentum=beta), ground, (-2.0, 1.0), 20, rate)
    np.testing.assert_allclose(points, expected, rtol=1e-9, atol=1e-12)
