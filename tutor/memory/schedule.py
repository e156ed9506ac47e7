"""When a question comes back: FSRS-6, counted in whole study days, and fuzz that a replay repeats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tutor.errors import UsageError
from tutor.memory.fsrs6 import DEFAULTS, Fsrs6
from tutor.memory.fuzz import MAXIMUM_INTERVAL, fuzz_range, fuzzed
from tutor.memory.model import Rating, State

if TYPE_CHECKING:
    from collections.abc import Iterable

_AGAIN = int(Rating.AGAIN)


class Counted(NamedTuple):
    """What counts of a review in force, as the columns of `queries.COUNTED` have it."""

    tick: int
    id: str
    day: str
    rating: int
    due: str | None


@dataclass(frozen=True)
class Scheduler:
    """The rules by which reviews add up to states; equal schedulers give equal states, to the bit."""

    desired_retention: float = 0.9
    """The probability of remembering at which a question comes back, from 0.7 to 0.99."""
    parameters: tuple[float, ...] | None = None
    """The 21 weights of FSRS-6; ``None`` for its defaults."""
    fuzz: bool = True

    def __post_init__(self) -> None:
        if not 0.7 <= self.desired_retention <= 0.99:
            raise UsageError(f"desired retention is {self.desired_retention}: give a number from 0.7 to 0.99")

    @cached_property
    def fsrs(self) -> Fsrs6:
        """The formulas. Raises UsageError if the weights aren't 21 within their bounds."""
        return Fsrs6(DEFAULTS if self.parameters is None else self.parameters)

    def advance(  # noqa: PLR0917 - what a review is
        self,
        question: str,
        state: State | None,
        review: str,
        rating: Rating,
        day: date,
        due: date | None = None,
    ) -> State:
        """Return the state after one more review, whose id is ``review``.

        A failed question is due on the same day. A ``day`` before the last one (a clock set back, a flight
        westwards) counts as the last one, so that elapsed time is never negative. The day chosen for its
        return, ``due``, holds if it is in the `window`; else the fuzz chooses.
        """
        counted = Counted(0, review, day.isoformat(), rating, due.isoformat() if due else None)
        after = self.fold(question, [counted], state)
        assert after is not None
        return after

    def fold(self, question: str, reviews: Iterable[Counted], state: State | None = None) -> State | None:
        """Add up reviews of a question, oldest first, onto the ``state`` before them."""
        last: Counted | None = None
        stability = difficulty = 0.0
        reps = lapses = day = rating = 0
        if state is not None:
            stability, difficulty, reps, lapses = state.stability, state.difficulty, state.reps, state.lapses
            day, rating = state.day.toordinal(), int(state.rating)
        for last in reviews:
            _, _, iso, given, _ = last
            now = date.fromisoformat(iso).toordinal()
            if reps == 0:
                stability, difficulty = self.fsrs.first(given)
                day = now
            else:
                elapsed = now - day if now > day else 0
                day += elapsed
                stability, difficulty = self.fsrs.next(stability, difficulty, elapsed, given)
                if given == _AGAIN != rating:
                    lapses += 1
            reps += 1
            rating = given
        if last is None:
            return state
        chosen = date.fromisoformat(last.due).toordinal() - day if last.due else None
        return State(
            last=last.id,
            reps=reps,
            lapses=lapses,
            stability=stability,
            difficulty=difficulty,
            day=date.fromordinal(day),
            due=date.fromordinal(day + self._days(question, reps - 1, stability, rating, chosen)),
            rating=Rating(rating),
            suspended=state is not None and state.suspended,
            buried=state.buried if state else None,
        )

    def _days(self, question: str, repetition: int, stability: float, rating: int, chosen: int | None) -> int:
        """Return after how many days the question comes back; ``chosen`` holds if it is in the window."""
        if rating == _AGAIN:
            return 0
        interval = self.fsrs.interval(stability, self.desired_retention, MAXIMUM_INTERVAL)
        if chosen is not None:
            shortest, longest = fuzz_range(interval)
            if shortest <= chosen <= longest:
                return chosen
        return fuzzed(interval, question, repetition) if self.fuzz else interval

    def window(self, state: State) -> tuple[date, date]:
        """Return the first and the last study day on which the question may come back.

        An `Answer`'s ``due`` may be any of them: to spread the load, to keep an easy day free.
        """
        if state.learning:
            return state.day, state.day
        interval = self.fsrs.interval(state.stability, self.desired_retention, MAXIMUM_INTERVAL)
        day = state.day.toordinal()
        shortest, longest = fuzz_range(interval)
        return date.fromordinal(day + shortest), date.fromordinal(day + longest)

    def preview(self, question: str, state: State | None, day: date) -> dict[Rating, date]:
        """Return when the question would come back for each rating on ``day``, from the ``state`` before it."""
        return {rating: self.advance(question, state, "", rating, day).due for rating in Rating}


DEFAULT = Scheduler()
