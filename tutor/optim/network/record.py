"""What is written down of the runs of a stack, with room for all of it from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

BY_STEP = ("losses", "rates")
BY_EVALUATION = ("train_loss", "validation_loss", "validation_accuracy", "sharpness")


class Record:
    """The losses and rates of R runs at each step, and what was measured every so many steps."""

    def __init__(self, runs: int, steps: int, every: int, *, sharp: bool) -> None:
        most = steps // every + 2
        self.count = 0
        """How many evaluations there are."""

        self.lost = np.zeros(runs, dtype=bool)
        self.losses = np.full((runs, steps), np.nan)
        self.rates = np.full((runs, steps), np.nan)
        self.evaluated = np.zeros(most, dtype=int)
        self.train_loss = np.full((runs, most), np.nan)
        self.validation_loss = np.full((runs, most), np.nan)
        self.validation_accuracy = np.full((runs, most), np.nan)
        self.sharpness = np.full((runs, most if sharp else 0), np.nan)

    def lose(self, run: int, step: int) -> None:
        """Note that a run was lost at a step."""
        self.lost[run] = True
        self.losses[run, step:] = np.nan

    def arrays(self, step: int) -> dict[str, NDArray[Any]]:
        """Copy what is known after some steps."""
        return {
            "lost": self.lost.copy(),
            "evaluated": self.evaluated[: self.count].copy(),
            **{name: getattr(self, name)[:, :step].copy() for name in BY_STEP},
            **{name: getattr(self, name)[:, : self.count].copy() for name in BY_EVALUATION},
        }

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write down again what was known."""
        self.lost[...] = arrays["lost"]
        self.count = len(arrays["evaluated"])
        self.evaluated[: self.count] = arrays["evaluated"]
        step = arrays["losses"].shape[1]
        for name in BY_STEP:
            getattr(self, name)[:, :step] = arrays[name]
        for name in BY_EVALUATION:
            getattr(self, name)[:, : self.count] = arrays[name]
