"""What holds for every row of the table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optim.optimizers.walking import walk_on
from tutor.optim.objectives import Objective, objective
from tutor.optim.optimizers import OPTIMIZERS, Here, Optimizer, State, optimizer
from tutor.optim.tables import Flag

NAMES = sorted(OPTIMIZERS)
GROUNDS = {
    "plane": objective("ravine", kappa=5, bend=0.1),
    "ten dimensions": objective("quadratic", kappa=5, dimension=10),
}
EVERYTHING: dict[str, dict[str, object]] = {
    "momentum": {"dampening": 0.1},
    "adagrad": {"lr_decay": 0.1},
    "rmsprop": {"centered": True, "momentum": 0.5},
    "adamw": {"weight_decay": 0.1},
    "lion": {"weight_decay": 0.1},
    "asgd": {"lambd": 0.1, "t0": 3},
    "newton": {"damping": 0.1},
    "lbfgs": {"history_size": 3},
    "barzilai-borwein": {"step": "short"},
}
"""Settings that reach the branches which the defaults leave out."""

RULES = [pytest.param({}, name, id=name) for name in NAMES]
RULES += [pytest.param(EVERYTHING[name], name, id=f"{name} with all") for name in EVERYTHING]
RULES += [
    pytest.param({"clip_norm": 0.7, "clip_value": 0.5}, name, id=f"{name} clipped")
    for name in ("sgd", "adam", "lbfgs", "barzilai-borwein")
]


def starts(ground: Objective, runs: int) -> np.ndarray:
    return np.random.default_rng(3).normal(size=(runs, len(ground.start)))


def step(rule: Optimizer, ground: Objective, points: Any, state: State, rate: Any) -> tuple[Any, State]:
    displacement, state = rule.update(Here(points, ground.gradient(points), ground), state, rate)
    return points + displacement, state


@pytest.mark.parametrize(("where", "layout"), [("plane", "C"), ("plane", "F"), ("ten dimensions", "C")])
@pytest.mark.parametrize(("given", "name"), RULES)
def test_a_run_is_the_same_in_a_batch_to_the_last_bit(
    given: dict[str, object], name: str, where: str, layout: Any
) -> None:
    """In the plane also if a batch lies in memory coordinate by coordinate, as ``descend`` has it."""
    rule, ground = optimizer(name, **given), GROUNDS[where]
    rates = np.random.default_rng(5).uniform(0.01, 0.1, size=(9, 1))
    points = np.array(starts(ground, 9), order=layout)
    singles = list(points)
    state, states = rule.init(points), [rule.init(single) for single in singles]
    for _ in range(12):
        points, state = step(rule, ground, points, state, rates)
        for i in range(9):
            singles[i], states[i] = step(rule, ground, singles[i], states[i], float(rates[i, 0]))
        np.testing.assert_array_equal(points, singles)
        np.testing.assert_array_equal(
            rule.answer(points, state),
            [rule.answer(*each) for each in zip(singles, states, strict=True)],
        )


@pytest.mark.parametrize(("given", "name"), RULES)
def test_runs_can_leave_a_batch(given: dict[str, object], name: str) -> None:
    """Every array of a state has the runs first, so picking runs out of each of them is enough."""
    rule, ground = optimizer(name, **given), GROUNDS["plane"]
    keep = np.array([True, False, True, True, False])
    points = starts(ground, 5)
    state = rule.init(points)
    for _ in range(4):
        points, state = step(rule, ground, points, state, 0.05)
    fewer, left = points[keep], tuple(part[keep] if isinstance(part, np.ndarray) else part for part in state)
    for _ in range(4):
        points, state = step(rule, ground, points, state, 0.05)
        fewer, left = step(rule, ground, fewer, left, 0.05)
        np.testing.assert_array_equal(points[keep], fewer)


@pytest.mark.parametrize(("given", "name"), RULES)
def test_updates_change_nothing_that_they_are_given_and_keep_nothing_of_it(
    given: dict[str, object], name: str
) -> None:
    rule, ground = optimizer(name, **given), GROUNDS["plane"]
    points = starts(ground, 4)
    state = rule.init(points)
    for _ in range(4):
        gradient, rate = ground.gradient(points), np.full((4, 1), 0.05)
        kept = [np.copy(part) for part in (points, gradient, rate, *state)]
        displacement, after = rule.update(Here(points, gradient, ground), state, rate)
        for part, copy in zip((points, gradient, rate, *state), kept, strict=True):
            np.testing.assert_array_equal(part, copy)
        again = rule.update(Here(points, gradient, ground), state, rate)
        np.testing.assert_array_equal(displacement, again[0])
        following = points + displacement
        held = [np.copy(part) for part in after]
        for array in (points, gradient, displacement, rate):
            array[...] = np.nan
        for part, copy in zip(after, held, strict=True):
            np.testing.assert_array_equal(part, copy)
        points, state = following, after


@pytest.mark.parametrize("name", [name for name in NAMES if optimizer(name).proportional])
def test_the_displacement_is_the_rate_times_a_direction(name: str) -> None:
    rule, ground = optimizer(name), GROUNDS["plane"]
    points = starts(ground, 4)
    state = rule.init(points)
    for _ in range(6):
        here = Here(points, ground.gradient(points), ground)
        direction, _ = rule.update(here, state, 1.0)
        displacement, state = rule.update(here, state, 0.03)
        np.testing.assert_allclose(displacement, 0.03 * direction, rtol=1e-14)
        points = points + displacement


@pytest.mark.parametrize("name", NAMES)
def test_at_rest_on_the_minimum_it_stays(name: str) -> None:
    """A slope of 0 from the start: no division of nothing by nothing."""
    points, _ = walk_on(optimizer(name), objective("quadratic"), [[0.0, 0.0]], 5, 0.1)
    np.testing.assert_array_equal(points, 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_down(name: str) -> None:
    rule, ground = optimizer(name), objective("quadratic", kappa=3)
    points, state = walk_on(rule, ground, (1.0, 0.5), 400, rule.own_rate or 0.02)
    assert ground.value(rule.answer(points[-1], state)) < 0.3 * ground.value(points[0])


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.sampled_from([1e-300, 1e-8, 1.0, 1e150, 1e308, np.inf, np.nan]), st.data())
def test_whatever_the_numbers_it_raises_nothing(name: str, size: float, data: st.DataObject) -> None:
    rule, ground = optimizer(name), GROUNDS["plane"]
    points = np.array([[1.0, 2.0], [data.draw(st.sampled_from([0.0, size])), -size]])
    state = rule.init(points)
    with np.errstate(all="ignore"):
        for _ in range(4):
            points, state = step(rule, ground, points, state, data.draw(st.sampled_from([0.0, 0.1, 1e30])))
    assert points.shape == (2, 2)


@pytest.mark.parametrize("name", NAMES)
def test_each_row_says_what_it_is(name: str) -> None:
    entry = OPTIMIZERS[name]
    assert 20 <= len(entry.about) <= 110
    for parameter in entry.parameters.values():
        assert parameter.about
        assert not parameter.about.endswith(".")
        if not isinstance(parameter, Flag) and parameter.default is not None:
            parameter.check("it", parameter.default)
