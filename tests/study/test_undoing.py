"""Undo and redo over days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, WRONG, answer, asked, study
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.steps import Feedback, Finished

if TYPE_CHECKING:
    from tests.desk import Desk


def test_undo_goes_on_into_earlier_days_and_redo_comes_back(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    states = desk.store().states()
    desk.wait(days=1)
    session = desk.session(deck="seas")
    assert isinstance(session.step, Finished)
    assert (session.can_undo, session.can_redo) == (True, False)
    session.undo()
    assert asked(session) == "w2"
    session.undo()
    assert asked(session) == "w1"
    assert (session.can_undo, session.can_redo) == (False, True)
    assert desk.store().states() == {}
    session = desk.session(deck="seas")
    session.redo()
    assert isinstance(session.step, Feedback)
    assert session.step.question.id == "w1"
    session.redo()
    assert desk.store().states() == states
    assert not session.can_redo
    with pytest.raises(UsageError, match="no undone answer"):
        session.redo()
    session.next()
    assert isinstance(session.step, Finished)


def test_a_new_answer_leaves_nothing_to_redo(desk: Desk) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.undo()
    study(session, WRONG)
    assert not session.can_redo
    with pytest.raises(UsageError, match="no undone answer"):
        session.redo()


def test_redo_gives_back_the_rating_that_held(desk: Desk) -> None:
    session = desk.session()
    answer(session, RIGHT)
    session.rate(Rating.EASY)
    session.undo()
    session.redo()
    assert isinstance(session.step, Feedback)
    assert session.step.review.rating is Rating.EASY


def test_undoing_an_answer_whose_question_is_gone_is_told(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT)
    (desk.folder / "decks/seas/waves.md").unlink()
    session = desk.session()
    before = session.step
    session.undo()
    assert session.step == before
    assert session.problems == ["the answer to 'w1' was taken back; the question is in no deck any more"]
    session.problems.clear()
    session.redo()
    assert session.problems == ["the answer to 'w1' holds again; the question is in no deck any more"]
