"""Diagrams over the steps, whose curves have letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array

LETTERS = "ABCDEFGH"

TOP = 1e3
"""How many times the first loss the axis reaches, so that a diverging run leaves room for the others."""


def over_steps(values: Array, label: str) -> Series:
    """Draw values (n,) over the steps 0 to n − 1."""
    return Series(np.arange(len(values), dtype=np.float64), values, label)


def loss_curves(losses: Iterable[Array], name: str = "loss") -> Curves:
    """Draw losses (n,), or what else falls, on a log axis.

    A curve runs along the top while it is above TOP, and ends there if it does not come back.
    """
    series = []
    for letter, values in zip(LETTERS, losses, strict=False):
        top = TOP * values[0]
        (below,) = np.nonzero(values <= top)
        shown = values[: below[-1] + 2] if below.size else values[:1]
        series.append(over_steps(np.minimum(shown, top), letter))
    return Curves(tuple(series), x_label="step", y_label=name, log_y=True)


def effective_rates(run: Trajectory) -> Array:
    """Find how far each step went for the slope it stood on, ‖Δx‖ / ‖∇f‖: (n,); NaN where there is none."""
    lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=-1)
    slopes = run.gradient_norms[:-1]
    rates: Array = np.divide(lengths, slopes, out=np.full_like(lengths, np.nan), where=slopes > 0)
    return rates
