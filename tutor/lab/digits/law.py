"""A power law through measured values: a plane through their logarithms, by least squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

FITS = 0.9
"""The share of the variance of log y that a law must explain to be called one."""


@dataclass(frozen=True, eq=False)
class Law:
    """y ≈ c · x₁^a₁ · x₂^a₂ …."""

    factor: float
    exponents: Array
    """(d,)."""

    errors: Array
    """(d,): their standard errors; NaN where there are no more points than unknowns."""

    explained: float
    """The share of the variance of log y that it explains, 0 to 1."""

    @property
    def fits(self) -> bool:
        """Whether the values follow it."""
        return self.explained >= FITS

    def at(self, x: Array) -> Array:
        """Give y at x (n, d): (n,)."""
        return np.asarray(self.factor * np.prod(x**self.exponents, axis=-1))


def fit(x: Array, y: Array) -> Law | None:
    """Fit a law to y (n,) at x (n, d), all positive; None if fewer than d + 2 of the y are finite numbers."""
    sound = np.isfinite(y) & (y > 0)
    n, d = int(sound.sum()), x.shape[-1]
    if n < d + 2:
        return None
    logs = np.log(y[sound])
    columns = np.column_stack([np.ones(n), np.log(x[sound])])
    if np.linalg.matrix_rank(columns) < d + 1:
        return None
    solution = np.linalg.lstsq(columns, logs, rcond=None)[0]
    rest = logs - columns @ solution
    total = float(((logs - logs.mean()) ** 2).sum())
    left = float((rest**2).sum())
    covariance = np.linalg.inv(columns.T @ columns) * left / (n - d - 1)
    return Law(
        factor=float(np.exp(solution[0])),
        exponents=solution[1:],
        errors=np.sqrt(np.diag(covariance))[1:],
        explained=1.0 - left / total if total > 0.0 else 1.0,
    )
