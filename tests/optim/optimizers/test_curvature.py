from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LbfgsInvHessProduct, minimize

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import Objective, objective
from tutor.optim.optimizers import Here, optimizer

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

RAVINE = objective("ravine", kappa=5, bend=0.1)


def bowl(*curvatures: float, turn: float = 0.0) -> Objective:
    """½·xᵀHx, with the axes of H turned in the first plane; curvatures of any sign."""
    axes = np.eye(len(curvatures))
    axes[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    matrix = axes @ np.diag(curvatures) @ axes.T
    return replace(
        objective("quadratic"),
        value=lambda points: 0.5 * np.sum(points * (points @ matrix), axis=-1),
        gradient=lambda points: np.asarray(points @ matrix),
        hessian=lambda points: np.broadcast_to(matrix, (*points.shape, len(matrix))).copy(),
    )


@settings(max_examples=30)
@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(-3, 3), st.floats(0.1, 1.9))
def test_newton_on_a_quadratic_is_there_in_one_step(a: float, b: float, turn: float, rate: float) -> None:
    points = walk(optimizer("newton"), bowl(a, b, turn=turn), (3.0, -2.0), 5, rate)
    np.testing.assert_allclose(points, points[0] * (1 - rate) ** np.arange(6)[:, None], atol=1e-8)


@pytest.mark.parametrize("damping", [0.0, 0.3])
def test_newton_solves_levenbergs_system_where_the_curvature_is_positive(damping: float) -> None:
    start = np.array([0.4, 0.5])
    hessian = RAVINE.hessian(start)
    assert np.linalg.eigvalsh(hessian).min() > 0
    expected = start - 0.7 * np.linalg.solve(hessian + damping * np.eye(2), RAVINE.gradient(start))
    got = walk(optimizer("newton", damping=damping), RAVINE, start, 1, 0.7)[-1]
    np.testing.assert_allclose(got, expected, rtol=1e-12)


@settings(max_examples=30)
@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(-3, 3), st.floats(0.05, 0.5))
def test_newton_goes_down_from_a_saddle_which_the_plain_step_climbs_to(
    up: float, down: float, turn: float, rate: float
) -> None:
    saddle = bowl(up, -down, turn=turn)
    start = np.array([0.5, 0.3])
    points = walk(optimizer("newton"), saddle, start, 8, rate)
    assert (np.diff(saddle.value(points)) < 0).all()
    escape = np.array([-np.sin(turn), np.cos(turn)])
    assert (np.diff(np.abs(points @ escape)) >= 0).all()
    plain = start - np.linalg.solve(saddle.hessian(start), saddle.gradient(start))
    np.testing.assert_allclose(plain, 0.0, atol=1e-9)


def test_newton_where_some_or_all_is_flat() -> None:
    gutter, plane = bowl(4.0, 0.0), bowl(0.0, 0.0)
    np.testing.assert_allclose(walk(optimizer("newton"), gutter, (1.0, 1.0), 1)[-1], [0.0, 1.0])
    slope = np.array([0.3, -0.2])
    tilted = replace(plane, gradient=lambda points: np.broadcast_to(slope, points.shape).copy())
    np.testing.assert_allclose(walk(optimizer("newton"), tilted, (1.0, 1.0), 1, 0.5)[-1], [0.85, 1.1])


def test_newton_beside_a_run_that_is_lost() -> None:
    points = np.array([[1.0, 2.0], [np.nan, 0.0], [np.inf, 0.0]])
    with np.errstate(all="ignore"):
        here = Here(points, RAVINE.gradient(points), RAVINE)
        displacement, _ = optimizer("newton").update(here, (), 1.0)
    assert np.isfinite(displacement).all(axis=-1).tolist() == [True, False, False]


def descend_exactly(ground: Objective, start: Array, steps: int, memory: int) -> tuple[Array, list[Array]]:
    """L-BFGS on a quadratic with exact line searches: its points, and the direction at each."""
    rule, hessian = optimizer("lbfgs", history_size=memory), ground.hessian(start)
    points, directions = [start], []
    state = rule.init(start)
    for _ in range(steps):
        here = Here(points[-1], ground.gradient(points[-1]), ground)
        direction, _ = rule.update(here, state, 1.0)
        rate = -(here.gradient @ direction) / (direction @ hessian @ direction)
        displacement, state = rule.update(here, state, rate)
        points.append(points[-1] + displacement)
        directions.append(direction)
    return np.array(points), directions


CURVATURES = np.geomspace(1.0, 100.0, 6)
START = np.array([1.0, -2.0, 3.0, 1.5, -1.0, 2.0])


@pytest.mark.parametrize("memory", [2, 3, 10])
def test_lbfgs_directions_are_scipys_on_a_quadratic(memory: int) -> None:
    """Scipy's product starts from the identity, so √γ is taken into the units of x."""
    ground = bowl(*CURVATURES)
    points, directions = descend_exactly(ground, START, 5, memory)
    gradients = ground.gradient(points)
    for k in range(1, 5):
        s, y = np.diff(points, axis=0)[:k][-memory:], np.diff(gradients, axis=0)[:k][-memory:]
        root = np.sqrt((s[-1] @ y[-1]) / (y[-1] @ y[-1]))
        inverse = LbfgsInvHessProduct(s / root, y * root)
        np.testing.assert_allclose(directions[k], -root * inverse.matvec(root * gradients[k]), rtol=1e-8)


def test_lbfgs_with_exact_searches_ends_in_d_steps_where_scipys_does() -> None:
    """As conjugate gradients do: on a quadratic they are the same method."""
    ground = bowl(*CURVATURES)
    points, _ = descend_exactly(ground, START, 6, memory=10)
    assert np.linalg.norm(points[-1]) < 1e-9 * np.linalg.norm(START)
    assert np.linalg.norm(points[-2]) > 1e-3 * np.linalg.norm(START)
    found = minimize(ground.value, START, jac=ground.gradient, method="L-BFGS-B", options={"gtol": 1e-10})
    np.testing.assert_allclose(points[-1], found.x, atol=1e-6)


def test_lbfgs_is_bfgs_while_it_remembers_all() -> None:
    """H ← (I − ρsyᵀ)·H·(I − ρysᵀ) + ρssᵀ from γI, with full matrices; steps that bend wrong are left out."""
    wavy = replace(RAVINE, gradient=lambda points: np.sin(points) * [1.0, 3.0])
    points = walk(optimizer("lbfgs"), wavy, (2.9, 2.0), 8, 0.4)
    gradients = wavy.gradient(points)
    pairs: list[tuple[Array, Array]] = []
    skipped = 0
    for k in range(1, 8):
        s, y = points[k] - points[k - 1], gradients[k] - gradients[k - 1]
        if s @ y > 1e-10:
            pairs.append((s, y))
        else:
            skipped += 1
        gamma = (pairs[-1][0] @ pairs[-1][1]) / (pairs[-1][1] @ pairs[-1][1]) if pairs else 1.0
        inverse = gamma * np.eye(2)
        for step, change in pairs:
            rho = 1 / (step @ change)
            left = np.eye(2) - rho * np.outer(step, change)
            inverse = left @ inverse @ left.T + rho * np.outer(step, step)
        np.testing.assert_allclose(points[k + 1], points[k] - 0.4 * inverse @ gradients[k], rtol=1e-7)
    assert skipped > 0 < len(pairs)


def test_lbfgs_starts_as_torch_does() -> None:
    for start in ((3.0, 4.0), (0.03, 0.04)):
        gradient = RAVINE.gradient(np.array(start))
        expected = start - 0.5 * min(1.0, 1 / np.abs(gradient).sum()) * gradient
        np.testing.assert_allclose(walk(optimizer("lbfgs"), RAVINE, start, 1, 0.5)[-1], expected, rtol=1e-14)
