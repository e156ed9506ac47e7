"""When a question comes back: FSRS-6 by py-fsrs, counted in whole study days.

py-fsrs counts elapsed time in spans of 24 hours. It is given midnights in place of times, so that the span
between two of them is the number of study days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.memory.fuzz import MAXIMUM_INTERVAL, fuzzed
from tutor.memory.model import Rating, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import fsrs

    from tutor.memory.model import Review


@dataclass(frozen=True)
class Scheduler:
    """The rules by which reviews add up to states; equal schedulers give equal states, to the bit."""

    desired_retention: float = 0.9
    """The probability of remembering at which a question comes back, from 0.7 to 0.99."""
    parameters: tuple[float, ...] | None = None
    """The 21 weights of FSRS-6; ``None`` for the defaults of py-fsrs."""
    fuzz: bool = True

    def __post_init__(self) -> None:
        if not 0.7 <= self.desired_retention <= 0.99:
            raise UsageError(f"desired retention is {self.desired_retention}: give a number from 0.7 to 0.99")

    @cached_property
    def _fsrs(self) -> fsrs.Scheduler:
        import fsrs

        return fsrs.Scheduler(
            fsrs.scheduler.DEFAULT_PARAMETERS if self.parameters is None else self.parameters,
            desired_retention=self.desired_retention,
            learning_steps=(),
            relearning_steps=(),
            maximum_interval=MAXIMUM_INTERVAL,
            enable_fuzzing=False,
        )

    def advance(self, question: str, state: State | None, review: str, rating: Rating, day: date) -> State:
        """Return the state after one more review, whose id is ``review``.

        A failed question is due on the same day. A ``day`` before the last one (a clock set back, a flight
        westwards) counts as the last one, so that elapsed time is never negative.
        """
        import fsrs

        # Without an id and a due time, Card() would read the clock, and sleep.
        card = fsrs.Card(card_id=0, due=_midnight(day))
        reps = lapses = 0
        if state is not None:
            day = max(day, state.day)
            reps = state.reps
            lapses = state.lapses + (rating == Rating.AGAIN and not state.learning)
            card.state = fsrs.State.Review
            card.stability, card.difficulty = state.stability, state.difficulty
            card.last_review = _midnight(state.day)
        card, _ = self._fsrs.review_card(card, fsrs.Rating(rating), _midnight(day))
        assert card.stability is not None
        assert card.difficulty is not None
        interval = (card.due.date() - day).days
        if rating == Rating.AGAIN:
            interval = 0
        elif self.fuzz:
            interval = fuzzed(interval, question, reps)
        return State(
            last=review,
            reps=reps + 1,
            lapses=lapses,
            stability=card.stability,
            difficulty=card.difficulty,
            day=day,
            due=day + timedelta(days=interval),
            rating=rating,
        )

    def fold(self, question: str, reviews: Iterable[Review]) -> State | None:
        """Add up all the reviews of a question, oldest first; those undone don't count."""
        state = None
        for review in reviews:
            if not review.undone:
                state = self.advance(question, state, review.id, review.rating, review.day)
        return state

    def preview(self, question: str, state: State | None, day: date) -> dict[Rating, date]:
        """Return when the question would come back for each rating on ``day``, from the ``state`` before it."""
        return {rating: self.advance(question, state, "", rating, day).due for rating in Rating}


DEFAULT = Scheduler()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
