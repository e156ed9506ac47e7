from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from tutor.errors import UsageError
from tutor.optim.descend import descend
from tutor.optim.flow import METHODS, flow
from tutor.optim.objectives import objective

RAVINE = objective("ravine", kappa=10, bend=0.1)
START = (-2.0, 1.5)
ORDERS = {"euler": 1, "rk4": 4}


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    solution = solve_ivp(
        lambda _, x: -RAVINE.gradient(x), (0, 1), START, rtol=1e-12, atol=1e-13, method="DOP853"
    )
    return np.asarray(solution.y[:, -1])


@pytest.mark.parametrize("method", sorted(METHODS))
def test_order_of_convergence(method: str, truth: np.ndarray) -> None:
    steps = np.array([0.01, 0.005, 0.0025])
    errors = [
        np.linalg.norm(flow(RAVINE, START, step=step, time=1, method=method).points[-1] - truth)
        for step in steps
    ]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope == pytest.approx(ORDERS[method], abs=0.1)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_one_step_on_a_quadratic_is_the_methods_polynomial(method: str) -> None:
    """On x' = −λx a step multiplies by the Taylor polynomial of exp(−hλ) of the method's order."""
    h, rates = 0.3, np.array([1.0, 5.0])
    terms = [(-h * rates) ** k / np.prod(np.arange(1, k + 1)) for k in range(ORDERS[method] + 1)]
    made = flow(objective("quadratic", kappa=5), (1.0, 1.0), step=h, time=h, method=method)
    np.testing.assert_allclose(made.points[1], sum(terms), rtol=1e-14)


@pytest.mark.parametrize(("method", "limit"), [("euler", 2.0), ("rk4", 2.785294)])
def test_stability_limit(method: str, limit: float) -> None:
    bowl = objective("quadratic", kappa=100)
    for scale, grows in ((1 - 1e-4, False), (1 + 1e-4, True)):
        step = scale * limit / 100
        end = flow(bowl, (0.0, 1.0), step=step, time=2000 * step, method=method).points[-1]
        assert bool(abs(end[1]) > 1.0) is grows


@settings(max_examples=60)
@given(st.floats(1e-4, 3), st.tuples(st.floats(-5, 5), st.floats(-5, 5)), st.integers(1, 120))
def test_explicit_euler_is_gradient_descent_to_the_last_bit(
    rate: float, start: tuple[float, float], steps: int
) -> None:
    """Also where it diverges, and ends."""
    euler = flow(RAVINE, start, step=rate, time=steps * rate, method="euler")
    run = descend(RAVINE, rate, start=start, steps=steps)
    np.testing.assert_array_equal(euler.points, run.points)


def test_times() -> None:
    made = flow(RAVINE, START, step=0.3, time=1.0)
    np.testing.assert_allclose(made.times, [0, 0.3, 0.6, 0.9])
    assert len(flow(RAVINE, START, step=5.0, time=1.0).times) == 2


def test_a_flow_that_runs_away_ends_with_finite_points() -> None:
    made = flow(RAVINE, START, step=1.0, time=100, method="rk4")
    assert len(made.times) == len(made.points) < 101
    assert np.isfinite(made.points).all()


def test_unknown_method() -> None:
    with pytest.raises(UsageError, match="did you mean 'euler'"):
        flow(RAVINE, START, step=0.1, time=1, method="eulr")
