"""The gradient noise scale: the batch beyond which a larger one hardly makes the gradient better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.passes import Passes, marks, pieces, with_ones

if TYPE_CHECKING:
    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network
    from tutor.optim.objectives import Array


def noise_scale(network: Network, points: Reals, examples: Examples) -> Array:
    """Measure tr(Σ)/‖g‖² of networks (R, P): (R,), in examples.

    Σ is the covariance of the gradients of single examples and g their mean (the simple noise scale of
    McCandlish et al. 2018, arXiv 1812.06162). A layer's gradient is the product of two vectors for a single
    example, so its length is theirs and needs no gradient of its own.
    """
    total = len(examples)
    mean, squares = np.zeros(points.shape), np.zeros(len(points))
    for piece in pieces(examples):
        count = len(piece)
        passes = Passes(network, len(points), count, points.dtype)
        inputs = with_ones(piece.inputs.astype(points.dtype))
        seen, back, gradient = passes.kept(points, inputs, marks(piece.labels))
        for into, slope in zip(seen, back, strict=True):
            lengths = (into * into).sum(axis=-2) * (slope * slope).sum(axis=-2)
            squares += count**2 * lengths.sum(axis=-1, dtype=float)
        mean += gradient * (count / total)
    square = (mean * mean).sum(axis=-1)
    covariance = (squares - total * square) / (total - 1)
    return np.asarray(covariance / square)
