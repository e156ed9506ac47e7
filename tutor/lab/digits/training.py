"""Experiment "train": one run, by its loss, its accuracy, or its sharpness against 2/η."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.lab.digits.series import as_json, finite, smoothed
from tutor.lab.digits.spread import percent
from tutor.lab.digits.state import Progress
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import share
from tutor.lab.outcome import Outcome
from tutor.lab.words import count, exact, number
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from tutor.lab.digits.history import History
    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Workshop
    from tutor.optim.network import Run

STORIES: dict[Verdict, str] = {
    Verdict.CONVERGING: "it learns",
    Verdict.CRAWLING: "the loss still falls slowly: train longer, or raise η",
    Verdict.OSCILLATING: "the loss jumps up and down instead of settling: lower η",
    Verdict.STALLED: "the loss no longer moves, high up: try other first weights, or another η",
    Verdict.DIVERGING: "the loss has run away: lower η",
}
"""What each verdict means for training."""


@dataclass(frozen=True)
class Training:
    """One run, and what to show of it."""

    problem: Problem
    run: Run
    show: str = "loss"


@dataclass(frozen=True, eq=False)
class TrainingState:
    """A run on its way, or done."""

    settings: Training
    history: History | None = None
    share: float = 0.0
    steps: int = 0
    """Of the whole run."""

    finished: bool = False

    @property
    def progress(self) -> Progress:
        """How far it is."""
        made = len(self.history.losses) if self.history else 0
        return Progress(self.share, f"step {made:,} of {self.steps:,}" if self.steps else "loading the data")

    @cached_property
    def lost_at(self) -> int | None:
        """The step at which the run was lost; None if it wasn't."""
        lost = np.isnan(self.history.losses) if self.history else np.empty(0)
        return int(lost.argmax()) if lost.any() else None

    def outcome(self) -> Outcome:
        """Show what was asked for, by step."""
        figure, what = FIGURES[self.settings.show](self)
        history = self.history
        return Outcome(
            figure=figure,
            description=f"{what} over {count(len(history.losses) if history else 0, 'step')} {self._end}.",
            readouts=self._readouts(),
            verdict=self._verdict(),
            limit=2.0 / self.sharpness if self.sharpness and self.sharpness > 0 else None,
        )

    @property
    def sharpness(self) -> float | None:
        """The latest sharpness; None if there is none."""
        found = finite(self.history.sharpness) if self.history else np.empty(0)
        return float(found[-1]) if len(found) else None

    @property
    def _end(self) -> str:
        history = self.history
        if history is None:
            return "so far"
        if history.diverged:
            return f"at η = {exact(self.settings.run.rate)}, where the run diverges"
        return f"at η = {exact(self.settings.run.rate)}, ending at a validation loss of {number(history.loss)}"

    def _readouts(self) -> tuple[str, ...]:
        history = self.history
        rate = f"η = {exact(self.settings.run.rate)}"
        if history is None:
            return (rate,)
        if history.diverged:
            return (rate, f"lost at step {self.lost_at:,}" if self.lost_at is not None else "diverging")
        sharp = (
            () if self.sharpness is None else (f"sharpness {number(self.sharpness)}, 2/η = {self._two_over}",)
        )
        return (
            rate,
            f"validation loss {number(history.loss)}",
            f"accuracy {percent(history.accuracy)}",
            *sharp,
        )

    @property
    def _two_over(self) -> str:
        assert self.history is not None
        rates = self.history.rates
        return number(2.0 / (float(rates[-1]) if len(rates) and rates[-1] > 0 else self.settings.run.rate))

    def _verdict(self) -> str:
        history = self.history
        if history is None or not (self.finished or history.diverged):
            return "Training is on its way."
        told = f"{history.verdict.capitalize()}: {STORIES[history.verdict]}."
        return told if history.diverged else f"{told} It reads {percent(history.accuracy)} of new images right."

    def table(self) -> tuple[str, ...]:
        """List some of the evaluations, the first and the last among them."""
        history = self.history
        sharp = history is not None and len(history.sharpness) > 0
        head = f"{'step':>7}  {'training loss':>13}  {'validation loss':>15}  {'accuracy':>8}"
        lines = [head + (f"  {'sharpness':>9}  {'2/η':>8}" if sharp else "")]
        if history is None:
            return tuple(lines)
        shown = sorted({round(n * (len(history.steps) - 1) / 9) for n in range(10)})
        for n in shown:
            accuracy = (
                percent(history.validation_accuracy[n]) if math.isfinite(history.validation_loss[n]) else "lost"
            )
            row = (
                f"{int(history.steps[n]):7,}  {_cell(history.train_loss[n]):>13}  "
                f"{_cell(history.validation_loss[n]):>15}  {accuracy:>8}"
            )
            if sharp:
                rate = (
                    history.rates[min(int(history.steps[n]), len(history.rates) - 1)]
                    if len(history.rates)
                    else 0.0
                )
                row += f"  {_cell(history.sharpness[n]):>9}  {_cell(2.0 / rate) if rate > 0 else '':>8}"
            lines.append(row)
        return tuple(lines)

    def record(self) -> dict[str, Any]:
        """Give the curves and how it ended."""
        history = self.history
        if history is None:
            return {}
        return {
            "rate": self.settings.run.rate,
            "seed": self.settings.run.seed,
            "steps": [int(step) for step in history.steps],
            "train_loss": as_json(history.train_loss),
            "validation_loss": as_json(history.validation_loss),
            "validation_accuracy": as_json(history.validation_accuracy),
            "sharpness": as_json(history.sharpness),
            "batch_loss": as_json(history.losses),
            "rates": as_json(history.rates),
            "diverged_at": self.lost_at,
            "verdict": str(history.verdict),
            "reason": self._verdict(),
        }


def train(settings: Training, workshop: Workshop) -> Generator[TrainingState, None, None]:
    """Train; raises UsageError if that cannot be done."""
    steps = settings.problem.recipe().steps_on(len(settings.problem.split().train))
    state = TrainingState(settings, steps=steps)
    with workshop.open() as hands:
        latest = None
        for parts in hands.run([Task(settings.problem, (settings.run,))]):
            if parts is not latest and parts[0]:
                latest = parts
                state = TrainingState(settings, parts[0].histories[0], share(parts), steps)
            yield state
    yield TrainingState(settings, state.history, 1.0, steps, finished=True)


def _loss(state: TrainingState) -> tuple[Curves, str]:
    series = []
    if state.history:
        history = state.history
        series = [
            smoothed(history.losses, "T"),
            Series(history.steps, history.validation_loss, "V", dash="dashed"),
        ]
    figure = Curves(tuple(series), x_label="step", y_label="loss: T training, V validation", log_y=True)
    return figure, "Training loss, smoothed, and validation loss"


def _accuracy(state: TrainingState) -> tuple[Curves, str]:
    series = []
    if state.history:
        series = [Series(state.history.steps, 100.0 * state.history.validation_accuracy)]
    return Curves(tuple(series), x_label="step", y_label="validation accuracy, %"), "Validation accuracy"


def _sharpness(state: TrainingState) -> tuple[Curves, str]:
    series = []
    if state.history:
        history = state.history
        steps = np.arange(len(history.rates), dtype=float)
        with np.errstate(divide="ignore"):
            limits = 2.0 / history.rates
        if len(history.sharpness):
            series.append(Series(history.steps, history.sharpness, "S"))
        series.append(Series(steps, limits, "L", dash="dotted"))
    figure = Curves(tuple(series), x_label="step", y_label="S sharpness, L limit 2/η", log_y=True)
    return figure, "Sharpness S, beside the limit L = 2/η above which full-batch descent is unstable,"


FIGURES: dict[str, Callable[[TrainingState], tuple[Curves, str]]] = {
    "loss": _loss,
    "accuracy": _accuracy,
    "sharpness": _sharpness,
}
"""What can be shown: a figure, and what to call it."""


def _cell(value: float) -> str:
    return number(float(value)) if math.isfinite(value) else ""
