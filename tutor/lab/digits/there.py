"""Training by an executor: processes of this machine, a cluster, or any other of concurrent.futures."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tutor.errors import TutorError
from tutor.lab.digits.task import perform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager

    from tutor.lab.digits.history import History
    from tutor.lab.digits.task import Task

TICK = 0.1
"""Seconds after which to give whoever waits a chance to cancel."""

MOST_LOST = 3
"""How often lost workers are replaced."""

Done = list[tuple[int, tuple["History", ...]]]


class Crew:
    """Workers behind an executor, which is opened at the first need of it, and anew when it breaks."""

    def __init__(self, executors: Callable[[], AbstractContextManager[Executor]], stack: ExitStack) -> None:
        self._executors = executors
        self._stack = stack.enter_context(ExitStack())
        self._executor: Executor | None = None
        self._lost = 0

    def train(self, tasks: dict[int, Task]) -> Iterator[Done]:
        """Yield what is finished meanwhile, by the tasks' places; nothing at all several times a second.

        Raises TutorError when workers were lost too often.
        """
        left = dict(tasks)
        while left:
            try:
                for done in self._attempt(left):
                    for place, _ in done:
                        del left[place]
                    yield done
            except BrokenExecutor as error:
                self._replace(error)

    def _attempt(self, tasks: dict[int, Task]) -> Iterator[Done]:
        if self._executor is None:
            self._executor = self._stack.enter_context(self._executors())
        futures: dict[Future[tuple[History, ...]], int] = {
            self._executor.submit(perform, task): place for place, task in tasks.items()
        }
        while futures:
            finished, _ = wait(futures, timeout=TICK, return_when=FIRST_COMPLETED)
            sound = [future for future in finished if not isinstance(future.exception(), BrokenExecutor)]
            yield [(futures[future], future.result()) for future in sound]
            for future in finished:
                if future not in sound:
                    future.result()
                del futures[future]

    def _replace(self, error: BrokenExecutor) -> None:
        self._lost += 1
        if self._lost > MOST_LOST:
            raise TutorError(
                f"workers were lost {self._lost} times, perhaps for want of memory: "
                "try again with fewer --jobs; what was finished is kept"
            ) from error
        self._executor = None
        self._stack.close()
