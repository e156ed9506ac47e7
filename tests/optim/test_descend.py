from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.descend import Trajectory, descend, descend_many
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import OBJECTIVES, objective
from tutor.optim.optimizers import OPTIMIZERS, optimizer
from tutor.optim.schedules import schedule
from tutor.optim.verdict import Verdict

BOWL = objective("quadratic", kappa=100)
MU, L = 1.0, 100.0
RAVINE = objective("ravine", kappa=19, bend=0.1)


def test_the_stability_limit_is_two_over_l() -> None:
    at_limit = descend(BOWL, 2 / L, start=(0, 1), steps=500)
    np.testing.assert_allclose(np.abs(at_limit.points[:, 1]), 1.0, rtol=1e-12)
    above = descend(BOWL, 1.001 * 2 / L, start=(0, 1), steps=500)
    assert abs(above.points[-1, 1]) == pytest.approx(2.7156, abs=5e-5)
    for scale, grows in ((1 - 1e-6, False), (1 + 1e-6, True)):
        run = descend(BOWL, scale * 2 / L, start=(0, 1), steps=3000)
        assert bool(abs(run.points[-1, 1]) > 1.0) is grows


def contraction(rate: float) -> float:
    """The factor by which a step shrinks the slower coordinate, measured."""
    run = descend(BOWL, rate, start=(1, 1), steps=50)
    return float(np.max(np.abs(run.points[-1] / run.points[0]) ** (1 / 50)))


def test_the_best_constant_rate() -> None:
    best = 2 / (L + MU)
    assert best == pytest.approx(0.0198020, abs=5e-8)
    assert contraction(best) == pytest.approx(0.980198, abs=1e-6)
    assert contraction(best * (1 - 1e-3)) > contraction(best)
    assert contraction(best * (1 + 1e-3)) > contraction(best)


@pytest.mark.parametrize(("rate", "steps"), [(2 / (L + MU), 691), (1 / L, 1375), (0.1 / L, 13_809)])
def test_steps_to_a_millionth(rate: float, steps: int) -> None:
    run = descend(BOWL, rate, start=(1, 0 if rate <= 1 / L else 1), steps=14_000)
    assert run.steps_to(1e-6) == steps


def test_heavy_ball_needs_a_tenth_of_the_steps() -> None:
    ball = optimizer("momentum", momentum=(9 / 11) ** 2)
    run = descend(BOWL, 4 / 121, start=(1, 1), steps=300, optimizer=ball)
    steps = run.steps_to(1e-6)
    assert steps is not None
    assert 69 <= steps <= 110  # ρᵏ alone gives 69; the double root adds a factor that grows with k
    tail = np.linalg.norm(run.points[200:], axis=-1)
    assert (tail[-1] / tail[0]) ** (1 / 100) == pytest.approx(9 / 11, abs=0.01)


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


def test_a_schedule_gives_the_rate_of_each_step() -> None:
    run = descend(BOWL, lambda step: 0.01 / (step + 1), start=(1, 0), steps=3)
    np.testing.assert_allclose(run.rates, [0.01, 0.005, 0.01 / 3])
    assert run.points[-1, 0] == pytest.approx(0.99 * 0.995 * (1 - 0.01 / 3))


def same(one: Trajectory, other: Trajectory) -> None:
    for field in ("points", "values", "gradient_norms", "rates"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))
    assert (one.verdict, one.reason) == (other.verdict, other.reason)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(OBJECTIVES)),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.lists(st.tuples(st.floats(1e-5, 1e3), st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=7),
    st.integers(1, 130),
)
def test_a_run_alone_is_the_same_in_a_batch(
    ground: str, rule: str, runs: list[tuple[float, float, float]], steps: int
) -> None:
    rates, starts = np.array([run[0] for run in runs]), np.array([run[1:] for run in runs])
    surface, method = objective(ground), optimizer(rule)
    together = descend_many(surface, lambda _: rates, start=starts, steps=steps, optimizer=method)
    for rate, start, run in zip(rates, starts, together, strict=True):
        same(run, descend(surface, float(rate), start=start, steps=steps, optimizer=method))


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
    runs = descend_many(BOWL, lambda _: np.array([1.0, 0.01]), steps=300)
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
    together = descend_many(RAVINE, lambda _: trials, start=starts, steps=10, line_search=search)
    for trial, start, run in zip(trials, starts, together, strict=True):
        same(run, descend(RAVINE, float(trial), start=start, steps=10, line_search=search))


def test_starts() -> None:
    assert tuple(descend(RAVINE, 0.01, steps=1).points[0]) == RAVINE.start
    with pytest.raises(UsageError, match="a start on 'ravine' is 2 numbers, not"):
        descend(RAVINE, 0.01, steps=1, start=(1, 2, 3))
    for start in ((float("nan"), 0), (1e200, 0), (float("inf"), 0)):
        with pytest.raises(UsageError, match="no finite value at the start"):
            descend(RAVINE, 0.01, steps=1, start=start)


def test_schedules_race_together() -> None:
    entrants = [schedule(name, rate=0.05, steps=40) for name in ("constant", "cosine", "warmup")]
    runs = descend_many(RAVINE, lambda step: np.array([at(step) for at in entrants]), steps=40)
    for at, run in zip(entrants, runs, strict=True):
        same(run, descend(RAVINE, at, steps=40))
