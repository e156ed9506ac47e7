"""A forgetting curve's log loss: its derivatives, its minimum, and that it is what it says it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from tests.optim.objectives.test_shared import assert_is_derivative
from tutor.memory.fsrs6 import DEFAULTS, Fsrs6
from tutor.optim.objectives.forgetting import UNIT, VIEW, forgetting, recall

ELAPSED = np.array([0.3, 0.6, 0.85, 1.0, 1.2, 1.5, 2.1, 3.1, 4.6, 8.0])
ANSWERS = np.array([300.0, 900, 2000, 6000, 2000, 900, 400, 300, 200, 50])
SPOTS = st.tuples(st.floats(-2, 2), st.floats(-3, 0.5)).map(np.array)


def sampled(x: float, y: float, seed: int = 2) -> np.ndarray:
    """How many are remembered by a learner with this curve."""
    return np.random.default_rng(seed).binomial(ANSWERS.astype(int), recall(x, y, ELAPSED)).astype(float)


def test_the_curve_is_that_of_fsrs() -> None:
    fsrs = Fsrs6(DEFAULTS)
    for days in (1, 5, 10, 100):
        expected = fsrs.retrievability(10.0, days)
        assert recall(math.log(10.0), math.log(DEFAULTS[20]), np.array([float(days)])) == pytest.approx(
            expected
        )


@settings(max_examples=30)
@given(SPOTS, st.integers(0, 5))
def test_gradient_and_hessian_match_finite_differences(spot: np.ndarray, seed: int) -> None:
    ground = forgetting(ELAPSED, sampled(0.2, -1.2, seed), ANSWERS)
    assert_is_derivative(ground.gradient(spot), ground.value, spot)
    assert_is_derivative(ground.hessian(spot), ground.gradient, spot)


def test_the_value_is_the_excess_log_loss() -> None:
    passed = sampled(0.2, -1.2)
    p, shares = recall(0.5, -1.0, ELAPSED), passed / ANSWERS
    losses = [
        -float(np.sum(passed * np.log(q) + (ANSWERS - passed) * np.log1p(-np.clip(q, 0, 1 - 1e-12))))
        for q in (p, shares)
    ]
    value = forgetting(ELAPSED, passed, ANSWERS).value(np.array([0.5, -1.0]))
    assert value == pytest.approx(UNIT * (losses[0] - losses[1]) / ANSWERS.sum(), rel=1e-6)


@pytest.mark.parametrize("truth", [(0.0, -1.87), (0.4, -1.0), (-0.4, -1.5)])
def test_the_minimum_is_scipys_and_near_the_truth(truth: tuple[float, float]) -> None:
    ground = forgetting(ELAPSED, sampled(*truth), ANSWERS)
    (best,) = ground.minima
    theirs = minimize(ground.value, truth, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-12})
    assert best == pytest.approx(theirs.x, abs=1e-3)
    assert best[0] == pytest.approx(truth[0], abs=0.15)
    assert ground.minimum_value == pytest.approx(theirs.fun, abs=1e-9)
    assert ground.sharpness(np.array(best)) > 0


def test_answers_that_no_curve_fits_leave_no_minimum() -> None:
    ground = forgetting([0.5, 1.0, 2.0], [10.0, 10, 10], [10.0, 10, 10])  # nothing was ever forgotten
    assert ground.minima == ()
    assert all(low < place < high for place, (low, high) in zip(ground.start, VIEW, strict=True))
