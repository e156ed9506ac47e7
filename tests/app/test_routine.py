"""The screens of many days: what matures, history, practice, the time box, a backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.desk import MINUTE, RIGHT, WRONG, asked, finish, make_known, study
from tutor.config import Settings
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from tests.desk import Desk


async def test_hidden_options_are_shown_to_one_who_has_an_answer(desk: Desk) -> None:
    desk.write("slopes", "s1")
    make_known(desk, "s1", 21.0)
    async with sits_down(desk) as at:
        await at.sees("find your answer first. Enter then shows the options", "Enter show it", "w write")
        assert "right one" not in at.text
        assert "1–" not in at.keys
        await at.press("2")  # nothing to choose yet
        await at.press("enter")
        await at.sees("1 wrong one 2 right one", "1–3 answer")
        await at.press(RIGHT)
        await at.sees("Right. Good")
    assert desk.store().reviews()[-1].kind == "hidden"


async def test_an_answer_is_written_shown_beside_the_model_and_judged(desk: Desk) -> None:
    desk.write("slopes", "s1")
    make_known(desk, "s1", 60.0)
    async with sits_down(desk) as at:
        await at.sees("Enter then shows the answer", "Enter show it")
        await at.press("w", "x", "escape")
        await at.sees("Enter show it")
        await at.press("w", *"down", "enter")
        await at.sees("Your answer: down", "✓ right one It is what the card says.", "How well did you know it?")
        assert "wrong one" not in at.text
        assert "x give up" not in at.keys
        await at.press("2")
        await at.sees("Done for now", "Hard → back in ")
        await at.press("u")
        await at.sees("Your answer: down", "How well did you know it?")
    (*_, review) = desk.store().reviews()
    assert (review.kind, review.answer, review.rating, review.undone) == ("recall", "down", Rating.HARD, True)


@pytest.mark.parametrize(("key", "word"), [("g", "a guess"), ("m", "maybe"), ("s", "sure")])
async def test_one_key_says_how_sure(desk: Desk, key: str, word: str) -> None:
    desk.write("slopes", "s1")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("g m s how sure")
        await at.press(key)
        await at.sees(f"{word} · no hint yet")
        await at.press(key)
        await at.until(lambda: f"{word} · " not in at.text, "it stays said")
        await at.press(key, "h")
        await at.sees(f"{word} · 1 hint")
        await at.press(RIGHT)
        await at.sees("Right.")
    assert desk.store().reviews()[-1].confidence == "gms".index(key) + 1


async def test_a_leech_shows_where_it_comes_from(bundled: Desk) -> None:
    bundled.settings = Settings(shuffle=False, leech_lapses=1)
    study(bundled.session(limit=1), "3")
    bundled.wait(days=9)
    async with sits_down(bundled) as at:
        await at.press("1")
        await at.sees("Forgotten 1 time so far: you see its paragraph before it is asked again.")
        for key in ("enter", "enter", "2", "enter", "4", "enter", "1", "enter"):
            await at.press(key)
        await at.sees("¶ 2 of 4", "The next question is hard to keep:", "forgotten 1 time.")
        assert "t questions" not in at.keys
        await at.press("enter")
        await at.sees("question 1 of 11, again", "no hint yet")


async def test_a_history_can_be_changed_and_the_session_takes_it_in(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), RIGHT)
    async with sits_down(desk) as at:
        await at.sees("question 2 of 2")
        await at.press("u")
        await at.sees("question 1 of 2")
        await at.press("i")
        await at.sees("What does s1 ask? new", "Good right", "taken back", "0 answers", "x give again")
        await at.press("x")
        await at.sees("back in 2 days", "1 answer", "x take back", "1–4 rating")
        await at.press("4")
        await at.sees("Easy right")
        await at.press("u")
        await at.sees("Good right")
        await at.press("s")
        await at.sees("suspended · recall 100%", "Suspended left out", "s resume")
        await at.press("s")
        await at.sees("Resumed", "s suspend")
        await at.press("b")
        await at.sees("buried until 2026-11-24", "Buried to 2026-11-24")
        await at.press("z")
        await at.sees("Reset begun anew")
        await at.press("u", "u")
        await at.sees("back in 2 days")
        await at.press("q")
        await at.sees("Right. Good → back in 2 days")  # the answer to s1 holds again


async def test_a_question_suspended_from_its_history_is_not_asked(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("What does s1 ask?")
        await at.press("i")
        await at.sees("0 answers")
        await at.press("s")
        await at.sees("suspended")
        await at.press("enter")
        await at.sees("What does s2 ask?")
    async with sits_down(desk, start=False) as at:
        await at.sees("0 due · 1 new", "– What does s1 ask?")


async def test_the_questions_of_a_card_lead_to_their_histories(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), RIGHT)
    async with sits_down(desk, start=False) as at:
        await at.press("i")
        await at.sees("● What does s1 ask? back in 2 days", "○ What does s2 ask? new", "2 questions")
        await at.press("down", "enter")
        await at.sees("What does s2 ask? new", "0 answers")
        await at.press("s", "q")
        await at.sees("– What does s2 ask? suspended")
        await at.press("q")
        await at.sees("Nothing to do today.", "● The card slopes")


async def test_practice_and_study_ahead_are_offered_when_the_day_is_done(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    async with sits_down(desk, start=False) as at:
        await at.sees("0 due · 2 new")
        assert "practice" not in at.keys
        assert "ahead" not in at.keys
    finish(desk.session())
    states = desk.store().states()
    async with sits_down(desk, start=False) as at:
        await at.sees("a ahead", "p practice")
        await at.press("p")
        await at.sees("practice 1 of 2")
        await at.press(WRONG)
        await at.sees("Not right. Practice → the schedule stays as it is")
        assert "rating" not in at.keys
        await at.press("enter", RIGHT, "enter", RIGHT, "enter")
        await at.sees("Done for now")
        assert desk.store().states() == states
        await at.press("enter", "a")
        await at.sees("question 1 of 2")
        await at.press(RIGHT)
        await at.sees("Right. Good → back in ")
    assert desk.store().states() != states


async def test_undo_and_redo_from_the_first_screen(desk: Desk) -> None:
    desk.write("slopes", "s1")
    finish(desk.session())
    desk.wait(days=1)
    async with sits_down(desk, start=False) as at:
        await at.sees("Nothing to do today.")
        await at.press("U")
        await at.sees("Nothing to do today.")
        await at.press("u")
        await at.sees("question 1 of 1")
        await at.press("U")
        await at.sees("Right. Good")
        await at.press("u", "q")
        await at.sees("0 due · 1 new")
        await at.press("U")
        await at.sees("Right. Good")


async def test_the_time_box(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    desk.settings = Settings(shuffle=False, minutes=1)
    session = desk.session()
    asked(session)
    desk.wait(ms=MINUTE)
    study(session, RIGHT)
    async with sits_down(desk) as at:
        await at.sees(
            "Done for now", "The time for today is up; 1 question can wait, or be asked now.", "c go on"
        )
        await at.press("c")
        await at.sees("What does s2 ask?")


async def test_a_backlog_is_told_spread_and_moved_back(desk: Desk) -> None:
    for n in range(3):
        desk.write(f"card{n}", *(f"c{n}q{m}" for m in range(4)))
    finish(desk.session())
    desk.wait(days=40)
    desk.settings = Settings(shuffle=False, reviews_per_day=5)
    async with sits_down(desk, start=False) as at:
        await at.sees("5 due · 0 new", "7 more due, beyond a day's limit")
        await at.press("v")
        await at.sees(
            "12 questions due now.", "Those least likely to be remembered", "over 7 days", "Sat 2 January 2"
        )
        await at.press("left", "f")
        await at.sees("over 5 days", "Those most likely to be remembered")
        await at.press("enter")
        await at.sees("3 due · 0 new", "9 questions moved")
        await at.press("v", "u")
        await at.sees("12 questions due now.", "9 questions moved back.")
        await at.press("q")
        await at.sees("5 due · 0 new", "7 more due")


async def test_a_day_s_limit_reached_is_no_end_of_the_world(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2", "s3")
    finish(desk.session())
    desk.wait(days=40)
    desk.settings = Settings(shuffle=False, reviews_per_day=1)
    study(desk.session(), RIGHT)
    async with sits_down(desk, start=False) as at:
        await at.sees("Done for today. 2 more are due, beyond a day's limit; v spreads them.")


async def test_a_card_that_waits_says_which_it_needs(desk: Desk) -> None:
    desk.write("slopes", "s1")
    path = desk.write("valleys", "v1")
    path.write_text(
        path.read_text().replace("difficulty:", "requires: [slopes]\ndifficulty:"), encoding="utf-8"
    )
    async with sits_down(desk, start=False) as at:
        await at.sees("0 due · 1 new", "· The card valleys needs The card slopes")
