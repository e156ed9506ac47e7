"""What is kept about answers and questions, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rating(IntEnum):
    """How well a question was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the learner did with a question once."""

    question: str
    """The question's id in its deck."""
    kind: str
    """The kind of question it was: ``choice``, …"""
    answer: object
    """What was answered: any JSON value."""
    correct: bool
    rating: Rating
    hints: int = 0
    """How many hints were shown before the answer."""
    confidence: int | None = None
    ms: int
    """Milliseconds from question to answer."""
    seed: int | None = None
    """What the question, or the order of its options, was drawn from; None if it was as its author wrote it."""
    due: date | None = None
    """The study day chosen for its return, of those that FSRS leaves open; None lets the seeded fuzz choose."""
    practice: bool = False
    """Whether it is practice, which is kept in the log and changes nothing of the schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Answer):
    """An answer in the log. Its ``rating`` is the one that holds now; of one undone, the first one given."""

    id: str
    at: int
    """Milliseconds since 1970-01-01 in UTC."""
    offset: int
    """Minutes by which local time was ahead of UTC."""
    day: date
    """The study day, as it was reckoned then."""
    device: str
    given: Rating
    """The rating as it was first given."""
    undone: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps a question out of the routine, whether it was ever answered or not."""

    suspended: bool = False
    """Whether it is left out until it is resumed."""
    buried: date | None = None
    """The study day until which it is left out; None if it isn't."""

    def holds(self, today: date) -> bool:
        """Whether the question is left out ``today``."""
        return self.suspended or (self.buried is not None and today < self.buried)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a question's reviews in force add up to."""

    last: str
    """The id of the last review."""
    reps: int
    """How many reviews there were."""
    lapses: int
    """How often the question was failed after it had been passed."""
    stability: float
    """Days after which FSRS expects to be remembered with a probability of 0.9."""
    difficulty: float
    """From 1 (easy) to 10 (hard), as FSRS sees it."""
    day: date
    """The study day of the last review; it never goes back."""
    due: date
    """The study day on which the question comes back, moved or not."""
    rating: Rating
    """The last rating."""
    suspended: bool = False
    """Whether it is left out until it is resumed."""
    buried: date | None = None
    """The study day until which it is left out; None if it isn't."""

    @property
    def learning(self) -> bool:
        """Whether the question was failed and not passed since, so that it stays in today's routine."""
        return self.rating == Rating.AGAIN

    def is_due(self, today: date) -> bool:
        """Whether the question is to be asked ``today``.

        Where the clock was set back, what was failed on a later day is due all the same.
        """
        return self.due <= max(today, self.day) and not Hold(self.suspended, self.buried).holds(today)


def as_json(review: Review) -> dict[str, object]:
    """Return the review as ``tutor log`` prints it: stable keys, JSON values, ``at`` in ISO 8601 and UTC."""
    at = _EPOCH + timedelta(milliseconds=review.at)
    return {
        "id": review.id,
        "question": review.question,
        "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "offset": review.offset,
        "day": review.day.isoformat(),
        "device": review.device,
        "kind": review.kind,
        "answer": review.answer,
        "correct": review.correct,
        "hints": review.hints,
        "confidence": review.confidence,
        "ms": review.ms,
        "rating": int(review.rating),
        "seed": review.seed,
        "practice": review.practice,
        "undone": review.undone,
    }
