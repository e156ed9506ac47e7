from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import objective
from tutor.optim.optimizers import Here, optimizer

BOWL = objective("quadratic", kappa=100)


@settings(max_examples=40)
@given(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), st.floats(1e-3, 1e3))
def test_a_long_slope_is_shortened_and_keeps_its_direction(start: tuple[float, float], most: float) -> None:
    gradient = BOWL.gradient(np.array(start))
    displacement, _ = optimizer("sgd", clip_norm=most).update(Here(np.array(start), gradient, BOWL), (), 1.0)
    step = -displacement
    norm = np.linalg.norm(gradient)
    assert np.linalg.norm(step) <= most * (1 + 1e-12)
    if norm <= most - 1e-5:
        np.testing.assert_array_equal(step, gradient)
    else:
        np.testing.assert_allclose(step * norm, gradient * np.linalg.norm(step), rtol=1e-12, atol=1e-300)


def test_each_entry_is_cut_by_itself() -> None:
    (_, point) = walk(optimizer("sgd", clip_value=3.0), BOWL, (2.0, -1.0), 1, 1.0)
    np.testing.assert_array_equal(point, [0.0, 2.0])


def test_the_value_comes_first_and_the_decay_last() -> None:
    rule = optimizer("sgd", clip_value=3.0, clip_norm=1.0, weight_decay=0.5)
    (_, point) = walk(rule, BOWL, (4.0, 1.0), 1, 1.0)
    np.testing.assert_allclose(point, np.array([2.0, 0.5]) - 1 / np.sqrt(2), rtol=1e-6)


def test_a_clipped_run_cannot_leave_at_a_rate_that_throws_it_out() -> None:
    rate = 2.5 / 100
    free, clipped = (
        walk(optimizer("sgd", **given), BOWL, (-4.0, 2.0), 100, rate) for given in ({}, {"clip_norm": 1.0})
    )
    assert np.abs(free).max() > 1e6
    assert np.abs(clipped).max() <= 4.0


def test_weight_decay_is_a_bowl_under_the_objective() -> None:
    plain, bowl = objective("quadratic", kappa=3), objective("quadratic", kappa=1)
    expected = np.array([1.0, 2.0])
    for _ in range(20):
        expected = expected - 0.1 * (plain.gradient(expected) + 0.7 * bowl.gradient(expected))
    got = walk(optimizer("sgd", weight_decay=0.7), plain, (1.0, 2.0), 20, 0.1)[-1]
    np.testing.assert_allclose(got, expected, rtol=1e-13)
    assert got[0] == pytest.approx((1 - 0.17) ** 20)
