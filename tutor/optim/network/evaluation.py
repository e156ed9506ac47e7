"""Loss and accuracy on many examples, in pieces that fit into little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.losses import LOSSES
from tutor.optim.network.passes import Passes, marks, pieces, with_ones

if TYPE_CHECKING:
    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network
    from tutor.optim.objectives import Array


def evaluate(network: Network, points: Reals, examples: Examples) -> tuple[Array, Array]:
    """Measure the mean loss and the accuracy of networks (R, P): (R,) and (R,), as float64."""
    loss, right = np.zeros(len(points)), np.zeros(len(points))
    for piece in pieces(examples):
        inputs, labels = with_ones(piece.inputs.astype(points.dtype)), piece.labels
        outputs = Passes(network, len(points), len(labels), points.dtype).outputs(points, inputs)
        right += (outputs.argmax(axis=-2) == labels).sum(axis=-1)
        loss += LOSSES[network.loss].start(outputs, marks(labels)).sum(axis=-1)
    return loss / len(examples), right / len(examples)
