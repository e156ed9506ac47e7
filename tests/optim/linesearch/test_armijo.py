from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.descend import descend
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


def test_a_search_that_only_climbs_gives_up_and_takes_no_step() -> None:
    """The gradient that it is given points the wrong way."""
    point = np.array([1.0, 1.0])
    gradient = -BOWL.gradient(point)
    search = line_search("armijo", shrink=0.9)(BOWL, point, gradient, -gradient, 1.0)
    assert search.rate == 0.0
    assert SHORTEST <= search.probes[-1] < SHORTEST / 0.9
    assert search.failed == "None of 328 trial rates lowers the loss enough: no step is taken."


def stochastic(last: Search | None, trial: float = 0.001) -> Search:
    start = np.array([1.0, 1.0])
    gradient = BOWL.gradient(start)
    return line_search("stochastic-armijo")(BOWL, start, gradient, -gradient, trial, last=last)


def test_stochastic_armijo_grows_the_last_rate() -> None:
    """Vaswani et al. 2019, option 2 of their resetting."""
    first = stochastic(None)
    assert first.probes.tolist() == [0.001]
    second = stochastic(first)
    assert second.probes.tolist() == [0.002]
    rates = [second.rate]
    for _ in range(8):
        following = stochastic(second)
        np.testing.assert_allclose(following.probes, 2 * second.rate * 0.9 ** np.arange(len(following.probes)))
        assert following.failed is None
        second = following
        rates.append(second.rate)
    curvature = (1 + 50**3) / (1 + 50**2)
    assert max(rates) <= 2 * 0.9 / curvature  # Armijo's bound with c = 0.1
    assert rates[-1] >= 0.9 * 2 * 0.9 / curvature


def test_stochastic_armijo_starts_anew_after_no_step() -> None:
    assert stochastic(Search(0.0, np.array([]), "There is no slope here: no step is taken.")).probes[0] == 0.001


def test_wrong_settings() -> None:
    with pytest.raises(UsageError, match="unknown line search 'armjo': did you mean 'armijo'"):
        line_search("armjo")
    with pytest.raises(UsageError, match="shrink of line search 'armijo'"):
        line_search("armijo", shrink=1)


def test_stochastic_armijo_keeps_its_step_within_a_run() -> None:
    run = descend(
        objective("quadratic", kappa=10.0), 100.0, steps=3, line_search=line_search("stochastic-armijo")
    )
    first, second, *_ = run.searches
    assert first.probes[0] == 100.0
    assert first.rate <= second.probes[0] < 100.0
