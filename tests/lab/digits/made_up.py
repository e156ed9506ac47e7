"""Histories that nobody trained."""

from __future__ import annotations

import math

import numpy as np

from tutor.lab.digits.history import History
from tutor.lab.digits.spread import Tried
from tutor.optim.verdict import Verdict


def history(loss: float, rate: float = 0.1, losses: np.ndarray | None = None) -> History:
    """Make a run that ends at a validation loss; an infinite one diverged."""
    lost = not math.isfinite(loss)
    end = math.nan if lost else loss
    batches = np.array([2.0, end]) if losses is None else losses
    return History(
        losses=batches,
        rates=np.full(len(batches), rate),
        steps=np.array([0.0, len(batches)]),
        train_loss=np.array([2.0, end]),
        validation_loss=np.array([2.0, end]),
        validation_accuracy=np.array([0.1, math.nan if lost else 0.9]),
        sharpness=np.empty(0),
        verdict=Verdict.DIVERGING if lost else Verdict.CONVERGING,
    )


def tried(rate: float, loss: float, spread: float = 0.0, *, diverged: int = 0) -> Tried:
    """Make three seeds at a rate, of this mean loss and standard deviation."""
    ends = [loss - spread, loss, loss + spread]
    ends[:diverged] = [math.inf] * diverged
    return Tried(rate, tuple(history(end, rate) for end in ends))
