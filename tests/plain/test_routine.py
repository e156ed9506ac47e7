"""The routine of many days, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import MINUTE, asked, finish, make_known, study
from tutor.config import Settings
from tutor.memory.model import Rating
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from tests.desk import Desk
    from tests.plain.conftest import Talk

RIGHT, WRONG = "2", "1"


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def last(desk: Desk) -> tuple[str, object, Rating, int | None]:
    review = desk.store().reviews()[-1]
    return review.kind, review.answer, review.rating, review.confidence


def known(desk: Desk, stability: float) -> None:
    for question in ("s2", "s3"):
        desk.store().act(question, "suspend")
    make_known(desk, "s1", stability)


def test_hidden_options_come_after_enter_or_an_answer_in_writing(desk: Desk, talk: Talk) -> None:
    known(desk, 21.0)
    said = on_one_line(talk("sure", "", RIGHT))
    assert "find your answer first. Enter then shows the options." in said
    assert said.index("Noted: sure.") < said.index("1 wrong one 2 right one") < said.index("Right. Good")
    assert last(desk) == ("hidden", "right one", Rating.GOOD, 3)


def test_what_is_recalled_is_written_and_judged(desk: Desk, talk: Talk) -> None:
    known(desk, 60.0)
    said = on_one_line(talk("It Points Uphill", "7", RIGHT))
    assert "The answer: right one It is what the card says. How well did you know it? Type again (" in said
    assert "wrong one" not in said
    assert "say how well you knew it: again, hard, good or easy." in said
    assert "Hard. Done: 1 question." in said
    assert last(desk) == ("recall", "It Points Uphill", Rating.HARD, None)


def test_the_judgement_may_be_a_word(desk: Desk, talk: Talk) -> None:
    known(desk, 60.0)
    assert "Easy. Done" in on_one_line(talk("", "easy"))
    assert last(desk) == ("recall", None, Rating.EASY, None)


def test_a_leech_comes_with_its_paragraph(desk: Desk, talk: Talk) -> None:
    desk.settings = Settings(shuffle=False, leech_lapses=1)
    study(desk.session(limit=1), RIGHT)
    desk.wait(days=9)
    said = on_one_line(talk(WRONG, RIGHT, scope=Scope(limit=1)))
    assert "Forgotten 1 time so far: you see its paragraph before it is asked again." in said
    hard = said.index("The next question is hard to keep: forgotten 1 time.")
    assert hard < said.index("Paragraph 1 of slopes") < said.index("Question 1 of 1, again")


def test_practice_says_that_it_changes_nothing(desk: Desk, talk: Talk) -> None:
    study(desk.session(), RIGHT)
    states = desk.store().states()
    said = talk(WRONG, RIGHT, scope=Scope(mode="cram"))
    assert "Practice 1 of 1\n" in said
    assert "Not right. Practice: the schedule stays as it is.\n" in said
    assert "To let it count otherwise" not in said
    assert desk.store().states() == states


def test_the_time_box_and_going_on(desk: Desk, talk: Talk) -> None:
    desk.settings = Settings(shuffle=False, minutes=1)
    session = desk.session()
    asked(session)
    desk.wait(ms=MINUTE)
    study(session, RIGHT)
    said = on_one_line(talk("go", RIGHT))
    assert "The time for today is up; 2 questions can wait, or be asked now. go goes on, Enter leaves." in said
    assert "Question 2 of 3" in said


def test_undo_over_days_and_redo(desk: Desk, talk: Talk) -> None:
    finish(desk.session())
    states = desk.store().states()
    desk.wait(days=1)
    desk.write("valleys", "v1")
    said = on_one_line(talk("u", "redo", "redo"))
    assert "Undone. Question 1 of 2 What does s3 ask?" in said
    assert "Given again. Right. Good" in said
    assert "there is no undone answer to give again." in said
    assert desk.store().states() == states


def test_a_history_and_what_can_be_done_there(desk: Desk, talk: Talk) -> None:
    said = on_one_line(talk("i", "suspend", "u", "bury", "i", RIGHT))
    assert "What does s1 ask? 1 wrong one" in said
    assert "It is left out until you resume it; u undoes it. Question 1 of 2 What does s2 ask?" in said
    assert "Undone." in said
    assert "It is left out until tomorrow; u undoes it." in said
    assert said.count("new") >= 2
    assert desk.store().hold("s1").suspended is False
    assert desk.store().reviews()[-1].question != "s1"


def test_resetting_begins_anew(desk: Desk, talk: Talk) -> None:
    study(desk.session(), WRONG)
    desk.wait(ms=1)
    said = on_one_line(talk(RIGHT, RIGHT, "i", "reset", RIGHT))
    assert "Again: not right" in said
    assert "It begins anew; u undoes it. Question" in said
    state = desk.store().state("s1")
    assert state is not None
    assert (state.reps, state.rating) == (1, Rating.GOOD)
