"""Training in this process, in which a long run is saved now and then and goes on from there."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.lab.digits.history import History, histories
from tutor.lab.digits.task import training

if TYPE_CHECKING:
    from collections.abc import Generator

    from tutor.lab.digits.cache import Cache
    from tutor.lab.digits.task import Task
    from tutor.optim.network import Training

PAUSE = 5.0
"""Seconds between two savings of a run."""


def trained_here(
    task: Task, cache: Cache | None, *, fresh: bool = False
) -> Generator[tuple[tuple[History, ...], float], None, None]:
    """Yield the histories of a task's runs with the share that is done; where it is left, it goes on."""
    key = task.key()
    latest: Training | None = None
    saved_at = time.monotonic()
    try:
        with closing(_resumed(task, key, None if fresh else cache)) as parts:
            for latest in parts:
                yield histories(latest), latest.step / latest.steps
                if cache and time.monotonic() - saved_at > PAUSE and not latest.finished:
                    cache.keep_checkpoint(key, latest.checkpoint)
                    saved_at = time.monotonic()
    finally:
        if cache and latest:
            if latest.finished:
                cache.drop_checkpoint(key)
            elif latest.step:
                cache.keep_checkpoint(key, latest.checkpoint)


def _resumed(task: Task, key: str, cache: Cache | None) -> Generator[Training, None, None]:
    """Train from where the task was left, or from the start if that is of no use."""
    checkpoint = cache.checkpoint(key) if cache else None
    if checkpoint is not None:
        parts = training(task, checkpoint)
        try:
            first = next(parts)
        except (UsageError, KeyError, ValueError):  # a damaged or foreign file
            pass
        else:
            yield first
            yield from parts
            return
    yield from training(task)
