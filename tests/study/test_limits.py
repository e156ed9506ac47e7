"""How much a day and a sitting ask: new questions, reviews, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import MINUTE, RIGHT, WRONG, ask_all, asked, finish, study
from tutor.config import Settings
from tutor.study.steps import Finished

if TYPE_CHECKING:
    from tests.desk import Desk
    from tutor.study.session import Session


def test_new_questions_have_a_daily_limit(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, new_per_day=3)
    session = desk.session()
    assert ask_all(session) == ["s1", "s2", "s3"]
    assert isinstance(desk.session().step, Finished)
    session.undo()  # then there is room for one again
    assert study(desk.session(), RIGHT) == ["s3"]
    desk.wait(days=1)
    assert ask_all(desk.session()) == ["v1", "v2", "v3"]


def test_a_failed_new_question_is_asked_until_it_is_passed_and_counts_once(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, new_per_day=2)
    assert study(desk.session(), WRONG, RIGHT, WRONG, RIGHT) == ["s1", "s2", "s1", "s1"]
    assert isinstance(desk.session().step, Finished)


def test_reviews_have_a_daily_limit_and_the_rest_is_told(desk: Desk) -> None:
    finish(desk.session())
    desk.wait(days=30)
    desk.settings = Settings(shuffle=False, reviews_per_day=5)
    study(desk.session(), RIGHT, RIGHT)
    assert len(ask_all(desk.session())) == 5
    assert isinstance(desk.session().step, Finished)
    desk.wait(days=1)
    assert len(ask_all(desk.session())) == 3


def answer_for_minutes(desk: Desk, session: Session, minutes: int) -> None:
    """Answer a question a minute."""
    for _ in range(minutes):
        asked(session)
        desk.wait(ms=MINUTE)
        study(session, RIGHT)


def test_the_time_box_ends_a_sitting_and_can_be_opened_again(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, minutes=2)
    session = desk.session(deck="hills")
    answer_for_minutes(desk, session, 2)
    assert isinstance(session.step, Finished)
    assert session.step.left == 4
    assert isinstance(desk.session(deck="hills").step, Finished)
    session.undo()  # an answer taken back gives its time back
    assert asked(session) == "s2"
    answer_for_minutes(desk, session, 1)
    session.go_on()
    assert asked(desk.session(deck="hills")) == "s3"
    session = desk.session(deck="hills")
    answer_for_minutes(desk, session, 2)
    assert isinstance(session.step, Finished)
    assert session.step.left == 2


def test_going_on_is_for_the_end(desk: Desk) -> None:
    with pytest.raises(TypeError, match="Finished expected"):
        desk.session().go_on()
