"""What gives a run its rates where η was turned in mid-course, without a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.lab.bench.tables import the_schedule

if TYPE_CHECKING:
    from tutor.lab.bench.state import Choice, RunSetup
    from tutor.optim.pace import Pace
    from tutor.optim.schedules import Feedback


def pace(run: RunSetup, steps: int) -> Pace:
    """The pace of a run: at each turn the same schedule goes on at the same step, from another base rate."""
    first = the_schedule(run.schedule, run.rate, steps)
    if not run.turns:
        return first
    if not callable(first):
        assert not isinstance(first, float | int)
        return _Turned(first, run.schedule, run.turns)
    later = [(turn, the_schedule(run.schedule, rate, steps)) for turn, rate in reversed(run.turns)]

    def at(step: int) -> float:
        chosen = next((each for turn, each in later if turn <= step), first)
        assert callable(chosen)
        return chosen(step)

    return at


@dataclass(frozen=True)
class _Turned:
    """A schedule that watches the loss, and begins anew where η was turned: all it knew was of another rate."""

    now: Feedback
    schedule: Choice
    turns: tuple[tuple[int, float], ...]
    step: int = 0

    @property
    def rate(self) -> float:
        return self.now.rate

    def observe(self, value: float) -> _Turned:
        step = self.step + 1
        anew = dict(self.turns).get(step)
        now = self.now.observe(value) if anew is None else the_schedule(self.schedule, anew, 0)
        assert not callable(now)
        assert not isinstance(now, float | int)
        return replace(self, now=now, step=step)
