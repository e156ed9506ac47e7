"""What a set of labelled images is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

CLASSES = 10
"""The digits 0 to 9."""


@dataclass(frozen=True, eq=False)
class Images:
    """N square grey images of handwritten digits; 0 is the paper, ``levels`` the darkest ink."""

    name: str

    side: int
    """How many pixels an image is wide and high."""

    levels: int
    """The largest value that a pixel may have: 16 or 255."""

    pixels: Bytes
    """(N, side²), row by row."""

    labels: Bytes
    """(N,): the digit that each image shows."""

    def __len__(self) -> int:
        return len(self.labels)

    def picture(self, index: int) -> NDArray[np.float32]:
        """Give one image as ink (side, side) from 0 to 1."""
        ink: NDArray[np.float32] = self.pixels[index].reshape(self.side, self.side) / np.float32(self.levels)
        return ink
