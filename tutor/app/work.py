"""A long experiment at work in a thread, which does nothing but iterate its generator and post what comes."""

from __future__ import annotations

import time
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message

from tutor.errors import TutorError
from tutor.lab.digits.pace import seconds_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from tutor.lab.digits.state import LongExperiment, State
    from tutor.lab.digits.workshop import Workshop

BEAT = 0.1
"""Seconds between two partial results that are posted: more would only keep the screen busy."""


class StateCame(Message):
    """A partial result, or the whole one, and about how many seconds the rest will take, if that is known."""

    def __init__(self, work: Work, state: State, left: float | None) -> None:
        super().__init__()
        self.work = work
        self.state = state
        self.left = left


class WorkEnded(Message):
    """There is nothing more to come; with the error that ended it, if one did."""

    def __init__(self, work: Work, error: TutorError | None) -> None:
        super().__init__()
        self.work = work
        self.error = error


class Work:
    """Begins at once; what comes of it is posted to its owner."""

    def __init__(self, owner: Widget, experiment: LongExperiment, workshop: Workshop) -> None:
        self._owner = owner
        self._experiment = experiment
        self._workshop = workshop
        self._stopped = Event()
        owner.run_worker(self._work, thread=True)

    def stop(self) -> None:
        """Cancel it: the thread closes the generator as soon as the next state would have come."""
        self._stopped.set()

    def _work(self) -> None:
        error: TutorError | None = None
        try:
            with closing(self._experiment.run(self._workshop)) as states:
                self._post(states)
        except TutorError as raised:
            error = raised
        if not self._stopped.is_set():
            self._owner.post_message(WorkEnded(self, error))

    def _post(self, states: Iterator[State]) -> None:
        begun = posted = time.monotonic()
        first: float | None = None
        before: State | None = None
        for state in states:
            if self._stopped.is_set():
                return
            now, share = time.monotonic(), state.progress.share
            first = share if first is None else first
            if state.finished or (state is not before and now - posted >= BEAT) or before is None:
                self._owner.post_message(StateCame(self, state, seconds_left(now - begun, first, share)))
                posted, before = now, state
