"""How well a forgetting curve of two parameters fits what was remembered: an objective made of measurements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.objectives.plane import plane
from tutor.optim.objectives.sums import total

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from tutor.optim.objectives.base import Array, Objective

USUAL_DECAY = 0.1542
"""w₂₀ of FSRS-6's default parameters."""

START = (-1.5, -0.2)
VIEW = ((-2.5, 2.5), (-4.0, 1.0))
UNIT = 100.0
"""The objective counts in hundredths of a nat: mean log losses differ by little."""

_C = -math.log(0.9)
_NEWTON_STEPS = 100


def forgetting(elapsed: ArrayLike, passed: ArrayLike, answers: ArrayLike) -> Objective:
    """Make the objective of n groups of answers: so long after the last review, so many right, of so many.

    The curve is FSRS-6's, R(t) = (1 + F·t/eˣ)^(−w) with w = eʸ and F = 0.9^(−1/w) − 1: after a time of eˣ nine
    in ten are remembered, whatever w is. Times are in any unit, such as that of the stability. The value is
    the mean log loss in hundredths of a nat, less that of the shares themselves, which no curve can beat.
    """
    t = np.asarray(elapsed, dtype=np.float64)
    n = np.asarray(answers, dtype=np.float64)
    k = np.asarray(passed, dtype=np.float64)
    weight = UNIT / n.sum()
    share = np.clip(k / n, 1e-12, 1 - 1e-12)
    least = -float(np.sum(k * np.log(share) + (n - k) * np.log1p(-share))) * weight

    def parts(x: Array, y: Array) -> tuple[Array, Array, Array, Array, Array, Array]:
        """w, c/w, 1/F, then for each group t·F/eˣ =: z, z/(1+z) and log R: the last three (…, n)."""
        w = np.exp(y)
        ratio = _C / w
        factor = np.expm1(ratio)
        z = (factor * np.exp(-x))[..., None] * t
        return w, ratio, 1 / factor, z, z / (1 + z), -w[..., None] * np.log1p(z)

    def value(x: Array, y: Array) -> Array:
        log_recall = parts(x, y)[-1]
        return np.asarray(weight * total(-k * log_recall - (n - k) * np.log(-np.expm1(log_recall))) - least)

    def slopes(x: Array, y: Array) -> tuple[Array, ...]:
        """The loss's first two derivatives by log R, and those of log R by x and y: each (…, n)."""
        w, ratio, inverse, _, q, g = parts(x, y)
        w, ratio, inverse = w[..., None], ratio[..., None], inverse[..., None]
        odds = np.exp(g) / -np.expm1(g)
        m = ratio * (1 + inverse)
        spread = w * q * (1 - q)
        return (
            (n - k) * odds - k,
            (n - k) * odds * (1 + odds),
            w * q,
            g + w * q * m,
            -spread,
            w * q - spread * m,
            g + 2 * w * q * m - spread * m * m + w * q * m * (ratio * inverse - 1),
        )

    def gradient(x: Array, y: Array) -> tuple[Array, Array]:
        first, _, gx, gy, *_ = slopes(x, y)
        return weight * total(first * gx), weight * total(first * gy)

    def hessian(x: Array, y: Array) -> tuple[Array, Array, Array]:
        first, second, gx, gy, gxx, gxy, gyy = slopes(x, y)
        return (
            weight * total(second * gx * gx + first * gxx),
            weight * total(second * gx * gy + first * gxy),
            weight * total(second * gy * gy + first * gyy),
        )

    ground = plane(
        name="forgetting",
        params={},
        summary=f"log loss of a forgetting curve on {n.sum():,.0f} answers",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=(),
        view=VIEW,
        start=START,
    )
    best = _minimum(ground)
    if best is None:
        return ground
    return plane(
        **{field: getattr(ground, field) for field in ("name", "params", "summary", "view", "start")},
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=(best,),
        minimum_value=float(ground.value(np.array(best))),
    )


def recall(x: float, y: float, elapsed: Array) -> Array:
    """The probability of remembering after the times ``elapsed`` on the curve at (x, y)."""
    w = math.exp(y)
    return np.asarray((1 + math.expm1(_C / w) * elapsed / math.exp(x)) ** -w)


def _minimum(ground: Objective) -> tuple[float, float] | None:
    """Find the minimum in the view by Newton's method with halved steps; None if there is none."""
    point = np.array([0.0, math.log(USUAL_DECAY)])
    with np.errstate(all="ignore"):
        for _ in range(_NEWTON_STEPS):
            slope, curvature = ground.gradient(point), ground.hessian(point)
            axes, turned = np.linalg.eigh(curvature)
            step = turned @ ((turned.T @ slope) / np.maximum(np.abs(axes), 1e-9))
            before = float(ground.value(point))
            while not ground.value(point - step) <= before and np.abs(step).max() > 1e-15:
                step = step / 2
            if np.abs(step).max() < 1e-13:
                break
            point = point - step
        settled = np.abs(ground.gradient(point)).max() < 1e-6 and ground.curvatures(point)[0] > 0
    inside = all(low < place < high for place, (low, high) in zip(point, ground.view, strict=True))
    return (float(point[0]), float(point[1])) if settled and inside else None
