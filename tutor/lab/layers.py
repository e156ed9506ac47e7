"""The signal and its gradient in the layers of a deep network at its start, and after one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.network.inits import initial
from tutor.optim.network.model import Network
from tutor.optim.network.passes import Passes, marks, with_ones

if TYPE_CHECKING:
    from tutor.optim.network.arrays import Reals
    from tutor.optim.objectives import Array

EXAMPLES = 64
CLASSES = 10


@dataclass(frozen=True, eq=False)
class Sizes:
    """Root mean squares over units and examples, for each of R networks."""

    forward: Array
    """(R, D+1): of the inputs and of what each of D hidden layers puts out."""

    backward: Array
    """(R, D): of the loss's slope at the sums that enter each hidden layer."""


@dataclass(frozen=True, eq=False)
class Deep:
    """R networks of the same shape, that see the same random inputs and labels; their weights differ.

    Their biases stay 0: what a layer puts out is the signal of the layers before, and nothing else.
    """

    depth: int
    width: int
    activation: str
    starts: tuple[tuple[str, float], ...]
    """The initialisation of each, and what its weights are multiplied by."""

    seed: int

    @cached_property
    def network(self) -> Network:
        """Inputs as many as units, D hidden layers, and an output for each class."""
        return Network((*[self.width] * (self.depth + 1), CLASSES), self.activation)

    @cached_property
    def points(self) -> Reals:
        """The first weights (R, P), drawn from the same seed for all."""
        each = [initial(self.network, init=init, scale=scale, seed=self.seed) for init, scale in self.starts]
        return np.array(each)

    @cached_property
    def first(self) -> tuple[Sizes, Reals]:
        """The sizes at the start, and the gradient (R, P) there, 0 for the biases."""
        return self._sizes(self.points)

    def after(self, rate: float) -> Sizes:
        """The sizes after one step of gradient descent."""
        with np.errstate(all="ignore"):
            return self._sizes(self.points - rate * self.first[1])[0]

    def updates(self, rate: float) -> Array:
        """By what share of its size one step changes each layer's weights: (R, D+1)."""
        matrices = self.network.matrices
        with np.errstate(all="ignore"):
            pairs = zip(matrices(self.first[1]), matrices(self.points), strict=True)
            shares = [rate * _length(slopes) / _length(weights) for slopes, weights in pairs]
        return np.stack(shares, axis=-1)

    def _sizes(self, points: Reals) -> tuple[Sizes, Reals]:
        random = np.random.default_rng(self.seed)
        inputs = random.standard_normal((EXAMPLES, self.width))
        targets = marks(random.integers(CLASSES, size=EXAMPLES).astype(np.uint8))
        with np.errstate(all="ignore"):
            seen, back, gradient = Passes(self.network, len(points), EXAMPLES, float).kept(
                points, with_ones(inputs), targets
            )
            forward = [_rms(layer[..., :-1, :]) for layer in seen]
            forward[0] = np.broadcast_to(forward[0], forward[1].shape)
            for slopes in self.network.matrices(gradient):
                slopes[..., -1] = 0.0
            backward = [EXAMPLES * _rms(layer) for layer in back[:-1]]
        return Sizes(np.stack(forward, axis=-1), np.stack(backward, axis=-1)), gradient.copy()


def _rms(layer: Reals) -> Array:
    """(…, units, B) -> (…)."""
    return np.asarray(np.sqrt(np.mean(layer * layer, axis=(-2, -1))))


def _length(matrix: Reals) -> Array:
    return np.asarray(np.linalg.norm(matrix, axis=(-2, -1)))
