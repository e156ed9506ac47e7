"""Stochastic descent on least squares with Gaussian inputs: where the batch size moves the safe range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.bounds import lasting

if TYPE_CHECKING:
    from tutor.optim.objectives import Array


@dataclass(frozen=True, eq=False)
class Examples:
    """The batches of one run: inputs x ~ N(0, I) and labels x·w* + noise, for some best weights w*."""

    inputs: Array
    """(n, B, d)."""

    noise: Array
    """(n, B)."""

    def first(self, batch: int) -> Examples:
        """Keep the first ``batch`` examples of each batch."""
        return Examples(self.inputs[:, :batch], self.noise[:, :batch])


def draw(rng: np.random.Generator, *, steps: int, batch: int, dimension: int, noise: float) -> Examples:
    """Draw ``steps`` batches; ``noise`` is the standard deviation of the labels' noise."""
    return Examples(rng.standard_normal((steps, batch, dimension)), noise * rng.standard_normal((steps, batch)))


def losses(examples: Examples, start: Array, rate: float) -> Array:
    """Descend from the error ``start`` = w − w* (d,) and return ½‖w − w*‖² before and after each step.

    That is the loss over all the data, less that of w*. Shape (n+1,); a run that runs away ends early.
    """
    errors = np.empty((len(examples.inputs) + 1, len(start)))
    errors[0] = start
    size = examples.noise.shape[1]
    with np.errstate(all="ignore"):
        for step, (inputs, noise) in enumerate(zip(examples.inputs, examples.noise, strict=True)):
            residuals = inputs @ errors[step] - noise
            errors[step + 1] = errors[step] - rate / size * (residuals @ inputs)
        result = 0.5 * np.sum(errors * errors, axis=-1)
        length = int(lasting(errors[:, None], result[:, None])[0])
    return np.asarray(result[:length])


def stable_rate(dimension: int, batch: int) -> float:
    """Give the largest rate at which the mean square error stays bounded: 2/(1 + (d+1)/B).

    From E[H̃²] = (1 + (d+1)/B)·I for the batch's H̃ = mean of xxᵀ (McCandlish et al. 2018, algebra).
    """
    return 2.0 / (1.0 + (dimension + 1) / batch)
