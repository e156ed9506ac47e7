"""The range test: the steepest slope against log η, and silence where there is only noise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.lab.digits.made_up import history
from tutor.errors import UsageError
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.range_test import RangeState, RangeTest, range_test
from tutor.lab.digits.slopes import slopes
from tutor.lab.digits.workshop import Workshop

SETTINGS = RangeTest(Problem(), 1e-4, 10.0, 400, 3)
RATES = np.geomspace(1e-4, 10.0, 400)


def judged(*curves: np.ndarray) -> RangeState:
    runs = tuple(history(1.0, losses=curve) for curve in curves)
    for run in runs:
        run.rates[:] = RATES
    return RangeState(SETTINGS, runs, 1.0, finished=True)


def falling(at: float, noise: float, seed: int) -> np.ndarray:
    """Make a loss that falls from 2 to 1 around a rate."""
    curve = 1.5 - 0.5 * np.tanh(3 * np.log10(RATES / at))
    return np.asarray(curve + noise * np.random.default_rng(seed).standard_normal(400))


@settings(max_examples=30)
@given(st.floats(-3, -0.2))
def test_it_finds_the_steepest_fall_against_log_rate(power: float) -> None:
    state = judged(*(falling(10**power, 0.05, seed) for seed in range(3)))
    assert state.suggestion == pytest.approx(10**power, rel=0.3)


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_noise_gets_no_suggestion(seed: int) -> None:
    rng = np.random.default_rng(seed)
    state = judged(*(2.0 + 0.3 * rng.standard_normal(400) for _ in range(3)))
    assert state.suggestion is None
    assert "No suggestion" in state.outcome().verdict


def test_seeds_that_disagree_get_no_suggestion() -> None:
    state = judged(falling(1e-3, 0.02, 0), falling(0.3, 0.02, 1))
    assert state.suggestion is None
    assert "disagree" in str(state.why_not)


def test_a_fall_at_either_end_asks_for_a_longer_ramp() -> None:
    assert "--low" in str(judged(falling(1.2e-4, 0.01, 0)).why_not)
    assert "--high" in str(judged(2.0 - 0.2 * np.log10(RATES / 1e-4) ** 2).why_not)


@settings(max_examples=60)
@given(arrays(np.float64, 60, elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_whatever_the_losses_nothing_is_nan(losses: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        found = slopes(np.linspace(-4, 1, 60), losses)
        place = found.steepest
    assert place is None or np.isfinite(found.places[place])


def test_slopes_of_a_line_are_exact() -> None:
    x = np.linspace(-3, 0, 100)
    found = slopes(x, 5.0 - 2.0 * x)
    np.testing.assert_allclose(found.slopes, -2.0)
    np.testing.assert_allclose(found.levels, 5.0 - 2.0 * found.places)


def test_of_the_digits() -> None:
    *_, state = range_test(RangeTest(Problem(width=32), 1e-4, 10.0, 300, 2), Workshop())
    assert state.suggestion is not None
    assert 3e-3 < state.suggestion < 1.0
    np.testing.assert_allclose(state.runs[0].rates, np.geomspace(1e-4, 10.0, 300), rtol=1e-6)
    with pytest.raises(UsageError, match="must be less than"):
        next(range_test(RangeTest(Problem(), 1.0, 0.1, 100, 1), Workshop()))
