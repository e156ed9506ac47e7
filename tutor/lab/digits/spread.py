"""Several seeds at one rate: their mean and how far they lie apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.lab.digits.history import History
    from tutor.optim.network import Run


@dataclass(frozen=True, eq=False)
class Tried:
    """A rate with a run for each seed."""

    rate: float
    runs: tuple[History, ...]

    @property
    def diverged(self) -> int:
        """How many of the runs diverged."""
        return sum(run.diverged for run in self.runs)

    @property
    def loss(self) -> float:
        """The mean validation loss at the end; infinite if any run diverged."""
        return float(np.mean([run.loss for run in self.runs]))

    @property
    def spread(self) -> float:
        """The standard deviation of that loss over the seeds; 0 for a single one, or where one diverged."""
        if len(self.runs) < 2 or self.diverged:
            return 0.0
        return float(np.std([run.loss for run in self.runs], ddof=1))

    @property
    def accuracy(self) -> float:
        """The mean validation accuracy; NaN if any run diverged."""
        return float(np.mean([run.accuracy for run in self.runs]))


def by_rate(runs: Sequence[Run], found: Sequence[History]) -> tuple[Tried, ...]:
    """Sort what is known of some runs by their rates; the last of the runs may not have begun."""
    known: dict[float, list[History]] = {}
    for run, history in zip(runs, found, strict=False):
        known.setdefault(run.rate, []).append(history)
    return tuple(Tried(rate, tuple(histories)) for rate, histories in known.items())


def give_or_take(value: float, spread: float) -> str:
    """Write 0.112 ± 0.008: the spread to one digit, or two if that begins with 1, and the value as finely.

    >>> give_or_take(0.11237, 0.0083), give_or_take(0.5, 0.0)
    ('0.112 ± 0.008', '0.5')
    """
    if not (math.isfinite(value) and math.isfinite(spread) and spread > 0.0):
        return number(value)
    decimals = max(0, -math.floor(math.log10(spread)))
    decimals += spread * 10**decimals < 2.0
    decimals = min(decimals, max(2, 2 - math.floor(math.log10(abs(value) or 1.0))))
    return f"{value:.{decimals}f} ± {spread:.{decimals}f}"


def percent(share: float) -> str:
    """Write 96.4 %."""
    return f"{100.0 * share:.1f} %"
