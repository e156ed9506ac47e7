"""What a run did at each step, measured against the slope and the curvature under it.

All take a run of n steps and its objective; what is undefined, such as a direction where there is no slope,
is NaN. No numpy warning escapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.summary import summary

if TYPE_CHECKING:
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array, Objective

MOST_ENTRIES = 400_000
"""How many entries of Hessians to hold at a time."""

SPENT = 1e-12
"""The share of the first slope below which rounding has a say in what is left of it."""


def curvatures(run: Trajectory, objective: Objective) -> Array:
    """Find the eigenvalues of the Hessian at each point, ascending: (n+1, d); the last is the sharpness."""
    parts = _parts(len(run.points), run.points.shape[-1])
    return np.concatenate([objective.curvatures(run.points[part]) for part in parts])


def sharpness(run: Trajectory, objective: Objective) -> Array:
    """Find the largest curvature at each point: (n+1,). Gradient descent is stable where it is below 2/η."""
    return curvatures(run, objective)[:, -1]


def two_over_rate(run: Trajectory) -> Array:
    """Give the sharpness 2/η up to which gradient descent with the rate of each step is stable: (n,)."""
    with np.errstate(all="ignore"):
        return np.asarray(2.0 / run.rates)


def condition(curvatures: Array) -> Array:
    """Give κ = L/μ of curvatures (…, d), ascending: (…); NaN unless all are positive."""
    lowest, highest = curvatures[..., 0], curvatures[..., -1]
    return np.divide(highest, lowest, out=np.full_like(lowest, np.nan), where=lowest > 0.0)


def step_ratio(run: Trajectory, objective: Objective) -> Array:
    """Measure the under- or overshoot of each step s: sᵀHs / −gᵀs, (n,).

    Below 1 a step stops short of the lowest point along it, as the Hessian has it; above 1 it goes beyond;
    above 2 the loss rises. Below 0 it goes uphill, or along a ridge. For gradient descent this is η·gᵀHg/gᵀg.
    """
    with np.errstate(all="ignore"):
        moves = np.diff(run.points, axis=0)
        gradients = objective.gradient(run.points[:-1])
        bends = np.empty(len(moves))
        for part in _parts(len(moves), run.points.shape[-1]):
            bends[part] = np.einsum(
                "ni,nij,nj->n", moves[part], objective.hessian(run.points[part]), moves[part]
            )
        return np.asarray(bends / -np.sum(gradients * moves, axis=-1))


def effective_rates(run: Trajectory, objective: Objective) -> Array:
    """Give the rate that each coordinate really had, its move over its slope: −Δx/∇f, (n, d)."""
    gradients = objective.gradient(run.points[:-1])
    moves = np.diff(run.points, axis=0)
    return np.divide(-moves, gradients, out=np.full_like(moves, np.nan), where=gradients != 0.0)


def turns(run: Trajectory) -> Array:
    """Give the cosine of the angle between each step and the one before: (n−1,); −1 is straight back."""
    with np.errstate(all="ignore"):
        moves = np.diff(run.points, axis=0)
        headings = moves / np.linalg.norm(moves, axis=-1, keepdims=True)
        return np.asarray(np.clip(np.sum(headings[1:] * headings[:-1], axis=-1), -1.0, 1.0))


def oscillation(run: Trajectory, objective: Objective) -> float:
    """Score how much the run oscillates at its end, as its verdict has it: the share of turns back."""
    if run.steps < 2:
        return 0.0
    with np.errstate(all="ignore"):
        return float(summary(objective, run.points).end.turning)


def contraction(run: Trajectory) -> float:
    """Measure the factor by which the slope shrank a step, over the second half of the run or of its way down.

    What lies below SPENT of the first slope does not count. NaN if no step is left to measure.
    """
    slopes = run.gradient_norms
    spent = slopes <= SPENT * slopes[0]
    last = int(spent.argmax()) - 1 if spent.any() else run.steps
    half = last // 2
    if last <= half:
        return float("nan")
    return float((slopes[last] / slopes[half]) ** (1.0 / (last - half)))


def gradient_noise(run: Trajectory, objective: Objective) -> Array:
    """Measure how far the gradient that each step saw lay from the true one: (n,); 0 without noise."""
    seen = _seen(run, objective)
    return np.asarray(np.linalg.norm(seen - objective.gradient(run.points[:-1]), axis=-1))


def preconditioned_sharpness(run: Trajectory, objective: Objective, *, beta2: float, eps: float) -> Array:
    """Find the largest curvature of P⁻¹H that each step of Adam met, with its P = √v̂ + ε: (n,).

    Adam is stable while this is below its ``frozen_limit`` over η (Cohen et al. 2022, arXiv 2207.14484).
    """
    with np.errstate(all="ignore"):
        squares = _seen(run, objective) ** 2
        square, roots = np.zeros(run.points.shape[-1]), np.empty_like(squares)
        for step, each in enumerate(squares):
            square = beta2 * square + (1.0 - beta2) * each
            roots[step] = (np.sqrt(square / (1.0 - beta2 ** (step + 1))) + eps) ** -0.5
        largest = np.full(run.steps, np.nan)
        for part in _parts(run.steps, run.points.shape[-1]):
            scaled = objective.hessian(run.points[part]) * roots[part, :, None] * roots[part, None, :]
            finite = np.isfinite(scaled).all(axis=(-2, -1))
            largest[part][finite] = np.linalg.eigvalsh(scaled[finite])[:, -1]
        return largest


def _seen(run: Trajectory, objective: Objective) -> Array:
    """Give the gradient that each step saw, with its noise: (n, d)."""
    if objective.noisy is None:
        return objective.gradient(run.points[:-1])
    noisy = objective.noisy
    seen = np.empty((run.steps, run.points.shape[-1]))
    for step, point in enumerate(run.points[:-1]):
        seen[step] = noisy(point, step)
    return seen


def _parts(count: int, dimension: int) -> list[slice]:
    """Cut ``count`` points into parts whose Hessians together are small enough to hold."""
    size = max(1, MOST_ENTRIES // dimension**2)
    return [slice(first, min(first + size, count)) for first in range(0, count, size)]
