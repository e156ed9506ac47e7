"""A table of one long experiment whose steps the test lets happen one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import UsageError
from tutor.lab.digits.state import LongExperiment, Progress
from tutor.lab.digits.workshop import NotCached
from tutor.lab.outcome import Outcome
from tutor.optim.tables import Choice, Entry, Parameter
from tutor.plots.figure import Curves, Points

if TYPE_CHECKING:
    from collections.abc import Generator

    from tutor.lab.digits.state import State
    from tutor.lab.digits.workshop import Workshop

STEPS = 4
RATES = np.array([0.01, 0.1, 0.3, 1.0])
LOSSES = np.array([0.9, 0.2, 0.1, np.inf])


@dataclass(frozen=True)
class FakeState:
    """How a bracket looks after some of its steps."""

    done: int

    @property
    def progress(self) -> Progress:
        return Progress(self.done / STEPS, f"rate {self.done} of {STEPS}")

    @property
    def finished(self) -> bool:
        return self.done == STEPS

    def outcome(self) -> Outcome:
        points = Points(RATES[: self.done], LOSSES[: self.done])
        figure = Curves((), "η", "validation loss", log_x=True, log_y=True, points=(points,))
        verdict = "The best rate is 0.3." if self.finished else "Not yet."
        return Outcome(figure, "Losses by rate.", (f"rates: {self.done}",), verdict, None)

    def table(self) -> tuple[str, ...]:
        return ("   η   loss", *(f"{rate:5} {loss}" for rate, loss in zip(RATES, LOSSES, strict=True)))

    def record(self) -> dict[str, Any]:
        return {}


@dataclass
class Fake:
    """Experiments that wait: each step is done when the test says ``go``."""

    kept: dict[tuple[int, str], int] = field(default_factory=dict)
    """How far each was run."""

    allowed: int = 0
    running: int = 0
    broken: str = ""
    """What goes wrong at the first step, if anything does."""

    missing: str = ""
    """What keeps the experiments from being run here at all, if anything does."""

    ended: Event = field(default_factory=Event)
    """Set once a generator is closed."""

    _tick: Event = field(default_factory=Event)

    def go(self, steps: int = 1) -> None:
        """Let some steps be done."""
        self.allowed += steps
        self._tick.set()

    def build(self, batch: int, init: str, rates: tuple[float, ...]) -> LongExperiment:
        if batch == 13:
            raise UsageError("a batch of 13 brings bad luck")

        def start(workshop: Workshop) -> Generator[State]:
            key = batch, init
            done = self.kept.get(key, 0)
            if self.missing:
                raise UsageError(self.missing)
            if not workshop.compute and done < STEPS:
                raise NotCached
            state = FakeState(done)
            yield state
            if done == STEPS:
                return
            self.running += 1
            try:
                while done < STEPS:
                    if self.broken:
                        raise UsageError(self.broken)
                    self._tick.wait(0.02)
                    if self.allowed:
                        self.allowed -= 1
                        done += 1
                        self.kept[key] = done
                        state = FakeState(done)
                    else:
                        self._tick.clear()
                    yield state
            finally:
                self.running -= 1
                self.ended.set()

        return LongExperiment("fake", 2.0, f"tutor fake --batch {batch} --init {init}", start)

    @property
    def table(self) -> dict[str, Entry[LongExperiment]]:
        """The table with the experiment, and one without knobs beside it."""
        return {
            "fake": Entry(
                self.build,
                "a grid of rates that waits for the test",
                {
                    "batch": Parameter("examples behind each step", 1, 1024, 32, whole=True),
                    "init": Choice("how the first weights are drawn", ("he", "glorot"), "he"),
                    "rates": Parameter("the grid", 1e-9, 1e6, many=True),
                },
            ),
            "other": Entry(lambda: self.build(1, "he", ()), "the same without knobs"),
        }
