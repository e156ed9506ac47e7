"""How far a long experiment is, as frozen values, and the lines that say so."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from tutor.lab.digits.pace import time_left

if TYPE_CHECKING:
    from tutor.lab.digits.state import LongExperiment, State

WIDEST_BAR = 24


@dataclass(frozen=True)
class Shown:
    """How far an experiment is."""

    experiment: LongExperiment
    about: str = ""
    """What it shows, to be read before it is run."""

    state: State | None = None
    """The last that came of it; None if nothing did."""

    running: bool = False
    left: float | None = None
    """About how many seconds it still takes; None if that is not known."""

    @property
    def finished(self) -> bool:
        """Whether all of it is there."""
        return self.state is not None and self.state.finished


def offered(shown: Shown, key: str, width: int) -> list[str]:
    """Say what the experiment shows, and which key runs it."""
    offer = f"Not run yet. {key} runs it: {shown.experiment.about}."
    return [*wrap(shown.about, width), *[""] * bool(shown.about), *wrap(offer, width)]


def under_way(shown: Shown, width: int) -> list[str]:
    """Say what is done now, how far it is, and how long it still takes."""
    if not shown.state:
        return ["Running…"]
    share = min(1.0, max(0.0, shown.state.progress.share))
    words = f" {share:4.0%}  {time_left(shown.left)}"
    room = min(WIDEST_BAR, max(4, width - len(words)))
    full = int(room * share)
    return [shown.state.progress.doing[:width], ("█" * full + "░" * (room - full) + words)[:width]]


def stopped(shown: Shown, key: str, width: int) -> list[str]:
    """Say where it was stopped, and which key goes on with it; nothing if it is finished."""
    if shown.finished or not shown.state:
        return []
    share = shown.state.progress.share
    return wrap(f"Stopped at {share:.0%}. What is finished is kept: {key} goes on.", width)
