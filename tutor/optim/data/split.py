"""A fixed split of images into those to train on and those to validate with, as a network takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.data.images import Bytes, Images

LEAST_SPREAD = 1 / 4
"""The share of full ink as which the spread of a pixel counts at least, so that rare ink is no outlier."""

PIECE = 1000
"""How many images to work on at once: 60,000 of them as wide numbers would fill the memory."""


@dataclass(frozen=True, eq=False)
class Examples:
    """N images as a network takes them."""

    inputs: NDArray[np.float32]
    """(N, d): each pixel less its mean over the training images, divided by its standard deviation there."""

    labels: Bytes
    """(N,)."""

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int) -> Examples:
        """Keep the first ``count`` of them, or all if there are no more."""
        return Examples(self.inputs[:count], self.labels[:count])


@dataclass(frozen=True, eq=False)
class Split:
    """What is trained on, and what is never trained on."""

    train: Examples
    validation: Examples


def held_out(total: int) -> int:
    """Count the images that validate unless told otherwise: a tenth, or 500, but at most a fifth."""
    return min(max(total // 10, 500), total // 5)


def split(images: Images, *, seed: int = 0, train: int | None = None, validation: int | None = None) -> Split:
    """Shuffle the images by ``seed``, not stratified; the first ``train`` train and the next validate.

    A number that is not given is what the other leaves; with neither, ``held_out`` decides. The
    shuffle sorts the raw numbers of a PCG64, whose stream numpy promises for ever, and means are taken of whole
    numbers, so it is the same on every machine. Raises UsageError if there are not so many images.
    """
    total = len(images)
    if train is None:
        train = total - (held_out(total) if validation is None else validation)
    if validation is None:
        validation = total - train
    if train < 1 or validation < 1 or train + validation > total:
        raise UsageError(
            f"'{images.name}' has {total:,} images: {train:,} cannot train and {validation:,} validate; "
            f"take at least 1 of each and at most {total:,} together"
        )
    order = np.argsort(np.random.PCG64(seed).random_raw(total), kind="stable")
    training, validating = order[:train], order[train : train + validation]
    scaling = _scaling(images, training)
    return Split(_scaled(images, training, *scaling), _scaled(images, validating, *scaling))


def _scaling(images: Images, chosen: NDArray[np.int_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the mean and the spread of each pixel (d,), in levels, from sums without rounding."""
    total, squares = np.zeros((2, images.pixels.shape[1]), dtype=np.int64)
    for first in range(0, len(chosen), PIECE):
        piece = images.pixels[chosen[first : first + PIECE]].astype(np.int64)
        total += piece.sum(axis=0)
        squares += (piece * piece).sum(axis=0)
    count = len(chosen)
    variance = (count * squares - total * total) / count**2
    return total / count, np.maximum(np.sqrt(variance), LEAST_SPREAD * images.levels)


def _scaled(
    images: Images, chosen: NDArray[np.int_], mean: NDArray[np.float64], spread: NDArray[np.float64]
) -> Examples:
    inputs = np.empty((len(chosen), images.pixels.shape[1]), dtype=np.float32)
    for first in range(0, len(chosen), PIECE):
        inputs[first : first + PIECE] = (images.pixels[chosen[first : first + PIECE]] - mean) / spread
    return Examples(inputs, images.labels[chosen])
