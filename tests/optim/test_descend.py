from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tutor.errors import UsageError
from tutor.optim.descend import Trajectory, descend, descend_many
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import OBJECTIVES, Objective, objective
from tutor.optim.optimizers import OPTIMIZERS, Optimizer, optimizer
from tutor.optim.schedules import feedback, schedule
from tutor.optim.survey import survey
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.optim.pace import Pace

BOWL = objective("quadratic", kappa=100)
MU, L = 1.0, 100.0
RAVINE = objective("ravine", kappa=19, bend=0.1)


def test_gradient_descent_on_a_quadratic_in_closed_form() -> None:
    run = descend(BOWL, 0.013, start=(-4, 2), steps=40)
    k = np.arange(41)[:, None]
    expected = np.array([-4, 2]) * (1 - 0.013 * np.array([MU, L])) ** k
    np.testing.assert_allclose(run.points, expected, rtol=1e-10)
    np.testing.assert_allclose(run.values, 0.5 * (expected**2 @ [MU, L]), rtol=1e-10)
    np.testing.assert_allclose(run.gradient_norms, np.hypot(expected[:, 0], L * expected[:, 1]), rtol=1e-10)
    np.testing.assert_array_equal(run.rates, np.full(40, 0.013))
    assert run.steps == 40
    assert run.steps_to(1e-300) is None


def test_steps_to() -> None:
    run = descend(BOWL, 0.01, start=(1, 0), steps=100)
    assert run.steps_to(0.5) == 69  # 0.99⁶⁹ = 0.4998
    assert run.steps_to(0.3) is None
    assert run.steps_to(1.0) == 0


def test_a_schedule_gives_the_rate_of_each_step() -> None:
    run = descend(BOWL, lambda step: 0.01 / (step + 1), start=(1, 0), steps=3)
    np.testing.assert_allclose(run.rates, [0.01, 0.005, 0.01 / 3])
    assert run.points[-1, 0] == pytest.approx(0.99 * 0.995 * (1 - 0.01 / 3))


def same(one: Trajectory, other: Trajectory) -> None:
    for field in ("points", "values", "gradient_norms", "rates"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))
    assert (one.verdict, one.reason) == (other.verdict, other.reason)


def pick(data: st.DataObject) -> tuple[Objective, Optimizer]:
    ground = objective(data.draw(st.sampled_from(sorted(OBJECTIVES))))
    rule = data.draw(st.sampled_from(sorted(OPTIMIZERS)))
    assume(rule != "polyak" or ground.minimum_value is not None)
    return ground, optimizer(rule)


@settings(max_examples=80)
@given(st.data(), st.lists(st.floats(1e-5, 1e3), min_size=1, max_size=5), st.integers(1, 130))
def test_a_run_alone_is_the_same_in_a_batch(data: st.DataObject, rates: list[float], steps: int) -> None:
    ground, rule = pick(data)
    shape = (len(rates), len(ground.start))
    starts = data.draw(arrays(float, shape, elements=st.floats(-9, 9)))
    together = descend_many(ground, rates, start=starts, steps=steps, optimizer=rule)
    for rate, start, run in zip(rates, starts, together, strict=True):
        same(run, descend(ground, rate, start=start, steps=steps, optimizer=rule))


@settings(max_examples=80)
@given(st.floats(1e-9, 1e300), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.sampled_from([1, 3, 60, 500]))
def test_whatever_the_rate_a_run_ends_with_finite_numbers(rate: float, x: float, y: float, steps: int) -> None:
    """A numpy warning would fail the test too."""
    run = descend(RAVINE, rate, start=(x, y), steps=steps)
    for field in (run.points, run.values, run.gradient_norms, run.rates):
        assert np.isfinite(field).all()
    assert len(run.points) == len(run.values) == len(run.gradient_norms) == run.steps + 1 <= steps + 1
    if run.steps < steps:
        assert run.verdict is Verdict.DIVERGING


def test_a_diverging_run_ends_early_and_far_away() -> None:
    run = descend(BOWL, 0.1, steps=1000)
    assert run.verdict is Verdict.DIVERGING
    assert run.steps < 20  # away is a million times 1 + ‖(−4, 2)‖
    assert np.linalg.norm(run.points[-1]) > 5.5e6 > np.linalg.norm(run.points[-2])


def test_the_others_go_on_when_one_diverges() -> None:
    runs = descend_many(BOWL, [1.0, 0.01], steps=300)
    assert [run.verdict for run in runs] == [Verdict.DIVERGING, Verdict.CONVERGING]
    assert runs[0].steps < 10
    assert runs[1].steps == 300


def test_a_line_search_replaces_the_rate() -> None:
    search = line_search("armijo")
    run = descend(RAVINE, 1.0, start=(-4, 2), steps=15, line_search=search)
    assert len(run.searches) == run.steps == 15
    assert (np.diff(run.values) < 0).all()
    for point, following, rate, found in zip(run.points, run.points[1:], run.rates, run.searches, strict=False):
        assert found.probes[0] == 1.0
        assert found.rate == rate
        np.testing.assert_array_equal(following, point - rate * RAVINE.gradient(point))


def test_line_searches_in_a_batch() -> None:
    search = line_search("armijo")
    starts = np.array([[-4.0, 2.0], [1.0, 1.0]])
    trials = np.array([1.0, 0.3])
    together = descend_many(RAVINE, trials, start=starts, steps=10, line_search=search)
    for trial, start, run in zip(trials, starts, together, strict=True):
        same(run, descend(RAVINE, float(trial), start=start, steps=10, line_search=search))


def test_a_feedback_schedule_is_shown_the_loss_at_each_point() -> None:
    watching = feedback("reduce-on-plateau", rate=0.25, patience=1, factor=0.5)
    run = descend(BOWL, watching, start=(0, 1), steps=12)
    expected = []
    for value in run.values[:-1]:
        expected.append(watching.rate)
        watching = watching.observe(float(value))
    assert run.rates.tolist() == expected
    assert expected[0] > expected[-1]


def test_a_noisy_objective_is_descended_by_what_it_shows() -> None:
    ground = objective("noisy-quadratic", sigma=0.5)
    assert ground.noisy
    run = descend(ground, 0.1, steps=20)
    for step, (point, following) in enumerate(pairwise(run.points)):
        np.testing.assert_array_equal(following, point - 0.1 * ground.noisy(point, step))
    np.testing.assert_allclose(run.gradient_norms, np.linalg.norm(ground.gradient(run.points), axis=-1))
    assert descend(ground, 0.1, steps=2000).verdict is Verdict.OSCILLATING


@settings(max_examples=20)
@given(st.integers(2, 40), st.floats(0, 90), st.integers(1, 6))
def test_high_dimensions_add_up_the_same_alone_and_together(dimension: int, turn: float, runs: int) -> None:
    ground = objective("quadratic", kappa=30, dimension=dimension, rotation=turn)
    rates = np.geomspace(1e-3, 0.1, runs)
    rule = optimizer("adam", clip_norm=1.0)
    for rate, run in zip(rates, descend_many(ground, rates, steps=60, optimizer=rule), strict=True):
        same(run, descend(ground, float(rate), steps=60, optimizer=rule))


def test_starts() -> None:
    assert tuple(descend(RAVINE, 0.01, steps=1).points[0]) == RAVINE.start
    with pytest.raises(UsageError, match="a start on 'ravine' is 2 numbers, not"):
        descend(RAVINE, 0.01, steps=1, start=(1, 2, 3))
    for start in ((float("nan"), 0), (1e200, 0), (float("inf"), 0)):
        with pytest.raises(UsageError, match="no finite value at the start"):
            descend(RAVINE, 0.01, steps=1, start=start)


def test_schedules_race_together() -> None:
    entrants = [schedule(name, rate=0.05, steps=40) for name in ("constant", "cosine", "warmup")]
    runs = descend_many(RAVINE, entrants, steps=40)
    for at, run in zip(entrants, runs, strict=True):
        same(run, descend(RAVINE, at, steps=40))


def test_any_paces_race_together() -> None:
    paces: list[Pace] = [
        0.05,
        feedback("reduce-on-plateau", rate=0.3, patience=0),
        schedule("wsd", rate=0.1, steps=40),
        5.0,
    ]
    for search in (None, line_search("wolfe")):
        runs = descend_many(RAVINE, paces, steps=40, line_search=search)
        for pace, run in zip(paces, runs, strict=True):
            same(run, descend(RAVINE, pace, steps=40, line_search=search))


@pytest.mark.parametrize("name", ["rprop", "asgd", "schedule-free", "implicit-euler"])
def test_a_line_search_needs_a_direction(name: str) -> None:
    search = line_search("armijo")
    with pytest.raises(UsageError, match="a line search needs an optimizer whose step is η times a direction"):
        descend(RAVINE, 1.0, steps=3, optimizer=optimizer(name), line_search=search)
    with pytest.raises(UsageError, match="choose another optimizer, or no line search"):
        survey(RAVINE, [1.0, 2.0], steps=3, optimizer=optimizer(name), line_search=search)
