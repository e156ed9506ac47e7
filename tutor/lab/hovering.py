"""Stochastic descent at the bottom of a parabola, by many runs at once: how high noise keeps it, and theory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.curves import LETTERS
from tutor.lab.words import exact, number
from tutor.optim.theory import contraction, stationary_variance

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

WALKERS = 500
"""How many runs the mean is taken over."""

MOST_STEPS = 1_000
MOST_BATCH = 1_024

FORGOTTEN = 0.05
"""How much of the variance the way from the start may still be, over the late steps of a run that hovers."""

LATE = 0.5
"""The last part of the steps, over which a variance is averaged."""

HOVERS, COMES, LEAVES = (
    ("hovers", "hover"),
    ("is still on its way", "are still on their way"),
    ("diverges", "diverge"),
)


@dataclass(frozen=True)
class Setting:
    """What a run has of its own."""

    name: str
    share: float
    """Its η over the one that is turned."""

    batch: int


@dataclass(frozen=True, eq=False)
class Level:
    """How high the runs of one setting hover."""

    name: str
    """With its letter."""

    squares: Array
    """(m,): the mean of x² before and after each step, as long as it is finite."""

    measured: float
    """The variance of x late in the run."""

    theory: float
    """The variance at which it settles; inf if it does not."""

    deed: tuple[str, str]

    @property
    def readout(self) -> str:
        """The variance, and that of theory in brackets; or why there is none."""
        if self.deed != HOVERS:
            return f"{self.name}: {'diverges' if self.deed == LEAVES else 'not yet there'}"
        return f"{self.name}: {number(self.measured, 2)} ({number(self.theory, 2)})"

    @property
    def told(self) -> str:
        """The same in words."""
        if self.deed != HOVERS:
            return f"{self.name} {self.deed[0]}"
        return f"{self.name} has a variance of {number(self.measured)}, by theory {number(self.theory)}"


@dataclass(frozen=True, eq=False)
class Hovering:
    """Stochastic descent on ½hx², whose gradient is off by a normal error of variance σ²/B at each step.

    All settings see the same errors, but for their size. A step is v ← β·v + g, x ← x − η·v.
    """

    settings: tuple[Setting, ...]
    h: float
    sigma: float
    momentum: float
    start: float
    steps: int
    seed: int

    @cached_property
    def errors(self) -> Array:
        """Standard normal numbers (n, walkers), the same at every rate."""
        return np.random.default_rng(self.seed).standard_normal((self.steps, WALKERS))

    def walks(self, rate: float) -> Array:
        """Give x of all walkers before and after each step: (n+1, settings, walkers); not finite if lost."""
        rates = np.array([[rate * setting.share] for setting in self.settings])
        sizes = np.array([[self.sigma / math.sqrt(setting.batch)] for setting in self.settings])
        places = np.empty((self.steps + 1, len(self.settings), WALKERS))
        places[0] = self.start
        velocity = np.zeros_like(places[0])
        with np.errstate(all="ignore"):
            for step, error in enumerate(self.errors):
                here = places[step]
                velocity = self.momentum * velocity + (self.h * here + sizes * error)
                places[step + 1] = here - rates * velocity
        return places

    def levels(self, rate: float, walks: Array) -> list[Level]:
        """Measure how high each setting hovers."""
        late = int((1.0 - LATE) * self.steps)
        with np.errstate(all="ignore"):
            squares = np.mean(walks * walks, axis=-1)
            measured = (squares - np.mean(walks, axis=-1) ** 2)[late:].mean(axis=0)
        levels = []
        for n, (letter, setting) in enumerate(zip(LETTERS, self.settings, strict=False)):
            own, sound = rate * setting.share, np.isfinite(squares[:, n])
            theory = stationary_variance(own, self.h, self.sigma, batch=setting.batch, momentum=self.momentum)
            with np.errstate(over="ignore"):
                left = contraction(own, np.array([self.h]), momentum=self.momentum) ** (2 * late)
            deed = HOVERS if self.start**2 * left <= FORGOTTEN * theory else COMES
            levels.append(
                Level(
                    f"{letter} {setting.name.format(exact(own))}",
                    squares[: len(sound) if sound.all() else sound.argmin(), n],
                    float(measured[n]),
                    theory,
                    deed if math.isfinite(theory) else LEAVES,
                )
            )
        return levels


def parabola(h: float) -> str:
    """Write ½hx²."""
    return "½x²" if h == 1.0 else f"½·{exact(h)}x²"
