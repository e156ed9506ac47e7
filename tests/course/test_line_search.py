"""What the card on line searches says of exact steps, Armijo's and Wolfe's conditions, and their price."""

from __future__ import annotations

import numpy as np
import pytest

from tests.course.bundled import asked, shown
from tests.course.proof import computes, settles
from tutor.optim.descend import Trajectory, descend
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import objective

CARD = "line-search"


def searching(kappa: float, search: str, rate: float, steps: int = 30, **settings: float) -> Trajectory:
    """Search down the bowl from (κ, 1)."""
    return descend(
        objective("quadratic", kappa=kappa),
        rate,
        steps=steps,
        start=(kappa, 1.0),
        line_search=line_search(search, **settings),
    )


@settles("exact-right-angle")
def test_gradients_turn_by_a_right_angle() -> str:
    run = searching(5, "exact", 0.1, steps=10)
    moves = np.diff(run.points, axis=0)
    gradients = objective("quadratic", kappa=5).gradient(run.points[1:])
    sizes = np.linalg.norm(moves, axis=1) * np.linalg.norm(gradients, axis=1)
    cosines = (moves * gradients).sum(axis=1) / sizes
    assert np.abs(cosines).max() < 1e-6
    return "straight across the line"


def test_the_trial_does_not_matter_to_an_exact_search() -> None:
    made = shown(CARD, 1)
    assert len({made.outcome(rate).readouts[0] for rate in made.rates}) == 1


@computes("exact-step-leaves")
def test_one_exact_step() -> float:
    for kappa, share in ((10, 0.669), (100, 0.961)):
        values = searching(kappa, "exact", 0.1).values
        assert values[1:] / values[:-1] == pytest.approx(share, abs=5e-4)
    values = searching(20, "exact", 0.1, steps=10).values
    assert values[10] / values[0] == pytest.approx(0.135, abs=5e-4)
    return float(values[1] / values[0])


@settles("exact-greedy")
def test_greed_does_not_pay() -> str:
    exact, first = searching(10, "exact", 1.0).values, searching(10, "armijo", 1.0).values
    assert exact[1] < first[1]
    assert exact[-1] / first[-1] == pytest.approx(40, rel=0.05)
    assert asked("exact-greedy").outcome().verdict.endswith("B ends lowest.")
    return "backtracking, though" if first[-1] < exact[-1] else "the exact one, as no other"


@computes("armijo-cut")
def test_the_first_half_that_will_do() -> float:
    assert "taken 0.0156 to 0.0156" in asked("armijo-cut").outcome().readouts
    rate = 1.0  # the loss along the line is 50 y², and the slope at y = 2 is 200
    while 50 * (2 - rate * 200) ** 2 > 50 * 2**2 - 1e-4 * rate * 200**2:
        rate /= 2
    return rate


@pytest.mark.parametrize("trial", [0.3, 1.0, 1.7, 5.0])
def test_what_had_to_be_cut_ends_above_half_the_bound(trial: float) -> None:
    run = descend(
        objective("quadratic", kappa=100),
        trial,
        steps=3,
        start=(0.0, 2.0),
        line_search=line_search("armijo", c=1e-4, shrink=0.5),
    )
    bound = 2 * (1 - 1e-4) / 100
    assert all(0.5 * bound < rate <= bound for rate in run.rates)


def accepted(rate: float, h: float = 2.0, c1: float = 1e-4, c2: float = 0.9) -> bool:
    """Whether both of Wolfe's conditions hold on ½hx², from x = 1."""
    there = 1 - rate * h
    falls = 0.5 * h * there**2 <= 0.5 * h - c1 * rate * h**2
    return falls and abs(h * there) <= c2 * h


@settles("wolfe-accepts")
def test_what_wolfe_accepts() -> set[str]:
    assert [accepted(eta_h / 2) for eta_h in (0.099, 0.101, 1.899, 1.901)] == [False, True, True, False]
    return {f"η = {rate:g}" for rate in (0.02, 0.2, 0.85, 0.98) if accepted(rate)}


@settles("armijo-refuses")
def test_armijo_never_refuses_a_short_step() -> str:
    crawling = searching(10, "armijo", 1e-6, steps=3)
    cut = searching(10, "armijo", 10.0, steps=3)
    assert crawling.rates == pytest.approx(1e-6)
    assert cut.rates.max() < 1.0
    return "short"


def test_wolfe_lengthens_a_step_that_is_too_short() -> None:
    assert shown(CARD, 4).outcome().verdict == "A crawls, B converges; B ends lowest."


def probes(trial: float) -> int:
    """Count the probes of a halving search for a rate up to 0.02."""
    search = line_search("armijo", c=1e-4, shrink=0.5)
    run = descend(objective("quadratic", kappa=100), trial, steps=1, start=(0.0, 2.0), line_search=search)
    return len(run.searches[0].probes)


@computes("search-probes")
def test_probes_of_a_step() -> float:
    assert probes(1.0) == 7
    return probes(0.5)


def test_a_search_that_begins_at_twice_the_last_rate_is_cheap() -> None:
    cuts = [int(shown(CARD, paragraph).outcome().readouts[3].split()[0]) for paragraph in (3, 5)]
    assert cuts[1] < 0.5 * cuts[0]
    assert cuts[1] == pytest.approx(40, abs=3)  # in 40 steps
