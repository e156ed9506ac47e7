"""Diagrams over the steps, whose curves have letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.optim.objectives import Array

LETTERS = "ABCDEFGH"

TOP = 1e3
"""How many times the first loss the axis reaches, so that a diverging run leaves room for the others."""


def over_steps(values: Array, label: str) -> Series:
    """Draw values (n,) over the steps 0 to n − 1."""
    return Series(np.arange(len(values), dtype=np.float64), values, label)


def loss_curves(losses: Iterable[Array]) -> Curves:
    """Draw losses (n,) on a log axis; a curve that rises above TOP ends there."""
    series = []
    for letter, values in zip(LETTERS, losses, strict=False):
        top = TOP * values[0]
        over = values > top
        below = values[: over.argmax() + 1] if over.any() else values
        series.append(over_steps(np.minimum(below, top), letter))
    return Curves(tuple(series), x_label="step", y_label="loss", log_y=True)
