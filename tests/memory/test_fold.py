"""The table of states is, to the bit, what the log folds to, whatever happens to the clock."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tutor.memory.check import Fault
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
    acts: Bundle[str] = Bundle("acts")

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

    @rule(target=acts, question=QUESTIONS, what=st.sampled_from(["suspend", "resume", "reset", "unclear"]))
    def act(self, question: str, what: str) -> str:
        return self.store.act(question, what)

    @rule(target=acts, question=QUESTIONS, what=st.sampled_from(["bury", "move"]), days=st.integers(-3, 40))
    def act_until(self, question: str, what: str, days: int) -> str:
        return self.store.act(question, what, self.store.today() + timedelta(days=days))

    @rule(act=acts, again=st.booleans())
    def revoke(self, act: str, again: bool) -> None:
        (self.store.reinstate if again else self.store.revoke)(act)
        assert next(row for row in self.store.acts() if row.id == act).revoked != again

    @rule(question=QUESTIONS)
    def practise(self, question: str) -> None:
        answer = Answer(question=question, kind="choice", answer=1, correct=False, rating=Rating.AGAIN, ms=0)
        self.recorded.append(self.store.practise(answer))

    @rule()
    def undo_and_redo(self) -> None:
        before = self.store.states()
        undone = self.store.undo()
        if undone:
            redone = self.store.redo()
            assert redone is not None
            assert self.store.states() == before or redone.id != undone.id

    @rule()
    def mend(self) -> None:
        self.store.mend()
        assert self.store.check() == []

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
        states, holds = self.store.states(), self.store.holds()
        assert states == fold(self.store)
        assert {finding.fault for finding in self.store.check()} <= {Fault.FUTURE}
        self.store.rebuild()
        assert (self.store.states(), self.store.holds()) == (states, holds)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        assert sorted(review.id for review in self.store.reviews()) == sorted(self.recorded)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


def fold(store: Store) -> dict[str, State]:
    """The states by a fold that is written another way: event after event, as the learner lived it."""
    states: dict[str, State] = {}
    for question in ("narrow-valley", "line-search"):
        state, suspended, buried = None, False, None
        for event in store.history(question):
            if isinstance(event, Review):
                if not event.undone and not event.practice:
                    state = DEFAULT.advance(question, state, event.id, event.rating, event.day)
            elif event.revoked:
                continue
            elif event.what == "reset":
                state = None
            elif event.what == "move" and state:
                state = replace(state, due=event.until)
            elif event.what == "unclear" and state:
                state = replace(state, due=min(state.due, event.day))
            elif event.what in {"suspend", "resume"}:
                suspended = event.what == "suspend"
                buried = buried if suspended else None
            elif event.what == "bury":
                buried = event.until
        if state:
            states[question] = replace(state, suspended=suspended, buried=buried)
    return states


TestLearning = Learning.TestCase
TestLearning.settings = settings(max_examples=30, stateful_step_count=20)
