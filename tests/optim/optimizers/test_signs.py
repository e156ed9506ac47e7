from __future__ import annotations

import numpy as np
import pytest

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer

GROUND = objective("ravine", kappa=5, bend=0.1)
BOWL = objective("quadratic", kappa=100)


def test_sign_descent_goes_at_one_speed_and_ends_in_a_cycle() -> None:
    points = walk(optimizer("sign"), BOWL, (-4.03, 2.03), 100, 0.1)
    np.testing.assert_allclose(np.abs(np.diff(points, axis=0)), 0.1)
    np.testing.assert_allclose(points[-1], points[-3])
    assert np.abs(points[-2:]).max() < 0.1


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_lion_is_the_papers_program(decay: float) -> None:
    """The program of Chen et al. 2023, as it stands there: update, then the moment."""
    w, m = np.array([-2.0, 1.0]), np.zeros(2)
    expected = [w]
    for _ in range(150):
        g = GROUND.gradient(w)
        c = m * 0.9 + g * (1 - 0.9)
        w = w - 0.01 * (np.sign(c) + w * decay)
        m = m * 0.99 + g * (1 - 0.99)
        expected.append(w)
    points = walk(optimizer("lion", weight_decay=decay), GROUND, (-2.0, 1.0), 150, 0.01)
    np.testing.assert_allclose(points, expected, rtol=1e-12, atol=1e-12)


def test_rprops_steps_grow_and_shrink() -> None:
    """By hand on ½x² from 1: 0.1, 0.12, 0.144, …, until it crosses; then a rest, and half as far back."""
    x = walk(optimizer("rprop"), BOWL, (1.0, 0.0), 9, 0.1)[:, 0]
    steps = np.diff(x)
    np.testing.assert_allclose(steps[:7], -0.1 * 1.2 ** np.arange(7))
    assert x[6] > 0.0 > x[7]
    assert steps[7] == 0.0
    assert steps[8] == pytest.approx(0.1 * 1.2**6 * 0.5)


def test_rprops_steps_have_bounds() -> None:
    rule = optimizer("rprop", step_size_min=0.2, step_size_max=0.3)
    steps = np.abs(np.diff(walk(rule, BOWL, (-4.0, 2.0), 60, 0.25), axis=0))
    np.testing.assert_allclose([steps[steps > 0].min(), steps.max()], [0.2, 0.3])


@pytest.mark.parametrize("later", [1e-3, 9.0])
def test_rprop_counts_the_rate_only_once(later: float) -> None:
    constant = walk(optimizer("rprop"), BOWL, (-4.0, 2.0), 40, 0.1)
    changed = walk(optimizer("rprop"), BOWL, (-4.0, 2.0), 40, lambda step: later if step else 0.1)
    np.testing.assert_array_equal(changed, constant)
