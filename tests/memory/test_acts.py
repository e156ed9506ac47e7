"""What the learner does besides answering: what it does, and that it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tutor.errors import StoreError, UsageError
from tutor.memory.acts import Act, ActRow
from tutor.memory.adoption import value
from tutor.memory.due import counts
from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.model import Answer, Hold, Rating, Review
from tutor.memory.schedule import DEFAULT

if TYPE_CHECKING:
    from tests.memory.conftest import Learner
    from tutor.memory.store import Store

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
OTHERS = (0.3, *DEFAULTS[1:])


def due(store: Store, learner: Learner, today: date) -> int:
    """How many of the questions q and new are due, counted in three ways."""
    states = store.states()
    listed = store.due(today)
    assert set(listed) == {question for question, state in states.items() if state.is_due(today)}
    counted = counts(str(learner.path), ["q", "new"], today)
    assert counted.due == len({*listed} & {"q", "new"})
    return counted.due


def test_suspend_and_resume(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    kept.act("q", Act.SUSPEND)
    assert kept.state("q") == replace(state, suspended=True)
    assert due(kept, learner, state.due) == 0
    kept.act("q", "resume")
    assert kept.state("q") == state
    assert due(kept, learner, state.due) == 1


def test_bury_until_a_day(kept: Store, learner: Learner) -> None:
    failed = learner.answer(kept, Rating.AGAIN)
    kept.act("q", Act.BURY, TOMORROW)
    assert kept.state("q") == replace(failed, buried=TOMORROW)
    assert due(kept, learner, TODAY) == 0
    assert counts(str(learner.path), ["q"], TODAY).next_due == TOMORROW
    assert due(kept, learner, TOMORROW) == 1


@pytest.mark.parametrize("what", [Act.SUSPEND, Act.BURY])
def test_a_question_never_answered_is_held_too(what: Act, kept: Store, learner: Learner) -> None:
    act = kept.act("new", what, TOMORROW if what is Act.BURY else None)
    assert kept.state("new") is None
    assert kept.holds() == {"new": kept.hold("new")}
    assert kept.hold("new").holds(TODAY)
    assert counts(str(learner.path), ["q", "new"], TODAY).new == 1
    state = learner.answer(kept, question="new")
    assert state == kept.state("new")
    assert (state.suspended, state.buried) == (what is Act.SUSPEND, TOMORROW if what is Act.BURY else None)
    kept.revoke(act)
    assert kept.hold("new") == Hold()
    assert counts(str(learner.path), ["q", "new"], TODAY).new == 1


def test_a_move_holds_until_the_next_review(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    later = state.due + timedelta(days=9)
    act = kept.act("q", Act.MOVE, later)
    assert kept.state("q") == replace(state, due=later)
    kept.revoke(act)
    assert kept.state("q") == state
    kept.reinstate(act)
    assert kept.state("q") == replace(state, due=later)
    learner.wait(9)
    expected = DEFAULT.advance("q", state, "", Rating.GOOD, kept.today())
    assert learner.answer(kept).due == expected.due


def test_a_failed_question_can_be_moved(kept: Store, learner: Learner) -> None:
    learner.answer(kept, Rating.AGAIN)
    kept.act("q", Act.MOVE, TOMORROW)
    assert due(kept, learner, TODAY) == 0
    assert due(kept, learner, TOMORROW) == 1


def test_a_reset_makes_a_question_new(kept: Store, learner: Learner) -> None:
    first = learner.answer(kept)
    learner.wait(3)
    act = kept.act("q", Act.RESET)
    assert kept.state("q") is None
    again = learner.answer(kept)
    assert (again.reps, again.stability) == (1, first.stability)
    kept.revoke(act)
    both = kept.state("q")
    assert both is not None
    assert both.reps == 2


def test_an_answer_counts_after_a_reset_though_the_clock_was_set_back(kept: Store, learner: Learner) -> None:
    learner.answer(kept)
    kept.act("q", Act.RESET)
    learner.wait(-7)
    assert learner.answer(kept).reps == 1
    kept.rebuild()
    state = kept.state("q")
    assert state is not None
    assert state.reps == 1


def test_practice_changes_nothing_of_the_schedule(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    practice = Answer(question="q", kind="choice", answer=1, correct=False, rating=Rating.AGAIN, ms=1)
    id_ = kept.practise(practice)
    kept.rebuild()
    assert kept.state("q") == state
    logged = kept.review(id_)
    assert logged is not None
    assert logged.practice
    kept.amend(id_, Rating.HARD)
    assert kept.state("q") == state


@pytest.mark.parametrize("back", [False, True])
def test_the_history_of_a_question(back: bool, kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    act = kept.act("q", Act.SUSPEND)
    learner.wait(-1 if back else 1)
    learner.answer(kept, question="other")
    kept.revoke(act)
    second = learner.answer(kept)
    kept.amend(state.last, Rating.HARD)
    first, suspended, last = kept.history("q")
    assert isinstance(first, Review)
    assert (first.id, first.given, first.rating) == (state.last, Rating.GOOD, Rating.HARD)
    assert isinstance(suspended, ActRow)
    assert (suspended.id, suspended.revoked) == (act, True)
    assert last.id == second.last


def test_undo_and_redo_go_over_all_questions_and_sessions(learner: Learner) -> None:
    with learner.open() as store:
        ids = [learner.answer(store, question=question).last for question in "abc"]
        store.amend(ids[2], Rating.EASY)
        states = store.states()
    learner.wait(-7)  # the last is the one that was kept last
    with learner.open() as store:
        undone = [store.undo() for _ in range(4)]
        assert [review and review.id for review in undone] == [*ids[::-1], None]
        assert all(review.undone for review in undone if review)
        assert store.states() == {}
    with learner.open() as store:
        redone = [store.redo() for _ in range(4)]
        assert [review and review.id for review in redone] == [*ids, None]
        assert store.states() == states
        assert [review.id for review in store.latest(2)] == [ids[2], ids[1]]
        store.undo()
        learner.answer(store, question="d")
        assert store.redo() is None  # something else was answered since


def test_a_day_chosen_in_the_window_holds_through_a_rebuild(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    learner.wait(20)
    seeded = DEFAULT.advance("q", state, "", Rating.GOOD, kept.today())
    first, last = DEFAULT.window(seeded)
    assert first <= seeded.due <= last
    for chosen in (first, last):
        after = learner.answer(kept, due=chosen)
        assert after.due == chosen
        kept.rebuild()
        assert kept.state("q") == after
        kept.undo()
    after = learner.answer(kept, due=last + timedelta(days=1))
    assert after.due == seeded.due  # no day that FSRS leaves open
    chosen_then_rated = learner.answer(kept, Rating.AGAIN, due=last)
    assert chosen_then_rated.due == chosen_then_rated.day


def test_parameters_are_adopted_for_all_or_some_and_given_up(kept: Store, learner: Learner) -> None:
    for question in "ab":
        learner.answer(kept, Rating.AGAIN, question=question)
    learner.wait(30)
    for question in "ab":
        learner.answer(kept, question=question)
    before = kept.states()
    some = value(OTHERS, 0.8, ["b"], "hills")
    moves = kept.preview_adoption(some)
    assert kept.states() == before
    act = kept.act("", Act.ADOPT, some)
    after = kept.states()
    assert after["a"] == before["a"]
    assert moves == {"b": (before["b"].due, after["b"].due)}
    assert kept.scheduler_for("b").desired_retention == 0.8
    assert kept.scheduler_for("a") == DEFAULT
    with learner.open() as other:
        assert other.scheduler_for("b").parameters == OTHERS
        every = other.act("", Act.ADOPT, value(retention=0.95))
    assert kept.scheduler_for("b").desired_retention == 0.95  # the last one that is for it
    kept.revoke(every)
    assert kept.states() == after
    kept.rebuild()
    assert kept.states() == after
    kept.revoke(act)
    assert kept.states() == before


def test_an_adoption_that_was_not_kept_is_forgotten(kept: Store) -> None:
    def interrupted() -> None:
        with kept.together():
            kept.act("", Act.ADOPT, value(retention=0.8))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    kept.act("q", Act.SUSPEND)  # which gets the number of the row that is gone
    assert kept.scheduler_for("q") == DEFAULT


@pytest.mark.parametrize(
    ("what", "given", "told"),
    [
        ("suspnd", None, "did you mean 'suspend'"),
        ("suspend", 1, "'suspend' takes no value; it was given 1"),
        ("bury", None, "needs a study day such as 2026-11-23, not None"),
        ("move", "tomorrow", "needs a study day"),
        ("revoke", 1, "needs the id of an act"),
        ("adopt", {}, "'adopt' needs parameters, retention"),
        ("adopt", value(DEFAULTS[:3]), "FSRS-6 has 21 parameters, not 3"),
        ("adopt", value(retention=0.2), "give a number from 0.7 to 0.99"),
        ("adopt", value() | {"questions": [1]}, "a list of ids"),
        ("adopt", value() | {"parameters": "x"}, "a list of 21 numbers"),
        ("adopt", value() | {"retention": "x"}, "a number for retention"),
    ],
)
def test_what_is_no_act_is_refused(what: str, given: object, told: str, kept: Store) -> None:
    with pytest.raises(UsageError, match=told):
        kept.act("q", what, given)
    assert kept.acts() == []


def test_an_act_is_on_what_it_is_for(kept: Store) -> None:
    with pytest.raises(UsageError, match="'suspend' is for a question"):
        kept.act("", Act.SUSPEND)
    with pytest.raises(UsageError, match="'adopt' is for the store as a whole"):
        kept.act("q", Act.ADOPT, value())


def test_only_an_act_that_is_there_can_be_revoked(kept: Store) -> None:
    with pytest.raises(StoreError, match="no act 'nobody'"):
        kept.revoke("nobody")
