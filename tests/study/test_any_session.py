"""Whatever the learner does, in whatever order: a session against a model of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.desk import MINUTE, Desk, lose_the_bookmark
from tutor.config import Settings
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.daily import the_day
from tutor.study.grading import rating_of
from tutor.study.plan import Scope, plan
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.memory.model import State

ANSWERS = {"1": "wrong one", "2": "right one", "b": "right one", "3": "other wrong one", None: None}


@dataclass
class Logged:
    """What the log should say of an answer."""

    question: str
    answer: str | None
    hints: int
    rating: Rating | None
    """None once it was undone."""

    counted: Rating | None = None
    """What it counted as before it was undone."""


@dataclass
class Before:
    """What held before an answer, and has to hold again once it is undone."""

    step: Asking
    states: dict[str, State]
    logged: Logged


class AnySession(RuleBasedStateMachine):
    """Keeps beside the session what it has to come to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name))
        self.desk.write("slopes", "s1", "s2", "s3")
        self.desk.write("valleys", "v1", "v2", paragraphs=1)
        self.desk.write("waves", "w1", "w2", deck="seas")
        self.library = self.desk.library()
        self.store = self.desk.store()
        self.log: list[Logged] = []
        self.undoable: list[Before] = []
        self.redoable: list[Before] = []
        self.help: dict[str, int] = defaultdict(int)
        self.read = False

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    @initialize(deck=st.sampled_from([None, "hills", "seas"]), limit=st.sampled_from([None, None, 1, 3]))
    def sit_down(self, deck: str | None, limit: int | None) -> None:
        self.scope = Scope(deck, limit)
        self.start()

    def start(self) -> None:
        self.session = Session(self.library, self.store, self.desk.clock, self.scope, self.desk.settings)

    @property
    def step(self) -> object:
        self.desk.wait(ms=1)  # so that the log has an order
        return self.session.step

    @property
    def queue(self) -> list[str]:
        return [entry.question for entry in self.session._place.queue]

    # What the learner can do

    @precondition(lambda self: isinstance(self.step, Reading))
    @rule(paragraphs=st.integers(-1, 3))
    def read_on(self, paragraphs: int) -> None:
        self.session.read(paragraphs)

    @precondition(lambda self: isinstance(self.step, Reading))
    @rule()
    def read_to_the_end(self) -> None:
        assert isinstance(self.session.step, Reading)
        self.session.read(len(self.session.step.card.paragraphs))

    @precondition(lambda self: isinstance(self.step, Asking))
    @rule()
    def take_a_hint(self) -> None:
        step = self.asking()
        try:
            self.session.hint()
        except UsageError:
            assert step.next_hint is None
        else:
            self.help[step.question.id] += 1
            assert self.asking().hints == (*step.hints, step.next_hint)

    @precondition(lambda self: isinstance(self.step, Asking))
    @rule()
    def look_up(self) -> None:
        step = self.asking()
        self.session.look_up()
        self.help[step.question.id] += not step.looked_up

    @precondition(lambda self: isinstance(self.step, Asking) and not self.session.step.self_rated)
    @rule(confidence=st.integers(1, 3))
    def say_how_sure(self, confidence: int) -> None:
        before = self.asking().confidence
        self.session.feel(confidence)
        assert self.asking().confidence == (None if before == confidence else confidence)

    @precondition(lambda self: isinstance(self.step, Asking) and self.session.step.waits)
    @rule(written=st.sampled_from(["", "it oscillates"]))
    def commit(self, written: str) -> None:
        assert self.asking().options == ()
        self.session.commit(written)
        assert not self.asking().waits
        assert self.asking().written == written

    @precondition(lambda self: isinstance(self.step, Asking) and self.session.step.self_rated)
    @rule(rating=st.sampled_from(Rating), killed=st.booleans())
    def judge(self, rating: Rating, killed: bool) -> None:
        step = self.asking()
        logged = Logged(step.question.id, step.written or None, step.help_taken, rating)
        self.undoable.append(Before(step, self.store.states(), logged))
        self.redoable.clear()
        self.log.append(logged)
        self.unless_killed(lambda: self.session.judge(rating), killed)
        state = self.store.state(step.question.id)
        assert state is not None
        assert state.due == step.returns[rating]
        if not killed:
            self.help.pop(step.question.id, None)

    @precondition(
        lambda self: (
            isinstance(self.step, Asking) and not (self.session.step.waits or self.session.step.self_rated)
        )
    )
    @rule(given=st.sampled_from(list(ANSWERS)), killed=st.booleans())
    def answer(self, given: str | None, killed: bool) -> None:
        step = self.asking()
        rating = rating_of(correct=ANSWERS[given] == "right one", hints=step.help_taken)
        logged = Logged(step.question.id, ANSWERS[given], step.help_taken, rating)
        self.undoable.append(Before(step, self.store.states(), logged))
        self.redoable.clear()
        self.log.append(logged)
        self.unless_killed(lambda: self.session.answer(given), killed)
        feedback = self.session.step
        assert isinstance(feedback, Feedback)
        self.agrees(feedback)

    @precondition(lambda self: isinstance(self.step, Feedback))
    @rule()
    def go_on(self) -> None:
        step = self.session.step
        assert isinstance(step, Feedback)
        queued = len(self.queue)
        self.session.next()
        self.help.pop(step.question.id, None)  # asked anew, it has had none
        if step.review.rating is Rating.AGAIN:
            assert self.queue.index(step.question.id) == min(3, queued)

    @precondition(lambda self: self.session.begun)
    @rule(rating=st.sampled_from(Rating), killed=st.booleans())
    def rate(self, rating: Rating, killed: bool) -> None:
        before, last = self.session.step, self.undoable[-1]
        queued = last.logged.question in self.queue
        self.unless_killed(lambda: self.session.rate(rating), killed)
        last.logged.rating = rating
        if killed and self.scope.limit and isinstance(before, Finished):
            self.forget()  # it was over, and another one has begun
        elif isinstance(before, Feedback):
            assert isinstance(self.session.step, Feedback)
            assert self.session.step.returns == before.returns
            self.agrees(self.session.step)
        elif not queued or rating is not Rating.AGAIN:
            self.help.pop(last.logged.question, None)

    @precondition(lambda self: self.session.begun)
    @rule(killed=st.booleans())
    def undo(self, killed: bool) -> None:
        last = self.undoable.pop()
        self.unless_killed(self.session.undo, killed)
        last.logged.counted, last.logged.rating = last.logged.rating, None
        self.redoable.append(last)
        self.help[last.step.question.id] = last.step.help_taken
        assert self.session.step == replace(last.step, total=self.asking().total)
        assert self.store.states() == last.states

    @precondition(lambda self: self.redoable and self.session.can_redo)
    @rule()
    def redo(self) -> None:
        last = self.redoable.pop()
        self.session.redo()
        last.logged.rating = last.logged.counted
        self.undoable.append(last)
        assert isinstance(self.session.step, Feedback)
        self.agrees(self.session.step)

    @precondition(lambda self: not (self.session.begun or self.scope.limit) and self.session.can_undo)
    @rule()
    def undo_an_answer_of_an_earlier_session(self) -> None:
        last = next(entry for entry in reversed(self.log) if entry.rating is not None)
        self.session.undo()
        last.rating = None
        self.redoable.clear()
        self.help.pop(last.question, None)
        if last.question in self.library.questions(self.scope.deck):
            assert self.queue[0] == last.question

    @rule(minutes=st.integers(-5, 5))
    def wait(self, minutes: int) -> None:
        self.desk.wait(ms=max(0, minutes) * MINUTE + 1)

    @rule()
    def leave_and_come_back(self) -> None:
        before = self.session
        self.start()
        if self.scope.limit and isinstance(before.step, Finished):
            self.forget()
        else:
            assert self.session.step == before.step
            assert self.session._place == before._place

    @rule(days=st.integers(1, 40))
    def come_back_another_day(self, days: int) -> None:
        self.desk.wait(days=days)
        self.start()
        self.forget()

    # What has to hold

    @invariant()
    def the_log_tells_what_was_done(self) -> None:
        reviews = self.store.reviews()
        assert [(r.question, r.answer, r.hints, r.undone) for r in reviews] == [
            (entry.question, entry.answer, entry.hints, entry.rating is None) for entry in self.log
        ]
        assert all(r.undone or r.rating is entry.rating for r, entry in zip(reviews, self.log, strict=True))

    @invariant()
    def the_queue_holds_what_is_due_or_new(self) -> None:
        place, queue = self.session._place, self.queue
        wanted = set(plan(self.library, the_day(self.library, self.store), self.scope, Settings()).queue)
        assert len(set(queue)) == len(queue)
        assert set(queue) <= wanted
        if self.scope.limit:
            assert len(place.questions) <= self.scope.limit
        else:
            shown = {place.answered[-1].asked.question} if place.feedback else set()
            assert wanted - shown == set(queue)

    @invariant()
    def the_step_is_the_queue_s_first(self) -> None:
        step, place = self.session.step, self.session._place
        if isinstance(step, Feedback):
            assert place.feedback
        elif isinstance(step, Finished):
            assert place.over
        else:
            first = place.queue[0].question
            assert first in [question.id for question in step.card.questions]
            if isinstance(step, Asking):
                assert step.question.id == first
                assert step.help_taken == self.help[first]
                assert 1 <= step.number <= step.total

    @invariant()
    def undo_goes_as_far_as_the_session(self) -> None:
        assert self.session.begun == bool(self.undoable)
        assert self.session.can_undo == any(entry.rating is not None for entry in self.log)
        assert self.session.problems == []

    # How

    def asking(self) -> Asking:
        assert isinstance(self.session.step, Asking)
        return self.session.step

    def agrees(self, step: Feedback) -> None:
        """The store has what the feedback promises."""
        state = self.store.state(step.question.id)
        assert state is not None
        assert state.due == step.returns[step.review.rating]
        assert state.last == step.review.id

    def unless_killed(self, action: Callable[[], None], killed: bool) -> None:
        """Do something; if ``killed``, another session begins, with the bookmark of before."""
        if not killed:
            action()
            return
        lose_the_bookmark(self.session, action)
        self.start()

    def forget(self) -> None:
        self.undoable.clear()
        self.redoable.clear()
        self.help.clear()


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(
    max_examples=20,
    stateful_step_count=40,
    phases=[Phase.reuse, Phase.generate],  # to find a shorter way to a failure can take minutes
)
