from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tutor.optim.descend import descend
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import Objective, objective
from tutor.optim.optimizers import optimizer
from tutor.optim.schedules import schedule
from tutor.optim.summary import summary
from tutor.optim.verdict import Verdict, judge, tell
from tutor.optim.windows import WINDOW, late, windows

BOWL = objective("quadratic", kappa=10)


@pytest.mark.parametrize(
    ("eta_l", "steps", "verdict"),
    [
        (0.01, 60, Verdict.CRAWLING),
        (0.1, 60, Verdict.CRAWLING),
        (0.9, 60, Verdict.CONVERGING),
        (0.9, 1000, Verdict.CONVERGING),
        (1.5, 60, Verdict.CONVERGING),  # its hops die out, and then it slides
        (1.95, 60, Verdict.OSCILLATING),
        (1.999, 60, Verdict.OSCILLATING),
        (1.9, 150, Verdict.CONVERGING),  # it hopped all the way, and it is there
        (2.0, 500, Verdict.OSCILLATING),
        (2.01, 60, Verdict.DIVERGING),  # slowly: not out of bounds yet
        (2.002, 500, Verdict.DIVERGING),
        (2.5, 60, Verdict.DIVERGING),
        (40.0, 60, Verdict.DIVERGING),
    ],
)
def test_gradient_descent_on_a_quadratic(eta_l: float, steps: int, verdict: Verdict) -> None:
    run = descend(BOWL, eta_l / 10, start=(-4, 2), steps=steps)
    assert run.verdict is verdict, run.reason
    assert run.reason.lower().startswith(verdict)
    assert run.reason.endswith(".")
    assert len(run.reason) <= 100


def test_crawling_says_how_far_it_still_is() -> None:
    run = descend(BOWL, 0.01, start=(-4, 0), steps=60)  # x shrinks to 0.99⁶⁰ = 0.547
    assert run.reason == "Crawling: after 60 steps about 55 % of the way to the minimum is still ahead."
    assert "after 1 step about 99 %" in descend(BOWL, 0.01, start=(-4, 0), steps=1).reason


def test_a_slow_divergence_is_seen_behind_a_falling_loss() -> None:
    run = descend(BOWL, 2.004 / 10, start=(-4, 0.01), steps=600)
    assert run.values[-1] < run.values[0]
    assert run.verdict is Verdict.DIVERGING


@pytest.mark.parametrize("steps", range(8, 21))
def test_a_run_that_leaves_a_ravine_diverges_wherever_it_is_cut(steps: int) -> None:
    ravine = objective("ravine", kappa=19.5, bend=0.05)
    assert descend(ravine, 0.11, start=(-4, 1.6), steps=steps).verdict is Verdict.DIVERGING


def test_momentum_that_overshoots_does_not_diverge() -> None:
    run = descend(objective("quadratic", kappa=100), 2e-4, steps=20, optimizer=optimizer("momentum"))
    assert (np.diff(run.values[-6:]) > 0).all()
    assert run.verdict is not Verdict.DIVERGING


def test_momentum_that_swings_oscillates() -> None:
    run = descend(BOWL, 0.01, start=(-4, 2), steps=100, optimizer=optimizer("momentum"))
    assert run.reason == "Oscillating: it swings to and fro, less and less far."
    run = descend(BOWL, 0.2, start=(-4, 2), steps=100)
    assert run.reason == "Oscillating: it hops from wall to wall, and does not settle."


def test_a_run_that_hops_for_ever_oscillates_however_its_loss_is_rounded() -> None:
    bowl = objective("quadratic", kappa=20, rotation=30)
    run = descend(bowl, 2.0, steps=12, start=(-4.0, -1.5), optimizer=optimizer("newton"))
    assert (np.diff(run.values) > 0).any()
    assert run.verdict == "oscillating"


def test_a_start_at_the_minimum_has_arrived() -> None:
    assert descend(BOWL, 0.1, start=(0, 0), steps=10).verdict is Verdict.CONVERGING


def saddle() -> Objective:
    signs = np.array([1.0, -1.0])
    return Objective(
        name="saddle",
        params={},
        summary="½(x² − y²)",
        value=lambda points: 0.5 * np.sum(signs * points * points, axis=-1),
        gradient=lambda points: signs * points,
        hessian=lambda points: np.broadcast_to(np.diag(signs), (*points.shape, 2)).copy(),
        minima=(),
        view=((-1.0, 1.0), (-1.0, 1.0)),
        start=(1.0, 0.0),
    )


def test_a_run_into_a_saddle_stalls() -> None:
    run = descend(saddle(), 0.5, steps=60)
    assert run.verdict is Verdict.STALLED
    assert "saddle" in run.reason


def test_a_run_that_passes_near_a_saddle_does_not_close_in_on_a_minimum() -> None:
    run = descend(saddle(), 0.2, start=(1, 1e-8), steps=40)
    assert run.gradient_norms[-1] < 1e-3
    assert run.reason == "Crawling: it lingers near a saddle, where the slope is small."


def test_a_run_whose_rate_dies_stalls() -> None:
    run = descend(BOWL, schedule("exponential", rate=0.01, steps=200, gamma=0.5), start=(-4, 2), steps=200)
    assert run.verdict is Verdict.STALLED
    assert "shrunk to nothing" in run.reason


def test_a_run_that_leaves_at_its_last_step() -> None:
    steps = descend(BOWL, 0.5, steps=60).steps
    run = descend(BOWL, 0.5, steps=steps)
    assert run.reason == f"Diverging: the jumps grow, and step {steps} throws it off the map for good."


def test_a_run_that_leaves_at_once() -> None:
    assert "very first step" in descend(BOWL, 1e200, steps=60).reason


def anything(*shape: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, shape, elements=st.floats(allow_nan=True, allow_infinity=True, width=64))


@settings(max_examples=80)
@given(st.data(), st.integers(1, 30), st.integers(1, 3))
def test_a_verdict_never_raises(data: st.DataObject, steps: int, runs: int) -> None:
    ground = data.draw(st.sampled_from([BOWL, objective("ravine"), objective("rastrigin")]))
    with np.errstate(all="ignore"):
        seen = summary(ground, data.draw(anything(steps + 1, runs, 2)))
    with np.errstate(all="raise"):
        rules = judge(seen)
        for run, rule in enumerate(rules):
            verdict, reason = tell(rule, seen.of(run))
            assert reason.lower().startswith(verdict)
            assert len(reason) <= 100


def test_a_loss_that_is_no_number_diverges() -> None:
    odd = replace(BOWL, value=lambda points: np.where(points[..., 0] > -3.9, np.nan, BOWL.value(points)))
    with np.errstate(all="ignore"):
        seen = summary(odd, descend(BOWL, 0.01, steps=20).points)
    assert tell(int(judge(seen)), seen) == (Verdict.DIVERGING, "Diverging: the loss is no longer a number.")


def test_a_run_to_a_local_minimum_says_so() -> None:
    run = descend(objective("rastrigin"), 1e-3, start=(3.1, 2.1), steps=2000)
    assert run.reason.startswith("Converging:")
    assert "not the lowest" in run.reason


def test_flat_ground_is_no_minimum() -> None:
    shelf = replace(
        BOWL, value=lambda points: BOWL.value(points) + 5.0, hessian=lambda points: 0.0 * BOWL.hessian(points)
    )
    run = descend(replace(shelf, minimum_value=0.0), 0.1, steps=500)
    assert run.reason == "Stalled: the slope is zero, but this is flat ground and no minimum."


def test_exact_zigzags_do_not_turn_back() -> None:
    """Each step at a right angle to the one before, up to rounding: neither hopping nor a matter of luck."""
    run = descend(BOWL, 1.0, start=(10, 1), steps=40, line_search=line_search("exact"))
    assert run.verdict in {Verdict.CONVERGING, Verdict.CRAWLING}


@given(st.integers(1, 5000))
def test_windows_see_all_of_a_short_run_and_both_ends_of_a_long_one(steps: int) -> None:
    shown = windows(steps)
    points = {point for window in shown for point in range(steps + 1)[window]}
    assert {0, steps // 2, steps} <= points
    assert all(len(range(steps + 1)[window]) <= WINDOW + 2 for window in shown)
    assert 1 <= late(steps) < len(range(steps + 1)[shown.closing])
    if steps <= 2 * WINDOW:
        assert points == set(range(steps + 1))
