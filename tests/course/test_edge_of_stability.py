"""What the card on the edge of stability says of Rosenbrock's valley, networks, catapults and sharp minima."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tests.course.bundled import asked, cards, fates, questions, shown
from tests.course.proof import computes, settles
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment
from tutor.optim.descend import Trajectory, descend
from tutor.optim.objectives import objective

CARD = "edge-of-stability"
ROSENBROCK, HIMMELBLAU = objective("rosenbrock"), objective("himmelblau")
PRODUCT = "0.5*x**2*y**2"


def late(rate: float, steps: int) -> Trajectory:
    """Run down Rosenbrock's valley, and keep the last two hundred steps."""
    run = descend(ROSENBROCK, rate, steps=steps)
    return run.part(run.steps - 200, run.steps)


def test_the_floor_is_as_sharp_as_said() -> None:
    x = np.linspace(-1.2, 1.2, 49)
    sharpness = ROSENBROCK.curvatures(np.stack([x, x * x], axis=-1))[:, -1]
    assert np.abs(sharpness - (202 + 800 * x**2)).max() < 2.01
    assert ROSENBROCK.sharpness(np.ones(2)) == pytest.approx(1001.6, abs=0.01)


def test_three_rates_end_in_three_ways() -> None:
    assert shown(CARD, 1).outcome().verdict.startswith("A crawls, B oscillates, C diverges")


def test_rosenbrocks_run_stays_where_it_is_said_to() -> None:
    run = late(0.0025, 6_000)
    assert run.points[:, 0].mean() == pytest.approx(0.8646, abs=1e-3)
    assert ROSENBROCK.curvatures(run.points)[:, -1].mean() == pytest.approx(2 / 0.0025, rel=1e-3)
    assert fates(shown(CARD, 2)) == ["At"]


def test_between_two_rates_it_neither_arrives_nor_diverges() -> None:
    for rate in (0.0021, 0.004, 0.006):
        run = descend(ROSENBROCK, rate, steps=10_000)
        assert run.steps == 10_000
        assert np.abs(run.points).max() < 2
        assert run.values[-2_000:].max() > 1e-3
    assert descend(ROSENBROCK, 0.0019, steps=6_000).verdict == "converging"
    assert descend(ROSENBROCK, 0.007, steps=100).verdict == "diverging"


@computes("rosenbrock-stays")
def test_where_it_stays() -> float:
    return float(late(0.004, 3_000).points[:, 0].mean())


@computes("network-sharpness")
def test_what_a_swing_bears() -> float:
    """Bisect for the sharpness at which a swing neither grows nor dies out, with η = 0.25."""
    low, high = 0.0, 100.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if abs(1 - 0.25 * middle) < 1 else (low, middle)
    return low


def test_networks_come_to_rest_at_the_edge_twice_as_sharp_at_half_the_rate() -> None:
    block = cards()[CARD].paragraphs[2].experiment
    assert block
    made = experiment(block.settings)
    assert isinstance(made, LongExperiment)
    *_, last = made.run(Workshop(cache=None))
    verdict = last.outcome().verdict
    assert [float(each) for each in re.findall(r" at (\d+\.\d+)", verdict)] == pytest.approx(
        [2.07, 2.07], abs=0.12
    )
    assert "the loss still falls, though not each step" in verdict


@settles("above-the-edge")
def test_above_the_edge_a_swing_grows_and_no_more_is_sure() -> str:
    run = descend(ROSENBROCK, 0.004, steps=2_000)
    above = ROSENBROCK.curvatures(run.points)[:, -1] > 2 / 0.004
    assert above.any()
    assert run.verdict == "oscillating"  # it does not diverge
    assert (np.diff(run.values)[above[:-1]] < 0).any()  # the loss need not rise
    assert abs(1 - 0.004 * 501) > 1
    return "A small swing"


@settles("himmelblau-holds")
def test_which_minima_hold() -> set[str]:
    held = set()
    for (x, y), limit in zip(HIMMELBLAU.minima, (0.0243, 0.0248, 0.0149, 0.0190), strict=True):
        assert 2 / HIMMELBLAU.sharpness(np.array([x, y])) == pytest.approx(limit, abs=1e-4)
        run = descend(HIMMELBLAU, 0.02, steps=300, start=(x + 1e-3, y - 1e-3))
        if np.linalg.norm(run.points[-1] - (x, y)) < 1e-6:
            held.add(f"({x:.2g}, {y:.2g})".replace("-", "−"))
    assert held == {"(3, 2)", "(−2.8, 3.1)"}
    for option in questions()["himmelblau-holds"].options:
        sharpness = float(option.text.split()[-1])
        assert min(abs(sharpness - HIMMELBLAU.sharpness(np.array(at))) for at in HIMMELBLAU.minima) < 0.6
    return held


def test_the_rate_chooses_the_minimum() -> None:
    ends = [descend(HIMMELBLAU, rate, steps=300, start=(0.0, -4.0)).points[-1] for rate in (0.01, 0.02)]
    assert ends[0] == pytest.approx(HIMMELBLAU.minima[2], abs=1e-6)
    assert ends[1] == pytest.approx(HIMMELBLAU.minima[1], abs=1e-6)


def catapult(share: float) -> Trajectory:
    """Run on ½(xy)² from (3, 0.3), with η·λ₀ = ``share``."""
    return descend(objective(PRODUCT), share / 9.09, steps=60, start=(3.0, 0.3))


@pytest.mark.parametrize("share", [0.5, 1.0, 1.5, 1.9])
def test_below_two_the_loss_falls_at_every_step(share: float) -> None:
    values = catapult(share).values
    assert (np.diff(values) <= 0).all()


@settles("catapult-course")
def test_the_course_of_a_catapult() -> str:
    for share in (2.2, 2.7, 3.0, 3.5):
        run = catapult(share)
        assert run.values.max() > 1.1 * run.values[0]
        assert run.values[-1] < 1e-6 * run.values[0]
        assert (run.points[-1] ** 2).sum() < 2 / (share / 9.09)
    assert catapult(4.1).verdict == "diverging"
    assert asked("catapult-course").outcome().verdict.startswith("A and B converge, C diverges")
    return "It rises at first, and then falls"


@settles("catapult-lands")
def test_where_a_catapult_lands() -> str:
    start, end = ((point**2).sum() for point in catapult(3.0).points[[0, -1]])
    assert start == pytest.approx(9.09)
    assert objective(PRODUCT).sharpness(np.array([3.0, 0.0])) == pytest.approx(9.0)
    return "lower" if end < 0.5 * start else "higher"
