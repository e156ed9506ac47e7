from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import objective
from tutor.optim.optimizers import Here, frozen_limit, optimizer

BOWL = objective("quadratic", kappa=100)
GRADIENT = np.array([1e-3, 5.0, -200.0])


def test_adams_first_step_is_the_sign() -> None:
    rule = optimizer("adam")
    displacement, (_, mean, square) = rule.update(
        Here(np.zeros(3), GRADIENT, BOWL), rule.init(np.zeros(3)), 0.01
    )
    np.testing.assert_allclose(displacement / 0.01, [-0.99999, -1, 1], atol=1e-8)
    uncorrected = mean / np.sqrt(square)
    np.testing.assert_allclose(np.abs(uncorrected), 3.16228, atol=5e-6)


@pytest.mark.parametrize("name", ["adam", "amsgrad", "adamw", "adamax", "sign", "lion"])
def test_the_first_step_does_not_see_the_size_of_the_slope(name: str) -> None:
    rule = optimizer(name)
    points = np.zeros(3)
    displacement, _ = rule.update(Here(points, GRADIENT, BOWL), rule.init(points), 0.01)
    np.testing.assert_allclose(displacement, -0.01 * np.sign(GRADIENT), rtol=2e-5)


def preconditioned_radius(product: float, beta1: float) -> float:
    """The spectral radius of a step whose v stands still, where η × preconditioned sharpness is ``product``."""
    rule, rate, size = optimizer("adam", beta1=beta1), 0.1, 4.0
    columns = []
    for x, mean in 1e-9 * np.eye(2):  # too small to change v, late enough that no bias is left
        point, frozen = np.array([x]), np.array([size**2 / 0.999])
        slope = product / rate * size * point
        displacement, (_, after, _) = rule.update(
            Here(point, slope, BOWL), (10**6, np.array([mean]), frozen), rate
        )
        columns.append([(point + displacement)[0], after[0]])
    return float(np.abs(np.linalg.eigvals(np.array(columns).T / 1e-9)).max())


@pytest.mark.parametrize("beta1", [0.0, 0.5, 0.9, 0.99])
def test_the_limit_with_a_frozen_preconditioner(beta1: float) -> None:
    limit = frozen_limit(beta1)
    assert (
        preconditioned_radius(limit * (1 - 1e-4), beta1)
        < 1.0
        < preconditioned_radius(limit * (1 + 1e-4), beta1)
    )


def test_the_limit_at_the_usual_beta() -> None:
    assert frozen_limit(0.9) == pytest.approx(38.0)


@settings(max_examples=25)
@given(st.floats(0, 0.99), st.floats(0.5, 0.999), st.integers(1, 60))
def test_adam_is_two_weighted_means(beta1: float, beta2: float, steps: int) -> None:
    """With the bias corrected, m̂ and v̂ are means with weights βᵗ⁻ⁱ that add up to 1."""
    gradients = np.random.default_rng(steps).normal(size=(steps, 2))
    rule = optimizer("adam", beta1=beta1, beta2=beta2)
    state = rule.init(gradients[0])
    for gradient in gradients:
        displacement, state = rule.update(Here(gradient, gradient, BOWL), state, 0.1)
    mean, square = (
        np.average(values, axis=0, weights=beta ** np.arange(steps)[::-1])
        for values, beta in ((gradients, beta1), (gradients**2, beta2))
    )
    np.testing.assert_allclose(displacement, -0.1 * mean / (np.sqrt(square) + 1e-8), rtol=1e-9)


def test_amsgrad_remembers_the_largest_slope() -> None:
    """After one large slope Adam's steps grow again; AMSGrad's don't."""
    ends = {}
    for name in ("adam", "amsgrad"):
        rule = optimizer(name, beta2=0.5)
        state = rule.init(np.zeros(1))
        for size in [100.0] + [1.0] * 60:
            displacement, state = rule.update(Here(np.zeros(1), np.array([size]), BOWL), state, 1.0)
        ends[name] = abs(displacement[0])
    assert ends["adam"] == pytest.approx(1.0, abs=0.2)
    assert ends["amsgrad"] < 0.05


def test_adamws_pull_is_not_divided() -> None:
    """Without a slope it shrinks by 1 − ηλ a step, whatever v is; Adam's decay makes a step of η of it."""
    flat = np.zeros(2)
    for name, expected in (("adamw", [99.5, 0.995]), ("adam", [99.99, 0.99])):
        rule = optimizer(name, weight_decay=0.5)
        points = np.array([100.0, 1.0])
        displacement, _ = rule.update(Here(points, flat, BOWL), rule.init(points), 0.01)
        np.testing.assert_allclose(points + displacement, expected, rtol=1e-6)


def test_adamax_divides_by_the_largest_slope() -> None:
    made = walk(optimizer("adamax"), objective("quadratic", kappa=1), (1.0, 0.0), 1, 0.1)
    assert made[1, 0] == pytest.approx(0.9)
    rule = optimizer("adamax", beta1=0.0, beta2=0.9)
    state = rule.init(np.zeros(1))
    for size, expected in ((1.0, 1.0), (0.5, 0.5 / 0.9), (2.0, 1.0), (1.0, 1 / 1.8)):
        displacement, state = rule.update(Here(np.zeros(1), np.array([size]), BOWL), state, 1.0)
        assert -displacement[0] == pytest.approx(expected, rel=1e-6)


def lengths_on_a_constant_slope(name: str, slope: float, steps: int) -> list[float]:
    rule = optimizer(name)
    state = rule.init(np.zeros(1))
    lengths = []
    for _ in range(steps):
        displacement, state = rule.update(Here(np.zeros(1), np.array([slope]), BOWL), state, 1.0)
        lengths.append(-float(displacement[0]))
    return lengths


def test_radam_is_momentum_until_it_knows_the_spread() -> None:
    """With β₂ = 0.999 the first five steps are not divided (ρₜ ≤ 5); then they are r of a step of Adam's."""
    lengths = lengths_on_a_constant_slope("radam", 200.0, 40)
    np.testing.assert_allclose(lengths[:5], 200.0)
    t = np.arange(6, 41)
    end, now = 1999.0, 1999.0 - 2 * t * 0.999**t / (1 - 0.999**t)
    rectified = np.sqrt((now - 4) * (now - 2) * end / ((end - 4) * (end - 2) * now))
    np.testing.assert_allclose(lengths[5:], rectified, rtol=1e-7)


def test_nadam_on_a_constant_slope() -> None:
    """There m is (1−β₁ᵗ)·g, so that the size of g cancels."""
    mu = [0.9 * (1 - 0.5 * 0.96 ** (0.004 * t)) for t in range(1, 12)]
    expected = [
        (1 - mu[t]) / (1 - np.prod(mu[: t + 1])) + mu[t + 1] * (1 - 0.9 ** (t + 1)) / (1 - np.prod(mu[: t + 2]))
        for t in range(10)
    ]
    np.testing.assert_allclose(lengths_on_a_constant_slope("nadam", 7.0, 10), expected, rtol=1e-7)
