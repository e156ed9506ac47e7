"""The draws of a prediction, the same from the same seed on any machine."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Chance:
    """A sequence of draws by the Mersenne Twister.

    Only ``random()`` is asked, whose sequence from a whole number Python promises to keep.
    """

    def __init__(self, seed: int) -> None:
        """Begin the sequence that belongs to ``seed``."""
        self._random = Random(seed)  # noqa: S311 - reproducible, not secret
        self.work = 0.0
        """What the draws have cost so far, in steps of gradient descent: the same on any machine."""

    def spend(self, work: float) -> None:
        """Count what a draw is about to cost."""
        self.work += work

    def below(self, end: int) -> int:
        """Draw a whole number from 0 to ``end`` − 1."""
        return int(self._random.random() * end)

    def pick(self, values: Sequence[T]) -> T:
        """Draw one of the values, each as likely as the others."""
        return values[self.below(len(values))]
