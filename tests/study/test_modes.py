"""Study ahead of time, and practice that changes no schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import RIGHT, WRONG, answer, ask_all, asked, study
from tutor.study.steps import Asking, Finished, Reading

if TYPE_CHECKING:
    from tests.desk import Desk


def test_study_ahead_counts_as_an_early_review(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    before = desk.store().states()
    session = desk.session("seas", mode="ahead", days=2)
    desk.wait(days=1)
    session = desk.session("seas", mode="ahead", days=1)
    assert ask_all(session) == ["w1", "w2"]
    after = desk.store().states()
    assert all(after[q].reps == before[q].reps + 1 for q in after)
    assert all(after[q].stability > before[q].stability for q in after)
    assert all(after[q].due > before[q].due for q in after)
    assert isinstance(desk.session("seas", mode="ahead", days=1).step, Finished)


def test_practice_is_logged_and_changes_no_schedule(desk: Desk) -> None:
    study(desk.session(), *[RIGHT] * 5)
    before = desk.store().states()
    session = desk.session(mode="cram")
    step = session.step
    assert isinstance(step, Asking)
    assert (step.practice, step.total, step.repeated) == (True, 5, False)
    first = step.question.id
    desk.tick = 1  # so that the log has an order
    feedback = answer(session, WRONG)
    assert (feedback.returns, feedback.leech, feedback.review.practice) == ({}, False, True)
    session.next()
    assert len(ask_all(session)) == 5
    assert desk.store().states() == before
    log = desk.store().reviews()
    assert [review.practice for review in log] == [False] * 5 + [True] * 6
    assert log[5].question == first
    desk.store().rebuild()
    assert desk.store().states() == before


def test_practice_can_be_left_and_undone_and_begins_anew_when_it_is_over(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    session = desk.session("seas", mode="cram")
    study(session, RIGHT)
    back = desk.session("seas", mode="cram")
    assert asked(back) == "w2"
    back.undo()
    assert asked(back) == "w1"
    assert ask_all(back) == ["w1", "w2"]
    assert asked(desk.session("seas", mode="cram")) == "w1"


def test_there_is_nothing_to_practise_before_anything_was_seen(desk: Desk) -> None:
    assert isinstance(desk.session(mode="cram").step, Finished)
    assert isinstance(desk.session(mode="ahead", days=9, deck="seas").step, Reading)  # today's routine first
