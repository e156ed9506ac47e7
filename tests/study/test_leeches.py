"""Questions that are forgotten again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import RIGHT, WRONG, answer, study
from tutor.config import Settings
from tutor.study.steps import Asking, Finished, Reading

if TYPE_CHECKING:
    from tests.desk import Desk


def test_a_question_forgotten_again_and_again_is_shown_its_paragraph_first(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, leech_lapses=2)
    study(desk.session(limit=1), RIGHT)
    for lapses in (1, 2):
        desk.wait(days=10)
        session = desk.session(limit=1)
        step = answer(session, WRONG)
        assert (step.lapses, step.leech) == (lapses, lapses == 2)
        session.next()
        if lapses == 1:
            study(session, RIGHT)
    assert isinstance(session.step, Reading)
    assert session.step.leech is not None
    assert session.step.paragraph == session.step.card.questions[0].paragraph
    assert isinstance(desk.session(limit=1).step, Reading)
    session.read(1)
    assert isinstance(session.step, Asking)
    assert session.step.help_taken == 0
    assert isinstance(desk.session(limit=1).step, Asking)  # it was read
    answer(session, WRONG)
    session.next()
    assert isinstance(session.step, Reading)  # failed once more, read once more
    session.read(0)
    study(session, RIGHT)
    assert isinstance(session.step, Finished)


def test_on_another_day_a_leech_is_asked_before_anything_is_shown(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, leech_lapses=1)
    study(desk.session(limit=1), RIGHT)
    desk.wait(days=10)
    session = desk.session(limit=1)
    study(session, WRONG)
    session.read(1)
    study(session, RIGHT)
    desk.wait(days=10)
    assert isinstance(desk.session(limit=1).step, Asking)
