"""What a session shows the learner, as plain values: each front end has one way to show each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tutor.decks.model import Card, Question
    from tutor.memory.model import Rating, Review, State
    from tutor.study.hints import Hint


@dataclass(frozen=True)
class Reading:
    """The card is to be read before its first question."""

    card: Card

    paragraph: int
    """The index of the paragraph where the learner is."""


@dataclass(frozen=True)
class Asking:
    """A question waits for its answer."""

    card: Card
    question: Question

    number: int
    """The question's place among those of the session, from 1."""

    total: int

    state: State | None
    """What is known of the question; None for a new one."""

    hints: tuple[Hint, ...]
    """Those given, mildest first."""

    next_hint: Hint | None

    looked_up: bool
    """True when the card was opened over this question, which counts as a hint."""

    seed: int | None = None
    """What the question was drawn from, if it is one that is drawn."""

    @property
    def repeated(self) -> bool:
        """Whether the question is back because it was failed."""
        return self.state is not None and self.state.learning

    @property
    def experiment_given(self) -> bool:
        """Whether the last hint, the question's experiment, was given."""
        return any(hint.kind == "experiment" for hint in self.hints)

    @property
    def help_taken(self) -> int:
        """How many hints the answer will be recorded with."""
        return len(self.hints) + self.looked_up


@dataclass(frozen=True)
class Feedback:
    """A question was answered, and the answer is in the store."""

    card: Card
    question: Question
    review: Review

    returns: Mapping[Rating, date]
    """For each rating, the study day on which the question would come back."""

    @property
    def today(self) -> date:
        """The study day of the answer, from which the days until then are counted."""
        return self.review.day


@dataclass(frozen=True)
class Result:
    """What the session did to one question."""

    question: Question
    state: State


@dataclass(frozen=True)
class Finished:
    """Nothing is left to ask."""

    results: tuple[Result, ...]
    """The session's questions, in the order in which they were answered first."""

    today: date


Step = Reading | Asking | Feedback | Finished
