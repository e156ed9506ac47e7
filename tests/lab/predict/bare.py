"""Runs on a ravine written anew: each of them m times, at rates (m,)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Settings = dict[str, Any]


def slope(run: Settings, points: Array) -> Array:
    """(…, 2) -> (…, 2)."""
    kappa, bend = run["param"]["kappa"], run["param"].get("bend", 0.0)
    x, y = points.T
    off = y - bend * x**2
    return np.stack([x - 2 * kappa * bend * off * x, kappa * off]).T


def loss(run: Settings, points: Array) -> Array:
    """(…, 2) -> (…)."""
    kappa, bend = run["param"]["kappa"], run["param"].get("bend", 0.0)
    x, y = np.moveaxis(points, -1, 0)
    return np.asarray(0.5 * x**2 + 0.5 * kappa * (y - bend * x**2) ** 2)


def bare(run: Settings, rates: Callable[[int], Array], steps: int, beta: float = 0.0) -> Array:
    """The points (n+1, m, 2)."""
    points = np.tile(run["start"], (steps + 1, len(rates(0)), 1))
    velocity = np.zeros_like(points[0])
    with np.errstate(all="ignore"):
        for n in range(steps):
            velocity = beta * velocity + slope(run, points[n])
            points[n + 1] = points[n] - rates(n)[:, None] * velocity
    return points


def gone(run: Settings, points: Array) -> NDArray[np.bool_]:
    """Which of the runs (n+1, m, 2) diverge: they leave the map, or have only climbed of late."""
    with np.errstate(all="ignore"):
        losses = loss(run, points[-len(points) // 4 :])
        climbing = (np.diff(losses, axis=0) > 0).all(axis=0)
        return np.asarray(climbing | ~(np.abs(points).max(axis=(0, 2)) < 1e6))


def steady(rates: Array) -> Callable[[int], Array]:
    """The same rates at every step."""
    return lambda _: rates
