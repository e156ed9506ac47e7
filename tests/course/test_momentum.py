"""Momentum: what piles up, what cancels, and how fast, by runs and by the roots of the iteration."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.course.bundled import asked, fates, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import Trajectory, descend, descend_many
from tutor.optim.objectives import objective
from tutor.optim.optimizers import SGD, optimizer
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tests.course.proof import Array

CARD = "momentum"
RAVINE = objective("quadratic", kappa=100)

defines("where-nesterov-looks", "the definition of Nesterov's method")


def ball(rate: float, momentum: float, *, kappa: float = 100, steps: int = 2000) -> Trajectory:
    rule = optimizer("momentum", momentum=momentum)
    return descend(objective("quadratic", kappa=kappa), rate, start=(-4, 1), steps=steps, optimizer=rule)


def radius(rate: float, momentum: float, curvatures: Array, *, nesterov: bool = False) -> float:
    """The largest factor a step in the long run: the spectral radius of the iteration's own 2×2 matrices."""
    radii = []
    for curvature in curvatures:
        left = 1 - rate * curvature
        row = (
            [(1 + momentum) * left, -momentum * left]
            if nesterov
            else [1 + momentum - rate * curvature, -momentum]
        )
        radii.append(float(np.abs(np.linalg.eigvals([row, [1, 0]])).max()))
    return max(radii)


@settles("what-piles-up")
def test_how_far_a_step_goes_on_an_even_slope() -> str:
    slope = objective("x + y")
    fast = descend(slope, 0.1, start=(0, 0), steps=100, optimizer=optimizer("momentum", momentum=0.8))
    plain = descend(slope, 0.1, start=(0, 0), steps=100)
    lengths = [np.linalg.norm(np.diff(run.points, axis=0), axis=-1)[-1] for run in (fast, plain)]
    return f"{lengths[0] / lengths[1]:.0f} times as far"


@computes("momentum-limit")
def test_the_limit_by_search() -> float:
    rates = np.linspace(0.03, 0.07, 401)
    rule = optimizer("momentum", momentum=0.5)
    runs = descend_many(objective("quadratic", kappa=60), rates, start=(0, 1), steps=4000, optimizer=rule)
    return float(max(run.rates[0] for run in runs if run.verdict is not Verdict.DIVERGING))


@settles("what-momentum-changes")
def test_what_momentum_changes() -> set[str]:
    ground, heavy = objective("quadratic", kappa=20), optimizer("momentum", momentum=0.9)
    plain, fast = (descend(ground, 0.01, start=(-4, 1.5), steps=80, optimizer=rule) for rule in (SGD, heavy))
    limits = [
        sum(
            run.verdict is not Verdict.DIVERGING
            for run in descend_many(
                ground, np.linspace(0.02, 0.3, 57), start=(-4, 1), steps=2000, optimizer=rule
            )
        )
        for rule in (SGD, heavy)
    ]
    settled = descend(ground, 0.01, start=(-4, 1.5), steps=2000, optimizer=heavy).points[-1]
    changes = {
        "how fast": abs(fast.points[20, 0]) < 0.5 * abs(plain.points[20, 0]),
        "the largest": limits[1] > limits[0],
        "the direction of the very first": not np.array_equal(fast.points[1], plain.points[1]),
        "the place of the minimum": bool(np.abs(settled).max() > 1e-6),
        "how many gradients": False,  # the rule itself names one
    }
    return {phrase for phrase, changed in changes.items() if changed}


@computes("root-of-kappa")
def test_steps_by_the_worst_factor_of_the_best_pair() -> float:
    """The best pair is searched for, not taken from its formula."""
    curvatures = np.array([1.0, 900.0])
    pairs = [(rate, beta) for rate in np.linspace(0.0035, 0.0046, 23) for beta in np.linspace(0.84, 0.9, 31)]
    factor = min(radius(rate, beta, curvatures) for rate, beta in pairs)
    return math.log(1e-6) / math.log(factor)


@settles("too-much-momentum")
def test_what_too_much_momentum_does() -> str:
    run = ball(0.02, 0.99, kappa=10, steps=3000)
    x = run.points[:, 0]
    turns = np.flatnonzero(x[1:] * x[:-1] < 0)
    assert len(turns) > 10
    assert turns[-1] > 300
    assert np.abs(run.points[-1]).max() < 1e-4
    assert fates(asked("too-much-momentum")) == ["Oscillating"]
    return "swings to and fro"


def test_ten_times_as_far() -> None:
    assert sum(0.9**n for n in range(200)) == pytest.approx(10)
    ravine = shown(CARD, 1)
    assert "A crawls" in ravine.outcome().verdict
    assert ravine.outcome().verdict.endswith("B ends lowest.")
    assert ravine.outcome(0.1).verdict == "All oscillate; B ends lowest."  # A for ever: 0.1 is 2/L itself


@pytest.mark.parametrize(("momentum", "root"), [(0.9, 0.95), (0.99, 0.995)])
def test_a_swing_leaves_the_root_of_beta_whatever_the_rate(momentum: float, root: float) -> None:
    for rate in (0.01, 0.02, 0.03):
        assert radius(rate, momentum, np.array([1.0, 100.0])) == pytest.approx(root, abs=0.002)


def test_the_balls_own_limit() -> None:
    assert fates(shown(CARD, 2), 0.01, 0.037, 0.039) == ["Oscillating", "Oscillating", "Diverging"]


def test_the_best_pair() -> None:
    kappa = 100.0
    rho = (math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1)
    rate = 4 / (math.sqrt(kappa) + 1) ** 2
    assert rho == pytest.approx(0.818, abs=5e-4)
    assert radius(rate, rho**2, np.array([1.0, 30.0, kappa])) == pytest.approx(rho, abs=1e-4)
    assert math.log(1e-6) / math.log(rho) == pytest.approx(69, abs=0.5)
    assert rate / (2 / (kappa + 1)) == pytest.approx(1.67, abs=0.01)
    assert "B converges; B ends lowest" in shown(CARD, 3).outcome().verdict


def test_nesterovs_rate_and_limit() -> None:
    rho = 9 / 11
    assert radius(0.01, rho, np.linspace(1, 100, 50), nesterov=True) == pytest.approx(0.9, abs=1e-6)
    for share, stable in ((0.999, True), (1.001, False)):
        assert (radius(share * 0.0135714, 0.9, np.array([100.0]), nesterov=True) < 1) is stable
    assert shown(CARD, 4).outcome().verdict.endswith("B ends lowest.")
    assert "B diverges" in shown(CARD, 4).outcome(0.02).verdict
