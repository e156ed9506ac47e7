"""The sharpness: the largest eigenvalue of the Hessian, by Lanczos' method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.curvature import hessian_vector

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network
    from tutor.optim.objectives import Array

MOST = 60
"""The most products with the Hessian."""

CLOSE = 3e-3
"""The residual, as a share of the sharpness, at which it is found; the error is no more, mostly far less."""

SEED = 0
"""Of the vector with which every search starts."""


def sharpness(network: Network, points: Reals, examples: Examples) -> Array:
    """Find the largest eigenvalue of the Hessian of the mean loss of networks (R, P): (R,), to CLOSE.

    Gradient descent on all the examples is stable there iff η < 2/sharpness.
    """
    return largest(hessian_vector(network, points, examples), np.zeros_like(points))


def largest(product: Callable[[Reals], Reals], zeros: Reals) -> Array:
    """Find the largest eigenvalues (R,) of R symmetric matrices, given by their products with vectors (R, P).

    Lanczos' method with all vectors made orthogonal anew (Golub & Van Loan, 10.3). A search ends when the
    residual of its eigenvector, which bounds the error, is below CLOSE, so it is the same in any company. It
    is NaN where a product is not finite.
    """
    runs, parameters = zeros.shape
    most = min(MOST, parameters)
    start = np.random.default_rng(SEED).standard_normal(parameters)
    vector = np.broadcast_to((start / np.linalg.norm(start)).astype(zeros.dtype), zeros.shape)
    basis = np.zeros((runs, most, parameters), zeros.dtype)
    triangles = np.zeros((runs, most, most))
    found = np.full(runs, np.nan)
    searching = np.ones(runs, dtype=bool)
    for step in range(most):
        basis[:, step] = vector
        image = product(np.ascontiguousarray(vector))
        so_far = basis[:, : step + 1]
        for _ in range(2):
            parts = so_far @ image[:, :, None]
            image = image - (so_far.swapaxes(-1, -2) @ parts)[:, :, 0]
            triangles[:, step, step] += parts[:, step, 0]
        rest = np.sqrt((image * image).sum(axis=-1)).astype(float)
        triangle = triangles[:, : step + 1, : step + 1]
        sound = np.asarray(np.isfinite(triangle).all(axis=(1, 2)))
        values, vectors = np.linalg.eigh(np.where(sound[:, None, None], triangle, 0.0))
        error = rest * np.abs(vectors[:, -1, -1])
        done = searching & (~sound | (error <= CLOSE * np.abs(values[:, -1])) | (step == most - 1))
        found[done] = np.where(sound, values[:, -1], np.nan)[done]
        searching &= ~done
        if not searching.any():
            break
        triangles[:, step, step + 1] = triangles[:, step + 1, step] = rest
        vector = image / np.maximum(rest, np.finfo(zeros.dtype).tiny)[:, None].astype(zeros.dtype)
    return found
