"""What one training run gave, as plain arrays that can be sent to another process and kept in a file."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.network import Training
    from tutor.optim.objectives import Array


@dataclass(frozen=True, eq=False)
class History:
    """One run, whole or as far as it is."""

    losses: Array
    """(n,): the training loss of the mini-batch of each step, before the step; NaN once the run is lost."""

    rates: Array
    """(n,): the η of each step."""

    steps: Array
    """(k,): after how many steps the network was evaluated; 0 first, the latest last."""

    train_loss: Array
    """(k,); NaN once the run is lost, as below."""

    validation_loss: Array
    """(k,)."""

    validation_accuracy: Array
    """(k,): from 0 to 1."""

    sharpness: Array
    """(k,): the largest eigenvalue of the Hessian of the training loss; (0,) unless it was asked for."""

    verdict: Verdict

    @property
    def diverged(self) -> bool:
        """Whether the run is lost."""
        return self.verdict is Verdict.DIVERGING

    @property
    def loss(self) -> float:
        """The latest validation loss; infinite for a run that diverged."""
        return math.inf if self.diverged else float(self.validation_loss[-1])

    @property
    def accuracy(self) -> float:
        """The latest validation accuracy; NaN for a run that diverged."""
        return math.nan if self.diverged else float(self.validation_accuracy[-1])


NAMES = tuple(field.name for field in fields(History))


def histories(training: Training) -> tuple[History, ...]:
    """Take the runs of a stack apart."""
    sharp = training.sharpness
    return tuple(
        History(
            losses=training.losses[run],
            rates=training.rates[run],
            steps=training.evaluated.astype(np.float64),
            train_loss=training.train_loss[run],
            validation_loss=training.validation_loss[run],
            validation_accuracy=training.validation_accuracy[run],
            sharpness=sharp[run],
            verdict=verdict,
        )
        for run, verdict in enumerate(training.verdicts)
    )


def as_arrays(history: History) -> dict[str, Any]:
    """Give the arrays by name, for a file."""
    return asdict(history) | {"verdict": np.array(str(history.verdict))}


def from_arrays(arrays: Mapping[str, Any]) -> History:
    """Make a history from what ``as_arrays`` gave. Raises KeyError or ValueError on anything else."""
    found = {name: arrays[name] for name in NAMES}
    verdict = Verdict(str(found.pop("verdict")))
    numbers = {name: np.asarray(value, dtype=np.float64) for name, value in found.items()}
    history = History(**numbers, verdict=verdict)
    evaluations = (history.train_loss, history.validation_loss, history.validation_accuracy)
    whole = (
        history.losses.ndim == history.steps.ndim == 1
        and len(history.steps) > 0
        and history.rates.shape == history.losses.shape
        and all(values.shape == history.steps.shape for values in evaluations)
        and history.sharpness.shape in {(0,), history.steps.shape}
    )
    if not whole:
        raise ValueError("the arrays do not belong together")
    return history
