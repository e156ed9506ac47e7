from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optim.optimizers.walking import walk
from tutor.errors import UsageError
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer

BOWL = objective("quadratic", kappa=100)
RAVINE = objective("ravine", kappa=5, bend=0.1)


@pytest.mark.parametrize("start", [(3.0, 0.0), (0.0, -2.0)])
def test_polyaks_error_halves_each_step_in_one_dimension(start: tuple[float, float]) -> None:
    points = walk(optimizer("polyak"), BOWL, start, 20)
    np.testing.assert_allclose(points, np.array(start) * 0.5 ** np.arange(21)[:, None], rtol=1e-12)


@settings(max_examples=30)
@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.01, 2))
def test_polyaks_step_never_leads_away_from_the_minimum(x: float, y: float, rate: float) -> None:
    distances = np.linalg.norm(walk(optimizer("polyak"), BOWL, (x, y), 30, rate), axis=-1)
    assert (np.diff(distances) <= 1e-12).all()


def test_polyaks_formula_with_a_given_lowest_value() -> None:
    raised = replace(RAVINE, value=lambda points: RAVINE.value(points) + 7.0, minimum_value=None)
    start = np.array([-2.0, 1.0])
    gradient = RAVINE.gradient(start)
    expected = start - 0.5 * RAVINE.value(start) / (gradient @ gradient) * gradient
    got = walk(optimizer("polyak", f_min=7.0), raised, start, 1, 0.5)[-1]
    np.testing.assert_allclose(got, expected, rtol=1e-14)
    with pytest.raises(
        UsageError, match="must know the lowest value of 'ravine', and none is known: set f_min"
    ):
        walk(optimizer("polyak"), raised, start, 1)


def test_polyak_does_not_climb_to_a_lowest_value_that_is_too_high() -> None:
    points = walk(optimizer("polyak", f_min=1e9), RAVINE, (-2.0, 1.0), 3)
    np.testing.assert_array_equal(points, np.tile(points[0], (4, 1)))


@pytest.mark.parametrize("step", ["long", "short"])
def test_barzilai_borweins_formula(step: str) -> None:
    """The two quotients from two points and slopes, by hand; the second start is negatively curved."""
    cosine = replace(  # −cos x − cos y: curvature cos x
        BOWL, gradient=np.sin, value=lambda points: -np.cos(points).sum(axis=-1)
    )
    for ground, start in ((RAVINE, (-2.0, 1.0)), (cosine, (2.5, 2.9))):
        points = walk(optimizer("barzilai-borwein", step=step), ground, start, 6)
        gradients = ground.gradient(points)
        first = min(1.0, 1 / np.abs(gradients[0]).sum())
        np.testing.assert_allclose(points[1], points[0] - first * gradients[0], rtol=1e-14)
        for k in range(1, 6):
            s, y = points[k] - points[k - 1], gradients[k] - gradients[k - 1]
            length = abs((s @ s) / (s @ y)) if step == "long" else abs((s @ y) / (y @ y))
            np.testing.assert_allclose(points[k + 1], points[k] - length * gradients[k], rtol=1e-6)


@pytest.mark.parametrize("step", ["long", "short"])
def test_barzilai_borwein_on_quadratics(step: str) -> None:
    rule = optimizer("barzilai-borwein", step=step)
    round_bowl = walk(rule, objective("quadratic", kappa=1), (3.0, 4.0), 2)
    np.testing.assert_allclose(round_bowl[2], 0.0, atol=1e-14)  # one curvature: the second step knows all
    points = walk(rule, BOWL, (-4.0, 2.0), 60)
    slopes = np.linalg.norm(BOWL.gradient(points), axis=-1)
    reached = int((slopes <= 1e-6 * slopes[0]).argmax())
    assert 0 < reached <= 40  # the best constant rate needs 691


def test_barzilai_borweins_lengths_lie_between_the_curvatures() -> None:
    ground = objective("quadratic", kappa=100, dimension=10)
    for step in ("long", "short"):
        points = walk(optimizer("barzilai-borwein", step=step), ground, np.ones(10), 30)
        assert (np.diff(ground.value(points)) > 0).any()  # the loss may rise on the way
        gradients = ground.gradient(points)
        lengths = np.linalg.norm(np.diff(points, axis=0), axis=-1) / np.linalg.norm(gradients[:-1], axis=-1)
        assert lengths[1:].min() >= 1 / 100 * (1 - 1e-6)
        assert lengths[1:].max() <= 1 * (1 + 1e-6)


def test_the_long_step_is_the_longer() -> None:
    long, short = (
        np.linalg.norm(np.diff(walk(optimizer("barzilai-borwein", step=step), BOWL, (-4.0, 2.0), 2), axis=0)[1])
        for step in ("long", "short")
    )
    assert long > short
