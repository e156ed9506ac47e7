"""What a network is, and where its weights lie among the parameters of a run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.losses import LOSSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.network.arrays import Reals

WIDEST = 4096
DEEPEST = 64


@dataclass(frozen=True)
class Network:
    """A chain of dense layers: inputs, hidden layers with an activation, and one output for each class.

    Raises UsageError where it has no inputs or outputs, a layer of no unit or too many, or unknown names.
    """

    sizes: tuple[int, ...]
    """The units of each layer: inputs, hidden ones, outputs."""

    activation: str = "relu"
    """One of ACTIVATIONS."""

    loss: str = "cross-entropy"
    """One of LOSSES."""

    def __post_init__(self) -> None:
        if not 2 <= len(self.sizes) <= DEEPEST + 2 or not all(1 <= size <= WIDEST for size in self.sizes):
            raise UsageError(
                f"a network has inputs, at most {DEEPEST} hidden layers and outputs, each of 1 to {WIDEST:,} "
                f"units, not {'-'.join(map(str, self.sizes))}"
            )
        known: tuple[tuple[str, str, Mapping[str, object]], ...] = (
            ("activation", self.activation, ACTIVATIONS),
            ("loss", self.loss, LOSSES),
        )
        for kind, name, table in known:
            if name not in table:
                raise unknown(kind, name, table)

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The matrix of each layer: units of it, units before it and one for the bias."""
        return tuple((after, before + 1) for before, after in pairwise(self.sizes))

    @property
    def parameters(self) -> int:
        """The number P of weights and biases."""
        return sum(rows * columns for rows, columns in self.shapes)

    def matrices(self, points: Reals) -> list[Reals]:
        """View points (…, P) as the matrix of each layer (…, units, units before + 1); biases come last."""
        views, first = [], 0
        for rows, columns in self.shapes:
            last = first + rows * columns
            views.append(points[..., first:last].reshape(*points.shape[:-1], rows, columns))
            first = last
        return views
