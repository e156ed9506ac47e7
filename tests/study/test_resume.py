"""Leaving at any moment, by any door, and coming back to the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, WRONG, answer, asked, lose_the_bookmark, study
from tutor.errors import StoreError
from tutor.memory.model import Rating
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desk import Desk
    from tutor.study.session import Session


def to_the_second_paragraph(session: Session) -> None:
    session.read(1)


def to_a_question(session: Session) -> None:
    asked(session)


def to_a_question_after_hints(session: Session) -> None:
    study(session, RIGHT)
    session.hint()
    session.hint()
    session.look_up()


def to_the_feedback(session: Session) -> None:
    answer(session, RIGHT)


def to_the_feedback_of_a_failure(session: Session) -> None:
    study(session, WRONG)
    answer(session, None)


def to_a_changed_rating(session: Session) -> None:
    answer(session, RIGHT)
    session.rate(Rating.EASY)


def to_a_repeated_question(session: Session) -> None:
    study(session, WRONG, RIGHT, RIGHT, RIGHT)
    session.hint()


def to_an_undone_answer(session: Session) -> None:
    study(session, RIGHT)
    session.hint()
    study(session, RIGHT, WRONG)
    session.undo()
    session.undo()


def to_the_end(session: Session) -> None:
    study(session, WRONG, *[RIGHT] * 8)


WAYS = [
    to_the_second_paragraph,
    to_a_question,
    to_a_question_after_hints,
    to_the_feedback,
    to_the_feedback_of_a_failure,
    to_a_changed_rating,
    to_a_repeated_question,
    to_an_undone_answer,
    to_the_end,
]


@pytest.mark.parametrize("way", WAYS)
def test_coming_back_shows_the_same_step(desk: Desk, way: Callable[[Session], None]) -> None:
    session = desk.session()
    way(session)
    back = desk.session()
    assert back.step == session.step
    assert back.begun == session.begun
    while session.begun:  # and leads to the same places
        session.undo()
        back = desk.session()
        assert back.step == session.step


def test_what_can_be_undone_is_remembered(desk: Desk) -> None:
    session = desk.session(deck="seas")
    asked(session)
    first = session.step
    study(session, RIGHT, WRONG, RIGHT)
    for _ in range(3):
        session = desk.session(deck="seas")
        session.undo()
    assert session.step == first
    assert not session.begun


def test_an_answer_whose_bookmark_was_lost(desk: Desk) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.hint()
    before = session.step
    lose_the_bookmark(session, lambda: session.answer(WRONG))
    back = desk.session()
    assert isinstance(back.step, Feedback)
    assert (back.step.question.id, back.step.review.hints) == ("s2", 1)
    assert desk.session().step == back.step  # and only once
    back.undo()
    assert back.step == before
    study(back, RIGHT)
    assert asked(back) == "s3"
    assert len(desk.store().reviews()) == 3


def test_the_last_answer_of_all_whose_bookmark_was_lost(desk: Desk) -> None:
    session = desk.session(limit=1)
    asked(session)
    lose_the_bookmark(session, lambda: session.answer(RIGHT))
    back = desk.session(limit=1)
    assert isinstance(back.step, Feedback)
    back.next()
    assert isinstance(back.step, Finished)


@pytest.mark.parametrize("go_on", [True, False])
def test_an_undo_whose_bookmark_was_lost(desk: Desk, go_on: bool) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.hint()
    before = session.step
    answer(session, WRONG)
    if go_on:
        session.next()
    lose_the_bookmark(session, session.undo)
    back = desk.session()
    assert back.step == before
    back.undo()
    assert asked(back) == "s1"
    assert not back.begun


def test_a_redo_whose_bookmark_was_lost(desk: Desk) -> None:
    session = desk.session()
    answer(session, WRONG)
    session.undo()
    lose_the_bookmark(session, session.redo)
    back = desk.session()
    assert isinstance(back.step, Feedback)
    assert back.step.question.id == "s1"
    back.undo()
    assert asked(back) == "s1"
    assert desk.store().states() == {}


@pytest.mark.parametrize("rating", [Rating.AGAIN, Rating.EASY])
def test_a_rating_whose_bookmark_was_lost(desk: Desk, rating: Rating) -> None:
    session = desk.session(deck="seas")
    study(session, RIGHT)
    lose_the_bookmark(session, lambda: session.rate(rating))
    back = desk.session(deck="seas")
    rest = ["w2", "w1"] if rating is Rating.AGAIN else ["w2"]
    assert study(back, *[RIGHT] * len(rest)) == rest
    assert isinstance(back.step, Finished)


def test_an_answer_before_the_session_is_not_taken_for_one_of_it(desk: Desk) -> None:
    study(desk.session(deck="seas"), WRONG)
    session = desk.session()  # another scope: another session
    assert asked(session) == "w1"
    assert not session.begun
    back = desk.session()
    assert back.step == session.step
    assert not back.begun


@pytest.mark.parametrize("way", WAYS)
def test_another_day_is_another_session(desk: Desk, way: Callable[[Session], None]) -> None:
    way(desk.session())
    desk.wait(days=1)
    session = desk.session()
    assert not session.begun
    due = [question for question, state in desk.store().states().items() if state.is_due(desk.store().today())]
    if due:
        assert asked(session) in due
        assert isinstance(session.step, Asking)
        assert session.step.help_taken == 0
    elif way is to_the_second_paragraph:  # the text was read so far all the same
        assert isinstance(session.step, Reading)
        assert session.step.paragraph == 1


def test_a_session_with_a_limit_is_resumed_and_not_filled_up(desk: Desk) -> None:
    study(desk.session(), *[RIGHT] * 8)
    desk.wait(days=30)
    session = desk.session(limit=2)
    assert study(session, WRONG) == ["s1"]  # due today by now, and so behind others that are overdue
    back = desk.session(limit=2)
    assert back.step == session.step
    assert study(back, RIGHT) == ["v1"]
    assert study(desk.session(limit=2), RIGHT) == ["s1"]
    back = desk.session(limit=2)  # the next two
    assert not back.begun
    assert asked(back) == "s2"


def test_a_finished_session_goes_on_when_something_comes_due(desk: Desk) -> None:
    session = desk.session(deck="seas")
    study(session, RIGHT, RIGHT)
    desk.write("tides", "t1", deck="seas")
    session = desk.session(deck="seas")
    assert study(session, RIGHT) == ["t1"]
    assert isinstance(session.step, Finished)
    assert [result.question.id for result in session.step.results] == ["w1", "w2", "t1"]


@pytest.mark.parametrize("action", [lambda s: s.answer(RIGHT), lambda s: s.answer(None), lambda s: s.undo()])
def test_what_cannot_be_written_whole_is_not_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, action: Callable[[Session], None]
) -> None:
    session = desk.session()
    study(session, RIGHT)
    asked(session)
    before, log = session.step, desk.store().reviews()

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("tutor.study.sitting.save_place", full)
        with pytest.raises(StoreError):
            action(session)
    assert session.step == before
    assert desk.store().reviews() == log
    answer(session, WRONG)
    assert isinstance(session.step, Feedback)
