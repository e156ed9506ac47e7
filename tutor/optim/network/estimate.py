"""The loss and its slope as a step's batch shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.batches import Batches
from tutor.optim.network.passes import Passes
from tutor.optim.objectives import Objective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import DTypeLike

    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.model import Network


class Estimate:
    """Shows the runs with the given seeds, at each step, the batch that is theirs."""

    def __init__(
        self, network: Network, examples: Examples, size: int, seeds: Sequence[int], dtype: DTypeLike
    ) -> None:
        self._batches = Batches(examples, size, seeds, dtype)
        self._passes = {
            count: Passes(network, len(seeds), count, dtype) for count in set(self._batches.piece_sizes)
        }
        self._size = size
        self._step = 0

    def at(self, points: Reals, step: int) -> tuple[Reals, Reals]:
        """Find the mean loss (R,) and its gradient (R, P) at points (R, P), which last until the next call."""
        self._step = step
        pieces = self._batches.at(step)
        inputs, targets = next(pieces)
        losses, gradient = self._passes[targets.shape[-1]].gradient(points, inputs, targets)
        if targets.shape[-1] < self._size:
            share = targets.shape[-1] / self._size
            losses, gradient = losses * share, gradient * share
            for inputs, targets in pieces:
                share = targets.shape[-1] / self._size
                more, steeper = self._passes[targets.shape[-1]].gradient(points, inputs, targets)
                losses += share * more
                gradient += share * steeper
        return losses, gradient

    def losses(self, points: Reals) -> Reals:
        """Find the mean loss (R,) on the last step's batch at other points (R, P)."""
        total = np.zeros(len(points), points.dtype)
        for inputs, targets in self._batches.at(self._step):
            count = targets.shape[-1]
            total += count / self._size * self._passes[count].losses(points, inputs, targets)
        return total

    def objective(self) -> Objective:
        """Be what an optimizer may ask for more than the slope: the loss on the same batch, 0 at its lowest."""

        def unknown(points: Reals) -> Reals:
            raise NotImplementedError  # no optimizer of TRAINERS asks for it

        return Objective(
            name="network",
            params={},
            summary="loss of a batch",
            value=self.losses,
            gradient=unknown,
            hessian=unknown,
            minima=(),
            view=((0.0, 1.0), (0.0, 1.0)),
            start=(),
            minimum_value=0.0,
        )
