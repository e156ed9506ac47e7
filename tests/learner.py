"""A simulated learner whose memory is known: the oracle of the statistics, and a source of long logs.

The learner's memory is FSRS-6 with parameters that the tutor isn't told: a question asked ``t`` days after the
last review is remembered with the probability R(t, S), and what is forgotten may still be guessed.

- `simulate` lets the learner review for years, all questions at once: a million reviews in about a second.
- `write` puts such a log into a store.
- `Pupil` answers one question at a time, and `sit` drives a real `Session` with one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.model import Rating
from tutor.memory.statistics.memories import (
    Memory,
    first,
    interval,
    later,
    retrievability,
)
from tutor.memory.store import Store
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.memory.statistics.memories import Weights
    from tutor.study.session import Session

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
BEGINNING = date(2024, 1, 1)
NINE = 9 * 3_600_000
"""Milliseconds after midnight UTC at which the learner sits down."""

OTHERS = (
    *(0.4, 1.6, 4.0, 14.0, 5.8, 0.9, 2.6, 0.02, 1.7, 0.2, 1.0),
    *(1.8, 0.08, 0.3, 1.4, 0.5, 2.1, 0.6, 0.15, 0.1, 0.25),
)
"""Parameters of a learner who is not the average one: first stabilities twice as long, other slopes."""


@dataclass(frozen=True)
class Learner:
    """Who reviews."""

    weights: Weights = DEFAULTS
    """The 21 parameters of the learner's own memory."""

    first_ratings: tuple[float, ...] = (0.2, 0.1, 0.6, 0.1)
    """The probabilities of Again, Hard, Good and Easy at the first review."""

    ratings: tuple[float, ...] = (0.1, 0.8, 0.1)
    """Those of Hard, Good and Easy when remembered."""

    options: int = 0
    """Among how many options a forgotten answer is guessed; 0 for no guessing."""

    ms: int = 20_000
    """The median time of an answer."""


@dataclass(frozen=True, eq=False)
class Reviews:
    """A simulated log of n reviews in the order in which they were given; each is an array (n,)."""

    question: Whole
    """From 0."""

    day: Whole
    """Ordinals, as of `date.toordinal`."""

    rating: Whole
    recall: Array
    """The true probability of remembering; NaN at the first review."""

    remembered: NDArray[np.bool_]
    """Whether the learner remembered, and didn't guess."""

    ms: Whole
    confidence: Whole
    """1 a guess, 2 maybe, 3 sure."""


def simulate(
    learner: Learner,
    *,
    questions: int,
    days: int,
    seed: int = 0,
    weights: Weights = DEFAULTS,
    retention: float = 0.9,
    new_days: int | None = None,
    lateness: float = 0.3,
    begin: date = BEGINNING,
) -> Reviews:
    """Review for so many days by the schedule of ``weights`` at a desired ``retention``.

    The questions are begun evenly over the first ``new_days``. A review is late by a geometric number of days
    with the mean ``lateness``. What is failed is asked again on the same day until it is passed.
    """
    rng = np.random.default_rng(seed)
    end = begin.toordinal() + days
    asked = begin.toordinal() + np.sort(rng.integers(0, new_days or days, questions))
    number = np.arange(questions)
    mind = plan = Memory(np.zeros(0), np.zeros(0))
    last = asked
    rounds: list[tuple[NDArray[Any], ...]] = []
    begun = False
    while len(number):
        elapsed = asked - last
        recall = (
            retrievability(learner.weights, mind.stability, elapsed) if begun else np.full(questions, np.nan)
        )
        if begun:
            remembered = rng.random(len(number)) < recall
            ratings = rng.choice([HARD, GOOD, EASY], len(number), p=learner.ratings)
        else:
            ratings = rng.choice([AGAIN, HARD, GOOD, EASY], len(number), p=learner.first_ratings)
            remembered = ratings > AGAIN
        lucky = rng.random(len(number)) < (1 / learner.options if learner.options else 0.0)
        rating = np.where(remembered, ratings, np.where(lucky, GOOD, AGAIN))
        ms = np.maximum(500, learner.ms * rng.lognormal(0, 0.5, len(number))).astype(np.int64)
        shown = np.where(begun, np.nan_to_num(recall, nan=0.5), 0.5) + rng.normal(0, 0.1, len(number))
        confidence = 1 + (shown > 0.7).astype(np.int64) + (shown > 0.9)
        rounds.append((number, asked, rating, recall, remembered, ms, confidence))
        mind = later(learner.weights, mind, rating, elapsed) if begun else first(learner.weights, rating)
        plan = later(weights, plan, rating, elapsed) if begun else first(weights, rating)
        wait = interval(weights, plan.stability, retention) + rng.geometric(1 / (1 + lateness), len(number)) - 1
        due = np.where(rating == AGAIN, asked, asked + wait)
        going_on = due < end
        number, last, asked = number[going_on], asked[going_on], due[going_on]
        mind, plan = (Memory(*(part[going_on] for part in each)) for each in (mind, plan))
        begun = True
    order = np.argsort(np.concatenate([each[1] for each in rounds]), kind="stable")  # within a day, by round
    return Reviews(*(np.concatenate(column)[order] for column in zip(*rounds, strict=True)))


def name(question: int) -> str:
    """The id of a simulated question: five to a card."""
    return f"card{question // 5:05}-q{question % 5 + 1}"


def write(reviews: Reviews, path: str, seed: int = 0, named: Callable[[int], str] = name) -> None:
    """Put a simulated log into the store at ``path``, which may be new, and fold it.

    ``named`` gives the questions their ids; another ``seed`` gives the reviews other ones.
    """
    Store(path).close()
    rng = np.random.default_rng(seed)
    ids = rng.bytes(16 * len(reviews.day)).hex()
    epoch = date(1970, 1, 1).toordinal()
    days = {day: date.fromordinal(day).isoformat() for day in set(reviews.day.tolist())}
    midnight = (reviews.day - epoch) * 86_400_000 + NINE
    within = np.arange(len(midnight)) - np.searchsorted(reviews.day, reviews.day)
    at = midnight + within * np.minimum(
        30_000, 50_400_000 // np.maximum(np.bincount(reviews.day)[reviews.day], 1)
    )
    columns = (reviews.question, at, reviews.day, reviews.rating, reviews.ms, reviews.confidence)
    rows = (
        (ids[32 * n : 32 * n + 32], named(q), at, at, days[day], int(rating > 1), confidence, ms, rating)
        for n, (q, at, day, rating, ms, confidence) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        )
    )
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO reviews (id, question, tick, at, offset, day, device, kind, answer, correct, hints,"
        " confidence, ms, rating) VALUES (?, ?, ?, ?, 0, ?, 'desk', 'choice', '\"right one\"', ?, 0, ?, ?, ?)",
        rows,
    )
    db.execute("COMMIT")
    db.close()
    with Store(path) as store:
        store.rebuild()


@dataclass
class Pupil:
    """The learner, one question after another: remembers, guesses and forgets."""

    learner: Learner
    seed: int = 0
    minds: dict[str, tuple[Memory, date]] = field(default_factory=dict)
    recalls: list[tuple[str, float, bool]] = field(default_factory=list)
    """What came of each question that was seen on an earlier day: its true probability, and whether it was
    remembered."""

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)

    def remembers(self, question: str, today: date) -> bool:
        """Try to remember; whatever is seen for the first time is right in so many cases."""
        if question not in self.minds:
            return bool(self.rng.random() >= self.learner.first_ratings[0])
        memory, last = self.minds[question]
        elapsed = np.array([(today - last).days])
        recall = float(retrievability(self.learner.weights, memory.stability, elapsed)[0])
        remembered = bool(self.rng.random() < recall)
        if elapsed[0] > 0:
            self.recalls.append((question, recall, remembered))
        return remembered

    def rates(self) -> Rating:
        """Rate an answer that was remembered."""
        return Rating(int(self.rng.choice([HARD, GOOD, EASY], p=self.learner.ratings)))

    def learns(self, question: str, rating: int, today: date) -> None:
        """Take in the question once more."""
        given = np.array([int(rating)])
        if question in self.minds:
            memory, last = self.minds[question]
            memory = later(self.learner.weights, memory, given, np.array([(today - last).days]))
        else:
            memory = first(self.learner.weights, given)
        self.minds[question] = memory, today


def right_and_wrong(step: Asking) -> tuple[str, str]:
    """A right and a wrong answer to what is asked, as they are typed."""
    if step.question.number is not None:
        return repr(step.question.number.value), repr(7 * step.question.number.value)
    places = {option.right: str(place) for place, option in enumerate(step.question.options, 1)}
    return places[True], places[False]


def sit(session: Session, pupil: Pupil, today: date, spend: Callable[[int], None] = lambda ms: None) -> int:
    """Let the pupil go through all of today's session, and return how many answers that took.

    ``spend`` lets the clock go on by so many milliseconds, while the pupil thinks.
    """
    answers, known = 0, None
    learner, rng = pupil.learner, pupil.rng
    while not isinstance(step := session.step, Finished):
        if isinstance(step, Reading):
            session.read(len(step.card.paragraphs))
        elif isinstance(step, Feedback):
            rating = pupil.rates() if known else step.review.rating
            if rating != step.review.rating:
                session.rate(rating)
            pupil.learns(step.question.id, rating, today)
            session.next()
            known = None
        else:
            assert isinstance(step, Asking)
            if known is None:
                known = pupil.remembers(step.question.id, today)
            if step.waits:  # the pupil has an answer in mind, or none
                session.commit()
                continue
            answers += 1
            spend(int(learner.ms * rng.lognormal(0, 0.5)))
            if step.self_rated:
                rating = pupil.rates() if known else Rating.AGAIN
                session.judge(rating)
                pupil.learns(step.question.id, rating, today)
                known = None
            else:
                right, wrong = right_and_wrong(step)
                lucky = learner.options and rng.random() < 1 / learner.options
                session.answer(right if known or lucky else wrong)
    return answers
