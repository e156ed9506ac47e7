from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from tutor.errors import UsageError
from tutor.optim.descend import descend
from tutor.optim.flow import flow
from tutor.optim.integrators import METHODS
from tutor.optim.objectives import objective

RAVINE = objective("ravine", kappa=10, bend=0.1)
START = (-2.0, 1.5)
EXPLICIT = [name for name, method in METHODS.items() if method.stable < math.inf]
IMPLICIT = [name for name in METHODS if name not in EXPLICIT]


def factor(method: str, z: float) -> float:
    """What a step multiplies x by on x' = −λx, with z = hλ (Hairer & Wanner, IV.2 and IV.3)."""
    taylor = sum((-z) ** k / math.factorial(k) for k in range(METHODS[method].order + 1))
    return {"implicit-euler": 1 / (1 + z), "trapezoid": (1 - z / 2) / (1 + z / 2)}.get(method, taylor)


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    solution = solve_ivp(
        lambda _, x: -RAVINE.gradient(x), (0, 1), START, rtol=1e-12, atol=1e-13, method="DOP853"
    )
    return np.asarray(solution.y[:, -1])


@pytest.mark.parametrize(
    ("method", "order"),
    [("euler", 1), ("implicit-euler", 1), ("midpoint", 2), ("trapezoid", 2), ("rk3", 3), ("rk4", 4)],
)
def test_order_of_the_global_error(method: str, order: int, truth: np.ndarray) -> None:
    steps = np.array([0.01, 0.005, 0.0025])
    errors = [
        np.linalg.norm(flow(RAVINE, START, step=step, time=1, method=method).points[-1] - truth)
        for step in steps
    ]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope == pytest.approx(order, abs=0.1)
    assert METHODS[method].order == order


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("h", [0.001, 0.3, 7.0])
def test_one_step_on_a_quadratic_is_the_methods_factor(method: str, h: float) -> None:
    made = flow(objective("quadratic", kappa=5), (1.0, 1.0), step=h, time=h, method=method)
    np.testing.assert_allclose(made.points[1], [factor(method, h), factor(method, 5 * h)], rtol=1e-11)
    assert made.failed is None


@pytest.mark.parametrize(
    ("method", "limit"), [("euler", 2.0), ("midpoint", 2.0), ("rk3", 2.512745), ("rk4", 2.785294)]
)
def test_stability_limit(method: str, limit: float) -> None:
    assert METHODS[method].stable == pytest.approx(limit, abs=5e-7)
    assert abs(factor(method, METHODS[method].stable)) == pytest.approx(1.0, abs=1e-12)
    bowl = objective("quadratic", kappa=100)
    for scale, grows in ((1 - 1e-4, False), (1 + 1e-4, True)):
        step = scale * METHODS[method].stable / 100
        end = flow(bowl, (0.0, 1.0), step=step, time=2000 * step, method=method).points[-1]
        assert bool(abs(end[1]) > 1.0) is grows


@pytest.mark.parametrize("method", IMPLICIT)
@pytest.mark.parametrize("step", [0.03, 1.0, 1e3, 1e6])
def test_implicit_methods_have_no_limit(method: str, step: float) -> None:
    made = flow(objective("quadratic", kappa=100), (1.0, 1.0), step=step, time=30 * step, method=method)
    assert made.failed is None
    assert (np.diff(np.abs(made.points), axis=0) < 0).all()


def test_the_trapezoids_factor_tends_to_minus_one_and_implicit_eulers_to_zero() -> None:
    bowl = objective("quadratic", kappa=100)
    ringing = flow(bowl, (0.0, 1.0), step=1e4, time=1e5, method="trapezoid").points[:, 1]
    np.testing.assert_allclose(ringing, (-1.0) ** np.arange(11), atol=1e-4)
    still = flow(bowl, (0.0, 1.0), step=1e4, time=1e5, method="implicit-euler").points[:, 1]
    assert abs(still[1]) < 1.1e-6


@settings(max_examples=60)
@given(
    st.sampled_from(IMPLICIT),
    st.floats(1e-3, 100),
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    st.floats(1, 1e4),
)
def test_an_implicit_step_solves_its_equation_or_says_that_it_does_not(
    method: str, step: float, start: tuple[float, float], kappa: float
) -> None:
    ravine = objective("ravine", kappa=kappa)
    made = flow(ravine, start, step=step, time=step, method=method)
    if made.failed:
        assert "Newton's method finds no solution" in made.failed
        assert made.points.tolist() == [list(start)]
        return
    theta = 1.0 if method == "implicit-euler" else 0.5
    x, y = made.points
    slope = theta * ravine.gradient(y) + (1 - theta) * ravine.gradient(x)
    scale = np.abs(x) + np.abs(y) + step * kappa * np.linalg.norm(np.abs(y) + y * y)
    np.testing.assert_array_less(np.abs(y - x + step * slope), 1e-9 * (scale + 1e-300))


@settings(max_examples=30)
@given(st.floats(1e-3, 1e3), st.tuples(st.floats(-5, 5), st.floats(-5, 5)))
def test_implicit_euler_is_the_proximal_step(step: float, start: tuple[float, float]) -> None:
    """On a quadratic it ends lower than it began, whatever the step, at argmin f(y) + ‖y − x‖²/2h."""
    bowl = objective("quadratic", kappa=30)
    x, y = flow(bowl, start, step=step, time=step, method="implicit-euler").points
    np.testing.assert_allclose(y, x / (1 + step * np.array([1, 30])), rtol=1e-11, atol=1e-300)


def test_an_implicit_step_without_a_solution_ends_the_flow_cleanly() -> None:
    """On a saddle the coordinate that runs downhill has the Jacobian 1 − h, singular at h = 1."""
    made = flow(objective("saddle"), (1.0, 1.0), step=1.0, time=5.0, method="implicit-euler")
    assert made.failed
    assert made.failed.startswith("After t = 0 it runs away, or Newton's method finds no solution")
    assert made.points.tolist() == [[1.0, 1.0]]


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
    assert made.failed == f"It runs away after t = {made.times[-1]:.6g}: try a shorter step."


def test_unknown_method() -> None:
    with pytest.raises(UsageError, match="did you mean 'euler'"):
        flow(RAVINE, START, step=0.1, time=1, method="eulr")


@pytest.mark.parametrize("method", METHODS)
def test_whatever_the_step_a_flow_ends_with_finite_points(method: str) -> None:
    for step in (1e-300, 1.0, 1e9, 1e300):
        made = flow(RAVINE, (1e3, -1e3), step=step, time=20 * step, method=method)
        assert np.isfinite(made.points).all()
        assert (len(made.times) < 21) is bool(made.failed)


def test_wrong_start() -> None:
    with pytest.raises(UsageError, match=r"a start on 'ravine' is 2 numbers, not \[1, 2, 3\]"):
        flow(RAVINE, (1, 2, 3), step=0.1, time=1)
