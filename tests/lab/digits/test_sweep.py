"""The search for limits, the laws fitted to them, and the shapes of facts.md on the real digits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.digits.made_up import tried
from tutor.lab.digits.law import fit
from tutor.lab.digits.limit import further, limit
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.sweep import Axis, Sweep, sweep
from tutor.lab.digits.workshop import Workshop
from tutor.plots.figure import Curves, HeatMap

if TYPE_CHECKING:
    from tutor.lab.digits.spread import Tried
    from tutor.lab.digits.sweep_view import SweepState

BASE = Problem(examples=1000, loss="mse", width=32, steps=100, batch=64, every=100)


@settings(max_examples=60)
@given(st.floats(-6, 3.5))
def test_the_search_closes_in_on_any_limit(power: float) -> None:
    true = 10.0**power
    found: list[Tried] = []
    for _ in range(20):
        rates = further(found)
        if not rates:
            break
        assert not {each.rate for each in found} & set(rates)
        found += [tried(rate, math.inf if rate > true else 0.5) for rate in rates]
    assert limit(found) == pytest.approx(true, rel=0.06)
    assert not further(found)


def test_a_search_without_an_end_is_given_up() -> None:
    for loss in (0.5, math.inf):
        found: list[Tried] = []
        while rates := further(found):
            found += [tried(rate, loss) for rate in rates]
        assert len(found) < 80


@given(st.floats(-3, 3), st.floats(0.01, 100))
def test_an_exact_law_is_found(exponent: float, factor: float) -> None:
    x = np.array([1.0, 2.0, 4.0, 8.0])
    law = fit(x[:, None], factor * x**exponent)
    assert law is not None
    assert law.exponents[0] == pytest.approx(exponent, abs=1e-6)
    assert law.errors[0] < 1e-6
    np.testing.assert_allclose(law.at(x[:, None]), factor * x**exponent)


def test_the_error_of_a_slope_is_that_of_least_squares() -> None:
    stats = pytest.importorskip("scipy.stats")
    x, y = np.array([1.0, 2.0, 4.0, 8.0, 16.0]), np.array([1.0, 0.6, 0.2, 0.15, 0.05])
    law, oracle = fit(x[:, None], y), stats.linregress(np.log(x), np.log(y))
    assert law is not None
    assert law.exponents[0] == pytest.approx(oracle.slope)
    assert law.errors[0] == pytest.approx(oracle.stderr)
    assert law.explained == pytest.approx(oracle.rvalue**2)


def test_too_few_points_make_no_law() -> None:
    assert fit(np.array([[1.0], [2.0]]), np.array([1.0, 2.0])) is None
    assert fit(np.array([[1.0], [2.0], [4.0]]), np.array([1.0, np.nan, 2.0])) is None


def swept(*axes: Axis) -> SweepState:
    states = list(sweep(Sweep(BASE, axes, seeds=1), Workshop()))
    shares = [state.progress.share for state in states]
    assert shares == sorted(shares)
    return states[-1]


def test_the_limit_falls_with_width() -> None:
    state = swept(Axis("width", (8.0, 32.0, 128.0)))
    limits = state.values("limit")
    assert (np.diff(limits) < 0).all()
    assert limits[0] > 3 * limits[2]
    assert isinstance(state.outcome().figure, Curves)


def test_the_limit_falls_steeply_with_the_scale_of_the_first_weights() -> None:
    state = swept(Axis("scale", (0.5, 1.0, 2.0, 4.0)))
    law = state.law("limit")
    assert law is not None
    assert -5 < law.exponents[0] < -2
    assert state.outcome().verdict.startswith("The largest stable η goes as scale^(−")


def test_two_axes_are_a_map() -> None:
    state = swept(Axis("scale", (1.0, 2.0)), Axis("width", (32.0, 64.0)))
    figure = state.outcome().figure
    assert isinstance(figure, HeatMap)
    assert figure.values.shape == (2, 2)
    assert (figure.values[0] > figure.values[1]).all()
    assert len(state.table()) == 5
