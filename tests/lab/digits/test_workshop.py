"""Wherever the work is done it gives the same; what is finished is kept; nothing is left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.lab.digits.small import ENDLESS, SMALL
from tutor.errors import TutorError
from tutor.lab.digits import here as module
from tutor.lab.digits.bracket import Bracket, bracket
from tutor.lab.digits.history import History, as_arrays
from tutor.lab.digits.table import long_experiment
from tutor.lab.digits.task import Task, perform
from tutor.lab.digits.workshop import NotCached, Parts, Workshop
from tutor.optim.network import Run
from tutor.processes import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.lab.digits.cache import Cache


def ran(workshop: Workshop, *tasks: Task) -> list[Parts]:
    with workshop.open() as hands:
        return list(hands.run(tasks))


def assert_same(one: Parts, other: Parts) -> None:
    for mine, theirs in zip(one, other, strict=True):
        assert mine
        assert theirs
        for run, same in zip(mine.histories, theirs.histories, strict=True):
            for name, value in as_arrays(run).items():
                np.testing.assert_array_equal(as_arrays(same)[name], value)


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_processes_and_threads_give_the_same_bits(task: Task) -> None:
    tasks = [task, replace(task, problem=replace(SMALL, depth=2))]
    here = ran(Workshop(), *tasks)[-1]
    assert_same(here, ran(Workshop(executor=threads), *tasks)[-1])
    with closing_children():
        assert_same(here, ran(Workshop(executor=lambda: processes(2)), *tasks)[-1])


@contextmanager
def closing_children() -> Iterator[None]:
    """Check that no worker is left; the tracker of shared resources, which ends with us, does not count."""
    before = set(workers())
    yield
    deadline = time.monotonic() + 5
    while set(workers()) - before:
        assert time.monotonic() < deadline, "a worker is left"
        time.sleep(0.01)


def workers() -> list[int]:
    """Find the spawned children of this process."""
    found = []
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children", encoding="ascii") as file:
        mine = file.read().split()
    for pid in mine:
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                line = file.read()
        except OSError:
            continue
        if b"spawn_main" in line:
            found.append(int(pid))
    return found


linux = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="looks for processes in /proc")


@linux
def test_cancelling_ends_the_processes_at_once() -> None:
    where = Workshop(executor=lambda: processes(2))
    settings = Bracket(ENDLESS, seeds=1)
    with closing_children(), closing(bracket(settings, where)) as states:
        began = time.monotonic()
        while len(workers()) < 2:
            next(states)
        states.close()
        assert time.monotonic() - began < 10
    assert threading.active_count() <= 2


@linux
def test_a_worker_that_is_killed_is_replaced(task: Task) -> None:
    slow = [Task(replace(SMALL, epochs=300), (Run(0.1, seed),)) for seed in range(2)]
    where = Workshop(executor=lambda: processes(2))
    killed = False
    with where.open() as hands:
        latest: Parts = ()
        for latest in hands.run(slow):  # noqa: B007 - the last one counts
            if not killed and workers():
                os.kill(workers()[0], signal.SIGKILL)
                killed = True
    assert killed
    assert_same(latest, ran(Workshop(), *slow)[-1])


def test_workers_that_are_lost_again_and_again_are_an_error(task: Task) -> None:
    opened = []

    class Broken(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("gone"))
            return future

    @contextmanager
    def broken() -> Iterator[Executor]:
        opened.append(1)
        yield Broken()

    with pytest.raises(TutorError, match="workers were lost 4 times"):
        ran(Workshop(executor=broken), task)
    assert len(opened) == 4


def test_an_error_in_a_worker_arrives_as_what_it_is() -> None:
    with pytest.raises(TutorError, match="a batch of 999"):
        ran(Workshop(executor=threads), Task(replace(SMALL, batch=999), (Run(0.1),)))


def test_what_is_finished_is_not_computed_again(
    workshop: Workshop, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ran(workshop, task)[-1]

    def never(*_: object, **__: object) -> Iterator[Any]:
        raise AssertionError("computed again")

    monkeypatch.setattr(module, "trained_here", never)
    assert_same(first, ran(workshop, task)[-1])
    assert_same(first, ran(workshop, task)[0])
    assert_same(first, ran(workshop.only_cached(), task)[-1])
    with pytest.raises(AssertionError, match="computed again"):
        ran(replace(workshop, fresh=True), task)


def test_of_a_stack_only_the_missing_runs_are_trained(
    workshop: Workshop, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(workshop, task.only([1]))
    trained: list[tuple[Run, ...]] = []
    real = module.trained_here

    def watched(what: Task, *rest: Any, **more: Any) -> Any:
        trained.append(what.runs)
        return real(what, *rest, **more)

    monkeypatch.setattr(module, "trained_here", watched)
    mixed = ran(workshop, task)[-1]
    assert trained == [(task.runs[0], task.runs[2])]
    assert_same(mixed, ran(Workshop(), task)[-1])


def test_what_would_have_to_be_computed_is_not_cached(workshop: Workshop, task: Task) -> None:
    with pytest.raises(NotCached):
        ran(workshop.only_cached(), task)
    experiment = long_experiment("bracket", seeds=1, width=8, depth=1, epochs=1, examples=100)
    assert experiment.kept(workshop) is None
    *_, last = experiment.run(workshop)
    found = experiment.kept(workshop)
    assert found is not None
    assert found.record() == last.record()
    assert experiment.kept(Workshop()) is None


def test_a_run_that_is_left_goes_on_from_there(cache: Cache) -> None:
    task = Task(replace(SMALL, epochs=400), (Run(0.1),))
    where = Workshop(cache)
    with where.open() as hands, closing(hands.run([task])) as parts:
        left = next(part.share for (part,) in parts if part and part.share > 0.0)
    assert left < 1.0
    assert cache.checkpoint(task.key()) is not None
    resumed = ran(where, task)
    first = next(part for (part,) in resumed if part)
    assert first.share >= left
    assert cache.checkpoint(task.key()) is None
    assert_same(resumed[-1], ran(Workshop(), task)[-1])


def test_a_damaged_checkpoint_is_as_good_as_none(cache: Cache) -> None:
    task = Task(SMALL, (Run(0.1),))
    other = Task(replace(SMALL, width=5), (Run(0.1), Run(0.2)))
    with (
        Workshop(cache).open() as hands,
        closing(hands.run([replace(other, problem=replace(SMALL, epochs=999))])) as it,
    ):
        for (part,) in it:
            if part and part.share > 0:
                break
    foreign = next(name for name in os.listdir(cache.folder) if "checkpoint" in name)
    os.replace(os.path.join(cache.folder, foreign), os.path.join(cache.folder, f"{task.key()}.checkpoint.npz"))
    assert_same(ran(Workshop(cache), task)[-1], ran(Workshop(), task)[-1])


def test_a_worker_does_the_whole_task(task: Task) -> None:
    found = perform(task)
    assert len(found) == 3
    assert all(isinstance(each, History) for each in found)
    assert [int(step) for step in found[0].steps] == [0, 6, 12]
    assert len(found[0].losses) == 12
