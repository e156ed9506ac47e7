"""What the card on schedules says of hovering, shapes, warmups and Chebyshev's rates."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.course.bundled import asked, fates, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import descend
from tutor.optim.objectives import objective
from tutor.optim.schedules import schedule

CARD = "schedules"
STEEP = (-4.0, 2.5)


def hovering(rate: float, steps: int = 4_000) -> float:
    """Run in noise at a constant rate, and give the mean square of each coordinate once it hovers."""
    run = descend(objective("noisy-quadratic", seed=7), rate, steps=steps)
    return float((run.points[steps // 4 :] ** 2).mean())


@settles("schedule-hover")
def test_a_constant_rate_hovers() -> str:
    calm, wild = hovering(0.1), hovering(0.4)
    assert calm > 0.02
    assert "hover" in asked("schedule-hover").outcome().verdict
    return "lower for a smaller rate" if wild > 3 * calm else "that the noise alone decides"


def test_the_height_grows_about_in_proportion() -> None:
    assert hovering(0.2) / hovering(0.1) == pytest.approx(2, rel=0.2)


@pytest.mark.parametrize("seed", range(4))
def test_a_falling_rate_settles_below(seed: int) -> None:
    ground = objective("noisy-quadratic", seed=seed)
    constant, cosine = (
        descend(ground, schedule(name, rate=0.5, steps=200), steps=200).values[-20:].mean()
        for name in ("constant", "cosine")
    )
    assert cosine < 0.3 * constant


def test_the_shapes_are_as_described() -> None:
    cosine = schedule("cosine", rate=0.1, steps=60)
    assert [cosine(step) for step in (0, 30, 60)] == pytest.approx([0.1, 0.05, 0.0])
    assert schedule("exponential", rate=1.0, steps=60)(2) == pytest.approx(0.95**2)
    assert schedule("step", rate=1.0, steps=60)(20) == pytest.approx(0.1)
    assert len(shown(CARD, 2).outcome().readouts) == 3


@computes("cosine-quarter")
def test_a_quarter_of_the_cosine() -> float:
    return schedule("cosine", rate=0.4, steps=200)(50)


defines("timetable-or-not", "which rules see the loss follows from the definition")


@settles("warmup-where")
def test_a_warmup_helps_where_the_start_is_sharper() -> str:
    ravine = objective("ravine", kappa=20, bend=0.15)
    start, minimum = ravine.sharpness(np.array(STEEP)), ravine.sharpness(np.zeros(2))
    assert start == pytest.approx(49, abs=0.5)
    assert minimum == pytest.approx(20)
    assert fates(shown(CARD, 3)) == ["A"]
    assert shown(CARD, 3).outcome().verdict.startswith("A and B diverge, C converges")
    assert 2 / start < 0.095 < 2 / minimum
    return "larger" if start > minimum else "smaller"


@computes("linear-scaling-peak")
def test_the_rule_of_linear_scaling() -> float:
    per_example = 0.1 / 256
    assert per_example * 8192 == pytest.approx(3.2)
    return 0.05 / 128 * 1024


def test_a_cosine_that_is_cut_off_still_hovers() -> None:
    lasts = [
        [
            descend(
                objective("noisy-quadratic", seed=seed), schedule(name, rate=0.5, steps=400, **more), steps=400
            )
            .values[-20:]
            .mean()
            for seed in range(4)
        ]
        for name, more in (("cosine", {"T_max": 800}), ("wsd", {}))
    ]
    assert np.mean(lasts[1]) < 0.5 * np.mean(lasts[0])
    for rate in (0.1, 0.2, 0.5, 1.0):
        ends = [float(readout.split()[-1]) for readout in shown(CARD, 4).outcome(rate).readouts]
        assert ends[1] > 4 * max(ends[0], ends[2])
    assert asked("cosine-stopped").outcome().verdict.endswith("B ends lowest.")


@settles("decay-steep-start")
def test_a_fall_does_not_save_a_steep_start() -> str:
    outcome = asked("decay-steep-start").outcome()
    return "It diverges too, long" if outcome.verdict == "All diverge." else "on average its rate"


def test_a_longer_fall_does_not_either() -> None:
    ravine = objective("ravine", kappa=20, bend=0.15)
    for steps in (100, 1_000):
        run = descend(ravine, schedule("cosine", rate=0.11, steps=steps), steps=steps, start=STEEP)
        assert run.verdict == "diverging"
        assert run.steps < 20


def test_chebyshevs_rates_are_as_described() -> None:
    made = schedule("chebyshev", rate=2 / 101, steps=8, kappa=100, T=8)
    rates = [made(step) for step in range(8)]
    assert sum(rate > 2 / 100 for rate in rates) == 4
    assert max(rates) == pytest.approx(0.51, abs=0.005)


def left(rates: list[float]) -> float:
    """Find the largest share that steps at these rates leave of an error, over the curvatures from 1 to 100."""
    curvatures = np.linspace(1, 100, 20_001)
    return float(np.abs(np.prod(1 - np.outer(rates, curvatures), axis=0)).max())


@computes("chebyshev-twice")
def test_chebyshevs_rates_twice() -> float:
    made = schedule("chebyshev", rate=2 / 101, steps=16, kappa=100, T=8)
    rates = [made(step) for step in range(16)]
    assert left(rates[:8]) == pytest.approx(0.386, abs=5e-4)
    assert left([2 / 101] * 8) == pytest.approx(0.852, abs=5e-4)
    assert left([2 / 101] * 16) == pytest.approx(0.726, abs=5e-4)
    rho = (math.sqrt(100) - 1) / (math.sqrt(100) + 1)
    assert left(rates[:8]) == pytest.approx(2 * rho**8 / (1 + rho**16), rel=1e-3)
    assert shown(CARD, 5).outcome().verdict.endswith("B ends lowest.")
    return left(rates)
