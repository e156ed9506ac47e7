from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.linesearch import SHORTEST, Search, line_search
from tutor.optim.objectives import objective

BOWL = objective("quadratic", kappa=50)


def armijo(point: tuple[float, float], trial: float, **set_: float) -> Search:
    start = np.array(point)
    gradient = BOWL.gradient(start)
    return line_search("armijo", **set_)(BOWL, start, gradient, -gradient, trial)


@settings(max_examples=60)
@given(
    st.tuples(st.floats(-5, 5), st.floats(0.1, 5)),
    st.floats(0.01, 10),
    st.floats(0.01, 0.9),
    st.floats(0.1, 0.9),
)
def test_armijo_on_a_quadratic(point: tuple[float, float], trial: float, c: float, shrink: float) -> None:
    """It accepts iff α ≤ 2(1−c)/h with h = gᵀHg/gᵀg (Nocedal & Wright), and so ends at ≥ min(α₀, 2τ(1−c)/L)."""
    gradient = BOWL.gradient(np.array(point))
    curvature = float(np.sum(gradient * np.array([1, 50]) * gradient) / np.sum(gradient * gradient))
    bound = 2 * (1 - c) / curvature
    search = armijo(point, trial, c=c, shrink=shrink)
    assert search.probes[0] == trial
    assert search.probes[-1] == search.rate
    assert search.cuts == len(search.probes) - 1
    np.testing.assert_allclose(search.probes[1:], shrink * search.probes[:-1])
    assert search.rate <= bound * (1 + 1e-9)
    assert (search.probes[:-1] > bound * (1 - 1e-9)).all()
    assert search.rate >= min(trial, shrink * 2 * (1 - c) / 50) * (1 - 1e-9)


def test_a_step_that_is_good_is_taken_at_once() -> None:
    search = armijo((1.0, 0.0), 1.0)
    assert search.rate == 1.0
    assert search.cuts == 0


def test_a_search_without_a_way_down_takes_no_step() -> None:
    point = np.array([1.0, 1.0])
    gradient = BOWL.gradient(point)
    search = line_search("armijo", shrink=0.9)(BOWL, point, gradient, gradient, 1.0)
    assert search.rate == 0.0
    assert SHORTEST <= search.probes[-1] < SHORTEST / 0.9


def test_wrong_settings() -> None:
    with pytest.raises(UsageError, match="unknown line search 'wolf'"):
        line_search("wolf")
    with pytest.raises(UsageError, match="shrink of line search 'armijo'"):
        line_search("armijo", shrink=1)
