"""Every line search: facts on quadratics, its conditions on every objective, and what it does when it fails."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import line_search as scipys

from tutor.errors import UsageError
from tutor.optim.descend import descend
from tutor.optim.linesearch import LINE_SEARCHES, LineSearch, Search, line_search
from tutor.optim.objectives import OBJECTIVES, Objective, objective

SMOOTH = [name for name in OBJECTIVES if name not in {"kink", "plateau"}]
BOUNDED = [name for name in SMOOTH if "saddle" not in name]
TRIALS = st.floats(-6, 4).map(lambda power: 10.0**power)
EPS = 1e-9


def bowl(kappa: float) -> Objective:
    return objective("quadratic", kappa=kappa)


def steepest(search: LineSearch, ground: Objective, point: Any, trial: float) -> Search:
    start = np.array(point, dtype=float)
    gradient = ground.gradient(start)
    return search(ground, start, gradient, -gradient, trial)


@settings(max_examples=60)
@given(st.floats(1, 1e6), st.floats(-5, 5), st.floats(0.01, 5), TRIALS)
def test_exact_on_a_quadratic_takes_one_probe(kappa: float, x: float, y: float, trial: float) -> None:
    """α = gᵀg/gᵀHg, whatever the trial."""
    gradient = np.array([x, kappa * y])
    expected = (gradient @ gradient) / (gradient @ (gradient * [1, kappa]))
    search = steepest(line_search("exact"), bowl(kappa), (x, y), trial)
    assert search.probes.tolist() == [search.rate]
    assert search.rate == pytest.approx(expected, rel=1e-12)
    assert search.failed is None


@pytest.mark.parametrize(("kappa", "contraction"), [(10, 0.669421), (100, 0.960788)])
def test_exact_from_the_worst_start(kappa: float, contraction: float) -> None:
    """From (κ, 1) the value shrinks by ((κ−1)/(κ+1))² a step, and consecutive gradients are orthogonal."""
    ground = bowl(kappa)
    run = descend(ground, 1.0, start=(kappa, 1), steps=20, line_search=line_search("exact"))
    np.testing.assert_allclose(run.values[1:] / run.values[:-1], contraction, atol=5e-7)
    gradients = ground.gradient(run.points)
    crossed = np.sum(gradients[1:] * gradients[:-1], axis=-1)
    np.testing.assert_allclose(
        crossed / np.prod([run.gradient_norms[1:], run.gradient_norms[:-1]], axis=0), 0, atol=1e-9
    )


@settings(max_examples=60)
@given(st.sampled_from(SMOOTH), st.integers(0, 2**31), TRIALS)
def test_exact_elsewhere_ends_where_the_line_is_level(name: str, seed: int, trial: float) -> None:
    ground = objective(name)
    point = np.array(ground.start) + np.random.default_rng(seed).normal(size=len(ground.start))
    gradient = ground.gradient(point)
    assume(np.linalg.norm(gradient) > 1e-6)
    search = steepest(line_search("exact"), ground, point, trial)
    if search.failed:
        assert name in {"saddle", "monkey-saddle"} or search.rate > 0
        return
    ahead = point - search.rate * gradient
    assert ground.value(ahead) <= ground.value(point)
    assert abs(ground.gradient(ahead) @ gradient) <= 1e-9 * (1 + EPS) * (gradient @ gradient)


INTERVALS = [
    ("armijo", {"c": 0.2}, (0.0, 1.6)),
    ("stochastic-armijo", {"c": 0.2}, (0.0, 1.6)),
    ("goldstein", {"c": 0.1}, (0.2, 1.8)),
    ("goldstein", {"c": 0.49}, (0.98, 1.02)),
    ("wolfe", {}, (0.1, 1.9998)),
    ("wolfe", {"c1": 0.3, "c2": 0.4}, (0.6, 1.4)),
    ("strong-wolfe", {}, (0.1, 1.9)),
    ("strong-wolfe", {"c1": 0.3, "c2": 0.9}, (0.1, 1.4)),
    ("strong-wolfe", {"c2": 0.01}, (0.99, 1.01)),
    ("hager-zhang", {"epsilon": 0.0}, (0.1, 1.8)),
    ("exact", {}, (1.0, 1.0)),
]


@pytest.mark.parametrize(("name", "set_", "interval"), INTERVALS)
@settings(max_examples=25)
@given(trial=TRIALS, sharpness=st.floats(0.01, 1e4))
def test_the_interval_of_rates_that_will_do_in_one_dimension(
    name: str, set_: dict[str, float], interval: tuple[float, float], trial: float, sharpness: float
) -> None:
    """Strong Wolfe: αh ∈ [1−c₂, min(1+c₂, 2−2c₁)] (Nocedal & Wright), and so on; a trial within is taken."""
    low, high = interval
    ground = bowl(sharpness) if sharpness > 1 else bowl(1 / sharpness)
    point, curvature = ((0.0, 1.0), sharpness) if sharpness > 1 else ((1.0, 0.0), 1.0)
    search = steepest(line_search(name, **set_), ground, point, trial)
    assert search.failed is None
    assert low * (1 - EPS) <= search.rate * curvature <= high * (1 + EPS)
    assert search.probes[-1] == search.rate
    before = search.probes[:-1] * curvature
    if name != "exact":
        assert search.probes[0] == trial
        assert ((before < low * (1 + EPS)) | (before > high * (1 - EPS))).all()


CONDITIONS = {
    "armijo": lambda f0, f, s0, s, a: f <= f0 + 1e-4 * a * s0,
    "stochastic-armijo": lambda f0, f, s0, s, a: f <= f0 + 0.1 * a * s0,
    "goldstein": lambda f0, f, s0, s, a: f0 + 0.9 * a * s0 <= f <= f0 + 0.1 * a * s0,
    "wolfe": lambda f0, f, s0, s, a: f <= f0 + 1e-4 * a * s0 and s >= 0.9 * s0,
    "strong-wolfe": lambda f0, f, s0, s, a: f <= f0 + 1e-4 * a * s0 and abs(s) <= 0.9 * abs(s0),
    "hager-zhang": lambda f0, f, s0, s, a: (
        s >= 0.9 * s0 and (f <= f0 + 0.1 * a * s0 or (f <= f0 + 1e-6 * abs(f0) and s <= -0.8 * s0))
    ),
    "exact": lambda f0, f, s0, s, a: f <= f0 and abs(s) <= 1e-9 * abs(s0),
}


def test_every_search_has_its_conditions_here() -> None:
    assert set(CONDITIONS) == set(LINE_SEARCHES)


@pytest.mark.parametrize("name", LINE_SEARCHES)
@settings(max_examples=40)
@given(ground_name=st.sampled_from(sorted(OBJECTIVES)), seed=st.integers(0, 2**31), trial=TRIALS)
def test_a_rate_meets_its_conditions_or_the_search_says_that_it_failed(
    name: str, ground_name: str, seed: int, trial: float
) -> None:
    ground, chance = objective(ground_name), np.random.default_rng(seed)
    point = np.array(ground.start) + chance.normal(size=len(ground.start))
    gradient = ground.gradient(point)
    direction = -gradient * chance.uniform(0.2, 5.0, size=len(point))  # downhill, but not the steepest way
    search = line_search(name)(ground, point, gradient, direction, trial)
    start, slope = ground.value(point), gradient @ direction
    with np.errstate(all="ignore"):
        values = ground.value(point + search.probes[:, None] * direction)
    if search.failed:
        assert re.fullmatch(r"[A-Z].*: (no step|the lowest of them, .*,) is taken\.", search.failed)
        lowest = np.nanmin(values, initial=np.inf)
        if search.rate:
            assert search.rate == search.probes[np.nanargmin(values)]
            assert lowest < start
        else:
            assert not lowest < start
        return
    slope_ahead = ground.gradient(point + search.rate * direction) @ direction
    assert CONDITIONS[name](start, values[-1], slope, slope_ahead, search.rate)
    for rate, value in zip(search.probes[:-1], values[:-1], strict=True):  # it stops at the first that will do
        with np.errstate(all="ignore"):
            there = ground.gradient(point + rate * direction) @ direction
        assert not CONDITIONS[name](start, value, slope, there, rate)


@pytest.mark.parametrize("name", ["wolfe", "strong-wolfe", "hager-zhang"])
@settings(max_examples=30)
@given(ground_name=st.sampled_from(BOUNDED), seed=st.integers(0, 2**31))
@pytest.mark.filterwarnings("ignore:The line search algorithm did not converge")
@pytest.mark.filterwarnings("ignore:Rounding errors prevent")
def test_where_scipys_search_finds_a_rate_so_does_ours(name: str, ground_name: str, seed: int) -> None:
    ground = objective(ground_name)
    point = np.array(ground.start) + np.random.default_rng(seed).normal(size=len(ground.start))
    gradient = ground.gradient(point)
    with np.errstate(all="ignore"):
        rate, *_ = scipys(lambda x: float(ground.value(x)), ground.gradient, point, -gradient, gfk=gradient)
    search = steepest(line_search(name), ground, point, 1.0)
    assert rate is None or search.failed is None
    if rate is not None and name == "strong-wolfe":  # the same conditions hold of both
        start, slope = float(ground.value(point)), -float(gradient @ gradient)
        for found in (rate, search.rate):
            ahead = point - found * gradient
            assert ground.value(ahead) <= start + 1e-4 * found * slope
            assert abs(ground.gradient(ahead) @ gradient) <= 0.9 * abs(slope)


NUMBERS = st.sampled_from([0.0, 1.0, -1.0, 1e308, -1e308, 1e-320, float("inf"), -float("inf"), float("nan")])


@pytest.mark.parametrize("name", LINE_SEARCHES)
@settings(max_examples=80)
@given(
    values=st.lists(NUMBERS | st.floats(-5, 5), min_size=1, max_size=9),
    slopes=st.lists(NUMBERS | st.floats(-5, 5), min_size=1, max_size=9),
    trial=NUMBERS | st.floats(1e-320, 1e308),
    curvature=NUMBERS,
)
def test_whatever_lies_ahead_a_search_ends(
    name: str, values: list[float], slopes: list[float], trial: float, curvature: float
) -> None:
    """An objective that answers anything, out of the blue."""

    def drawn(numbers: list[float], points: Any) -> float:
        return numbers[hash(float(points[0])) % len(numbers)]

    wild = replace(
        bowl(2),
        value=lambda points: np.asarray(drawn(values, points)),
        gradient=lambda points: np.array([drawn(slopes, points), 0.0]),
        hessian=lambda points: np.full((2, 2), curvature),
    )
    for slope in (1.0, slopes[0]):
        search = line_search(name)(
            wild, np.array([1.0, 1.0]), np.array([slope, 0.0]), np.array([-slope, 0.0]), trial
        )
        assert len(search.probes) <= 400
        assert np.isfinite(search.probes).all()
        assert search.rate == 0.0 or search.rate in search.probes
        assert bool(search.failed) or search.rate == search.probes[-1]


@pytest.mark.parametrize("name", LINE_SEARCHES)
def test_failures_say_why(name: str) -> None:
    ground, search = bowl(2), line_search(name)
    one, slope = np.array([1.0, 1.0]), np.array([1.0, 2.0])
    assert search(ground, one, slope, slope, 1.0).failed == (
        "The direction does not lead downhill: no step is taken."
    )
    flat = search(ground, np.zeros(2), np.zeros(2), np.zeros(2), 1.0)
    assert (flat.rate, flat.cuts, flat.failed) == (0.0, 0, "There is no slope here: no step is taken.")
    with np.errstate(all="ignore"):
        nowhere = search(ground, 1e200 * one, slope, -slope, 1.0)
    assert nowhere.failed == "The loss is not finite here: no step is taken."
    if name != "exact":
        stopped = search(ground, one, slope, -slope, 0.0)
        assert stopped.failed == "A first trial rate of 0 leads nowhere: no step is taken."


@pytest.mark.parametrize("name", ["goldstein", "wolfe", "strong-wolfe", "hager-zhang", "exact"])
def test_a_loss_that_falls_without_end_takes_the_farthest_step(name: str) -> None:
    saddle = objective("saddle")
    axis = np.eye(2)[int(saddle.hessian(np.zeros(2))[1, 1] < 0)]
    search = steepest(line_search(name), saddle, axis, 1.0)
    assert search.rate == search.probes[-1] > 1e13
    assert search.failed
    assert re.match(r"None of \d+ trial rates .*: the lowest of them, .*e\+1[345], is taken\.", search.failed)


def test_hager_zhang_sees_where_armijo_no_longer_does() -> None:
    """Near a minimum losses differ by rounding only, here always upward; the slope still tells."""
    plain, near = bowl(10), np.array([1e-7, 1e-7])
    rounded = replace(plain, value=lambda points: 1.0 + 1e-9 * np.any(points != near, axis=-1))
    blind = steepest(line_search("strong-wolfe"), rounded, near, 0.1)
    assert blind.failed
    assert blind.rate == 0.0
    found = steepest(line_search("hager-zhang"), rounded, near, 0.1)
    assert found.failed is None
    assert 0.1 <= found.rate * (1 + 10**3) / (1 + 10**2) <= 1.8


@pytest.mark.parametrize("name", LINE_SEARCHES)
def test_every_search_takes_a_run_down_the_ravine(name: str) -> None:
    run = descend(objective("ravine"), 1.0, steps=200, line_search=line_search(name))
    assert (np.diff(run.values) <= 1e-6 * run.values[:-1]).all()
    assert run.values[-1] < 1e-3 * run.values[0]


@pytest.mark.parametrize("name", LINE_SEARCHES)
def test_every_row_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    entry = LINE_SEARCHES[name]
    assert 20 < len(entry.about) < 100
    assert re.search(r"\d{4}|Nocedal", entry.build.__doc__ or "")


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("wolfe", {"c1": 0.9, "c2": 0.5}, "c1 < c2: 0.9 is not less than 0.5"),
        ("strong-wolfe", {"c1": 0.5, "c2": 0.5}, "c1 < c2: 0.5 is not less than 0.5"),
        ("hager-zhang", {"sigma": 0.05}, "delta < sigma: 0.1 is not less than 0.05"),
        ("goldstein", {"c": 0.5}, "c of line search 'goldstein' must be a number from 0 to 0.49"),
        ("wolf", {}, "did you mean 'wolfe'"),
    ],
)
def test_wrong_settings(name: str, wrong: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        line_search(name, **wrong)
