"""The values under the cursor against closed forms, and the facts that the presets show."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tutor.lab.bench.presets import PRESETS, preset
from tutor.lab.bench.readout import readout, readouts
from tutor.lab.bench.runs import limit, sharpness, stream, trajectories, trajectory
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice

BOWL = Ground(choice("quadratic", {"kappa": 10.0}), start=(4.0, 2.0), steps=20)


def test_gradient_descent_on_a_quadratic() -> None:
    read = readout(BOWL, RunSetup(0.15), 3)
    x, y = 4 * 0.85**3, 2 * (-0.5) ** 3
    assert read.point == pytest.approx((x, y))
    assert read.loss == pytest.approx((x * x + 10 * y * y) / 2)
    assert read.slope == pytest.approx(math.hypot(x, 10 * y))
    assert read.rate == 0.15
    assert read.effective == pytest.approx((0.15, 0.15))
    assert read.sharpness == pytest.approx(10)
    assert read.limit == pytest.approx(0.2)
    assert read.overshoot == pytest.approx(0.15 * (x * x + 1000 * y * y) / (x * x + 100 * y * y))


def test_adam_gives_each_coordinate_a_rate_of_its_own() -> None:
    read = readout(BOWL, RunSetup(0.1, optimizer=Choice("adam")), 0)
    assert read.effective == pytest.approx((0.1 / 4, 0.1 / 20), rel=1e-6)


def test_at_the_end_the_last_step_is_told_and_past_an_early_end_the_end() -> None:
    assert readout(BOWL, RunSetup(0.15), 20).rate == 0.15
    gone = readout(BOWL, RunSetup(3.0), 20)
    assert gone.step == trajectory(BOWL, RunSetup(3.0)).steps < 20
    assert gone.verdict == "diverging"


def test_what_is_hidden_is_not_read() -> None:
    hidden = LabState(BOWL, (RunSetup(0.15),), predict=True, hidden=2)
    assert [read.step for read in readouts(hidden)] == [2]


def test_where_nothing_curves_upward_nothing_limits() -> None:
    ground = Ground(Choice("saddle"), steps=3)
    read = readout(ground, RunSetup(0.01), 0)
    assert limit(ground, RunSetup(0.01)) is None
    assert read.limit is None or read.limit > 0


def test_a_long_run_in_many_dimensions_is_sampled() -> None:
    ground = Ground(choice("quadratic", {"kappa": 10.0}), steps=2000)
    steps, largest = sharpness(ground, RunSetup(0.1))
    assert len(steps) <= 2001
    assert largest == pytest.approx(np.full(len(steps), 10.0))


# The facts


def test_the_stability_limit() -> None:
    state = preset("limit")
    assert limit(state.ground, state.runs[0]) == pytest.approx(0.02)
    below, at, above = trajectories(state)
    assert abs(below.points[-1, 1]) < abs(below.points[0, 1])
    assert abs(at.points[-1, 1]) == pytest.approx(abs(at.points[0, 1]))
    assert abs(above.points[-1, 1]) > 2.7 * abs(above.points[0, 1])


def test_the_edge_of_stability_on_rosenbrock() -> None:
    state = preset("edge")
    run = trajectory(state.ground, state.run)
    assert run.points[-400:, 0].mean() == pytest.approx(0.8646, abs=0.002)
    assert run.verdict == "oscillating"
    steps, largest = sharpness(state.ground, state.run)
    assert largest[steps > 1600].mean() == pytest.approx(2 / 0.0025, rel=0.05)


def test_an_exact_search_shrinks_the_loss_by_a_constant() -> None:
    state = preset("exact-search")
    values = trajectory(state.ground, state.run).values
    assert values[1:10] / values[:9] == pytest.approx((9 / 11) ** 2)


def test_the_best_heavy_ball_beats_the_best_gradient_descent() -> None:
    gradient, heavy = trajectories(preset("heavy-ball"))
    assert heavy.values[-1] < 1e-6 * gradient.values[-1]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_runs_and_says_what_it_shows(name: str) -> None:
    state = PRESETS[name].state
    assert len(trajectories(state)) == len(state.runs)
    assert 20 < len(PRESETS[name].about) < 100
    assert replace(state, cursor=None) == state


def test_heavy_ball_and_nesterov_have_limits_of_their_own() -> None:
    for name in ("momentum-limit", "nesterov-limit"):
        state = preset(name)
        below, above, *others = trajectories(state)
        stable = limit(state.ground, state.runs[0])
        assert stable is not None
        assert state.runs[0].rate < stable < state.runs[1].rate
        assert below.values[-1] < below.values[0]
        assert above.verdict == "diverging"
        assert all(run.verdict != "diverging" for run in others)


def test_chebyshev_beats_the_best_constant_rate() -> None:
    state = preset("chebyshev")
    constant, chebyshev = trajectories(state)
    assert constant.points[-1, 1] / constant.points[0, 1] == pytest.approx((99 / 101) ** 8)
    assert abs(chebyshev.points[-1] / chebyshev.points[0]) == pytest.approx([0.386063] * 2, rel=1e-5)
    assert sum(chebyshev.rates > 0.02) == 4


def test_small_steps_follow_the_flow() -> None:
    ground, run = Ground(choice("quadratic", {"kappa": 10.0}), start=(4.0, 2.0), steps=50), RunSetup(0.02)
    assert stream(ground, run, 50).points[-1] == pytest.approx([4 * math.exp(-1), 2 * math.exp(-10)], rel=1e-3)
