"""Experiment "sweep": the largest stable rate and the best one over batch size, depth, width or scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Literal

from tutor.lab.digits.limit import further
from tutor.lab.digits.spread import by_rate
from tutor.lab.digits.sweep_view import SweepState
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import share
from tutor.optim.network import Run

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Workshop

AxisName = Literal["batch", "depth", "width", "scale"]


@dataclass(frozen=True)
class Axis:
    """What is varied."""

    name: AxisName
    values: tuple[float, ...]


@dataclass(frozen=True)
class Sweep:
    """A search for the limit in each cell of one or two axes."""

    problem: Problem
    axes: tuple[Axis, ...]
    seeds: int
    scale: float = 1.0
    show: str = "limit"

    @property
    def cells(self) -> tuple[tuple[float, ...], ...]:
        """The values of each cell, the last axis running fastest."""
        return tuple(product(*(axis.values for axis in self.axes)))

    def task(self, cell: tuple[float, ...], rates: Sequence[float]) -> Task:
        """Make the stack that tries some rates in a cell."""
        problem, scale = self.problem, self.scale
        for axis, value in zip(self.axes, cell, strict=True):
            if axis.name == "scale":
                scale = value
            elif axis.name == "batch":
                problem = replace(problem, batch=int(value))
            elif axis.name == "depth":
                problem = replace(problem, depth=int(value))
            else:
                problem = replace(problem, width=int(value))
        return Task(problem, tuple(Run(rate, seed, scale) for rate in rates for seed in range(self.seeds)))


def sweep(settings: Sweep, workshop: Workshop) -> Generator[SweepState, None, None]:
    """Sweep; raises UsageError if one of the cells cannot be trained."""
    for cell in settings.cells:
        settings.task(cell, (1.0,)).problem.recipe()
    state = SweepState(settings)
    with workshop.open() as hands:
        while plan := {cell: rates for cell in settings.cells if (rates := further(state.tried(cell)))}:
            begun, latest = state, None
            tasks = [settings.task(cell, rates) for cell, rates in plan.items()]
            for parts in hands.run(tasks):
                if parts is not latest:
                    latest = parts
                    new = {
                        cell: by_rate(task.runs, part.histories)
                        for cell, task, part in zip(plan, tasks, parts, strict=True)
                        if part and part.finished
                    }
                    state = begun.with_tried(new, _progress(begun.rounds, share(parts)))
                yield state
            state = replace(state, rounds=begun.rounds + 1)
    yield replace(state, finished=True, share=1.0)


def _progress(rounds: int, part: float) -> float:
    """Estimate how much is done, by rounds of which the first is by far the longest."""
    weights = (0.7, 0.15)
    if rounds < len(weights):
        return sum(weights[:rounds]) + weights[rounds] * part
    return 1.0 - 0.15 * float(0.5 ** (rounds - len(weights) + part))
