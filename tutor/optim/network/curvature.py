"""Products of the loss's Hessian with vectors, exact and without the Hessian."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.losses import LOSSES
from tutor.optim.network.passes import Passes, marks, pieces, with_ones

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network


def hessian_vector(network: Network, points: Reals, examples: Examples) -> Callable[[Reals], Reals]:
    """Prepare products with the Hessian of the mean loss over the examples: (R, P) -> (R, P).

    Both passes are differentiated along the vector (Pearlmutter 1994, the R-operator), so a product costs
    about two gradients. The passes at the points themselves are made once and kept.
    """
    parts = [_Kept(network, points, piece.inputs, piece.labels) for piece in pieces(examples)]
    shares = [part.count / len(examples) for part in parts]

    def product(vectors: Reals) -> Reals:
        total = np.zeros_like(points)
        for share, part in zip(shares, parts, strict=True):
            total += share * part.product(vectors)
        return total

    return product


class _Kept:
    """Both passes of a few examples at points (R, P), kept so as to differentiate them along vectors."""

    def __init__(self, network: Network, points: Reals, inputs: Reals, labels: NDArray[np.uint8]) -> None:
        self.count = len(labels)
        self._network = network
        self._activation = ACTIVATIONS[network.activation]
        self._loss = LOSSES[network.loss]
        self._matrices = network.matrices(points)
        self._targets = marks(labels)
        passes = Passes(network, len(points), self.count, points.dtype)
        inputs = with_ones(inputs.astype(points.dtype))
        self._seen, self._back, _ = passes.kept(points, inputs, self._targets)

    def product(self, vectors: Reals) -> Reals:
        """Multiply the Hessian of the mean loss of these examples by vectors (R, P)."""
        matrices, along = self._matrices, self._network.matrices(vectors)
        last = len(matrices) - 1
        moved: list[Reals | None] = [None]
        for layer, (matrix, vector) in enumerate(zip(matrices, along, strict=True)):
            shift = vector @ self._seen[layer]
            before = moved[layer]
            if before is not None:
                shift += matrix[:, :, :-1] @ before
            if layer < last:
                self._activation.slope(shift, self._seen[layer + 1][:, :-1])
            moved.append(shift)
        result = np.empty_like(vectors)
        slopes = self._network.matrices(result)
        outputs = moved[-1]
        assert outputs is not None
        turned = self._loss.curvature(self.count * self._back[last], outputs, self._targets) / self.count
        for layer in reversed(range(len(matrices))):
            seen, before = self._seen[layer], moved[layer]
            np.matmul(turned, seen.swapaxes(-1, -2), out=slopes[layer])
            if before is None:
                break
            slopes[layer][:, :, :-1] += self._back[layer] @ before.swapaxes(-1, -2)
            turned = matrices[layer][:, :, :-1].swapaxes(-1, -2) @ turned
            turned += along[layer][:, :, :-1].swapaxes(-1, -2) @ self._back[layer]
            self._activation.slope(turned, seen[:, :-1])
            bend = self._activation.bend(self._back_in(layer), seen[:, :-1], before)
            if bend is not None:
                turned += bend
        return result

    def _back_in(self, layer: int) -> Reals:
        """Give what comes back to the outputs of the layer before, ∂loss/∂a: (R, units, B)."""
        back: Reals = self._matrices[layer][:, :, :-1].swapaxes(-1, -2) @ self._back[layer]
        return back
