"""The facts about descent that the lab shows, run: each a row of a table with its source in the docstrings."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tutor.optim import theory
from tutor.optim.descend import Trajectory, descend, descend_many
from tutor.optim.least_squares import draw, stable_rate
from tutor.optim.objectives import objective
from tutor.optim.optimizers import SGD, Optimizer, optimizer
from tutor.optim.survey import survey
from tutor.optim.verdict import Verdict

MU, L = 1.0, 100.0
BOWL = objective("quadratic", kappa=100)
ROSENBROCK = objective("rosenbrock")


def test_at_the_limit_the_steep_coordinate_keeps_its_size_for_ever() -> None:
    run = descend(BOWL, 2 / L, start=(0, 1), steps=5000)
    np.testing.assert_allclose(np.abs(run.points[:, 1]), 1.0, rtol=1e-10)


def test_just_above_the_limit_it_grows() -> None:
    run = descend(BOWL, 1.001 * 2 / L, start=(0, 1), steps=500)
    assert abs(run.points[-1, 1]) == pytest.approx(2.7156, abs=5e-5)


@pytest.mark.parametrize(
    ("rule", "eta_l"),
    [
        (SGD, 2.0),
        (optimizer("momentum", momentum=0.9), 3.8),
        (optimizer("nesterov", momentum=0.9), 1.357143),
        (optimizer("momentum", momentum=0.5), 3.0),
    ],
)
def test_stability_limits(rule: Optimizer, eta_l: float) -> None:
    assert rule.stable == pytest.approx(eta_l, abs=1e-6)
    rates = np.array([0.2, 0.999, 1.001, 2.0]) * eta_l / L
    runs = descend_many(BOWL, rates, start=(0, 1), steps=20_000, optimizer=rule)
    assert [abs(run.points[-1, 1]) > 1 for run in runs] == [False, False, True, True]


def test_the_best_constant_rate() -> None:
    best = theory.best_rate(MU, L)
    assert best == pytest.approx(0.0198020, abs=5e-8)
    assert theory.contraction(best, np.array([MU, L])) == pytest.approx(0.980198, abs=5e-7)
    run = descend(BOWL, best, start=(1, 1), steps=50)
    assert np.abs(run.points[-1] / run.points[0]).max() ** (1 / 50) == pytest.approx(0.980198, abs=5e-7)
    others = theory.contraction(best * np.array([0.99, 1.01]), np.array([MU, L]))
    assert (others > theory.contraction(best, np.array([MU, L]))).all()


@pytest.mark.parametrize(("rate", "steps"), [(2 / (L + MU), 691), (1 / L, 1375), (0.1 / L, 13_809)])
def test_steps_to_a_millionth(rate: float, steps: int) -> None:
    assert theory.steps_to(1e-6, float(theory.contraction(rate, np.array([MU, L])))) == steps
    run = descend(BOWL, rate, start=(1, 0 if rate <= 1 / L else 1), steps=14_000)
    assert run.steps_to(1e-6) == steps


def asymptotic(run: Trajectory) -> float:
    """The factor a step over the last half, by the distance from the minimum at 0."""
    distance = np.linalg.norm(run.points, axis=-1)
    return float(
        (distance[-1] / distance[len(distance) // 2]) ** (1 / (len(distance) - 1 - len(distance) // 2))
    )


def test_the_heavy_balls_optimum() -> None:
    rate, momentum = theory.best_heavy_ball(MU, L)
    assert rate == pytest.approx(0.0330579, abs=5e-8)
    assert momentum == pytest.approx(0.669421, abs=5e-7)
    factor = float(theory.contraction(rate, np.array([MU, L]), momentum=momentum))
    assert factor == pytest.approx(0.818182, abs=5e-7)
    assert theory.steps_to(1e-6, factor) in {69, 70}  # 68.85
    run = descend(BOWL, rate, start=(1, 1), steps=300, optimizer=optimizer("momentum", momentum=momentum))
    assert asymptotic(run) == pytest.approx(factor, abs=0.01)
    steps = run.steps_to(1e-6)
    assert steps is not None
    assert 69 <= steps <= 110  # the double root adds a factor that grows with the steps


@pytest.mark.parametrize(("rate", "factor"), [(1 / L, 0.9), (4 / (3 * L + MU), 0.884722)])
def test_nesterovs_rates(rate: float, factor: float) -> None:
    root = math.sqrt(L / MU)
    momentum = (root - 1) / (root + 1)
    if rate != 1 / L:  # the best pair: β = (√(3κ+1) − 2)/(√(3κ+1) + 2)
        root = math.sqrt(3 * L / MU + 1)
        momentum = (root - 2) / (root + 2)
    found = float(theory.contraction(rate, np.array([MU, L]), momentum=momentum, nesterov=True))
    assert found == pytest.approx(factor, abs=5e-7)
    rule = optimizer("nesterov", momentum=momentum)
    assert asymptotic(descend(BOWL, rate, start=(1, 1), steps=400, optimizer=rule)) == pytest.approx(
        factor, abs=0.01
    )


def test_rosenbrock_at_its_minimum_and_start() -> None:
    minimum, start = np.ones(2), np.array([-1.2, 1.0])
    np.testing.assert_allclose(ROSENBROCK.curvatures(minimum), [0.399361, 1001.600639], rtol=1e-6)
    assert 2 / ROSENBROCK.sharpness(minimum) == pytest.approx(0.00199680, abs=5e-9)
    assert ROSENBROCK.value(start) == pytest.approx(24.2)
    assert np.linalg.norm(ROSENBROCK.gradient(start)) == pytest.approx(232.868, abs=5e-4)


@pytest.mark.parametrize(("rate", "steps"), [(1e-4, 170_900), (1e-3, 17_082)])
def test_the_crawl_along_rosenbrocks_floor(rate: float, steps: int) -> None:
    run = descend(ROSENBROCK, rate, start=(-1.2, 1), steps=steps + 10)
    near = np.linalg.norm(run.points - 1.0, axis=-1) <= 1e-3
    assert int(near.argmax()) == pytest.approx(steps, abs=1)


def test_rosenbrock_diverges_at_once() -> None:
    run = descend(ROSENBROCK, 0.007, start=(-1.2, 1), steps=1000)
    assert run.verdict is Verdict.DIVERGING
    assert run.steps < 10


def test_rosenbrocks_edge_of_stability() -> None:
    """At η = 0.0025 it hops from wall to wall round x* = √((2/η − 202)/800), where the sharpness is 2/η."""
    rate = 0.0025
    settle = math.sqrt((2 / rate - 202) / 800)
    assert settle == pytest.approx(0.8646, abs=5e-5)
    run = descend(ROSENBROCK, rate, start=(-1.2, 1), steps=30_000)
    assert run.verdict is Verdict.OSCILLATING
    late = run.points[-2000:]
    assert late[:, 0].mean() == pytest.approx(settle, abs=0.01)
    off = late[:, 1] - late[:, 0] ** 2
    assert (np.sign(off[1:]) == -np.sign(off[:-1])).all()
    sharpness = ROSENBROCK.curvatures(late)[:, -1]
    assert sharpness.mean() == pytest.approx(2 / rate, rel=0.02)


def test_rosenbrock_between_its_limits_neither_converges_nor_diverges() -> None:
    made = survey(ROSENBROCK, np.linspace(0.0021, 0.0024, 4), start=(-1.2, 1), steps=30_000)
    assert set(made.verdicts) == {Verdict.OSCILLATING}


@pytest.mark.parametrize(
    ("rate", "batch", "momentum", "variance"),
    [(0.1, 1, 0.0, 0.0526316), (0.1, 4, 0.0, 0.0526316 / 4), (0.4, 4, 0.0, 0.0625), (0.1, 1, 0.9, 0.513514)],
)
def test_where_stochastic_descent_hovers(rate: float, batch: int, momentum: float, variance: float) -> None:
    assert theory.stationary_variance(rate, 1.0, 1.0, batch=batch, momentum=momentum) == pytest.approx(
        variance, rel=1e-6
    )
    ground = objective("noisy-quadratic", h=1.0, sigma=1.0, batch=batch)
    rule = optimizer("momentum", momentum=momentum)
    run = descend(ground, rate, start=(0, 0), steps=60_000, optimizer=rule)
    assert run.points[1000:].var() == pytest.approx(variance, rel=0.08)


def test_beyond_the_limit_the_variance_has_no_bound() -> None:
    assert theory.stationary_variance(2.0, 1.0, 1.0) == math.inf


@pytest.mark.parametrize(
    ("batch", "rate"), [(1, 0.0303), (4, 0.1159), (16, 0.3951), (64, 0.9922), (256, 1.595)]
)
def test_mean_square_limits(batch: int, rate: float) -> None:
    assert stable_rate(64, batch) == pytest.approx(rate, abs=5e-5 if batch < 256 else 5e-4)


@pytest.mark.parametrize("batch", [1, 4])
def test_the_mean_square_at_the_limit_stays_as_it_is(batch: int) -> None:
    """A step turns E‖w‖² into E‖w‖²·(1 − 2η + 2η²/η*), for the limit η*."""
    dimension, start = 16, np.full(16, 0.25)
    limit = stable_rate(dimension, batch)
    examples = draw(np.random.default_rng(1), steps=5000, batch=batch, dimension=dimension, noise=0.0)
    for rate in (0.5 * limit, limit):
        moves = rate / batch * np.einsum("nbi,nbj,j->ni", examples.inputs, examples.inputs, start)
        squares = np.sum((start - moves) ** 2, axis=-1)
        assert squares.mean() / (start @ start) == pytest.approx(1 - 2 * rate + 2 * rate**2 / limit, rel=0.06)


CATAPULT = objective("(x*y)**2/2")
"""The loss of a two-layer linear network of width 1 on one example; its sharpness is x² + y² where x·y = 0."""


@pytest.mark.parametrize("eta_sharpness", [0.5, 1.0, 1.9])
def test_below_two_the_catapults_loss_only_falls(eta_sharpness: float) -> None:
    run = descend(CATAPULT, eta_sharpness / 4, start=(2, 0.01), steps=200)
    assert (np.diff(run.values) <= 0).all()


@pytest.mark.parametrize("eta_sharpness", [2.5, 3.0, 3.5])
def test_between_two_and_four_it_is_thrown_to_flatter_ground(eta_sharpness: float) -> None:
    rate = eta_sharpness / 4
    run = descend(CATAPULT, rate, start=(2, 0.01), steps=400)
    assert run.values.max() > 100 * run.values[0]
    assert run.values[-1] < run.values[0]
    assert (run.points[-1] ** 2).sum() < 2 / rate < (run.points[0] ** 2).sum()


def test_above_four_the_catapult_diverges() -> None:
    assert descend(CATAPULT, 4.5 / 4, start=(2, 0.01), steps=400).verdict is Verdict.DIVERGING
