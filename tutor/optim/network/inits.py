"""Where the weights of a network start."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.network.model import Network
    from tutor.optim.objectives import Array


def initial(network: Network, *, init: str = "he", scale: float = 1.0, seed: int = 0) -> Array:
    """Draw weights (P,) by one of INITS, times ``scale``; biases are 0. Always float64.

    Raises UsageError for an unknown name.
    """
    if init not in INITS:
        raise unknown("initialisation", init, INITS)
    rng = np.random.default_rng(seed)
    points = np.zeros(network.parameters)
    for matrix in network.matrices(points):
        after, before = matrix.shape[0], matrix.shape[1] - 1
        matrix[:, :-1] = scale * INITS[init](rng, after, before)
    return points


def _normal(deviation: Callable[[int, int], float]) -> Callable[[np.random.Generator, int, int], Array]:
    def draw(rng: np.random.Generator, after: int, before: int) -> Array:
        return deviation(after, before) * rng.standard_normal((after, before))

    return draw


def _orthogonal(rng: np.random.Generator, after: int, before: int) -> Array:
    """Rows or columns of length 1 at right angles, uniform among such (Saxe et al. 2014), as in torch."""
    many, few = max(after, before), min(after, before)
    basis, triangle = np.linalg.qr(rng.standard_normal((many, few)))
    basis = basis * np.sign(np.diag(triangle))
    return np.asarray(basis if after >= before else basis.T)


INITS: Mapping[str, Callable[[np.random.Generator, int, int], Array]] = {
    "he": _normal(lambda _, before: math.sqrt(2.0 / before)),
    "glorot": _normal(lambda after, before: math.sqrt(2.0 / (after + before))),
    "lecun": _normal(lambda _, before: math.sqrt(1.0 / before)),
    "orthogonal": _orthogonal,
}
"""By name, for a layer of n units after m: normal with variance 2/m (He et al. 2015), 2/(m+n) (Glorot & Bengio
2010), 1/m (LeCun et al. 1998), or orthogonal."""
