"""What the card on Newton and quasi-Newton says of their steps, their speed, their price, and noise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.course.bundled import asked, fates, questions, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import Trajectory, descend
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer

CARD = "second-order"
MINIMUM = (3.0, 2.0)


def newton(ground: str, rate: float, steps: int, start: tuple[float, float], **params: float) -> Trajectory:
    """Run Newton's method."""
    made = objective(ground, **params)
    return descend(made, rate, steps=steps, start=start, optimizer=optimizer("newton"))


@computes("newton-half")
def test_newton_at_half_rate() -> float:
    points = newton("quadratic", 0.5, 4, (-4.0, 2.0), kappa=1_000, rotation=30).points
    shares = points[4] / points[0]
    assert shares[0] == pytest.approx(shares[1])  # a straight line
    assert "loss 2,010 → 7.84" in asked("newton-half").outcome().readouts  # its square, 1/256
    return float(shares[0])


@pytest.mark.parametrize("kappa", [2, 100, 10_000])
def test_newton_needs_one_step_on_any_bowl_and_bears_up_to_two(kappa: float) -> None:
    assert newton("quadratic", 1.0, 1, (-4.0, 2.0), kappa=kappa, rotation=20).values[-1] < 1e-20
    for rate, grows in ((1.99, False), (2.01, True)):
        points = newton("quadratic", rate, 10, (-4.0, 2.0), kappa=kappa).points
        assert (np.linalg.norm(points[-1]) > np.linalg.norm(points[0])) is np.bool_(grows)


@settles("newton-saddle")
def test_a_plain_newton_step_near_a_saddle() -> str:
    saddle, start = objective("saddle"), np.array([0.3, -0.2])
    step = -np.linalg.solve(saddle.hessian(start), saddle.gradient(start))
    assert start + step == pytest.approx(0)  # where the saddle is
    assert saddle.value(start + step * [0, 1]) > saddle.value(start)  # uphill along the falling direction
    return "To the saddle itself"


@computes("hessian-memory")
def test_a_hessian_in_memory() -> float:
    few = np.empty((100, 100))
    return few.nbytes * (100_000 / 100) ** 2 / 1e9


def test_the_memory_of_pairs() -> None:
    assert 2 * 10 * 1_000_000 == 20_000_000
    state = optimizer("lbfgs", history_size=10).init(np.zeros(7))
    assert any(np.ndim(part) == 2 for part in state)  # (pairs, d), and never (d, d)


@computes("newton-digits")
def test_digits_double() -> float:
    run = newton("himmelblau", 1.0, 4, (3.5, 2.5))
    errors = np.linalg.norm(run.points - MINIMUM, axis=1)
    assert np.all(errors[1:] < 2 * errors[:-1] ** 2 + 1e-15)
    digits = 3.0
    for _ in range(2):
        digits = -math.log10((10**-digits) ** 2)
    return digits


def test_gradient_descent_wins_the_same_fraction_of_a_digit() -> None:
    norms = descend(objective("himmelblau"), 0.01, steps=60, start=(3.5, 2.5)).gradient_norms
    gains = np.diff(np.log10(norms[10:]))
    assert gains == pytest.approx(gains.mean(), abs=0.01)
    assert -0.2 < gains.mean() < -0.05
    assert fates(shown(CARD, 3)) == ["All"]


@settles("damping-large")
def test_large_damping_is_gradient_descent() -> str:
    ground, start, damping = objective("himmelblau"), np.array([1.0, -1.0]), 1e6
    step = -np.linalg.solve(ground.hessian(start) + damping * np.eye(2), ground.gradient(start))
    assert step == pytest.approx(-ground.gradient(start) / damping, rel=1e-3)
    sgd, newton_, damped = (readout.split()[-1] for readout in asked("damping-large").outcome(2.0).readouts)
    assert float(damped) == pytest.approx(float(sgd), rel=0.02)
    assert newton_ != damped
    return "The step of plain descent"


def test_damping_tames_what_runs_away() -> None:
    highest = {}
    for damping in (0.0, 10.0):
        made = optimizer("newton", damping=damping)
        highest[damping] = descend(objective("beale"), 1.0, steps=40, optimizer=made).values.max()
    assert highest[0.0] > 1e5
    assert highest[10.0] < 15


@settles("lbfgs-facts")
def test_what_is_true_of_lbfgs() -> set[str]:
    """Its memory is 2·m·d; it does not look at a Hessian; nor is it at the minimum of a bowl after one step."""
    bowl = objective("quadratic", kappa=20)
    run = descend(bowl, 1.0, steps=1, optimizer=optimizer("lbfgs"))
    assert run.values[-1] > 1
    pairs = [np.concatenate([np.ones((10, d))] * 2).size for d in (100, 200)]
    assert pairs[1] == 2 * pairs[0]
    made = {
        search: descend(
            objective("rosenbrock"),
            1.0,
            steps=60,
            optimizer=optimizer("lbfgs"),
            line_search=line_search("strong-wolfe") if search else None,
        ).verdict
        for search in (False, True)
    }
    assert made == {False: "diverging", True: "converging"}
    return {"Its memory grows", "It should run with a line search"}


defines("secant-condition", "the letters of the condition are as the card defines them")


def test_the_secant_condition_holds_on_a_bowl() -> None:
    bowl = objective("quadratic", kappa=7, rotation=30)
    here, there = np.array([1.0, 2.0]), np.array([-0.5, 1.5])
    step, change = there - here, bowl.gradient(there) - bowl.gradient(here)
    assert bowl.hessian(here) @ step == pytest.approx(change)
    assert questions()["secant-condition"].options[0].text.startswith("gradient")


def test_noise_spoils_what_is_learnt() -> None:
    """The worst of the late losses, for several seeds: L-BFGS's is mostly tenfold that of gradient descent."""
    ratios = []
    for seed in range(10):
        ground = objective("noisy-quadratic", seed=seed)
        sgd = descend(ground, 0.1, steps=200).values[30:].max()
        lbfgs = descend(ground, 1.0, steps=200, optimizer=optimizer("lbfgs")).values[30:].max()
        ratios.append(lbfgs / sgd)
    assert np.median(ratios) > 10
    for made in (shown(CARD, 5), asked("second-order-noise")):
        assert made.outcome().verdict.endswith("A ends lowest.")


def test_lbfgs_is_fast_without_noise() -> None:
    assert shown(CARD, 4).outcome().verdict == "A crawls, B and C converge; B ends lowest."
    assert shown(CARD, 1).outcome(1.0).readouts[1].endswith("loss 0")
