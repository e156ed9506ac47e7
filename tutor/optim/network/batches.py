"""The mini-batches of each run: every epoch in an order that follows from the run's seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.optim.network.passes import PIECE, marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import DTypeLike, NDArray

    from tutor.optim.data import Examples
    from tutor.optim.network.arrays import Reals


class Batches:
    """Batches of B examples for each step of runs with the given seeds; the full batch keeps its order.

    What does not fill a batch at the end of an epoch is left out, as by torch's DataLoader with ``drop_last``.
    Runs of one seed share their batches. Batches of more than PIECE examples come in pieces.
    """

    def __init__(self, examples: Examples, size: int, seeds: Sequence[int], dtype: DTypeLike) -> None:
        self._examples = examples
        self._size = size
        self._seeds = tuple(seeds) if len(set(seeds)) > 1 and size < len(examples) else tuple(seeds[:1])
        self._per_epoch = len(examples) // size
        self._epoch = -1
        self._order: NDArray[np.int_] = np.empty(0, dtype=int)
        self.piece_sizes = [min(PIECE, size - first) for first in range(0, size, PIECE)]
        runs = (len(self._seeds),) if len(self._seeds) > 1 else ()
        columns = examples.inputs.shape[1] + 1
        self._inputs = {count: np.ones((*runs, count, columns), dtype) for count in set(self.piece_sizes)}

    def at(self, step: int) -> Iterator[tuple[Reals, NDArray[np.bool_]]]:
        """Give inputs (B, d+1) or (R, B, d+1) and targets (C, B) or (R, C, B), each until the next."""
        epoch, number = divmod(step, self._per_epoch)
        if epoch != self._epoch:
            self._epoch = epoch
            total = len(self._examples)
            orders = [order(seed, epoch, total, self._size) for seed in self._seeds]
            self._order = np.array(orders) if len(orders) > 1 else orders[0]
        first = number * self._size
        for count in self.piece_sizes:
            chosen = self._order[..., first : first + count]
            inputs = self._inputs[count]
            inputs[..., :-1] = self._examples.inputs[chosen]
            yield inputs, marks(self._examples.labels[chosen])
            first += count


def order(seed: int, epoch: int, examples: int, size: int) -> NDArray[Any]:
    """Draw the order in which an epoch goes through the examples."""
    if size == examples:
        return np.arange(examples)
    return np.random.default_rng((seed, epoch)).permutation(examples)
