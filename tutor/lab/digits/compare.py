"""Several runs side by side, each with a letter: what the presets are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.lab.curves import LETTERS
from tutor.lab.digits.series import as_json, finite
from tutor.lab.digits.spread import percent
from tutor.lab.digits.state import Progress
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import share
from tutor.lab.outcome import Outcome
from tutor.lab.words import exact, number

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from tutor.lab.digits.history import History
    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Hands, Workshop
    from tutor.optim.network import Run
    from tutor.plots.figure import Figure


@dataclass(frozen=True)
class Entrant:
    """One of the runs."""

    name: str
    """What sets it apart, in at most 20 characters."""

    problem: Problem
    run: Run


Entrants = tuple[Entrant, ...]
Histories = tuple["History | None", ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is compared, and how it is shown."""

    entrants: Callable[[Hands], Iterator[Entrants | None]]
    """Yields the runs at last; None while it is still measuring what they depend on."""

    about: str
    """The figure in a few words, for its description."""

    figure: Callable[[Entrants, Histories], Figure]
    tell: Callable[[Entrants, Histories], str]
    """What the learner should see in it, in one or two sentences."""


@dataclass(frozen=True, eq=False)
class ComparisonState:
    """A comparison on its way, or done."""

    comparison: Comparison
    entrants: Entrants = ()
    histories: Histories = ()
    share: float = 0.0
    finished: bool = False

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress(
            self.share, f"{len(self.entrants)} runs side by side" if self.entrants else "measuring first"
        )

    def outcome(self) -> Outcome:
        """Show the runs."""
        comparison = self.comparison
        ends = [f"{letter} {entrant.name}: {_end(found)}" for letter, entrant, found in self._rows]
        return Outcome(
            figure=comparison.figure(self.entrants, self.histories),
            description=f"{comparison.about}; at the end {', '.join(ends)}."
            if ends
            else f"{comparison.about}.",
            readouts=tuple(f"{letter} {entrant.name}" for letter, entrant, _ in self._rows),
            verdict=(
                comparison.tell(self.entrants, self.histories)
                if self.finished
                else "The runs are on their way."
            ),
            limit=None,
        )

    @property
    def _rows(self) -> list[tuple[str, Entrant, History | None]]:
        return list(zip(LETTERS, self.entrants, self.histories, strict=False))

    def table(self) -> tuple[str, ...]:
        """List the runs."""
        lines = [f"{'':<24} {'η':>8} {'batch':>6} {'validation loss':>16} {'accuracy':>9} {'sharpness':>10}"]
        for letter, entrant, found in self._rows:
            loss, accuracy, sharp = "", "", ""
            if found is not None:
                loss = "diverges" if found.diverged else number(found.loss)
                accuracy = "" if found.diverged else percent(found.accuracy)
                known = finite(found.sharpness)
                sharp = number(float(known[-1])) if len(known) and not found.diverged else ""
            batch = entrant.problem.batch or "all"
            row = f"{letter} {entrant.name:<22} {number(entrant.run.rate):>8} {batch:>6} {loss:>16}"
            lines.append(f"{row} {accuracy:>9} {sharp:>10}".rstrip())
        return tuple(lines)

    def record(self) -> dict[str, Any]:
        """Give each run's curves."""
        return {
            "runs": [
                {
                    "name": entrant.name,
                    "rate": entrant.run.rate,
                    "seed": entrant.run.seed,
                    "batch": entrant.problem.batch,
                    **({} if found is None else _curves(found)),
                }
                for _, entrant, found in self._rows
            ],
            "verdict": self.outcome().verdict,
        }


def compare(comparison: Comparison, workshop: Workshop) -> Generator[ComparisonState, None, None]:
    """Run them all; raises UsageError if that cannot be done."""
    state = ComparisonState(comparison)
    with workshop.open() as hands:
        entrants: Entrants = ()
        for ready in comparison.entrants(hands):
            yield state
            entrants = ready or ()
        tasks = [Task(entrant.problem, (entrant.run,)) for entrant in entrants]
        stacks = hands.stacks(tasks)
        latest = None
        for parts in hands.run(stacks):
            if parts is not latest:
                latest = parts
                found = {
                    (stack.problem, run): history
                    for stack, part in zip(stacks, parts, strict=True)
                    if part
                    for run, history in zip(stack.runs, part.histories, strict=True)
                }
                histories = tuple(found.get((entrant.problem, entrant.run)) for entrant in entrants)
                state = ComparisonState(comparison, entrants, histories, share(parts))
            yield state
    yield ComparisonState(comparison, entrants, state.histories, 1.0, finished=True)


def _end(found: History | None) -> str:
    if found is None:
        return "not begun"
    return "diverged" if found.diverged else f"loss {number(found.loss, 2)}"


def _curves(found: History) -> dict[str, Any]:
    return {
        "steps": [int(step) for step in found.steps],
        "train_loss": as_json(found.train_loss),
        "validation_loss": as_json(found.validation_loss),
        "validation_accuracy": as_json(found.validation_accuracy),
        "sharpness": as_json(found.sharpness),
        "batch_loss": as_json(found.losses),
        "verdict": str(found.verdict),
    }


def rate_name(rate: float) -> str:
    """Name a run by its rate."""
    return f"η = {exact(rate)}"


def level(history: History | None, share: float = 0.1) -> float:
    """Give the mean loss of the last batches of a run; NaN if it diverged or has not begun."""
    if history is None or history.diverged or not len(history.losses):
        return math.nan
    return float(np.mean(history.losses[-max(1, int(len(history.losses) * share)) :]))
