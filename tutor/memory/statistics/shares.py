"""Shares of answers that were right, with how sure one can be of them, and without what was guessed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tutor.memory.statistics.log import Flags
    from tutor.memory.statistics.memories import Array, Whole

Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's 95 % interval."""

    passed: int
    total: int

    expected: float
    """The mean probability that FSRS gave these answers; NaN if it gave none."""

    guessed: float = 0.0
    """The mean chance to be right without knowing."""

    @property
    def share(self) -> float:
        """From 0 to 1; NaN of none."""
        return self.passed / self.total if self.total else math.nan

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return wilson(self.passed, self.total)[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return wilson(self.passed, self.total)[1]

    @property
    def known(self) -> float:
        """The share that was known, corrected for guessing."""
        return unguessed(self.share, self.guessed)


def wilson(passed: int, total: int, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a proportion (Wilson 1927): where it may lie with 95 % confidence.

    ``z`` is the normal quantile of another confidence.
    """
    if not total:
        return 0.0, 1.0
    p, z2 = passed / total, z * z / total
    middle = (p + z2 / 2) / (1 + z2)
    half = z * math.sqrt(p * (1 - p) / total + z2 / (4 * total)) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def unguessed(share: float, chance: float) -> float:
    """The share known if what isn't known is guessed right with a ``chance``: (p − c)/(1 − c), 0 at least."""
    return max(0.0, (share - chance) / (1 - chance))


def share_of(passed: Flags, expected: Array, chance: Array, chosen: Flags | Whole) -> Share:
    """The share of right answers among those ``chosen`` of n: by flags (n,) or by their places."""
    right = passed[chosen]
    if not len(right):
        return Share(0, 0, math.nan)
    return Share(int(right.sum()), len(right), float(expected[chosen].mean()), float(chance[chosen].mean()))


def shares_by(passed: Flags, expected: Array, chance: Array, group: Whole, groups: int) -> tuple[Share, ...]:
    """The shares of ``groups`` groups; ``group`` (n,) says which each answer is in, negative for none."""
    weights = [np.asarray(column, dtype=np.float64) for column in (passed, expected, chance)]
    in_one = group >= 0
    if not in_one.all():
        group, weights = group[in_one], [column[in_one] for column in weights]
    total = np.bincount(group, minlength=groups)
    sums = [np.bincount(group, weights=column, minlength=groups) for column in weights]
    with np.errstate(invalid="ignore"):
        rows = zip(sums[0], total, sums[1] / total, sums[2] / total, strict=True)
    return tuple(
        Share(int(right), int(count), float(mean), float(guessed) if count else 0.0)
        for right, count, mean, guessed in rows
    )
