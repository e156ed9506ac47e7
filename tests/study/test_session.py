"""One sitting, from the first paragraph to the last question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import DAY, MINUTE, NOON, RIGHT, WRONG, answer, asked, finish, study
from tutor.errors import UsageError
from tutor.memory.clock import Moment
from tutor.memory.model import Rating
from tutor.study.session import LONGEST_ANSWER
from tutor.study.steps import Asking, Feedback, Finished, Reading, Step

if TYPE_CHECKING:
    from tests.desk import Desk
    from tutor.study.session import Session


def asking(session: Session) -> Asking:
    assert isinstance(session.step, Asking)
    return session.step


def test_a_card_is_read_before_its_first_question(desk: Desk) -> None:
    session = desk.session()
    assert isinstance(session.step, Reading)
    assert (session.step.card.id, session.step.paragraph) == ("slopes", 0)
    session.read(1)
    assert isinstance(session.step, Reading)
    assert session.step.paragraph == 1
    session.read(0)
    assert isinstance(session.step, Reading)
    assert session.step.paragraph == 0
    session.read(2)
    assert asking(session).question.id == "s1"
    assert (asking(session).number, asking(session).total, asking(session).repeated) == (1, 8, False)


def test_each_card_comes_with_its_questions_and_is_read_once(desk: Desk) -> None:
    session = desk.session()
    read = []
    while not isinstance(session.step, Finished):
        if isinstance(session.step, Reading):
            read.append(session.step.card.id)
        study(session, RIGHT)
    assert read == ["slopes", "valleys", "waves"]
    assert [result.question.id for result in session.step.results] == [
        "s1",
        "s2",
        "s3",
        "v1",
        "v2",
        "v3",
        "w1",
        "w2",
    ]


def test_what_is_due_comes_before_what_is_new_the_longest_overdue_first(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT)  # w1, due in 2 days
    desk.wait(days=1)
    study(desk.session(), RIGHT, RIGHT)  # s1 and s2, due in 2 days
    desk.wait(days=9)
    session = desk.session()
    assert study(session, *[RIGHT] * 4) == ["w1", "s1", "s2", "s3"]


def test_a_failed_question_comes_back_after_three_others(desk: Desk) -> None:
    session = desk.session(deck="hills")
    assert study(session, WRONG, RIGHT, WRONG, RIGHT, RIGHT, RIGHT) == ["s1", "s2", "s3", "v1", "s1", "v2"]
    assert study(session, None, RIGHT, RIGHT) == ["s3", "v3", "s3"]
    assert isinstance(session.step, Finished)


def test_at_the_end_it_comes_back_at_once_until_it_is_passed(desk: Desk) -> None:
    session = desk.session(deck="seas")
    assert study(session, RIGHT, WRONG, WRONG, None, RIGHT) == ["w1", "w2", "w2", "w2", "w2"]
    assert isinstance(session.step, Finished)
    assert [result.state.rating for result in session.step.results] == [Rating.GOOD, Rating.GOOD]


def test_a_repeated_question_keeps_its_number(desk: Desk) -> None:
    session = desk.session(deck="seas")
    study(session, WRONG, RIGHT)
    assert asked(session) == "w1"
    assert (asking(session).number, asking(session).total, asking(session).repeated) == (1, 2, True)


def test_hints_come_one_by_one_from_mild_to_strong(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    kinds = []
    while asking(session).next_hint:
        kinds.append(asking(session).next_hint)
        session.hint()
        assert list(asking(session).hints) == kinds
    assert [hint.kind for hint in kinds if hint] == ["words", "passage", "strike", "experiment"]
    with pytest.raises(UsageError, match="last hint"):
        session.hint()
    assert asking(session).help_taken == 4


@pytest.mark.parametrize(
    ("given", "hints", "look_up", "rating"),
    [
        (RIGHT, 0, False, Rating.GOOD),
        (RIGHT, 1, False, Rating.HARD),
        (RIGHT, 4, True, Rating.HARD),
        (RIGHT, 0, True, Rating.HARD),
        (WRONG, 0, False, Rating.AGAIN),
        (WRONG, 2, False, Rating.AGAIN),
        (None, 0, False, Rating.AGAIN),
    ],
)
def test_what_an_answer_earns_and_what_is_logged(
    desk: Desk, given: str | None, hints: int, look_up: bool, rating: Rating
) -> None:
    session = desk.session()
    asked(session)
    for _ in range(hints):
        session.hint()
    for _ in range(2 * look_up):  # opening the card once more costs no more
        session.look_up()
    desk.wait(ms=4200)
    step = answer(session, given)
    (review,) = desk.store().reviews()
    assert step.review == review
    assert (review.question, review.kind, review.rating) == ("s1", "choice", rating)
    assert (review.correct, review.hints, review.ms) == (given == RIGHT, hints + look_up, 4200)
    assert review.answer == {RIGHT: "right one", WRONG: "wrong one", None: None}[given]


def test_help_goes_with_its_question(desk: Desk) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.hint()
    session.look_up()
    study(session, WRONG, RIGHT, RIGHT, RIGHT)
    assert asked(session) == "s2"
    assert asking(session).help_taken == 0  # it is asked anew


def test_an_answer_that_is_none_changes_nothing(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    before = session.step
    for given in ("0", "4", "d", "", "zz", "9" * 5000, "\udcff"):
        with pytest.raises(UsageError, match="answer 1 to 3"):
            session.answer(given)
    assert session.step == before
    assert desk.store().reviews() == []


@pytest.mark.parametrize("given", [RIGHT, WRONG])
@pytest.mark.parametrize("rating", list(Rating))
def test_the_intervals_shown_are_those_scheduled(desk: Desk, given: str, rating: Rating) -> None:
    session = desk.session()
    step = answer(session, given)
    state = desk.store().state("s1")
    assert state is not None
    assert state.due == step.returns[step.review.rating]
    assert step.returns[Rating.AGAIN] == step.today
    session.rate(rating)
    assert isinstance(session.step, Feedback)
    assert session.step.review.rating is rating
    assert session.step.returns == step.returns
    state = desk.store().state("s1")
    assert state is not None
    assert state.due == step.returns[rating]
    session.next()
    assert [entry.question for entry in session._place.queue].count("s1") == (rating is Rating.AGAIN)


def test_intervals_are_those_scheduled_at_later_reviews_too(desk: Desk) -> None:
    finish(desk.session(deck="seas"))
    for days in (2, 12, 50):
        desk.wait(days=days)
        session = desk.session(deck="seas")
        step = answer(session)
        for rating in Rating:
            session.rate(rating)
            state = desk.store().state(step.question.id)
            assert state is not None
            assert state.due == step.returns[rating]
        finish(session)


def test_a_rating_given_after_going_on_counts_for_the_last_answer(desk: Desk) -> None:
    session = desk.session(deck="hills")
    study(session, RIGHT)
    session.rate(Rating.AGAIN)
    assert study(session, RIGHT, RIGHT, RIGHT, WRONG) == ["s2", "s3", "v1", "s1"]
    session.rate(Rating.EASY)
    assert study(session, RIGHT, RIGHT) == ["v2", "v3"]
    assert isinstance(session.step, Finished)
    session.rate(Rating.AGAIN)  # also on the finished screen
    assert asked(session) == "v3"
    session.hint()
    session.rate(Rating.AGAIN)  # no way to get rid of the hint
    assert asking(session).help_taken == 1


def test_any_number_of_answers_can_be_undone(desk: Desk) -> None:
    session = desk.session(deck="hills")
    steps: list[Step] = []
    for given in (RIGHT, WRONG, RIGHT, None, RIGHT, RIGHT):
        asked(session)
        if len(steps) % 2:
            session.hint()
        steps.append(session.step)
        desk.wait(ms=1)
        study(session, given)
    for before in reversed(steps):
        assert session.can_undo
        session.undo()
        assert session.step == before
    assert not session.can_undo
    assert desk.store().states() == {}
    assert [review.undone for review in desk.store().reviews()] == [True] * 6
    with pytest.raises(UsageError, match="no answer"):
        session.undo()
    with pytest.raises(UsageError, match="no answer"):
        session.rate(Rating.GOOD)


@pytest.mark.parametrize("go_on", [True, False])
def test_the_last_answer_can_be_undone_at_the_feedback_and_when_finished(desk: Desk, go_on: bool) -> None:
    session = desk.session(limit=1)
    asked(session)
    before = session.step
    answer(session)
    if go_on:
        session.next()
        assert isinstance(session.step, Finished)
    session.undo()
    assert session.step == before


def test_undo_keeps_the_help_of_the_question_that_waits(desk: Desk) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.hint()
    session.undo()
    assert asked(session) == "s1"
    study(session, RIGHT)
    assert (asked(session), asking(session).help_taken) == ("s2", 1)


def test_a_limit_counts_questions_not_answers(desk: Desk) -> None:
    session = desk.session(limit=2)
    assert study(session, WRONG, RIGHT, RIGHT) == ["s1", "s2", "s1"]
    assert isinstance(session.step, Finished)
    assert study(desk.session(limit=2), RIGHT, RIGHT) == ["s3", "v1"]


def test_a_scope_of_one_deck(desk: Desk) -> None:
    assert study(desk.session(deck="seas"), RIGHT, RIGHT) == ["w1", "w2"]
    with pytest.raises(UsageError, match="unknown deck 'sea': did you mean 'seas'"):
        desk.session(deck="sea")


def test_nothing_to_ask(empty_desk: Desk) -> None:
    session = empty_desk.session()
    assert session.step == Finished((), empty_desk.store().today())
    assert not session.can_undo


@pytest.mark.parametrize(
    ("took", "logged"), [(0, 0), (MINUTE, MINUTE), (-DAY, 0), (LONGEST_ANSWER + 1, LONGEST_ANSWER)]
)
def test_the_time_taken(desk: Desk, took: int, logged: int) -> None:
    session = desk.session()
    desk.wait(ms=MINUTE)
    asked(session)
    desk.wait(ms=took)
    assert answer(session).review.ms == logged


def test_the_time_goes_on_over_hints_and_starts_anew_with_each_question(desk: Desk) -> None:
    session = desk.session(deck="seas")
    asked(session)
    desk.wait(ms=10)
    session.hint()
    desk.wait(ms=10)
    assert answer(session, WRONG).review.ms == 20
    desk.wait(ms=10)
    session.next()
    desk.wait(ms=5)
    assert answer(session, RIGHT).review.ms == 5
    session.next()
    desk.wait(ms=6)
    assert answer(session, RIGHT).review.ms == 6


def test_a_clock_set_back_moves_no_question_into_the_past(desk: Desk) -> None:
    session = desk.session(deck="seas")
    answer(session, WRONG)
    session.next()
    desk.wait(days=-3)
    study(session, RIGHT)
    step = answer(session, RIGHT)
    assert all(day >= step.today for day in step.returns.values())
    finish(session)
    day = desk.store().today() + timedelta(days=3)
    assert all(state.due > day - timedelta(days=3) for state in desk.store().states().values())
    assert isinstance(desk.session(deck="seas").step, Finished)


def test_a_day_that_ends_in_the_middle(desk: Desk) -> None:
    desk.now = Moment(NOON.ms + 16 * 60 * MINUTE - 1, 0)  # just before 4 o'clock
    session = desk.session(deck="seas")
    first = answer(session, RIGHT)
    desk.wait(ms=2)
    session.next()
    second = answer(session, RIGHT)
    assert second.today - first.today == timedelta(days=1)
    session.next()
    assert isinstance(session.step, Finished)
    assert session.step.today == second.today


def test_an_action_out_of_place_is_refused(desk: Desk) -> None:
    session = desk.session()
    for action in (session.next, session.hint, session.look_up, lambda: session.answer(RIGHT)):
        with pytest.raises(TypeError, match="expected, not Reading"):
            action()
