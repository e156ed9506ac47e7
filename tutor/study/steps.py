"""What a session shows the learner, as plain values: each front end has one way to show each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tutor.decks.model import Card, Option, Question
    from tutor.memory.model import Rating, Review, State
    from tutor.study.hints import Hint
    from tutor.study.maturing import Form


@dataclass(frozen=True)
class Reading:
    """The card is to be read before its first question."""

    card: Card

    paragraph: int
    """The index of the paragraph where the learner is."""

    leech: State | None = None
    """What is known of the question that comes next and keeps being forgotten, where it is its paragraph."""


@dataclass(frozen=True)
class Asking:
    """A question waits for its answer."""

    card: Card
    question: Question
    """The question, whole; ``options`` and ``model`` tell what of it may be shown."""

    number: int
    """The question's place among those of the session, from 1."""

    total: int

    today: date

    state: State | None
    """What is known of the question; None for a new one."""

    hints: tuple[Hint, ...]
    """Those given, mildest first."""

    next_hint: Hint | None

    looked_up: bool
    """True when the card was opened over this question, which counts as a hint."""

    seed: int | None = None
    """What the question, or its options' order, was drawn from; None where all is as its author wrote it."""

    form: Form = "open"
    """How much it gives away."""

    committed: bool = False
    """Whether the learner has an answer, where more is shown only then."""

    written: str = ""
    """The learner's answer in writing, if it is one."""

    confidence: int | None = None
    """How sure the learner is: 1 a guess, 2 maybe, 3 sure; None if that was not said."""

    practice: bool = False
    """Whether the answer is to change no schedule."""

    returns: Mapping[Rating, date] = field(default_factory=dict)
    """Where the learner is to rate the answer: for each rating, the study day of the question's return."""

    @property
    def waits(self) -> bool:
        """Whether the learner is to find an answer before more is shown."""
        return self.form in {"hidden", "recall"} and not self.committed

    @property
    def self_rated(self) -> bool:
        """Whether the answer is shown, for the learner to judge their own."""
        return self.form == "recall" and self.committed

    @property
    def options(self) -> tuple[Option, ...]:
        """The options to choose from now."""
        return () if self.waits or self.form == "recall" else self.question.choices

    @property
    def several(self) -> bool:
        """Whether all the right options are to be chosen, and not one."""
        return self.question.kind == "multi" and bool(self.options)

    @property
    def gap(self) -> bool:
        """Whether words are to be typed that fill a gap."""
        return self.question.kind == "cloze"

    @property
    def takes_words(self) -> bool:
        """Whether an answer may be more than a single word: several options, a number with its unit, a gap."""
        return self.several or self.gap or self.question.number is not None

    @property
    def model(self) -> tuple[Option, ...]:
        """The right answer with its explanation, where the learner judges their own."""
        return tuple(option for option in self.question.options if option.right) if self.self_rated else ()

    @property
    def kind(self) -> str:
        """The kind of question that the answer is logged as."""
        return self.question.kind if self.form == "open" else self.form

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

    leech: bool = False
    """Whether it was failed again, and so often that its paragraph is shown before it is asked."""

    lapses: int = 0
    """How often the question was failed after it had been known."""

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

    left: int = 0
    """How many questions still wait, where the time box ended the session."""


Step = Reading | Asking | Feedback | Finished
