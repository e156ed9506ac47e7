"""What becomes of a run that trains a network, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

PARTS = 10
"""Losses of batches are noisy, so levels are means over so many parts of a run."""

RISEN = 1.5
"""How many times its start, or chance, a late level is when a run diverges, however noisy its losses are."""

RESTLESS = 1.5
"""How many times the level before it a late level is when a run is restless."""

FAR = 0.5
"""The share of the chance loss down to which a run has far to go."""

FALLING = 0.98
"""The share of its level in the middle down to which a run still comes down at its end."""


def judge(losses: Array, chance: float, *, lost: bool) -> Verdict:
    """Judge a run by the losses (n,) of its batches and by whether it was lost; never raises.

    ``chance`` is the loss of the best answer that is the same for every example. A run that was lost, or ends
    far above its start and above chance, diverges. One whose late level jumps oscillates. The others converge,
    or where they have far to go, crawl while their loss still falls, and else are stalled.
    """
    if lost:
        return Verdict.DIVERGING
    if not len(losses):
        return Verdict.CRAWLING
    levels = np.array([part.mean() for part in np.array_split(losses, min(PARTS, len(losses)))])
    end = levels[-1]
    falling = end <= FALLING * levels[len(levels) // 2]
    if end > RISEN * max(losses[0], levels[0], chance):
        return Verdict.DIVERGING
    if np.any(levels[-3:] > RESTLESS * np.minimum.accumulate(levels)[-3:]) and not falling:
        return Verdict.OSCILLATING
    if end <= FAR * chance:
        return Verdict.CONVERGING
    return Verdict.CRAWLING if falling else Verdict.STALLED
