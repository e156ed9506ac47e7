"""The table of states is, to the bit, what the log folds to, whatever happens to the clock."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating, Review, State
from tutor.memory.schedule import DEFAULT
from tutor.memory.store import Store

QUESTIONS = st.sampled_from(["narrow-valley", "line-search"])
RATINGS = st.sampled_from(Rating)
HOUR = 3_600_000


class Learning(RuleBasedStateMachine):
    """A learner who answers, undoes, redoes and re-rates, travels, and sets the clock back and ahead."""

    reviews: Bundle[str] = Bundle("reviews")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.now = Moment(1_795_435_200_000, 0)
        self.store = Store(str(Path(self.folder.name) / "store.db"), clock=lambda: self.now)
        self.store._db.execute("PRAGMA synchronous = OFF")
        self.recorded: list[str] = []

    @rule(target=reviews, question=QUESTIONS, rating=RATINGS)
    def answer(self, question: str, rating: Rating) -> str:
        answer = Answer(question=question, kind="choice", answer=1, correct=rating > 1, rating=rating, ms=0)
        before = self.store.state(question)
        state = self.store.record(answer, before)
        assert state.day >= (before.day if before else state.day)
        assert state.due >= state.day
        assert state.learning == (rating is Rating.AGAIN) == (state.due == state.day)
        self.recorded.append(state.last)
        return state.last

    @rule(review=reviews, rating=st.none() | RATINGS)
    def amend(self, review: str, rating: Rating | None) -> None:
        self.store.amend(review, rating)
        (amended,) = (found for found in self.store.reviews() if found.id == review)
        assert amended.undone == (rating is None)
        assert rating in (None, amended.rating)

    @rule(hours=st.integers(-8 * 24, 8 * 24) | st.integers(0, 400 * 24))
    def wait(self, hours: int) -> None:
        self.now = self.now._replace(ms=self.now.ms + hours * HOUR)

    @rule(zone=st.integers(-12 * 60, 14 * 60))
    def travel(self, zone: int) -> None:
        self.now = self.now._replace(offset=zone)

    @rule()
    def reopen(self) -> None:
        path = self.store._path
        self.store.close()
        self.store = Store(path, clock=lambda: self.now)
        self.store._db.execute("PRAGMA synchronous = OFF")

    @invariant()
    def states_are_the_fold_of_the_log(self) -> None:
        states = self.store.states()
        assert states == fold(self.store.reviews())
        self.store.rebuild()
        assert self.store.states() == states

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        assert sorted(review.id for review in self.store.reviews()) == sorted(self.recorded)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


def fold(log: list[Review]) -> dict[str, State]:
    """The states by a fold that is written another way: through the whole log, all questions side by side."""
    states: dict[str, State] = {}
    for review in log:
        if not review.undone:
            before = states.get(review.question)
            states[review.question] = DEFAULT.advance(
                review.question, before, review.id, review.rating, review.day
            )
    return states


TestLearning = Learning.TestCase
TestLearning.settings = settings(max_examples=30, stateful_step_count=20)
