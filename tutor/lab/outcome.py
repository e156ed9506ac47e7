"""What an experiment is to those who show it: a rate to turn, and what comes out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.lab.settings import HIGHEST_RATE, LOWEST_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.plots.figure import Figure


WIDEST = 30
"""The columns that a readout has."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """One run of an experiment."""

    figure: Figure
    description: str
    """The figure in one sentence, for somebody who can't see it."""

    readouts: tuple[str, ...]
    """Exact values, each at most WIDEST columns wide."""

    verdict: str
    """What became of it, in one sentence."""

    limit: float | None
    """The largest stable rate, to mark on the scale of rates."""


@dataclass(frozen=True)
class Experiment:
    """A named, parametrised run, whose rate can be turned."""

    kind: str
    rate: float
    """The rate unless told otherwise."""

    rates: tuple[float, ...]
    """The rates to step through, ascending, the default one among them."""

    run: Callable[[float], Outcome]

    def outcome(self, rate: float | None = None) -> Outcome:
        """Run at ``rate``, or at the default one; UsageError if the rate is out of range."""
        chosen = self.rate if rate is None else rate
        if not LOWEST_RATE <= chosen <= HIGHEST_RATE:
            raise UsageError(f"a rate is a number from {LOWEST_RATE:g} to {HIGHEST_RATE:,.0f}, not {chosen:g}")
        return self.run(chosen)


def rates_around(default: float, lowest: float = 1e-3, highest: float = 5.0) -> tuple[float, ...]:
    """Give the sequence 1-2-5 from ``lowest`` to ``highest``, and a decade to either side of ``default``."""
    low, high = min(lowest, 0.1 * default) * (1 - 1e-9), max(highest, 10 * default) * (1 + 1e-9)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    sequence = {float(f"{digit}e{decade}") for decade in decades for digit in (1, 2, 5)}
    return tuple(sorted({rate for rate in sequence if low <= rate <= high} | {default}))
