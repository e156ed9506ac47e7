"""What a front end sees of a long experiment: a sequence of states, each complete in itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from tutor.lab.digits.workshop import Workshop
    from tutor.lab.outcome import Outcome


@dataclass(frozen=True)
class Progress:
    """How far an experiment is."""

    share: float
    """From 0 to 1, never falling: a front end computes the remaining time from it."""

    doing: str
    """What is being done, in at most 40 characters."""


class State(Protocol):
    """A partial result, or at the end the whole one; immutable."""

    @property
    def progress(self) -> Progress:
        """How far it is."""

    @property
    def finished(self) -> bool:
        """Whether this is the last state."""

    def outcome(self) -> Outcome:
        """Give the figure, its description, readouts and verdict, as far as they are known."""

    def table(self) -> tuple[str, ...]:
        """Give the numbers as lines of text, a heading first, each at most 78 columns wide."""

    def record(self) -> dict[str, Any]:
        """Give everything as JSON can carry it: full precision, stable keys, null for what diverged."""


@dataclass(frozen=True)
class LongExperiment:
    """An experiment that takes its time."""

    kind: str

    seconds: float
    """About how long it takes on one core, for the rough guide that ``about`` is."""

    command: str
    """What prints the same on the command line."""

    start: Callable[[Workshop], Generator[State, None, None]]

    @property
    def about(self) -> str:
        """How long it takes, such as "about 2 s"."""
        if self.seconds < 90:
            return f"about {max(1, round(self.seconds))} s"
        minutes = self.seconds / 60
        return f"about {round(minutes)} min" if minutes < 90 else f"about {round(minutes / 60)} hours"

    def run(self, workshop: Workshop) -> Generator[State, None, None]:
        """Yield states until the last one, which is finished; closing the generator cancels the work at once.

        Raises TutorError if the work cannot be done here, such as for a missing extra.
        """
        return self.start(workshop)

    def kept(self, workshop: Workshop) -> State | None:
        """Give the last state if all that it takes is in the workshop's cache; None, quickly, if not."""
        from tutor.lab.digits.workshop import NotCached

        state: State | None = None
        try:
            for state in self.start(workshop.only_cached()):  # noqa: B007 - the last one counts
                pass
        except NotCached:
            return None
        return state
