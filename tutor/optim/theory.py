"""Closed forms: what descent does on a quadratic, whose curvatures are the eigenvalues λ of its Hessian."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tutor.optim.objectives import Array


def contraction(
    rate: float | Array, curvatures: Array, *, momentum: float = 0.0, nesterov: bool = False
) -> Array:
    """Give the factor by which the slowest direction shrinks a step, in the long run; above 1 it grows.

    That is the spectral radius of the iteration, the larger root of z² − a·z + b in size, for curvatures
    (…, d): (…). Gradient descent has a = 1 − ηλ, b = 0; a heavy ball a = 1 + β − ηλ, b = β (Polyak 1964; Goh,
    Distill 2017); Nesterov's method a = (1+β)(1−ηλ), b = β(1−ηλ) (Lessard et al. 2016).
    """
    with np.errstate(all="ignore"):
        left = 1.0 - np.asarray(rate)[..., None] * curvatures
        a, b = ((1.0 + momentum) * left, momentum * left) if nesterov else (momentum + left, momentum)
        roots = np.abs(a) / 2.0 + np.sqrt(np.maximum(a * a / 4.0 - b, 0.0))
        radius = np.where(a * a < 4.0 * b, np.sqrt(np.abs(b)), roots)
        return np.asarray(radius.max(axis=-1))


def best_rate(lowest: float, highest: float) -> float:
    """Give gradient descent's best rate 2/(L+μ); its contraction is (κ−1)/(κ+1) (Goh, Distill 2017)."""
    return 2.0 / (highest + lowest)


def best_heavy_ball(lowest: float, highest: float) -> tuple[float, float]:
    """Give the best rate 4/(√L+√μ)² and momentum ρ²; the contraction is ρ = (√κ−1)/(√κ+1) (Polyak 1964)."""
    slow, fast = math.sqrt(lowest), math.sqrt(highest)
    return 4.0 / (fast + slow) ** 2, ((fast - slow) / (fast + slow)) ** 2


def steps_to(tolerance: float, factor: float) -> int | None:
    """Count the steps until what shrinks by a factor is at most ``tolerance`` of its first; None if never."""
    if factor <= 0.0:
        return 1
    return math.ceil(math.log(tolerance) / math.log(factor)) if factor < 1.0 else None


def stationary_variance(
    rate: float, curvature: float, noise: float, *, batch: int = 1, momentum: float = 0.0
) -> float:
    """Give the variance around the minimum of ½hx² at which stochastic descent settles; inf if it does not.

    The gradient of one example has the standard deviation ``noise``, σ: ησ²(1+β)/(B·h(1−β)(2(1+β)−ηh))
    (Ziyin et al. 2021, arXiv 2012.03636).
    """
    room = 2.0 * (1.0 + momentum) - rate * curvature
    if room <= 0.0:
        return math.inf
    return rate * noise**2 * (1.0 + momentum) / (batch * curvature * (1.0 - momentum) * room)
