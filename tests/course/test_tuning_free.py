"""What the card on rules without a rate says of Polyak, Barzilai and Borwein, averages and distances."""

from __future__ import annotations

import numpy as np
import pytest

from tests.course.bundled import asked, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import Trajectory, descend
from tutor.optim.objectives import objective
from tutor.optim.optimizers import OPTIMIZERS, optimizer

CARD = "tuning-free"


def polyak(steps: int, f_min: float | None = None, rate: float = 1.0) -> Trajectory:
    """Run Polyak's step on a bowl with κ = 20."""
    given = {} if f_min is None else {"f_min": f_min}
    ground = objective("quadratic", kappa=20)
    return descend(ground, rate, steps=steps, optimizer=optimizer("polyak", **given))


@computes("polyak-halves")
def test_polyak_halves() -> float:
    ground = objective("quadratic", kappa=50)
    run = descend(ground, 1.0, steps=3, start=(0.0, 8.0), optimizer=optimizer("polyak"))
    assert run.points[:, 1] == pytest.approx([8, 4, 2, 1])
    x = 8.0
    for _ in range(3):
        x -= (25 * x * x) / (50 * x) ** 2 * 50 * x
    return x


def test_no_step_of_polyaks_leads_away_from_the_minimum() -> None:
    distances = np.linalg.norm(polyak(60).points, axis=1)
    assert (np.diff(distances) <= 0).all()


@settles("polyak-high-guess")
def test_too_high_a_guess() -> str:
    high, low = polyak(200, 1.0), polyak(2_000, -1.0)
    assert high.verdict == "stalled"
    assert high.values[-1] == pytest.approx(1.0, abs=0.05)
    assert low.values[-500:].max() > 0.05
    assert shown(CARD, 1).outcome().verdict == "A and C oscillate, B stalls; A ends lowest."
    assert asked("polyak-high-guess").outcome().verdict.startswith("A converges, B stalls")
    return "steps vanish"


@computes("bb-rate")
def test_one_over_the_curvature_seen() -> float:
    """Let the rule make its second step on ½(x² + 9y²), after a first one along (1, 1)."""
    bowl, rule = objective("quadratic", kappa=9), optimizer("barzilai-borwein")
    start = np.array([-1.0, -1.0 / 9])  # whose gradient is (−1, −1)
    run = descend(bowl, 1.0, steps=2, start=start, optimizer=rule)
    first, second = np.diff(run.points, axis=0)
    assert first[0] == pytest.approx(first[1])
    return float(-second[0] / bowl.gradient(run.points[1])[0])


def test_barzilai_and_borwein_on_a_bowl_and_on_a_kink() -> None:
    rule = optimizer("barzilai-borwein")
    bowl = objective("quadratic", kappa=100)
    assert descend(bowl, 1.0, steps=60, optimizer=rule).steps_to(1e-6) == 7
    assert descend(bowl, 2 / 101, steps=700).steps_to(1e-6) == 691
    assert (np.diff(descend(bowl, 1.0, steps=20, optimizer=rule).values) > 0).any()
    assert descend(objective("kink"), 1.0, steps=60, optimizer=rule).verdict == "diverging"


@settles("bb-in-noise")
def test_a_measured_curvature_in_noise() -> str:
    shares = []
    for seed in range(8):
        ground = objective("noisy-quadratic", seed=seed)
        run = descend(ground, 1.0, steps=100, optimizer=optimizer("barzilai-borwein"))
        lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=1)[30:]
        assert lengths.max() > 10 * np.median(lengths)
        assert ground.noisy
        noise = [ground.noisy(point, step) - ground.gradient(point) for step, point in enumerate(run.points)]
        changes = np.diff(ground.gradient(run.points), axis=0)[30:]
        shares.append(
            np.median(np.linalg.norm(np.diff(noise, axis=0)[30:], axis=1) / np.linalg.norm(changes, axis=1))
        )
    assert np.median(shares) > 2
    for made in (shown(CARD, 5), asked("bb-in-noise")):
        assert made.outcome().verdict.endswith("A ends lowest.")
    return "that chance decides"


@computes("distance-rate")
def test_a_rate_from_a_distance() -> float:
    """Find the rate whose bound (D²/(ηT) + ηG²)/2 on the average loss is the lowest."""
    distance, slope, steps = 6.0, 2.0, 900
    rates = np.geomspace(1e-4, 10, 20_001)
    return float(rates[(distance**2 / (rates * steps) + rates * slope**2).argmin()])


def test_the_advised_rate_keeps_its_promise_on_a_kink() -> None:
    advised = 4.1 / np.sqrt(64)
    assert advised == pytest.approx(0.51, abs=0.005)
    means = {
        rate: descend(objective("kink"), rate, steps=64, start=(-4.1, 0.0)).values[:-1].mean()
        for rate in (0.05, 0.1, 0.2, advised, 1.0, 2.0, 5.0)
    }
    assert means[advised] <= 4.1 / np.sqrt(64) + 1e-9
    assert min(means, key=lambda rate: means[rate]) == advised


def test_an_average_hovers_lower_but_has_a_limit() -> None:
    ends = {}
    for name in ("sgd", "schedule-free"):
        runs = [
            descend(objective("noisy-quadratic", seed=seed), 1.0, steps=200, optimizer=optimizer(name))
            for seed in range(4)
        ]
        ends[name] = np.mean([run.values[-50:].mean() for run in runs])
    assert ends["schedule-free"] < 0.3 * ends["sgd"]
    made = descend(objective("noisy-quadratic"), 25.0, steps=200, optimizer=optimizer("schedule-free"))
    assert made.verdict == "diverging"
    assert shown(CARD, 3).outcome().verdict.endswith("B ends lowest.")


@settles("rate-left")
def test_which_rules_have_a_rate_of_their_own() -> set[str]:
    names = {
        "polyak": "Polyak's step",
        "schedule-free": "schedule-free descent",
        "barzilai-borwein": "Barzilai and Borwein's",
        "adam": "Adam",
    }
    return {words for name, words in names.items() if optimizer(name).own_rate is None and name in OPTIMIZERS}


defines("d-adaptation-estimates", "what the method estimates is told by its papers")
