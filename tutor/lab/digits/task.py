"""A stack of runs to train: plain data, that any process can be given, with the keys of its results."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from tutor.lab.digits.blas import one_thread
from tutor.lab.digits.history import History, histories
from tutor.lab.digits.problem import Problem, fingerprint
from tutor.optim.network import Run, train

if TYPE_CHECKING:
    from collections.abc import Generator

    from tutor.optim.network import Checkpoint, Training

NUMERICS = 1
"""To be raised whenever a change of the code changes what a training gives: old results are then forgotten."""


@dataclass(frozen=True)
class Task:
    """Runs that differ in no more than their rates, seeds and scales."""

    problem: Problem
    runs: tuple[Run, ...]

    def keys(self) -> tuple[str, ...]:
        """Name the result of each run by a hash of all that defines it."""
        shared = {"numerics": NUMERICS, "files": fingerprint(self.problem.data), **asdict(self.problem)}
        return tuple(_hash({**shared, "run": asdict(run)}) for run in self.runs)

    def key(self) -> str:
        """Name the task as a whole, for its checkpoint."""
        return _hash(self.keys())

    def only(self, places: list[int]) -> Task:
        """Keep the runs at these places."""
        return replace(self, runs=tuple(self.runs[place] for place in places))


def _hash(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:40]


def training(task: Task, resume: Checkpoint | None = None) -> Generator[Training, None, None]:
    """Train the stack, as a sequence of partial results; UsageError if it cannot be done."""
    split = task.problem.split()
    with one_thread():
        yield from train(task.problem.recipe(), split, task.runs, resume=resume)


def perform(task: Task) -> tuple[History, ...]:
    """Train the stack to its end: what a worker does."""
    with one_thread():
        *_, last = training(task)
    return histories(last)
