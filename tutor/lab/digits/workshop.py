"""Where training is done, and what of it is kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor import config
from tutor.lab.digits import here
from tutor.lab.digits.cache import Cache
from tutor.lab.digits.task import Task
from tutor.lab.digits.there import Crew

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tutor.lab.digits.history import History
    from tutor.lab.digits.problem import Problem
    from tutor.optim.network import Run

Executors = Callable[[], AbstractContextManager[Executor]]
"""Opens an executor; left by an exception, it gives up what it is doing."""


class NotCached(Exception):  # noqa: N818 - it is an answer, and caught where it was asked for
    """Something would have to be computed."""


@dataclass(frozen=True, eq=False)
class Part:
    """What is known of a task."""

    histories: tuple[History, ...]
    """One for each of its runs, whole or as far as it is."""

    share: float
    """How much of it is done: 1 at its end."""

    @property
    def finished(self) -> bool:
        """Whether all its runs are whole."""
        return self.share >= 1.0


Parts = tuple[Part | None, ...]
"""What is known of some tasks, in their order; None for those that have not begun."""


def share(parts: Parts) -> float:
    """Tell how much of some tasks is done."""
    return sum(part.share for part in parts if part) / max(1, len(parts))


@dataclass(frozen=True)
class Workshop:
    """Where to train: without an executor in this process, which gives partial results too."""

    cache: Cache | None = None
    executor: Executors | None = None
    fresh: bool = False
    """Whether to compute again what is in the cache."""

    compute: bool = True
    """Whether anything may be computed at all."""

    def only_cached(self) -> Workshop:
        """Give a workshop that raises NotCached where something would have to be computed."""
        return replace(self, compute=False, fresh=False)

    @contextmanager
    def open(self) -> Iterator[Hands]:
        """Open the workshop for an experiment. Left by an exception, it leaves no process behind."""
        with ExitStack() as stack:
            crew = Crew(self.executor, stack) if self.executor else None
            yield Hands(self, crew)


@dataclass(frozen=True)
class Hands:
    """An open workshop."""

    workshop: Workshop
    crew: Crew | None

    def pieces(self, task: Task) -> list[Task]:
        """Cut a stack into as many tasks as it has rates, if there are workers who may share them."""
        if self.crew is None:
            return [task]
        rates = dict.fromkeys(run.rate for run in task.runs)
        return [task.only([n for n, run in enumerate(task.runs) if run.rate == rate]) for rate in rates]

    def stacks(self, tasks: Sequence[Task]) -> list[Task]:
        """Put tasks of one problem into one stack, unless there are workers who may share them."""
        if self.crew is not None:
            return list(tasks)
        runs: dict[Problem, list[Run]] = {}
        for task in tasks:
            runs.setdefault(task.problem, []).extend(task.runs)
        return [Task(problem, tuple(dict.fromkeys(each))) for problem, each in runs.items()]

    def run(self, tasks: Sequence[Task]) -> Generator[Parts, None, None]:
        """Yield what is known of the tasks, again and again, at last with all of them finished.

        Several times a second: where nothing is new, the same object. What is finished goes into the cache.
        """
        keys = [task.keys() for task in tasks]
        known = [[self._cached(key) for key in names] for names in keys]
        parts = [_part(found) for found in known]
        yield (latest := tuple(parts))
        missing = {
            place: task.only([run for run, history in enumerate(known[place]) if history is None])
            for place, task in enumerate(tasks)
            if not (part := parts[place]) or not part.finished
        }
        if missing and not self.workshop.compute:
            raise NotCached
        for progress in self._train(missing):
            for place, part in progress:
                trained = iter(part.histories)
                parts[place] = Part(tuple(each or next(trained) for each in known[place]), part.share)
                if part.finished:
                    self._keep(missing[place], part)
            if progress:
                latest = tuple(parts)
            yield latest

    def _train(self, tasks: dict[int, Task]) -> Iterator[list[tuple[int, Part]]]:
        """Yield what is new of tasks, by their places."""
        if self.crew:
            for done in self.crew.train(tasks):
                yield [(place, Part(histories, 1.0)) for place, histories in done]
            return
        for place, task in tasks.items():
            for histories, share_ in here.trained_here(task, self.workshop.cache, fresh=self.workshop.fresh):
                yield [(place, Part(histories, share_))]

    def _cached(self, key: str) -> History | None:
        cache = self.workshop.cache
        return None if cache is None or self.workshop.fresh else cache.get(key)

    def _keep(self, task: Task, part: Part) -> None:
        if self.workshop.cache:
            for key, history in zip(task.keys(), part.histories, strict=True):
                self.workshop.cache.put(key, history)


def _part(found: Sequence[History | None]) -> Part | None:
    whole = tuple(history for history in found if history)
    return Part(whole, 1.0) if len(whole) == len(found) else None


def default_workshop() -> Workshop:
    """Work in this process, and keep results in the learner's data folder."""
    return Workshop(Cache(os.path.join(config.home(), "results")))
