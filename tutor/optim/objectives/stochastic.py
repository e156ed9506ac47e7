"""Objectives whose gradient is only estimated: what noise and batch size do to a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.objectives.base import Array, Objective
from tutor.optim.objectives.noise import batch as draw_batch
from tutor.optim.objectives.noise import normals
from tutor.optim.objectives.plane import plane
from tutor.optim.objectives.quadratics import DIMENSION, KAPPA, offsets, spread
from tutor.optim.objectives.sums import times, total
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = Parameter("the seed of the chance", low=0, high=2**31, default=0, whole=True)


def _noisy_quadratic(h: float, sigma: float, batch: int, seed: int) -> Objective:
    """½h(x² + y²); each coordinate of the gradient is off by a normal error of variance σ²/B at each step.

    At a constant rate η each coordinate settles at the variance ησ²/(B·h(2 − ηh)) (Ziyin et al. 2021,
    arXiv 2012.03636).
    """
    error = sigma / np.sqrt(batch)
    noise = f"{sigma:g}" if batch == 1 else f"{sigma:g}/√{batch}"

    return plane(
        name="noisy-quadratic",
        params={"h": h, "sigma": sigma, "batch": batch, "seed": seed},
        summary=f"bowl ½{'' if h == 1 else f'·{h:g}'}(x² + y²) with gradient noise {noise}",
        value=lambda x, y: 0.5 * h * (x * x + y * y),
        gradient=lambda x, y: (h * x, h * y),
        hessian=lambda _x, _y: (h, 0.0, h),
        minima=((0.0, 0.0),),
        view=((-5.0, 5.0), (-3.0, 3.0)),
        start=(-4.0, 2.0),
        minimum_value=0.0,
        noisy=lambda points, step: h * points + error * normals(seed, step, 2),
    )


def _linear_regression(
    kappa: float, dimension: int, *, examples: int, sigma: float, batch: int, seed: int
) -> Objective:
    """The mean over n examples of ½(a·w − b)², with labels b = a·w₀ + σ·noise and w₀ = (1, −1, 1, …).

    The features are normal, with variances from 1 to κ. About its minimum w* the mean is the quadratic
    ½(w − w*)ᵀH(w − w*) + f*, H = AᵀA/n; so it is, with an H and a slope of its own, for a mini-batch.
    """
    if not max(dimension, batch) <= examples:
        raise UsageError(
            f"linear-regression has {examples} examples: they must be at least as many as the dimension "
            f"({dimension}) and the batch ({batch})"
        )
    rng = np.random.default_rng(seed)
    truth = np.resize([1.0, -1.0], dimension)
    features = rng.standard_normal((examples, dimension)) * np.sqrt(spread(kappa, dimension))
    labels = features @ truth + sigma * rng.standard_normal(examples)
    best = np.linalg.lstsq(features, labels, rcond=None)[0]
    residuals = features @ best - labels
    matrix = features.T @ features / examples
    lowest = float(0.5 * np.mean(residuals * residuals))

    def value(points: Array) -> Array:
        off = points - best
        return lowest + 0.5 * total(off * times(off, matrix))

    def gradient(points: Array) -> Array:
        return times(points - best, matrix)

    def hessian(points: Array) -> Array:
        return np.broadcast_to(matrix, (*points.shape, dimension)).copy()

    def noisy(points: Array, step: int) -> Array:
        chosen = draw_batch(seed, step, examples, batch)
        some = features[chosen]
        shift: Array = residuals[chosen] @ some / batch
        return times(points - best, some.T @ some / batch) + shift

    return Objective(
        name="linear-regression",
        params={
            "kappa": kappa,
            "dimension": dimension,
            "examples": examples,
            "sigma": sigma,
            "batch": batch,
            "seed": seed,
        },
        summary=f"linear regression in {dimension} dimensions on {examples} examples, in batches of {batch}",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=(tuple(best.tolist()),),
        view=((-4.0, 6.0), (-4.0, 2.0)),
        start=tuple((truth + offsets(dimension)).tolist()),
        minimum_value=lowest,
        noisy=noisy if batch < examples else None,
    )


_BATCH = Parameter("the number B of examples behind each gradient", low=1, high=10_000, default=1, whole=True)

STOCHASTIC: Mapping[str, Entry[Objective]] = {
    "noisy-quadratic": Entry(
        _noisy_quadratic,
        "½h(x² + y²) with a noisy gradient: a constant rate never settles, it hovers",
        {
            "h": Parameter("the curvature", low=1e-3, high=1e3, default=1.0),
            "sigma": Parameter(
                "the standard deviation σ of one example's gradient", low=0.0, high=1e3, default=1.0
            ),
            "batch": _BATCH,
            "seed": SEED,
        },
    ),
    "linear-regression": Entry(
        _linear_regression,
        "least squares on a cloud of examples, a shuffled mini-batch of them at each step",
        {
            "kappa": KAPPA,
            "dimension": DIMENSION,
            "examples": Parameter("the number n of examples", low=2, high=10_000, default=256, whole=True),
            "sigma": Parameter("the standard deviation σ of the labels' noise", low=0.0, high=1e3, default=1.0),
            "batch": _BATCH,
            "seed": SEED,
        },
    ),
}
