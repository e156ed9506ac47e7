"""What the card on adaptive optimizers says of their steps, their axes and their limits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.course.bundled import asked, shown
from tests.course.proof import computes, settles
from tutor.optim.descend import Trajectory, descend
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer
from tutor.optim.optimizers.adam import frozen_limit

CARD = "adaptive"


def run(
    name: str, ground: str, rate: float, steps: int, start: tuple[float, float], **settings: float
) -> Trajectory:
    """Run an optimizer on a formula."""
    return descend(objective(ground), rate, steps=steps, start=start, optimizer=optimizer(name, **settings))


@computes("adam-first-step")
def test_adams_first_step() -> float:
    points = run("adam", "0.001*x - 200*y", 0.01, 1, (0.0, 0.0)).points
    assert points[1] == pytest.approx([-0.01, 0.01], rel=1e-3)
    m, v = 0.1 * -200, 0.001 * 200**2
    assert -0.01 * m / math.sqrt(v) == pytest.approx(0.0316, rel=1e-2)  # without the correction
    return -0.01 * (m / 0.1) / math.sqrt(v / 0.001)


@computes("adagrad-ninth")
def test_adagrads_ninth_step() -> float:
    points = run("adagrad", "5*x + y", 0.6, 9, (0.0, 0.0)).points
    return float(np.abs(np.diff(points[:, 0]))[8])


@settles("loss-times-hundred")
def test_who_notices_a_factor() -> set[str]:
    names = {
        "adagrad": "AdaGrad",
        "sgd": "gradient descent",
        "adam": "Adam",
        "momentum": "gradient descent with momentum",
    }
    same = set()
    for name, words in names.items():
        once, hundred = (
            run(name, f"{factor} * (x**2 + 7*y**2)", 0.0005, 20, (2.0, -3.0)).points for factor in (1, 100)
        )
        if np.allclose(once, hundred, rtol=1e-6):
            same.add(words)
    return same


@settles("rmsprop-cycle")
def test_rmsprop_ends_in_a_cycle() -> str:
    end = run("rmsprop", "0.5*x**2 + 0.5*y**2", 0.5, 400, (4.0, 2.0), alpha=0.9).points[-3:]
    assert np.abs(end) == pytest.approx(0.25, abs=1e-3)
    assert np.abs(np.diff(end, axis=0)) == pytest.approx(0.5, abs=1e-3)
    assert asked("rmsprop-cycle").outcome().verdict.startswith("Oscillating")
    return "in steps of the length η"


@settles("adaptive-turned")
def test_a_turn_takes_the_advantage() -> str:
    straight, turned = shown(CARD, 1).outcome(), shown(CARD, 4).outcome()
    assert straight.readouts[0] == turned.readouts[0]  # gradient descent does not notice
    assert straight.verdict.endswith("B ends lowest.")
    assert turned.verdict.endswith("A ends lowest.")
    assert asked("adaptive-turned").outcome().verdict.endswith("A ends lowest.")
    return "It is gone"


def test_gradient_descent_ends_at_the_same_loss_to_the_last_digit_and_adagrad_far_off() -> None:
    ends = {}
    for rotation, start in ((0, (-4.0, 2.0)), (45, (-4.242640687, -1.414213562))):
        for name, rate in (("sgd", 0.01), ("adagrad", 1.0)):
            ground = objective("quadratic", kappa=100, rotation=rotation)
            made = descend(ground, rate, steps=100, start=start, optimizer=optimizer(name))
            ends[name, rotation] = made.values[-1]
    assert ends["sgd", 0] == pytest.approx(ends["sgd", 45], rel=1e-8)
    assert ends["sgd", 0] / ends["adagrad", 0] > 1e13
    assert ends["adagrad", 45] > ends["sgd", 45]


@settles("adam-from-zero")
def test_adams_averages_begin_at_zero() -> str:
    steps, mean, square = optimizer("adam").init(np.ones(2))
    assert steps == 0
    assert not mean.any()
    assert not square.any()
    return "zero"


@computes("adam-limit")
def test_adams_limit() -> float:
    """Bisect for the curvature at which Adam, as gradient descent on averaged slopes with v = 1, is stable."""
    low, high = 1.0, 1e6
    while high / low > 1.0001:
        middle = math.sqrt(low * high)
        # (x, m) → (x − η·m', m') with m' = β·m + (1 − β)·h·x
        matrix = np.array([[1 - 0.002 * 0.1 * middle, -0.002 * 0.9], [0.1 * middle, 0.9]])
        stable = np.abs(np.linalg.eigvals(matrix)).max() < 1
        low, high = (middle, high) if stable else (low, middle)
    assert frozen_limit(0.9) == pytest.approx(38)
    return low


def test_calm_is_followed_by_a_burst_once_the_limit_is_passed() -> None:
    beta1, beta2, rate = 0.9, 0.99, 0.3
    ground = objective("quadratic", kappa=10)
    made = descend(ground, rate, steps=1_000, optimizer=optimizer("adam", beta2=beta2))
    calm = int(made.values[:900].argmin())
    burst = calm + int(made.values[calm:].argmax())
    assert made.values[calm] < 1e-25
    assert made.values[burst] > 1e-3
    square, sharpness = np.zeros(2), []
    for step, slope in enumerate(ground.gradient(made.points[: burst + 1]), 1):
        square = beta2 * square + (1 - beta2) * slope**2
        sharpness.append((np.array([1.0, 10.0]) / (np.sqrt(square / (1 - beta2**step)) + 1e-8)).max())
    assert max(sharpness[calm:]) > frozen_limit(beta1) / rate
    assert max(sharpness[:200]) < frozen_limit(beta1) / rate
    assert shown(CARD, 5).outcome().verdict == "A oscillates, B converges; B ends lowest."


def test_thirty_steps_go_as_far_as_the_hint_says() -> None:
    for name, times in (("adam", 30), ("adagrad", 10), ("rmsprop", 100)):
        points = run(name, "3*x + y", 0.01, 30, (0.0, 0.0)).points
        assert abs(points[-1, 0]) == pytest.approx(times * 0.01, rel=0.1)
