"""What settles the predictions that need more than gradient descent on a ravine, written anew."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Run = dict[str, Any]


def ends_of(name: str, slope: Callable[[Array], Array], start: list[float], rates: Array, steps: int) -> Array:
    """The last points (m, 2) of gradient descent, a heavy ball (β = 0.9) or Adam at each of the rates (m,)."""
    x = np.tile(np.array(start), (len(rates), 1))
    first, second = np.zeros_like(x), np.zeros_like(x)
    with np.errstate(all="ignore"):
        for n in range(1, steps + 1):
            g = slope(x)
            if name == "adam":
                first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
                move = first / (1 - 0.9**n) / (np.sqrt(second / (1 - 0.999**n)) + 1e-8)
            else:
                first = {"sgd": 0.0, "momentum": 0.9}[name] * first + g
                move = first
            x = x - rates[:, None] * move
    return x


def himmelblau_slope(points: Array) -> Array:
    """(…, 2) -> (…, 2)."""
    x, y = points[..., 0], points[..., 1]
    r, s = x**2 + y - 11, x + y**2 - 7
    return np.stack([4 * x * r + 2 * s, 2 * r + 4 * y * s], axis=-1)


def rate_of(name: str, base: float, steps: int, at: int, given: Run) -> float:
    """The rate of a schedule at a step, from its formula in a textbook."""
    if name == "cosine":
        return 0.5 * base * (1 + math.cos(math.pi * at / steps))
    if name == "step":
        return float(base * 0.1 ** (at // given["step_size"]))
    if name == "linear":
        return base * (1 / 3 + 2 / 3 * at / steps)
    if name == "exponential":
        return float(base * given.get("gamma", 0.95) ** at)
    assert name == "warmup"
    rise = given["warmup_steps"]
    return float(base * min(1.0, (at + 1) / (rise + 1)))


def variance(rate: float, h: float, batch: int, momentum: float) -> float:
    """The variance at which x settles, by following the covariance of (x, v) until it no longer changes."""
    step = np.array([[1 - rate * h, -rate * momentum], [h, momentum]])
    kick = np.array([[rate], [-1.0]]) / math.sqrt(batch)
    covariance = np.zeros((2, 2))
    for _ in range(1_000):
        covariance = step @ covariance @ step.T + kick @ kick.T
    return float(covariance[0, 0])


def passed(run: Run, scale: float, seed: int, examples: int = 200) -> float:
    """The last size over the first, of a signal forwards or a gradient backwards, in a network drawn anew."""
    random = np.random.default_rng(seed)
    width, depth = run["width"], run["depth"]
    gain = {"lecun": 1.0, "glorot": 1.0, "he": 2.0}[run["init"]]
    matrices = [scale * math.sqrt(gain / width) * random.normal(size=(width, width)) for _ in range(depth)]
    seen = [random.normal(size=(width, examples))]
    for matrix in matrices:
        z = matrix @ seen[-1]
        seen.append(np.tanh(z) if run["activation"] == "tanh" else np.maximum(z, 0))
    if run["show"] == "forward":
        return float(np.sqrt(np.mean(seen[-1] ** 2) / np.mean(seen[0] ** 2)))
    back = random.normal(size=(width, examples))
    slopes = []
    for matrix, out in zip(matrices[::-1], seen[:0:-1], strict=True):
        back = back * ((1 - out**2) if run["activation"] == "tanh" else (out > 0))
        slopes.append(float(np.sqrt(np.mean(back**2))))
        back = matrix.T @ back
    return slopes[-1] / slopes[0]


def arrival(kappa: float, start: list[float], rate: float) -> int:
    """The steps of gradient descent on ½(x² + κy²) until a thousandth of the way is left, in closed form."""
    (x, y), n = start, 0
    while math.hypot(x * (1 - rate) ** n, y * (1 - rate * kappa) ** n) > 1e-3 * math.hypot(x, y):
        n += 1
    return n


def kappas(text: str) -> list[float]:
    """The condition numbers of the bowls in a text."""
    return [float(found) for found in re.findall(r"x² \+ ([\d.]+)y²", text)]
