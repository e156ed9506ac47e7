"""Forwards and backwards through the networks of R runs at once, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.optim.data import CLASSES, Examples
from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.losses import LOSSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network

PIECE = 256
"""How many examples pass at once where there are many."""

DIGITS = np.arange(CLASSES, dtype=np.uint8)[:, None]


class Passes:
    """Room for the passes of ``runs`` networks over batches of B examples.

    Outputs of layers are (R, units, B), so that what is done to each example lies side by side; the last row
    of what a layer sees is 1, so that its bias is one more weight. Each run has matrix products of its own, of
    shapes that do not depend on the others, so that it is the same to the last bit alone or in company.
    """

    def __init__(self, network: Network, runs: int, batch: int, dtype: DTypeLike) -> None:
        self._network = network
        self._activation = ACTIVATIONS[network.activation]
        self._loss = LOSSES[network.loss]
        self._hidden = [np.ones((runs, size + 1, batch), dtype) for size in network.sizes[1:-1]]
        self._back = [np.empty((runs, size, batch), dtype) for size in network.sizes[1:-1]]
        self._outputs = np.empty((runs, network.sizes[-1], batch), dtype)
        self._gradient = np.empty((runs, network.parameters), dtype)
        self._slopes = network.matrices(self._gradient)
        self._points: Reals | None = None
        self._matrices: list[Reals] = []

    def _at(self, points: Reals) -> list[Reals]:
        """View points as matrices, anew only where they are another array."""
        if points is not self._points:
            self._points, self._matrices = points, self._network.matrices(points)
        return self._matrices

    def outputs(self, points: Reals, inputs: Reals) -> Reals:
        """Send inputs (B, d+1) or (R, B, d+1), the last of them 1, through: (R, C, B), until the next call."""
        seen = inputs.swapaxes(-1, -2)
        *hidden, last = self._at(points)
        for matrix, room in zip(hidden, self._hidden, strict=True):
            inner = room[:, :-1]
            np.matmul(matrix, seen, out=inner)
            self._activation.apply(inner)
            seen = room
        return np.matmul(last, seen, out=self._outputs)

    def losses(self, points: Reals, inputs: Reals, targets: NDArray[np.bool_]) -> Reals:
        """Find the mean loss (R,) alone."""
        losses: Reals = np.add.reduce(self._loss.start(self.outputs(points, inputs), targets), axis=-1)
        losses /= targets.shape[-1]
        return losses

    def gradient(self, points: Reals, inputs: Reals, targets: NDArray[np.bool_]) -> tuple[Reals, Reals]:
        """Find the mean loss (R,) and its gradient (R, P), which lasts until the next call.

        Inputs as for ``outputs``, targets (C, B) or (R, C, B).
        """
        losses = self.losses(points, inputs, targets)
        slope = self._outputs
        slope /= slope.shape[-1]
        matrices = self._at(points)
        for layer in reversed(range(1, len(matrices))):
            seen, back = self._hidden[layer - 1], self._back[layer - 1]
            np.matmul(slope, seen.swapaxes(-1, -2), out=self._slopes[layer])
            np.matmul(matrices[layer][:, :, :-1].swapaxes(-1, -2), slope, out=back)
            self._activation.slope(back, seen[:, :-1])
            slope = back
        np.matmul(slope, inputs, out=self._slopes[0])
        return losses, self._gradient

    def kept(
        self, points: Reals, inputs: Reals, targets: NDArray[np.bool_]
    ) -> tuple[list[Reals], list[Reals], Reals]:
        """Find what each layer sees (…, units before + 1, B), and what comes back to its sums (R, units, B).

        The latter are slopes of the mean loss; the third is its gradient. All last until the next call.
        """
        _, gradient = self.gradient(points, inputs, targets)
        return [inputs.swapaxes(-1, -2), *self._hidden], [*self._back, self._outputs], gradient


def with_ones(inputs: Reals) -> Reals:
    """Append the 1 that biases multiply: (…, d) -> (…, d+1)."""
    return np.concatenate((inputs, np.ones_like(inputs[..., :1])), axis=-1)


def marks(labels: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the right class of each example: (…, B) -> (…, C, B)."""
    marked: NDArray[np.bool_] = labels[..., None, :] == DIGITS
    return marked


def pieces(examples: Examples) -> Iterator[Examples]:
    """Cut examples into pieces of at most PIECE, to pass with little memory."""
    for first in range(0, len(examples), PIECE):
        yield Examples(examples.inputs[first : first + PIECE], examples.labels[first : first + PIECE])
