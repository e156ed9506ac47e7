from __future__ import annotations

import numpy as np
import pytest

from tests.optim.optimizers.walking import walk_on
from tutor.optim.objectives import objective
from tutor.optim.optimizers import Here, optimizer

GROUND = objective("ravine", kappa=5, bend=0.1)
START = (-2.0, 1.0)


def warm(step: int) -> float:
    return 0.05 * min(1.0, step / 10)


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.98])
def test_schedule_free_is_its_authors_program(beta: float) -> None:
    """Their SGDScheduleFree keeps y and z only, and x is read out of them; the rate rises from 0."""
    y = z = np.array(START)
    expected, total = [y], 0.0
    for step in range(200):
        gradient, rate = GROUND.gradient(y), warm(step)
        total += rate**2
        c = rate**2 / total if total else 0.0
        y = y + c * (z - y) + rate * (beta * (1 - c) - 1) * gradient
        z = z - rate * gradient
        expected.append(y)
    rule = optimizer("schedule-free", momentum=beta)
    points, state = walk_on(rule, GROUND, START, 200, warm)
    np.testing.assert_allclose(points, expected, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(rule.answer(points[-1], state), (y - (1 - beta) * z) / beta, rtol=1e-10)


def test_schedule_free_without_momentum_is_descent_and_its_mean() -> None:
    rule = optimizer("schedule-free", momentum=0.0)
    points, state = walk_on(rule, GROUND, START, 50, 0.05)
    descent, _ = walk_on(optimizer("sgd"), GROUND, START, 50, 0.05)
    np.testing.assert_allclose(points, descent, rtol=1e-12)
    np.testing.assert_allclose(rule.answer(points[-1], state), descent[1:].mean(axis=0), rtol=1e-12)


def test_asgds_rate_falls_and_its_answer_is_the_mean_of_the_late_points() -> None:
    rule = optimizer("asgd", lambd=0.2, alpha=0.5, t0=10)
    points, state = walk_on(rule, GROUND, START, 60, 0.1)
    x = np.array(START)
    for t in range(60):
        eta = 0.1 / np.sqrt(1 + 0.2 * 0.1 * t)
        x = (1 - 0.2 * eta) * x - eta * GROUND.gradient(x)
    np.testing.assert_allclose(points[-1], x, rtol=1e-12)
    # its weights 1/max(1, t − t0) start the mean anew at the step after t0
    np.testing.assert_allclose(rule.answer(points[-1], state), points[12:].mean(axis=0), rtol=1e-12)


def test_averages_are_quieter_than_their_points() -> None:
    """With noise the late points keep jumping; the answer's error is far smaller."""
    bowl, rng = objective("quadratic", kappa=1), np.random.default_rng(0)
    for name, given in (("asgd", {"t0": 200.0, "lambd": 0.0}), ("schedule-free", {})):
        rule = optimizer(name, **given)
        points = np.ones((200, 2))
        state = rule.init(points)
        for _ in range(1000):
            noisy = bowl.gradient(points) + rng.normal(size=points.shape)
            displacement, state = rule.update(Here(points, noisy, bowl), state, 0.5)
            points = points + displacement
        assert np.std(rule.answer(points, state)) < 0.5 * np.std(points)
        assert np.std(rule.answer(points, state)) < 0.1


def test_others_answer_with_the_point_where_they_are() -> None:
    rule = optimizer("adam")
    points, state = walk_on(rule, GROUND, START, 3, 0.1)
    np.testing.assert_array_equal(rule.answer(points[-1], state), points[-1])
